"""/mentor lighter: clocks at half speed for a while."""

from collections.abc import Mapping
from datetime import datetime

from bot.context import Asked
from bot.errors import UserError
from bot.feature import Answer, Option, number
from bot.members import away as days
from bot.members import away_wording, wording
from bot.members.calendars import lighter_until
from bot.members.changing import choices, clocks_changed
from bot.members.feature import feature
from bot.members.lighter import LONGEST
from bot.people import EVERYONE
from bot.views import Errors, Form, Message
from storage.members import Members


@feature.command(
    "lighter",
    "Take lighter weeks: half of the days count, and I write at most once a week",
    who=EVERYONE,
    options=(
        Option(
            "length",
            "how long: two weeks, until 20 March",
            also=("for", "until", "till", "hasta"),
            known=("one week", "two weeks", "four weeks"),
        ),
    ),
)
async def lighter(asked: Asked, length: str | None = None) -> Message:
    """Let clocks run at half speed for a length, or ask for one."""
    if not length:
        return await lighter_choices(asked)
    return await _lighten(asked, _end(length, asked.now, asked.member.zone))


@feature.button("members.lighter", who=EVERYONE)
async def lighter_choices(asked: Asked) -> Message:
    """Say what lighter weeks are, and ask how long."""
    return away_wording.lighter_choices(await lighter_until(asked, asked.member.id), asked.member.zone)


@feature.button("members.lighter_for", number, who=EVERYONE)
async def lighter_for(asked: Asked, length: int) -> Message:
    """Take lighter weeks of one of the lengths that were offered; 0 ends them."""
    if length == 0:
        return away_wording.lighter_over(await _end_now(asked))
    if length not in away_wording.LENGTHS:
        raise UserError(wording.OLD_BUTTON)
    return await _lighten(asked, days.until(f"{length} days", asked.now, asked.member.zone))


@feature.button("members.lighter_form", who=EVERYONE, answer=Answer.FORM)
async def lighter_form(asked: Asked) -> Form:
    """Ask for a length in a form."""
    return away_wording.lighter_form()


@feature.form("members.lighter_until", who=EVERYONE)
async def lighter_until_typed(asked: Asked, values: Mapping[str, str]) -> Message | Errors:
    """Take lighter weeks of the length that was typed."""
    try:
        end = _end(values.get("length", ""), asked.now, asked.member.zone)
    except UserError as error:
        return Errors({"length": str(error)})
    return await _lighten(asked, end)


def _end(text: str, now: datetime, zone: str) -> datetime:
    """Return when lighter weeks end that were asked for in somebody's words. Raises UserError."""
    end = days.until(text, now, zone)
    if end > now + LONGEST:
        raise UserError(away_wording.lighter_too_long(end, zone))
    return end


async def _lighten(asked: Asked, until: datetime) -> Message:
    await asked.work.of(Members).end_pauses(asked.member.id, asked.now, lighter=True)
    await asked.work.of(Members).pause(asked.member.id, asked.now, until, lighter=True)
    await asked.work.audit.add(asked.member.key, "members.lighter")
    await clocks_changed(asked)
    return away_wording.lighter(until, (await choices(asked)).next_at, asked.member.zone)


async def _end_now(asked: Asked) -> int:
    ended = await asked.work.of(Members).end_pauses(asked.member.id, asked.now, lighter=True)
    if ended:
        await asked.work.audit.add(asked.member.key, "members.lighter_over")
        await clocks_changed(asked)
    return ended
