"""After sessions that were missed without notice, a coordinator says yes before the next proposal goes on."""

from collections.abc import Mapping, Sequence
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
from bot.sessions.looking import of_rows
from bot.sessions.missed import needs_approval
from bot.sessions.outcome import missed_by
from bot.views import Block, Message
from storage.members import Members
from storage.outbox import NewRow, OutboxRow, Urgency
from storage.outbox import State as RowState
from storage.pairings import Pairings
from storage.session_words import SessionWords
from storage.sessions import Session, Sessions, State

TOGETHER = "sessions.together"
LOOKED_AT = 100  # sessions of two people's pairings, the latest ones


async def needed(context: Context, pairing: Pairing) -> bool:
    """Tell whether the next proposal of a pairing waits for a coordinator's yes; never if there is none to ask."""
    missed, agreed = await _past(context, pairing.sides)
    if not needs_approval(missed, agreed, context.now, context.policy.sessions.missed):
        return False
    return bool(await responsible(context, pairing))


async def _past(context: Context, member_ids: tuple[int, int]) -> tuple[dict[int, list[datetime]], dict[int, datetime]]:
    """Return when sessions began that these two missed, with whomever, and when a coordinator last said yes."""
    missed: dict[int, list[datetime]] = {}
    agreed: dict[int, datetime] = {}
    for member_id in member_ids:
        pairings = {one.id: one for one in await context.work.of(Pairings).ever_of(member_id)}
        missed[member_id] = await _missed(context, member_id, pairings)
        approved_at = await context.work.of(Sessions).last_approved(pairings)
        if approved_at is not None:
            agreed[member_id] = approved_at
    return missed, agreed


async def _missed(context: Context, member_id: int, pairings: Mapping[int, Pairing]) -> list[datetime]:
    """Return when the sessions of these pairings began that one of their people missed."""
    late = await context.work.of(Sessions).latest(pairings, [State.NOT_HELD], LOOKED_AT)
    words = await context.work.of(SessionWords).get([one.id for one in late])
    missed = [one for one in late if member_id in missed_by(one, words[one.id], pairings[one.pairing_id].sides)]
    return [one.starts_at for one in missed if one.starts_at is not None]


async def ask(context: Context, session: Session, pairing: Pairing) -> None:
    """Ask the pairing's coordinators about a proposal, and tell the one who hasn't made it that it is there."""
    rows = [
        NewRow(
            _key(session, session.round, one.id), APPROVAL, (session.id,), one.id, context.now, urgency=Urgency.ASKED
        )
        for one in await responsible(context, pairing)
    ]
    other = pairing.other(session.by_id)
    told = (f"session-together:{session.id}:{session.round}", TOGETHER, (session.id,), other, context.now)
    await context.work.outbox.add([*rows, NewRow(*told, urgency=Urgency.ASKED)])


async def bring_up_to_date(context: Context, session: Session, pairing: Pairing) -> None:
    """Have the messages edited in which a proposal waits for a coordinator, and let go what still waits to go out."""
    people = [one.id for one in await responsible(context, pairing)]
    keys = [_key(session, number, id_) for id_ in people for number in range(1, session.round + 1)]
    keys += [f"session-together:{session.id}:{number}" for number in range(1, session.round + 1)]
    await context.work.outbox.edit(keys)
    await context.work.outbox.let_go(keys)


@feature.composer(APPROVAL)
async def compose(context: Context, member_id: int, rows: Sequence[OutboxRow]) -> Part:
    """Ask a coordinator about proposals; in a message that is out, say how they stand."""
    plans = await _plans(context, rows, member_id)
    return Part.of({row.id: _question(plans[row.args[0]], row) for row in rows if row.args[0] in plans})


async def _plans(context: Context, rows: Sequence[OutboxRow], reader_id: int) -> dict[int, Plan]:
    """Return the proposals that rows ask a coordinator about, by id; none of a pairing of their own."""
    sessions = await context.work.of(Sessions).get({row.args[0] for row in rows})
    found = await plans(context, list(sessions.values()))
    return {plan.session.id: plan for plan in found if reader_id not in plan.pairing.sides}


def _question(plan: Plan, row: OutboxRow) -> Sequence[Block]:
    if plan.session.state is State.APPROVAL:
        return wording.ask(plan)
    return wording.settled(plan) if row.state is RowState.SENT else ()


async def plans(context: Context, sessions: Sequence[Session]) -> list[Plan]:
    """Return proposals with all that a coordinator is told of them."""
    pairings = await context.work.of(Pairings).get({one.pairing_id for one in sessions})
    talking = {one.talks_id for one in sessions if one.talks_id is not None}
    people = await context.work.of(Members).get({id_ for one in pairings.values() for id_ in one.sides} | talking)
    talks = {id_: one for id_, one in people.items() if one.active and one.roles & COORDINATORS}
    return [Plan(one, pairings[one.pairing_id], people, talks.get(one.talks_id or 0)) for one in sessions]


@feature.composer(TOGETHER)
async def compose_together(context: Context, member_id: int, rows: Sequence[OutboxRow]) -> Part:
    """Tell somebody that the next session is planned together with a coordinator."""
    seen = await of_rows(context, rows, member_id)
    found = [(row, seen[row.args[0]]) for row in rows if row.args[0] in seen]
    told = [(row, one) for row, one in found if one.session.state is State.APPROVAL or row.state is RowState.SENT]
    return Part.of({row.id: wording.together(one) for row, one in told})


@feature.button("sessions.go_ahead", number, who=COORDINATORS)
async def go_ahead(asked: Asked, session_id: int) -> Message:
    """Let a proposal go on."""
    session, pairing = await for_coordinator(asked, session_id)
    people = await asked.work.of(Members).get(pairing.sides)
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
    people = await responsible(asked, pairing)
    await asked.work.outbox.edit([_key(session, session.round, one.id) for one in people])


def _key(session: Session, number: int, member_id: int) -> str:
    """Return the key under which a coordinator is asked about one round of a proposal."""
    return f"session-approval:{session.id}:{number}:{member_id}"
