"""Who hears of an award: rows of the outbox, each under a key of its own, and letting go what is needless by now.

Good news can wait for a day on which nothing else is to be said. That something is missing can't wait as long: the time
to catch up runs.
"""

from collections.abc import Sequence
from datetime import datetime

from bot.badges.steps import Step
from bot.context import Context
from bot.people import Role
from storage.awards import Award, Awards
from storage.badge_choices import BadgeChoices
from storage.members import Members
from storage.outbox import NewRow, State, Urgency
from storage.pairings import Pairings
from storage.schema import micros

EARNED = "badges.earned"
WARNED = "badges.warned"
FINE = "badges.fine"
PROPOSED = "badges.proposed"
ENDED = "badges.ended"
_KINDS = {Step.EARN: EARNED, Step.WARN: WARNED, Step.FINE: FINE}
_PATIENT = {EARNED, FINE}


def key_of(kind: str, award: Award, at: datetime | None, member_id: int) -> str:
    """Return the key under which somebody hears once of what happened to an award at an instant."""
    return f"{kind}:{award.id}:{0 if at is None else micros(at)}:{member_id}"


def warning_key(award: Award) -> str:
    """Return the key under which its member hears of the warning that an award has."""
    return key_of(WARNED, award, award.warned_at, award.member_id)


async def tell_member(context: Context, awards: Sequence[Award], step: Step) -> None:
    """Tell the members of awards, privately, that they earned one, miss something, or miss nothing any more."""
    if step is Step.EARN:
        await _ask_once(context, awards)
    await context.work.outbox.add(
        [_row(context, _KINDS[step], one, _since(step, one), one.member_id) for one in awards]
    )


async def _ask_once(context: Context, awards: Sequence[Award]) -> None:
    """Let whoever was never asked be asked, with one award of theirs, whether the others may hear of it."""
    store = context.work.of(BadgeChoices)
    first = {one.member_id: one for one in reversed(awards)}
    people, chosen = await context.work.of(Members).get(first), await store.get(first)
    for member_id, award in first.items():
        one = chosen[member_id]
        if people[member_id].badges and one.asked_at is None and one.post is None:  # else they hear of none
            await store.asked(member_id)
            await context.work.of(Awards).ask_to_post(award.id)


def _since(step: Step, award: Award) -> datetime | None:
    """Return since when it is so: a warning and its end hang together."""
    return None if step is Step.EARN else award.warned_at


def _row(context: Context, kind: str, award: Award, at: datetime | None, member_id: int) -> NewRow:
    args = (award.id, 0 if at is None else micros(at))
    urgency = Urgency.PATIENT if kind in _PATIENT else Urgency.SOON
    return NewRow(key_of(kind, award, at, member_id), kind, args, member_id, context.now, urgency=urgency)


async def tell_coordinators(context: Context, award: Award) -> None:
    """Ask coordinators whether an award should end."""
    told = await deciders(context, award)
    await context.work.outbox.add([_row(context, PROPOSED, award, award.proposed_at, one) for one in told])


async def tell_ended(context: Context, award: Award) -> None:
    """Tell a member, privately, that an award of theirs was withdrawn."""
    await context.work.outbox.add([_row(context, ENDED, award, award.ended_at, award.member_id)])


async def deciders(context: Context, award: Award) -> list[int]:
    """Return who is asked to decide: the coordinators of its member's pairings, or else all; never its member."""
    others = [id_ for id_ in await _coordinators(context) if id_ != award.member_id]
    pairings = await context.work.of(Pairings).going_on(award.member_id)
    nearest = {one.coordinator_id for one in pairings}
    return [id_ for id_ in others if id_ in nearest] or others


async def _coordinators(context: Context) -> list[int]:
    return [one.id for one in await context.work.of(Members).with_role(Role.COORDINATOR)]


async def drop_warning(context: Context, award: Award) -> bool:
    """Let go what tells of a warning that is over, or say so where it's out; return whether its member heard of it."""
    key = warning_key(award)
    await settle_proposal(context, award)
    await context.work.outbox.edit([key])
    await context.work.outbox.let_go([key])
    return any(row.state is State.SENT for row in await context.work.outbox.by_keys([key]))


async def settle_proposal(context: Context, award: Award) -> None:
    """Have the messages edited in which coordinators were asked, and let go those that wait: it is decided by now."""
    if award.proposed_at is None:
        return
    keys = [key_of(PROPOSED, award, award.proposed_at, one) for one in await _coordinators(context)]
    await context.work.outbox.edit(keys)
    await context.work.outbox.let_go(keys)
