"""What only a coordinator can settle: whether two met who say different things."""

from collections.abc import Sequence

from bot.context import Asked, Context
from bot.errors import UserError
from bot.feature import Part, number
from bot.members import wording as members_wording
from bot.nudges import wording as nudges_wording
from bot.people import COORDINATORS, Member, Pairing
from bot.sessions import deciding_wording as wording
from bot.sessions.deciding_wording import Case
from bot.sessions.feature import feature
from bot.sessions.keeping import go
from bot.sessions.meeting import UNCLEAR, bring_up_to_date, locked, tell_the_house
from bot.sessions.outcome import needs_decision
from bot.views import Block, Message
from storage.members import Members
from storage.outbox import OutboxRow
from storage.outbox import State as RowState
from storage.pairings import Pairings
from storage.session_words import SessionWords
from storage.sessions import Session, Sessions, State


@feature.composer(UNCLEAR)
async def compose(context: Context, member_id: int, rows: Sequence[OutboxRow]) -> Part:
    """Ask a coordinator about sessions; in a message that is out, say what was decided."""
    reader = (await context.work.of(Members).get([member_id]))[member_id]
    found = await cases(context, [row.args[0] for row in rows], reader)
    others = {id_: case for id_, case in found.items() if member_id not in case.pairing.sides}
    return Part.of({row.id: _question(others[row.args[0]], row) for row in rows if row.args[0] in others})


def _question(case: Case, row: OutboxRow) -> Sequence[Block]:
    if needs_decision(case.session, case.words):
        return wording.ask(case)
    return wording.settled(case) if row.state is RowState.SENT else ()


async def cases(context: Context, session_ids: Sequence[int], reader: Member) -> dict[int, Case]:
    """Return sessions with what the two say of them, by id, for a coordinator."""
    sessions = await context.work.of(Sessions).get(session_ids)
    pairings = await context.work.of(Pairings).get({one.pairing_id for one in sessions.values()})
    words = await context.work.of(SessionWords).get(list(sessions))
    people = await context.work.of(Members).get(
        {id_ for pairing in pairings.values() for id_ in pairing.sides}
        | {one.decided_by_id for one in sessions.values() if one.decided_by_id is not None}
    )
    return {
        id_: Case(one, pairings[one.pairing_id], people, tuple(words[id_]), reader, context.now)
        for id_, one in sessions.items()
    }


@feature.button("sessions.they_met", number, who=COORDINATORS)
async def they_met(asked: Asked, session_id: int) -> Message:
    """Decide that two met."""
    return await _decide(asked, session_id, State.HELD)


@feature.button("sessions.not_met", number, who=COORDINATORS)
async def not_met(asked: Asked, session_id: int) -> Message:
    """Decide that two didn't meet."""
    return await _decide(asked, session_id, State.NOT_HELD)


async def _decide(asked: Asked, session_id: int, state: State) -> Message:
    session, pairing = await for_coordinator(asked, session_id)
    words = (await asked.work.of(SessionWords).get([session_id]))[session_id]
    if not needs_decision(session, words):
        case = (await cases(asked, [session_id], asked.member))[session_id]
        return wording.already(case)
    decided = {"decided_by_id": asked.member.id, "decided_at": asked.now}
    if state is State.HELD and session.held_at is None:
        decided["held_at"] = asked.now
    if session.state is state:
        await asked.work.of(Sessions).change(session_id, **decided)
    else:
        await tell_the_house(asked, session.state, await go(asked, session, state, **decided))
    await asked.work.audit.add(asked.member.key, "sessions.decided", f"session:{session_id}")
    case = (await cases(asked, [session_id], asked.member))[session_id]
    await bring_up_to_date(asked, case.session, pairing)
    return wording.decided(case)


async def for_coordinator(asked: Asked, session_id: int) -> tuple[Session, Pairing]:
    """Return a session to a coordinator who is no side of its pairing; nobody else changes it from now on."""
    found = await locked(asked, session_id)
    if found is None:
        raise UserError(members_wording.OLD_BUTTON)
    if found[1].other(asked.member.id) is not None:
        raise UserError(nudges_wording.NOT_FOR_YOU)
    return found
