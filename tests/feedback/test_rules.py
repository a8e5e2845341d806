"""When somebody is reminded of a sheet, and when it is late: the rules, with any calendar and any times."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from bot.calendar import Calendar, Pause, counted, is_welcome
from bot.feedback.rules import BETWEEN, may_be_reminded, pace, plan, verdict
from bot.nudges.rules import Verdict
from bot.policy import load
from storage.sheets import Reminder, Sheet

MONDAY = datetime(2026, 3, 2, 10, tzinfo=UTC)
HOUR = timedelta(hours=1)
FIGURES = load().notes
SHEET = Sheet(1, 1, 1, 1, 1, "notes", MONDAY, delivered_at=MONDAY)
USUAL = Calendar(ZoneInfo("UTC"), frozenset(range(5)), time(9), time(19, 30))

CALENDARS = st.builds(
    lambda days, zone, begin, length: Calendar(
        ZoneInfo(zone), days, time(9), time(19, 30), None, (Pause(begin, begin + length),)
    ),
    st.frozensets(st.integers(0, 6), min_size=1),
    st.sampled_from(["UTC", "Asia/Kolkata", "America/St_Johns", "Pacific/Auckland"]),
    st.integers(0, 500).map(lambda hours: MONDAY + hours * HOUR),
    st.integers(0, 500).map(lambda hours: hours * HOUR),
)
WITHINS = st.none() | st.integers(1, 30 * 24).map(lambda hours: hours * HOUR)


@given(CALENDARS, WITHINS)
def test_a_whole_series(calendar: Calendar, within: timedelta | None) -> None:
    """Two reminders, each at a welcome hour and after its time, then silence; late only after the first of them."""
    speed = pace(FIGURES, within)
    reminders: list[Reminder] = []
    for rung, step in enumerate(speed.steps, 1):
        schedule = plan(SHEET, speed, calendar, reminders)
        assert schedule is not None
        assert schedule.nudge is not None
        assert is_welcome(calendar, schedule.nudge)
        assert counted(calendar, MONDAY, schedule.nudge) >= step
        reminders.append(Reminder(rung, sent_at=schedule.nudge))
    last = plan(SHEET, speed, calendar, reminders)
    assert last is not None
    assert (True, None) == (last.over, last.nudge)
    assert last.limit is not None
    assert reminders[0].sent_at is not None
    assert last.limit > reminders[0].sent_at
    assert counted(calendar, MONDAY, last.limit) >= speed.answer_within


def test_nobody_is_late_unreminded() -> None:
    """However late it comes: who wasn't reminded is in time."""
    schedule = plan(SHEET, pace(FIGURES, None), USUAL, [])
    assert schedule is not None
    assert None is schedule.limit
    done = replace(SHEET, done_at=MONDAY + timedelta(days=40), limit_at=schedule.limit)
    assert (Verdict.IN_TIME, False) == (verdict(done, MONDAY + timedelta(days=50)), done.late)


def test_before_somebody_was_asked() -> None:
    """Nothing follows before the question has reached them; whom it can't reach, nothing counts for."""
    unasked = replace(SHEET, delivered_at=None)
    assert None is plan(unasked, pace(FIGURES, None), USUAL, [])
    assert Verdict.TAKEN_OUT is verdict(replace(unasked, failed_at=MONDAY), MONDAY)


@given(st.integers(0, 200))
def test_what_each_counts_for(hours: int) -> None:
    """In time until the limit itself, late after it; open until then; nothing once it was withdrawn."""
    limit, at = MONDAY + 48 * HOUR, MONDAY + hours * HOUR
    waits = replace(SHEET, limit_at=limit)
    late = at > limit
    done = replace(waits, done_at=at)
    assert (Verdict.LATE if late else Verdict.IN_TIME, late) == (verdict(done, at + HOUR), done.late)
    assert (Verdict.LATE if late else Verdict.UNDECIDED) is verdict(waits, at)
    assert Verdict.TAKEN_OUT is verdict(replace(waits, withdrawn_at=at), at)


@given(st.lists(st.integers(0, 100), max_size=5))
def test_reminders_that_coordinators_ask_for(hours: Sequence[int]) -> None:
    """One a day at most, and none while another one is on its way."""
    reminders = [Reminder(rung, 1, MONDAY + hour * HOUR) for rung, hour in enumerate(sorted(hours), 1)]
    now = MONDAY + 100 * HOUR
    free = not hours or now - (MONDAY + max(hours) * HOUR) >= BETWEEN
    assert free is may_be_reminded(reminders, now)
    assert not may_be_reminded([*reminders, Reminder(9)], now)
