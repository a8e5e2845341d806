"""What a pause does to counted days, in examples."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from bot.calendar import Pause, after, counted, merged, welcome
from tests.core.calendars import BERLIN, DAY, GERMAN, HOUR, LATE, WEEKDAYS, at, pause

# What happens, pauses (local times), when 48 hours from Tuesday 10 June 2025, 12:00, are over (local time).
PAUSED = [
    ("no pause", [], "2025-06-12 12:00"),
    ("a day away", [("2025-06-11 00:00", "2025-06-12 00:00")], "2025-06-13 12:00"),
    ("an hour away", [("2025-06-11 15:00", "2025-06-11 16:00")], "2025-06-12 13:00"),
    ("away over a weekend", [("2025-06-11 12:00", "2025-06-16 12:00")], "2025-06-17 12:00"),
    ("away on a weekend only", [("2025-06-14 00:00", "2025-06-16 00:00")], "2025-06-12 12:00"),
    ("away before", [("2025-05-01 00:00", "2025-06-10 12:00")], "2025-06-12 12:00"),
    ("away later", [("2025-06-12 12:00", None)], "2025-06-12 12:00"),
    ("away, no end", [("2025-06-12 11:59", None)], None),
    ("no end, and another", [("2025-06-11 00:00", None), ("2025-06-12 00:00", "2025-06-13 00:00")], None),
    (
        "a pause inside a pause",
        [("2025-06-11 00:00", "2025-06-13 00:00"), ("2025-06-11 12:00", "2025-06-12 00:00")],
        "2025-06-16 12:00",
    ),
    (
        "two that overlap, the later one first",
        [("2025-06-12 00:00", "2025-06-13 00:00"), ("2025-06-11 00:00", "2025-06-12 12:00")],
        "2025-06-16 12:00",
    ),
    ("nine years", [("2025-06-11 00:00", "2034-06-12 00:00")], "2034-06-13 12:00"),
    ("back before it went", [("2025-06-11 00:00", "2025-06-09 00:00")], "2025-06-12 12:00"),
]


@pytest.mark.parametrize(("away", "expected"), [row[1:] for row in PAUSED], ids=[row[0] for row in PAUSED])
def test_pauses_by_example(away: list[tuple[str, str | None]], expected: str | None) -> None:
    """A pause moves the end of 48 hours by what it takes from days that count."""
    calendar = replace(BERLIN, pauses=tuple(pause(since, until, BERLIN.zone) for since, until in away))

    actual = after(calendar, at("2025-06-10 12:00", BERLIN.zone), 48 * HOUR)

    assert (at(expected, BERLIN.zone) if expected else None) == actual


def test_a_pause_set_back_seven_days_moves_what_was_due() -> None:
    """An answer that was due on Thursday is due a week later when a pause is entered for the week before."""
    start, today = at("2025-06-03 12:00", BERLIN.zone), at("2025-06-10 12:00", BERLIN.zone)
    back = replace(BERLIN, pauses=(Pause(today - 7 * DAY, today),))

    assert at("2025-06-05 12:00", BERLIN.zone) == after(BERLIN, start, 48 * HOUR)
    assert at("2025-06-12 12:00", BERLIN.zone) == after(back, start, 48 * HOUR)


def test_pauses_that_touch_are_one() -> None:
    """A week and the week after it are two weeks, in whatever order they were entered."""
    first, second, later = (
        pause(f"2025-06-{since:02}", f"2025-06-{since + 7:02}", BERLIN.zone) for since in (2, 9, 17)
    )

    assert (Pause(first.since, second.until), later) == merged([later, second, first])
    assert (Pause(first.since, None),) == merged([second, later, replace(first, until=None)])


def test_a_pause_to_the_end_of_time_overflows_nowhere() -> None:
    """A pause until the last year that a date can have is an open one."""
    forever = Pause(datetime.min.replace(tzinfo=UTC), LATE)
    calendar = replace(GERMAN, pauses=(forever,))
    start = at("2025-06-10 12:00", BERLIN.zone)

    assert (None, None) == (after(calendar, start, HOUR), welcome(calendar, start))
    assert timedelta(0) == counted(calendar, start, LATE)


class Weekdays(frozenset[int]):
    """Weekdays that note how often somebody asks for one."""

    asked = 0

    def __contains__(self, day: object) -> bool:
        Weekdays.asked += 1
        return super().__contains__(day)


def test_a_long_pause_costs_no_more_than_a_short_one() -> None:
    """However long a pause is, only the days beside it are looked at."""
    start = at("2025-06-10 12:00", BERLIN.zone)
    calendar = replace(BERLIN, days=Weekdays(WEEKDAYS), pauses=(Pause(start + HOUR, start + 9 * 365 * DAY),))

    found = after(calendar, start, 48 * HOUR)

    assert found is not None
    assert start + 9 * 365 * DAY + 47 * HOUR <= found
    assert Weekdays.asked < 20
