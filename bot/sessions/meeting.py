"""After a session: both are asked whether they met, and what they say is made up to where the session stands."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from hashlib import sha256

from bot.calendar import Calendar, Pause, after, merged
from bot.context import Context
from bot.facts import SessionHeld, SessionNotHeld
from bot.members.calendars import calendars
from bot.pairings.looking import responsible
from bot.people import Pairing
from bot.sessions.keeping import go
from bot.sessions.outcome import needs_decision, state_of
from bot.sessions.reminding import version
from storage.outbox import Move, NewRow, OutboxRow, Urgency
from storage.outbox import State as RowState
from storage.pairings import Pairings
from storage.rests import Rests
from storage.session_words import SessionWords, Word
from storage.sessions import Session, Sessions, State

MET = "sessions.met"
UNCLEAR = "sessions.unclear"
AGAIN_AFTER = timedelta(days=1)  # counted, of whoever hasn't answered
NEVER = datetime(9000, 1, 1, tzinfo=UTC)
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


def sides(pairing: Pairing) -> tuple[int, int]:
    """Return the two of a pairing."""
    return pairing.mentor_id, pairing.mentee_id


def questions(session: Session, pairing: Pairing) -> list[Question]:
    """Return each time that one of the two may be asked about a session."""
    return [Question(session, side, number) for side in sides(pairing) for number in (0, 1)]


async def ask(
    context: Context, sessions: Sequence[Session], *, but: int | None = None, urgency: Urgency | None = None
) -> None:
    """Ask both of each session whether they met; whoever doesn't answer is asked once more, a day later.

    Not who is named in `but`: they have said so. `urgency`: how, if not as right after a session.
    """
    pairings = await context.work.of(Pairings).get({one.pairing_id for one in sessions})
    every = [one for session in sessions for one in questions(session, pairings[session.pairing_id])]
    asked = [one for one in every if one.member_id != but]
    times = await due_times(context, asked, pairings, since=context.now)
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
    context: Context, asked: Sequence[Question], pairings: Mapping[int, Pairing], since: datetime | None = None
) -> dict[Question, datetime]:
    """Return from when on each of them may be asked: never while they are away, or their pairing rests.

    `since`: when they are asked for the first time, if the bot learns of a session, or rings, later than it ended.
    """
    people = await calendars(context, {one.member_id for one in asked})
    breaks = await context.work.of(Rests).breaks(set(pairings))
    found = {}
    for one in asked:
        rests = tuple(Pause(rest.since, rest.until) for rest in breaks.get(one.session.pairing_id, ()))
        calendar = people[one.member_id]
        whole = replace(calendar, pauses=calendar.pauses + rests)
        found[one] = _due(whole, max(_begin(context, one.session), since or LONG_AGO), one.number)
    return found


def _begin(context: Context, session: Session) -> datetime:
    """Return from when on the two may be asked; about what was noted afterwards, from then on."""
    begin = (session.ends_at or context.now) + context.policy.before.asked_after
    return max(begin, session.sent_at or begin) if session.logged else begin


def _due(calendar: Calendar, begin: datetime, number: int) -> datetime:
    first = first_free(calendar.pauses, begin)
    if not number or first is None:
        return first or NEVER
    return after(calendar, first, AGAIN_AFTER) or NEVER


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
    times = await due_times(context, every, pairings)
    await context.work.outbox.move([Move(one.key, max(at, context.now), one.urgency) for one, at in times.items()])


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
    coordinators = await responsible(context, pairing)
    keys = [one.key for one in questions(session, pairing)]
    keys += [unclear_key(session, one.id) for one in coordinators]
    rows = await context.work.outbox.by_keys(keys)
    words = (await context.work.of(SessionWords).get([session.id]))[session.id]
    at = f"{context.now.timestamp():.6f}"
    edits = [row.edit(f"{row.key}:{at}:{_stage(session, words, row)}", context.now) for row in rows if row.is_out]
    await context.work.outbox.add(edits)
    answered = {word.member_id for word in words if word.answer is not None}
    loose = [row for row in rows if row.state is RowState.WAITING and row.delivery_id is None]
    needless = [row for row in loose if row.kind == UNCLEAR or row.member_id in answered]
    await context.work.outbox.move([Move(row.key, context.now, row.urgency) for row in needless])


def _stage(session: Session, words: Collection[Word], row: OutboxRow) -> str:
    """Tell apart what a message says at one instant, without saying it: what each said is for nobody's data."""
    seen = [word for word in words if row.kind == UNCLEAR or word.member_id == row.member_id]
    said = [f"{word.member_id}-{word.answer}-{word.reason}" for word in seen]
    stage = ":".join([session.state, "open" if session.decided_at is None else "decided", *said])
    return sha256(stage.encode()).hexdigest()[:12]


async def locked(context: Context, session_id: int) -> tuple[Session, Pairing] | None:
    """Return a session and its pairing, which nobody else changes from now on; None if there is no such."""
    found = (await context.work.of(Sessions).get([session_id])).get(session_id)
    if found is None:
        return None
    pairing = (await context.work.of(Pairings).lock([found.pairing_id]))[found.pairing_id]
    session = await context.work.of(Sessions).lock(session_id)
    return None if session is None else (session, pairing)
