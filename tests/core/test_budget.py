"""When somebody may next get a message that they didn't ask for."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from bot.budget import next_day, next_slot
from bot.calendar import Calendar, Pause, is_welcome, local_day, welcome
from bot.policy_sections import BudgetFigures

MONDAY = datetime(2026, 3, 2, 10, 0, tzinfo=UTC)
DAY = timedelta(days=1)
PLAIN = Calendar(ZoneInfo("UTC"), frozenset(range(5)), time(9), time(19, 30))
USUAL = BudgetFigures(per_day=1, per_week=3)
ZONES = ["UTC", "America/St_Johns", "Pacific/Kiritimati", "Asia/Kathmandu", "Europe/Berlin", "Australia/Lord_Howe"]


def day(number: int) -> date:
    """Return a day of March 2026; the 2nd is a Monday."""
    return date(2026, 3, number)


def at(number: int, hour: int = 9, minute: int = 0) -> datetime:
    """Return an instant in March 2026."""
    return datetime(2026, 3, number, hour, minute, tzinfo=UTC)


@pytest.mark.parametrize(
    ("now", "spent", "expected"),
    [
        (MONDAY, [], MONDAY),
        (at(2, 7), [], at(2)),
        (at(2, 19, 30), [], at(3)),
        (at(6, 20), [], at(9)),
        (at(7, 12), [], at(9)),
        (MONDAY, [day(2)], at(3)),
        (MONDAY, [day(1)], MONDAY),
        (at(5), [day(2), day(3), day(4)], at(9)),
        (at(5), [day(2), day(3)], at(5)),
        (at(9), [day(2), day(3), day(4)], at(9)),
        (at(9), [day(3), day(4), day(5)], at(10)),
        (at(6), [day(2), day(3), day(4), day(5), day(6)], at(11)),
        (at(2), [day(3), day(4), day(5)], at(2)),
    ],
)
def test_the_first_instant_that_fits(now: datetime, spent: list[date], expected: datetime) -> None:
    """One a day, three in seven days, on Monday to Friday between nine and half past seven."""
    assert expected == next_slot(PLAIN, now, spent, USUAL)


@pytest.mark.parametrize(
    ("spent", "expected"),
    [([], at(5)), ([day(4)], at(5)), ([day(3), day(4)], at(10)), ([day(2), day(3), day(4)], at(10))],
)
def test_the_last_place_of_the_week_is_left(spent: list[date], expected: datetime) -> None:
    """What can wait leaves room for what can't."""
    assert expected == next_slot(PLAIN, at(5), spent, USUAL, leave=1)


def test_one_place_is_always_there() -> None:
    """A budget of one message a week leaves none to others, or nothing would ever go out."""
    assert MONDAY == next_slot(PLAIN, MONDAY, [], BudgetFigures(per_day=1, per_week=1), leave=1)


def test_nothing_is_in_sight_in_an_open_pause() -> None:
    """Nor for somebody who chose no day; after a pause with an end there is."""
    away = Calendar(PLAIN.zone, PLAIN.days, PLAIN.opens, PLAIN.closes, pauses=(Pause(MONDAY - DAY, None),))
    assert None is next_slot(away, MONDAY, [], USUAL)
    never = Calendar(PLAIN.zone, frozenset(), PLAIN.opens, PLAIN.closes)
    assert None is next_slot(never, MONDAY, [], USUAL)
    back = Calendar(PLAIN.zone, PLAIN.days, PLAIN.opens, PLAIN.closes, pauses=(Pause(MONDAY - DAY, at(5, 12)),))
    assert at(5, 12) == next_slot(back, MONDAY, [], USUAL)


def test_hours_over_midnight_belong_to_both_days() -> None:
    """The day that counts is the one on the clock: after midnight there is a new place."""
    late = Calendar(ZoneInfo("UTC"), frozenset(range(7)), time(22), time(2))
    assert at(3, 0) == next_slot(late, at(2, 23), [day(2)], USUAL)


CALENDARS = st.builds(
    Calendar,
    zone=st.sampled_from(ZONES).map(ZoneInfo),
    days=st.frozensets(st.integers(0, 6), min_size=1),
    opens=st.times().map(lambda one: one.replace(second=0, microsecond=0)),
    closes=st.times().map(lambda one: one.replace(second=0, microsecond=0)),
    pauses=st.lists(
        st.builds(
            lambda start, length: Pause(MONDAY + timedelta(hours=start), MONDAY + timedelta(hours=start + length)),
            st.integers(-300, 300),
            st.integers(0, 200),
        ),
        max_size=2,
    ).map(tuple),
)
BUDGETS = st.builds(BudgetFigures, per_day=st.integers(1, 3), per_week=st.integers(1, 6))
STARTS = st.datetimes(datetime(2026, 1, 1), datetime(2026, 12, 31), timezones=st.just(UTC))  # noqa: DTZ001


@settings(max_examples=60, deadline=None)
@given(CALENDARS, BUDGETS, STARTS, st.lists(st.integers(0, 40), min_size=5, max_size=25))
def test_no_week_holds_more_than_it_may(
    calendar: Calendar, budget: BudgetFigures, start: datetime, waits: list[int]
) -> None:
    """However often somebody asks: in any seven local days, and on each, never more than the budget has."""
    now, spent = start, list[date]()
    for hours in waits:
        slot = next_slot(calendar, now, spent, budget)
        assume(slot is not None)
        assert slot is not None
        assert is_welcome(calendar, slot)
        assert slot >= now
        spent.append(local_day(calendar, slot))
        now = slot + timedelta(hours=hours)
    for one in spent:
        assert spent.count(one) <= budget.per_day
        assert len([other for other in spent if one - 7 * DAY < other <= one]) <= budget.per_week


@settings(max_examples=60, deadline=None)
@given(CALENDARS, BUDGETS, STARTS, st.lists(st.integers(-7, 6), max_size=6))
def test_it_is_the_earliest_that_fits(
    calendar: Calendar, budget: BudgetFigures, now: datetime, days: list[int]
) -> None:
    """No welcome instant before it fits the budget."""
    spent = [local_day(calendar, now) + number * DAY for number in days]
    slot = next_slot(calendar, now, spent, budget)
    assume(slot is not None)
    assert slot is not None
    instant = welcome(calendar, now)
    while instant is not None and instant < slot:
        today = local_day(calendar, instant)
        week = [one for one in spent if today - 7 * DAY < one <= today]
        assert week.count(today) >= budget.per_day or len(week) >= budget.per_week
        instant = welcome(calendar, instant + timedelta(minutes=30))


@settings(max_examples=100, deadline=None)
@given(CALENDARS, STARTS)
def test_the_next_day_begins_after_an_instant(calendar: Calendar, instant: datetime) -> None:
    """And it is another day than that of the instant."""
    tomorrow = next_day(calendar, instant)
    assert tomorrow > instant
    assert local_day(calendar, tomorrow) == local_day(calendar, instant) + DAY
