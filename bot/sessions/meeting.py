"""After a session: both are asked whether they met, and what they say is made up to where the session stands."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from bot.calendar import NEVER, Calendar, Pause, after, merged
from bot.context import Context
from bot.facts import SessionHeld, SessionNotHeld
from bot.members.calendars import calendars, with_rests
from bot.pairings.looking import responsible
from bot.people import Pairing
from bot.sessions.keeping import go
from bot.sessions.outcome import needs_decision, state_of
from bot.sessions.reminding import version
from storage.outbox import Move, NewRow, Urgency
from storage.outbox import State as RowState
from storage.pairings import Pairings
from storage.rests import Rests
from storage.session_words import SessionWords
from storage.sessions import Session, Sessions, State

MET = "sessions.met"
UNCLEAR = "sessions.unclear"
AGAIN_AFTER = timedelta(days=1)  # counted, of whoever hasn't answered
LONG_AGO = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Question:
    """One time that somebody is asked: `number` is 0 for the question and 1 for the reminder of it."""

    session: Session
    member_id: int
    number: int

    @property
    def key(self) -> str:
        """The key under which it is unique."""
        return f"session-met:{self.session.id}:{version(self.session)}:{self.number}:{self.member_id}"

    @property
    def urgency(self) -> Urgency:
        """How it stands to hours and budget: the question belongs to their own appointment, the reminder doesn't.

        What the other noted afterwards was no appointment of theirs.
        """
        if self.number:
            return Urgency.SOON
        return Urgency.ASKED if self.session.logged else Urgency.AT_ONCE


def questions(session: Session, pairing: Pairing) -> list[Question]:
    """Return each time that one of the two may be asked about a session."""
    return [Question(session, side, number) for side in pairing.sides for number in (0, 1)]


async def ask(
    context: Context, sessions: Sequence[Session], *, but: int | None = None, urgency: Urgency | None = None
) -> None:
    """Ask both of each session whether they met; whoever doesn't answer is asked once more, a day later.

    Not who is named in `but`: they have said so. `urgency`: how, if not as right after a session.
    """
    pairings = await context.work.of(Pairings).get({one.pairing_id for one in sessions})
    every = [one for session in sessions for one in questions(session, pairings[session.pairing_id])]
    asked = [one for one in every if one.member_id != but]
    times = await due_times(context, asked, since=context.now)
    rows = [
        NewRow(
            one.key,
            MET,
            (one.session.id, version(one.session), one.number),
            one.member_id,
            at,
            urgency=urgency or one.urgency,
        )
        for one, at in times.items()
    ]
    await context.work.outbox.add(rows)


async def due_times(
    context: Context, asked: Sequence[Question], since: datetime | None = None
) -> dict[Question, datetime]:
    """Return from when on each of them may be asked: never while they are away, or their pairing rests.

    `since`: when they are asked for the first time, if the bot learns of a session, or rings, later than it ended.
    """
    begins = {one: max(_begin(context, one.session), since or LONG_AGO) for one in asked}
    found = await _calendars(context, asked)
    return {one: _due(calendar, begins[one], one.number, context.now) for one, calendar in found.items()}


async def _calendars(context: Context, asked: Sequence[Question]) -> dict[Question, Calendar]:
    """Return the calendar of whoever is asked, in which the rests of their pairing are pauses as well."""
    people = await calendars(context, {one.member_id for one in asked})
    breaks = await context.work.of(Rests).breaks({one.session.pairing_id for one in asked})
    found = {}
    for one in asked:
        found[one] = with_rests(people[one.member_id], breaks.get(one.session.pairing_id, ()))
    return found


async def once_more_at(context: Context, asked: Question) -> datetime:
    """Return when somebody can be asked once more: a counted day after they were asked, however late that was."""
    outbox, calendar = context.work.outbox, (await _calendars(context, [asked]))[asked]
    first = await outbox.by_keys([replace(asked, number=0).key])
    if any(row.state is RowState.WAITING for row in first):
        return context.now + AGAIN_AFTER
    times = [(await outbox.delivery(row)).sent_at for row in first if row.is_out]
    return after(calendar, next(filter(None, times), LONG_AGO), AGAIN_AFTER) or NEVER


def _begin(context: Context, session: Session) -> datetime:
    """Return from when on the two may be asked; about what was noted afterwards, from then on."""
    begin = (session.ends_at or context.now) + context.policy.before.asked_after
    return max(begin, session.sent_at or begin) if session.logged else begin


def _due(calendar: Calendar, begin: datetime, number: int, now: datetime) -> datetime:
    at = first_free(calendar.pauses, begin)
    if number and at is not None:
        at = after(calendar, at, AGAIN_AFTER)
    # What should be out already waits for their hours: a pause that has begun meanwhile comes first.
    return (None if at is None else first_free(calendar.pauses, max(at, now))) or NEVER


def first_free(pauses: Collection[Pause], at: datetime) -> datetime | None:
    """Return the first instant from `at` on that is in no pause; None if there is none."""
    for pause in merged(pauses):
        if pause.since <= at and (pause.until is None or at < pause.until):
            return pause.until
    return at


async def move_questions(context: Context, sessions: Sequence[Session]) -> None:
    """Move the questions that wait to go out: somebody's calendar has changed, or nothing is left to ask."""
    pairings = await context.work.of(Pairings).get({one.pairing_id for one in sessions})
    every = [one for session in sessions for one in questions(session, pairings[session.pairing_id])]
    times = await due_times(context, every)
    await context.work.outbox.move([Move(one.key, at, one.urgency) for one, at in times.items()])


async def make_up(context: Context, session: Session, pairing: Pairing) -> Session:
    """Let a session, which is locked, stand as the two say; the other features, and coordinators, learn of it."""
    words = (await context.work.of(SessionWords).get([session.id]))[session.id]
    stands, now = state_of(session, words), session
    if stands is not session.state:
        held = {"held_at": context.now} if stands is State.HELD and session.held_at is None else {}
        now = await go(context, session, stands, **held)
        await tell_the_house(context, session.state, now)
    elif stands is State.HELD:
        await context.tell(SessionHeld(session.id))  # the other side has said so, too
    if needs_decision(now, words):
        await ask_coordinators(context, now, pairing)
    await bring_up_to_date(context, now, pairing)
    return now


async def tell_the_house(context: Context, before: State, session: Session) -> None:
    """Tell the other features that two met, or didn't after all."""
    if session.state is State.HELD:
        await context.tell(SessionHeld(session.id))
    elif before is State.HELD:
        await context.tell(SessionNotHeld(session.id))


async def ask_coordinators(context: Context, session: Session, pairing: Pairing) -> None:
    """Ask the pairing's coordinators, privately, what became of a session."""
    rows = [
        NewRow(unclear_key(session, one.id), UNCLEAR, (session.id,), one.id, context.now, urgency=Urgency.ASKED)
        for one in await responsible(context, pairing)
    ]
    await context.work.outbox.add(rows)


def unclear_key(session: Session, member_id: int) -> str:
    """Return the key under which a coordinator is asked about a session once."""
    return f"session-unclear:{session.id}:{member_id}"


async def bring_up_to_date(context: Context, session: Session, pairing: Pairing) -> None:
    """Have the messages edited that ask about a session, and let go those that wait and are needless by now."""
    asked = questions(session, pairing)
    unclear = [unclear_key(session, one.id) for one in await responsible(context, pairing)]
    await context.work.outbox.edit([one.key for one in asked] + unclear)
    words = (await context.work.of(SessionWords).get([session.id]))[session.id]
    answered = {word.member_id for word in words if word.answer is not None}
    await context.work.outbox.let_go([one.key for one in asked if one.member_id in answered] + unclear)


async def locked(context: Context, session_id: int) -> tuple[Session, Pairing] | None:
    """Return a session and its pairing, which nobody else changes from now on; None if there is no such."""
    found = (await context.work.of(Sessions).get([session_id])).get(session_id)
    if found is None:
        return None
    pairing = (await context.work.of(Pairings).lock([found.pairing_id]))[found.pairing_id]
    session = await context.work.of(Sessions).lock(session_id)
    return None if session is None else (session, pairing)
