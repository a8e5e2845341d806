"""What others see of an award, as rows of the outbox: a post in the program's channels, a role. Only after a yes."""

from collections.abc import Sequence

from bot.badges.telling import EARNED, key_of
from bot.context import Context
from storage.awards import Award
from storage.badge_choices import BadgeChoices
from storage.channels import Channels
from storage.outbox import Effect, NewRow, Urgency
from storage.schema import micros

SAID = "badges.said"
TITLE = "badges.title"


def earned_key(award: Award) -> str:
    """Return the key of the row in which a member was told of an award."""
    return key_of(EARNED, award, None, award.member_id)


def said_key(award: Award) -> str:
    """Return the key of the row that tells the others of an award."""
    return f"{SAID}:{award.id}"


async def tell_the_others(context: Context, award: Award) -> bool:
    """Tell the others of an award, of which they may hear; False if there is no channel to say it in."""
    await wear(context, [award])
    if not await context.work.of(Channels).every():
        return False
    if award.posted_at is None:
        row = NewRow(said_key(award), SAID, (award.id,), None, context.now, Effect.ANNOUNCE, Urgency.AT_ONCE)
        await context.work.outbox.add([row])
    return True


async def wear(context: Context, awards: Sequence[Award]) -> None:
    """Put the roles of awards on that the others may hear of."""
    await context.work.outbox.add([_title(context, one, Effect.WEAR) for one in awards])


async def wear_no_more(context: Context, awards: Sequence[Award]) -> None:
    """Take the roles of awards off, unless they are still to be worn."""
    await context.work.outbox.add([_title(context, one, Effect.TAKE_OFF) for one in awards])


async def keep_to_oneself(context: Context, awards: Sequence[Award]) -> None:
    """Take the roles of awards off that the others may no longer hear of, and don't tell what isn't told yet."""
    await wear_no_more(context, awards)
    await context.work.outbox.let_go([said_key(one) for one in awards])


async def take_off(context: Context, award: Award) -> None:
    """Let nothing show any longer that somebody has a badge that ended, but what was posted."""
    await keep_to_oneself(context, [award])
    if award.post_asked_at is not None and not any(
        row.is_out for row in await context.work.outbox.by_keys([earned_key(award)])
    ):
        await context.work.of(BadgeChoices).not_asked(award.member_id)  # the next award asks
    await context.work.outbox.edit([earned_key(award)])
    await context.work.outbox.let_go([earned_key(award)])


def _title(context: Context, award: Award, effect: Effect) -> NewRow:
    """Return a row for a role: what holds is asked when it is carried, so one more does no harm."""
    key = f"{TITLE}:{award.id}:{effect}:{micros(context.now)}"
    return NewRow(key, TITLE, (award.id,), award.member_id, context.now, effect, Urgency.AT_ONCE)
