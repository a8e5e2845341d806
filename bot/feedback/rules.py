"""When somebody is asked for session notes or feedback, reminded, late, and how that goes into a rate: pure functions.

The clock is that of nudges (bot/nudges/rules.py): counted days, reminders that move each other, nobody late unreminded.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta

from bot.calendar import Calendar
from bot.nudges import rules as nudges
from bot.nudges.rules import Pace, Schedule, Verdict
from bot.policy_sections import NoteFigures
from storage.nudges import NudgeRow, Outcome, Turn, TurnFacts
from storage.sheets import Reminder, Sheet

NONE = 0  # no id: a sheet is no message in a conversation
A_DAY_LATER = timedelta(days=1)  # whoever hasn't said that they met is asked then
LATER_TODAY = timedelta(hours=3)
BETWEEN = timedelta(days=1)  # two reminders that a coordinator asks for


def pace(figures: NoteFigures, within: timedelta | None) -> Pace:
    """Stretch the steps as a form's own time stretches the policy's."""
    stretch = (within or figures.within) / figures.within
    steps = (figures.first_after * stretch, figures.last_after * stretch)
    return Pace(within or figures.within, steps, seen_for=timedelta(0), told_after=timedelta(0))


def turn_of(sheet: Sheet) -> Turn:
    """Return a sheet as a turn, which waits from when somebody was asked for it."""
    begins = sheet.delivered_at or sheet.made_at
    facts = TurnFacts(
        pairing_id=sheet.pairing_id,
        space_id=NONE,
        opener="",
        asker_id=NONE,
        answerer_id=sheet.member_id,
        opened_at=begins,
        waiting_since=begins,
        closed_at=sheet.done_at or sheet.withdrawn_at,
        outcome=_outcome(sheet),
        remind_at=sheet.remind_at,
    )
    return Turn(sheet.id, facts, sheet.limit_at, None, sheet.version)


def _outcome(sheet: Sheet) -> Outcome:
    if sheet.done_at is not None:
        return Outcome.ANSWERED
    return Outcome.OPEN if sheet.withdrawn_at is None else Outcome.WITHDRAWN


def plan(
    sheet: Sheet, pace: Pace, calendar: Calendar, reminders: Sequence[Reminder], since: datetime | None = None
) -> Schedule | None:
    """Return what is to happen around a sheet, in a program in its state `since`; None before somebody was asked."""
    if sheet.delivered_at is None:
        return None
    rows = [NudgeRow(0, one.rung, one.sent_at, one.failed_at) for one in reminders]
    return nudges.schedule(turn_of(sheet), pace, calendar, rows, since)


def is_last(plan: Schedule, pace: Pace, rung: int) -> bool:
    """Tell whether no reminder follows by itself after one."""
    return plan.over or rung >= len(pace.steps)


def verdict(sheet: Sheet, now: datetime) -> Verdict:
    """Say what a sheet counts for in a rate. Whoever can't be reached was never asked."""
    return Verdict.TAKEN_OUT if sheet.failed_at is not None else nudges.verdict(turn_of(sheet), now)


def asked_at(*, said_yes: bool, now: datetime) -> datetime:
    """Return when somebody is asked, who said that the two met, or hasn't said so yet."""
    return now if said_yes else now + A_DAY_LATER


def may_be_reminded(reminders: Sequence[Reminder], now: datetime) -> bool:
    """Tell whether a coordinator may have somebody reminded: nothing is on its way, and nothing went out lately."""
    sent = [one.sent_at for one in reminders if one.sent_at is not None]
    return not any(one.pending for one in reminders) and (not sent or now - max(sent) >= BETWEEN)
