"""What members and the others are told of awards, as rows of the outbox: which kinds there are, and when each is sent.

An award can wait for a day on which nothing else is to be said. That something is missing can't wait as long: the time
to catch up runs.
"""

from collections.abc import Collection, Sequence
from datetime import datetime
from secrets import token_hex

from bot.context import Context
from storage.awards import Award, Awards
from storage.badge_choices import BadgeChoices
from storage.channels import Channels
from storage.outbox import Effect, NewRow, Urgency

EARNED = "badges.earned"
WARNED = "badges.warned"
FINE = "badges.fine"
ENDED = "badges.ended"
SAID = "badges.said"
TITLE = "badges.title"


def earned_key(award_id: int) -> str:
    """Return the key of the row that tells of an award."""
    return f"{EARNED}:{award_id}"


def warned_key(award_id: int, at: int) -> str:
    """Return the key of the row that tells what is missing, by the stamp of when it was noticed."""
    return f"{WARNED}:{award_id}:{at}"


def said_key(award_id: int) -> str:
    """Return the key of the row that lets the others hear of an award."""
    return f"{SAID}:{award_id}"


def stamp(at: datetime) -> int:
    """Return an instant as an argument of a row."""
    return round(at.timestamp())


async def tell_earned(context: Context, awards: Sequence[Award]) -> None:
    """Tell members of new awards; whoever was never asked, is asked once whether the others may hear of them."""
    chosen = await context.work.of(BadgeChoices).get({one.member_id for one in awards})
    never_asked = {id_ for id_, one in chosen.items() if one.asked_at is None and one.post is None}
    for one in awards:
        if one.member_id in never_asked:
            never_asked.remove(one.member_id)
            await context.work.of(BadgeChoices).asked(one.member_id)
            await context.work.of(Awards).ask_to_post(one.id)
    await context.work.outbox.add(
        [
            NewRow(earned_key(one.id), EARNED, (one.id,), one.member_id, context.now, urgency=Urgency.PATIENT)
            for one in awards
        ]
    )


async def tell_warned(context: Context, awards: Collection[Award]) -> None:
    """Tell members who were warned just now what is missing."""
    at = stamp(context.now)
    await context.work.outbox.add(
        [NewRow(warned_key(one.id, at), WARNED, (one.id, at), one.member_id, context.now) for one in awards]
    )


async def tell_fine(context: Context, awards: Collection[Award]) -> None:
    """Tell members that nothing is missing any more; `awards` are as they were while they were warned."""
    warned = [(one, stamp(one.warned_at)) for one in awards if one.warned_at is not None]
    rows = [
        NewRow(f"{FINE}:{one.id}:{at}", FINE, (one.id, at), one.member_id, context.now, urgency=Urgency.PATIENT)
        for one, at in warned
    ]
    await context.work.outbox.add(rows)
    await _is_over(context, [warned_key(one.id, at) for one, at in warned])


async def tell_ended(context: Context, award: Award) -> None:
    """Tell a member that a coordinator withdrew their badge; the others see nothing but that the role is gone."""
    await context.work.outbox.add([NewRow(f"{ENDED}:{award.id}", ENDED, (award.id,), award.member_id, context.now)])
    await take_off(context, award)


async def take_off(context: Context, award: Award) -> None:
    """Let nothing say any longer that somebody has a badge, but what was posted."""
    await context.work.outbox.add([_title(context, award, Effect.TAKE_OFF)])
    warned = [] if award.warned_at is None else [warned_key(award.id, stamp(award.warned_at))]
    await _is_over(context, [earned_key(award.id), *warned])
    await context.work.outbox.let_go([said_key(award.id)])


async def tell_the_others(context: Context, award: Award) -> bool:
    """Let the others hear of an award that they may hear of; False if there is no channel to say it in."""
    await context.work.outbox.add([_title(context, award, Effect.WEAR)])
    if not await context.work.of(Channels).every():
        return False
    if award.posted_at is None:
        said = NewRow(
            said_key(award.id), SAID, (award.id,), None, context.now, Effect.ANNOUNCE, urgency=Urgency.AT_ONCE
        )
        await context.work.outbox.add([said])
    return True


async def keep_to_oneself(context: Context, awards: Sequence[Award]) -> None:
    """Take the roles of awards off that the others may no longer hear of, and don't tell them what they don't know."""
    await context.work.outbox.add([_title(context, one, Effect.TAKE_OFF) for one in awards])
    await context.work.outbox.let_go([said_key(one.id) for one in awards])


async def wear(context: Context, awards: Sequence[Award]) -> None:
    """Put the roles of awards on that the others may hear of."""
    await context.work.outbox.add([_title(context, one, Effect.WEAR) for one in awards])


def _title(context: Context, award: Award, effect: Effect) -> NewRow:
    """Return a row for a role; what holds by then is asked when it is carried, so one more does no harm."""
    key = f"{TITLE}:{award.id}:{token_hex(8)}"
    return NewRow(key, TITLE, (award.id,), award.member_id, context.now, effect, Urgency.AT_ONCE)


async def _is_over(context: Context, keys: Collection[str]) -> None:
    """Have messages edited that are out, and drop those that aren't: what they tell of is over."""
    await context.work.outbox.edit(keys)
    await context.work.outbox.let_go(keys)
