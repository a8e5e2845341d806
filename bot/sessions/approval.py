"""After sessions that were missed without notice, a coordinator says yes before the next proposal goes on."""

from collections.abc import Sequence
from datetime import datetime

from bot.context import Asked, Context
from bot.feature import Part, number
from bot.pairings.looking import responsible
from bot.people import COORDINATORS, Pairing
from bot.sessions import approval_wording as wording
from bot.sessions.approval_wording import Plan
from bot.sessions.deciding import for_coordinator
from bot.sessions.feature import feature
from bot.sessions.keeping import APPROVAL, go, propose
from bot.sessions.looking import look_at
from bot.sessions.meeting import sides
from bot.sessions.missed import WINDOW, needs_approval
from bot.sessions.outcome import missed_by
from bot.views import Block, Message
from storage.members import Members
from storage.outbox import Move, NewRow, OutboxRow, Urgency
from storage.outbox import State as RowState
from storage.pairings import Pairings
from storage.session_words import SessionWords
from storage.sessions import Session, Sessions, State

TOGETHER = "sessions.together"
LOOKED_AT = 100  # sessions of two people's pairings, the latest ones


async def needed(context: Context, pairing: Pairing) -> bool:
    """Tell whether the next proposal of a pairing waits for a coordinator's yes; never if there is none to ask."""
    missed, agreed = await _past(context, sides(pairing))
    if not needs_approval(missed, agreed, context.now, context.policy.sessions.missed):
        return False
    return bool(await responsible(context, pairing))


async def _past(context: Context, member_ids: tuple[int, int]) -> tuple[dict[int, list[datetime]], dict[int, datetime]]:
    """Return when sessions began that these two missed, with whomever, and when a coordinator last said yes."""
    missed: dict[int, list[datetime]] = {one: [] for one in member_ids}
    agreed: dict[int, datetime] = {}
    for member_id in member_ids:
        pairings = {one.id: one for one in await context.work.of(Pairings).every() if one.other(member_id) is not None}
        store = context.work.of(Sessions)
        late = await store.latest(list(pairings), [State.NOT_HELD], LOOKED_AT)
        words = await context.work.of(SessionWords).get([one.id for one in late])
        for one in late:
            since = one.starts_at is not None and one.starts_at > context.now - WINDOW
            if since and member_id in missed_by(one, words[one.id], sides(pairings[one.pairing_id])):
                missed[member_id].append(one.starts_at or context.now)
        yes = [one.made_at for one in await _approved(context, list(pairings))]
        if yes:
            agreed[member_id] = max(yes)
    return missed, agreed


async def _approved(context: Context, pairing_ids: Sequence[int]) -> list[Session]:
    """Return the sessions of pairings that a coordinator let go on."""
    found = [one for id_ in pairing_ids for one in await context.work.of(Sessions).of_pairing(id_, LOOKED_AT)]
    return [one for one in found if one.approved_by_id is not None]


async def ask(context: Context, session: Session, pairing: Pairing) -> None:
    """Ask the pairing's coordinators about a proposal, and tell the one who hasn't made it that it is there."""
    rows = [
        NewRow(_key(session, one.id), APPROVAL, (session.id,), one.id, context.now, urgency=Urgency.ASKED)
        for one in await responsible(context, pairing)
    ]
    other = pairing.other(session.by_id)
    told = (f"session-together:{session.id}:{session.round}", TOGETHER, (session.id,), other, context.now)
    await context.work.outbox.add([*rows, NewRow(*told, urgency=Urgency.ASKED)])


async def bring_up_to_date(context: Context, session: Session, pairing: Pairing) -> None:
    """Have the messages edited in which a proposal waits for a coordinator, and let go what still waits to go out."""
    people = [one.id for one in await responsible(context, pairing)]
    keys = [f"session-approval:{session.id}:{number}:{id_}" for id_ in people for number in range(1, session.round + 1)]
    keys += [f"session-together:{session.id}:{number}" for number in range(1, session.round + 1)]
    rows = await context.work.outbox.by_keys(keys)
    at = f"{context.now.timestamp():.6f}"
    await context.work.outbox.add([row.edit(f"{row.key}:{at}", context.now) for row in rows if row.is_out])
    waiting = [row for row in rows if row.state is RowState.WAITING and row.delivery_id is None]
    await context.work.outbox.move([Move(row.key, context.now, row.urgency) for row in waiting])


@feature.composer(APPROVAL)
async def compose(context: Context, member_id: int, rows: Sequence[OutboxRow]) -> Part:
    """Ask a coordinator about proposals; in a message that is out, say how they stand."""
    sessions = await context.work.of(Sessions).get({row.args[0] for row in rows})
    found = {plan.session.id: plan for plan in await plans(context, list(sessions.values()))}
    blocks: list[Block] = []
    needed = set()
    for row in rows:
        plan = found.get(row.args[0])
        if plan is None or plan.pairing.other(member_id) is not None:
            continue
        if plan.session.state is State.APPROVAL:
            blocks += wording.ask(plan)
        elif row.state is RowState.SENT:
            blocks += wording.settled(plan)
        else:
            continue
        needed.add(row.id)
    return Part(tuple(blocks), frozenset(needed))


async def plans(context: Context, sessions: Sequence[Session]) -> list[Plan]:
    """Return proposals with all that a coordinator is told of them."""
    pairings = await context.work.of(Pairings).get({one.pairing_id for one in sessions})
    talking = {one.talks_id for one in sessions if one.talks_id is not None}
    people = await context.work.of(Members).get({id_ for one in pairings.values() for id_ in sides(one)} | talking)
    talks = {id_: one for id_, one in people.items() if one.active and one.roles & COORDINATORS}
    return [Plan(one, pairings[one.pairing_id], people, talks.get(one.talks_id or 0)) for one in sessions]


@feature.composer(TOGETHER)
async def compose_together(context: Context, member_id: int, rows: Sequence[OutboxRow]) -> Part:
    """Tell somebody that the next session is planned together with a coordinator."""
    sessions = await context.work.of(Sessions).get({row.args[0] for row in rows})
    seen = {one.session.id: one for one in await look_at(context, list(sessions.values()), member_id)}
    blocks: list[Block] = []
    needed = set()
    for row in rows:
        one = seen.get(row.args[0])
        if one is not None and (one.session.state is State.APPROVAL or row.state is RowState.SENT):
            blocks += wording.together(one)
            needed.add(row.id)
    return Part(tuple(blocks), frozenset(needed))


@feature.button("sessions.go_ahead", number, who=COORDINATORS)
async def go_ahead(asked: Asked, session_id: int) -> Message:
    """Let a proposal go on."""
    session, pairing = await for_coordinator(asked, session_id)
    people = await asked.work.of(Members).get(sides(pairing))
    if session.state is not State.APPROVAL or pairing.ended_at is not None:
        return wording.already(Plan(session, pairing, people))
    goes_on = await go(asked, session, State.PROPOSED, approved_by_id=asked.member.id)
    await propose(asked, goes_on, pairing)
    await bring_up_to_date(asked, goes_on, pairing)
    await asked.work.audit.add(asked.member.key, "sessions.approved", f"session:{session_id}")
    return wording.goes_on(Plan(goes_on, pairing, people))


@feature.button("sessions.talk_first", number, who=COORDINATORS)
async def talk_first(asked: Asked, session_id: int) -> Message:
    """Let a proposal wait until a coordinator has talked to the two."""
    session, pairing = await for_coordinator(asked, session_id)
    (plan,) = await plans(asked, [session])
    if session.state is not State.APPROVAL:
        return wording.already(plan)
    if plan.talks is not None and plan.talks.id != asked.member.id:
        return wording.another_talks(plan)
    await asked.work.of(Sessions).change(session_id, talks_id=asked.member.id)
    await _tell_the_others(asked, session, pairing)
    await asked.work.audit.add(asked.member.key, "sessions.talks_first", f"session:{session_id}")
    return wording.talks_first(plan)


async def _tell_the_others(asked: Asked, session: Session, pairing: Pairing) -> None:
    """Have the messages edited in which other coordinators were asked the same."""
    keys = [_key(session, one.id) for one in await responsible(asked, pairing)]
    rows = await asked.work.outbox.by_keys(keys)
    at = f"{asked.now.timestamp():.6f}"
    await asked.work.outbox.add([row.edit(f"{row.key}:{at}", asked.now) for row in rows if row.is_out])


def _key(session: Session, member_id: int) -> str:
    return f"session-approval:{session.id}:{session.round}:{member_id}"
