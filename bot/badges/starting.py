"""When a program begins, or speaks another language: who wasn't told of a badge is, and titles are said anew."""

from datetime import timedelta

from bot.badges.announcing import named, seen
from bot.badges.feature import feature
from bot.badges.public import wear
from bot.badges.steps import Step
from bot.badges.telling import tell_member
from bot.context import Context
from bot.facts import ProgramChanged
from bot.language import speaking
from storage.awards import Award, Awards
from storage.badge_choices import BadgeChoices
from storage.outbox import Effect, NewRow, OutboxRow, Urgency
from storage.programs import State
from storage.schema import micros

BEFORE = "badges.title_before"
WAITED = timedelta(weeks=4)  # so long news of a badge may have waited when a program began to be tried out
PAGE = 200


@feature.on(ProgramChanged)
async def program_changed(context: Context, changed: ProgramChanged) -> None:
    """Tell of badges that were told of for nothing (taken back by bot/nudges/starting.py); say titles anew."""
    before = changed.before
    if before.state is State.SHADOW and context.program.state is State.RUNNING and before.since is not None:
        since = before.since - WAITED
        new = [one for one in await _held(context) if one.made_at >= since]
        await tell_member(context, new, Step.EARN)
    if before.language != context.program.language:
        await _say_anew(context, before.language)


async def _held(context: Context) -> list[Award]:
    """Return the badges that people have."""
    found: list[Award] = []
    last: int | None = 0
    while last is not None:
        page = await context.work.of(Awards).listed(last, PAGE)
        found += [one for one in page if one.ended_at is None]
        last = page[-1].id if page else None
    return found


async def _say_anew(context: Context, language: str) -> None:
    """Put titles on in the language of now, and take those off that were said in another one."""
    held = await _held(context)
    chosen = await context.work.of(BadgeChoices).get({one.member_id for one in held})
    worn = [one for one in held if chosen[one.member_id].post]
    await wear(context, worn)
    await context.work.outbox.add([_before(context, one, language) for one in worn])


def _before(context: Context, award: Award, language: str) -> NewRow:
    key, args = f"{BEFORE}:{award.id}:{micros(context.now)}", (award.id, _number(language))
    return NewRow(key, BEFORE, args, award.member_id, context.now, Effect.TAKE_OFF, Urgency.AT_ONCE)


def _number(language: str) -> int:
    """Return a language's code as a row can name it."""
    return int.from_bytes(language.encode(), "big")


def _language(number: int) -> str:
    return number.to_bytes((number.bit_length() + 7) // 8, "big").decode()


@feature.wearer(BEFORE)
async def title_before(context: Context, row: OutboxRow) -> str | None:
    """Return an award's title in the language that the program spoke; None if it is still called so, and is worn."""
    award = (await context.work.of(Awards).get([row.args[0]])).get(row.args[0])
    if award is None:
        return None
    with speaking(_language(row.args[1])):
        (was,) = await named(context, [award])
    return None if was in await seen(context, award.member_id) else was
