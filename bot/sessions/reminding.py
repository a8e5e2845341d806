"""A session that is booked is reminded of before it begins: its alarms, and what the reminder says."""

from collections.abc import Collection, Sequence
from datetime import datetime

from bot.context import Context
from bot.facts import ProgramChanged
from bot.feature import Part
from bot.feedback.stepping import open_steps
from bot.policy_sections import BeforeFigures
from bot.sessions import before_wording as wording
from bot.sessions.about import About
from bot.sessions.feature import feature
from bot.sessions.looking import of_rows
from bot.views import Block
from storage.due import Alarm, Setting
from storage.outbox import NewRow, OutboxRow, Urgency
from storage.outbox import State as RowState
from storage.pairings import Pairings
from storage.rests import Rests
from storage.sessions import Session, Sessions, State

BEFORE = "sessions.before"  # the kind of the rows, and of the alarms
AFTER_ALARM = "sessions.after"


def next_reminder(session: Session, now: datetime, figures: BeforeFigures) -> datetime | None:
    """Return when a session is reminded of next; None if there is no reminder left, or nothing to remind of."""
    if session.state is not State.BOOKED or session.starts_at is None:
        return None
    times = (session.starts_at - figures.first, session.starts_at - figures.last)
    return min((at for at in times if at > now), default=None)


def asked_at(session: Session, figures: BeforeFigures) -> datetime | None:
    """Return when the two are asked whether they met; None while nothing is booked."""
    ends_at = session.ends_at
    return None if session.state is not State.BOOKED or ends_at is None else ends_at + figures.asked_after


def version(session: Session) -> int:
    """Return what tells the times apart at which a session was to begin."""
    return 0 if session.starts_at is None else int(session.starts_at.timestamp())


async def arrange(context: Context, sessions: Sequence[Session]) -> None:
    """Set the alarms of sessions that were booked, moved, or called off."""
    figures = context.policy.before
    before = [Setting(one.id, None, next_reminder(one, context.now, figures)) for one in sessions]
    await context.work.due.set(BEFORE, before)
    await context.work.due.set(AFTER_ALARM, [Setting(one.id, None, asked_at(one, figures)) for one in sessions])


@feature.alarm(BEFORE)
async def ring(context: Context, alarms: Sequence[Alarm]) -> None:
    """Remind both of sessions that begin soon; not of one that has begun, and only once of what is rung late."""
    sessions = await context.work.of(Sessions).get([alarm.subject for alarm in alarms])
    pairings = await context.work.of(Pairings).get({one.pairing_id for one in sessions.values()})
    soon = [one for one in sessions.values() if _is_coming(one, context.now)]
    figures = context.policy.before
    await context.work.outbox.add(
        [
            NewRow(
                f"session-before:{one.id}:{version(one)}:{_number(one, context.now, figures)}:{side}",
                BEFORE,
                (one.id, version(one)),
                side,
                context.now,
                urgency=Urgency.AT_ONCE,
            )
            for one in soon
            for side in pairings[one.pairing_id].sides
        ]
    )
    at = [Setting(one.id, None, next_reminder(one, context.now, figures)) for one in sessions.values()]
    await context.work.due.set(BEFORE, at)


@feature.on(ProgramChanged)
async def program_changed(context: Context, changed: ProgramChanged) -> None:
    """Remind of sessions, and ask about them, by the figures of now."""
    await arrange(context, await context.work.of(Sessions).every_coming())


def _is_coming(session: Session, now: datetime) -> bool:
    return session.state is State.BOOKED and session.starts_at is not None and session.starts_at > now


def _number(session: Session, now: datetime, figures: BeforeFigures) -> int:
    """Return which reminder it is: the last one, or the one before."""
    return 1 if session.starts_at is not None and now >= session.starts_at - figures.last else 0


@feature.composer(BEFORE)
async def compose(context: Context, member_id: int, rows: Sequence[OutboxRow]) -> Part:
    """Remind of sessions with all that belongs to them; one that was moved, called off or has begun is left out."""
    seen = await of_rows(context, rows, member_id)
    resting = await context.work.of(Rests).going_on({one.pairing.id for one in seen.values()})
    needed = [row for row in rows if row.state is RowState.SENT or _is_needed(seen.get(row.args[0]), row, resting)]
    blocks: list[Block] = []
    for session_id in dict.fromkeys(row.args[0] for row in needed if row.args[0] in seen):
        texts = await context.work.of(Sessions).texts(session_id)
        blocks += wording.reminder(seen[session_id], texts)
        blocks += await open_steps(context, seen[session_id].pairing, seen[session_id].me)
    return Part(tuple(blocks), frozenset(row.id for row in needed))


def _is_needed(one: About | None, row: OutboxRow, resting: Collection[int]) -> bool:
    if one is None or one.pairing.ended_at is not None or one.pairing.id in resting:
        return False
    return _is_coming(one.session, one.now) and version(one.session) == row.args[1]
