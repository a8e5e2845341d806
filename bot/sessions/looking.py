"""Looking sessions up for one of their two people."""

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta

from bot.context import Asked, Context
from bot.errors import UserError
from bot.nudges import wording as nudges_wording
from bot.people import Member, Pairing
from bot.sessions import wording
from bot.sessions.about import About, Clash
from bot.sessions.rules import overlap
from storage.goals import Goals
from storage.members import Members
from storage.outbox import OutboxRow
from storage.pairings import Pairings
from storage.sessions import Session, Sessions, Texts


async def look_at(context: Context, sessions: Sequence[Session], member_id: int) -> list[About]:
    """Return sessions as one of their people sees them; those of which they are no side are left out."""
    store, ids = context.work.of(Sessions), [one.id for one in sessions]
    pairings = await context.work.of(Pairings).get({one.pairing_id for one in sessions})
    sides = {id_ for pairing in pairings.values() for id_ in pairing.sides}
    people = await context.work.of(Members).get(sides | {member_id})
    times, goal_ids = await store.times(ids), await store.goals(ids)
    goals = await context.work.of(Goals).get({id_ for of in goal_ids.values() for id_ in of})
    targets = await store.get({one.replaces_id for one in sessions if one.replaces_id is not None})
    found = []
    for one in sessions:
        pairing = pairings[one.pairing_id]
        other = pairing.other(member_id)
        if other is not None:
            words = {id_: goals[id_].text for id_ in goal_ids[one.id] if id_ in goals}
            target = targets.get(one.replaces_id or 0)
            about = (one, pairing, people[member_id], people[other], context.now, tuple(times[one.id]), words, target)
            found.append(About(*about))
    return found


async def of_rows(context: Context, rows: Sequence[OutboxRow], member_id: int) -> dict[int, About]:
    """Return the sessions that rows tell one of their people of, by id: the first argument of each row."""
    sessions = await context.work.of(Sessions).get({row.args[0] for row in rows})
    return {one.session.id: one for one in await look_at(context, list(sessions.values()), member_id)}


async def mine(asked: Asked, session_id: int) -> About:
    """Return a session of whoever asks. A forged id and somebody else's session get the same answer."""
    found = await look_at(asked, list((await asked.work.of(Sessions).get([session_id])).values()), asked.member.id)
    if not found or (found[0].session.sent_at is None and not found[0].session.logged and not found[0].is_mine):
        raise UserError(nudges_wording.NOT_FOR_YOU)
    return found[0]


async def locked(asked: Asked, session_id: int) -> About:
    """Return a session of whoever asks, in a pairing that goes on, which nobody else changes from now on."""
    pairing_id = (await mine(asked, session_id)).pairing.id
    pairing = (await asked.work.of(Pairings).lock([pairing_id]))[pairing_id]
    if pairing.ended_at is not None:
        raise UserError(wording.ENDED)
    await asked.work.of(Sessions).lock(session_id)
    return await mine(asked, session_id)


async def texts_of(context: Context, session: Session) -> Texts:
    """Return what the two wrote about a session."""
    return await context.work.of(Sessions).texts(session.id) or Texts("", "")


async def clash(
    context: Context, pairing: Pairing, me: Member, starts_at: datetime, minutes: int, *, but: Collection[int] = ()
) -> Clash | None:
    """Return what one of the two of a pairing has already at a time; what is in `but` doesn't count.

    A proposal to move a session that is booked doesn't collide with it: `but` may hold that proposal.
    """
    length = timedelta(minutes=minutes)
    targets = {one.replaces_id for one in (await context.work.of(Sessions).get(but)).values()}
    booked = await context.work.of(Sessions).booked(pairing.sides, starts_at, starts_at + length)
    found = overlap(starts_at, length, [one for one in booked if one.id not in {*but, *targets}])
    if found is None:
        return None
    of = (await context.work.of(Pairings).get([found.pairing_id]))[found.pairing_id]
    return Clash(found, of.other(me.id) is None)
