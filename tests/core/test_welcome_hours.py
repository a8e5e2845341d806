"""When a reminder is welcome, in examples; the laws are in test_calendar_laws.py."""

from __future__ import annotations

from dataclasses import replace
from datetime import time

import pytest

from bot.calendar import Calendar, is_welcome, welcome
from tests.core.calendars import AMERICAN, BERLIN, GERMAN, MIDNIGHT, WEEKDAYS, at, hours, pause, person

NIGHTS = hours(time(22), time(2), WEEKDAYS)
# What happens, whose calendar, from when (local time), when it is welcome (local time).
WELCOME = [
    ("at once", BERLIN, "2025-06-10 12:00", "2025-06-10 12:00"),
    ("the hours begin", BERLIN, "2025-06-10 09:00", "2025-06-10 09:00"),
    ("early in the morning", BERLIN, "2025-06-10 05:00", "2025-06-10 09:00"),
    ("the hours are over", BERLIN, "2025-06-10 19:30", "2025-06-11 09:00"),
    ("Friday night", BERLIN, "2025-06-13 22:00", "2025-06-16 09:00"),
    ("the week of Easter", GERMAN, "2025-04-17 22:00", "2025-04-22 09:00"),
    ("Thanksgiving", AMERICAN, "2025-11-27 12:00", "2025-11-28 09:00"),
    ("New Year", GERMAN, "2025-12-31 20:00", "2026-01-02 09:00"),
    ("a zone of +05:45", person("Asia/Kathmandu"), "2025-06-13 22:00", "2025-06-16 09:00"),
    ("over midnight, before it", NIGHTS, "2025-06-10 12:00", "2025-06-10 22:00"),
    ("over midnight, after it", NIGHTS, "2025-06-11 01:00", "2025-06-11 01:00"),
    ("over midnight, closed", NIGHTS, "2025-06-11 02:00", "2025-06-11 22:00"),
    ("Friday's hours reach into Saturday", NIGHTS, "2025-06-14 01:59", "2025-06-14 01:59"),
    ("Sunday's don't reach into Monday", NIGHTS, "2025-06-16 01:00", "2025-06-16 22:00"),
    ("until midnight", hours(time(20), MIDNIGHT), "2025-06-10 23:59", "2025-06-10 23:59"),
    ("until midnight, closed", hours(time(20), MIDNIGHT), "2025-06-11 00:00", "2025-06-11 20:00"),
    ("the whole day", hours(MIDNIGHT, MIDNIGHT), "2025-06-10 04:00", "2025-06-10 04:00"),
    ("the whole weekday", hours(MIDNIGHT, MIDNIGHT, WEEKDAYS), "2025-06-14 04:00", "2025-06-16 00:00"),
    ("nine to nine", hours(time(9), time(9), WEEKDAYS), "2025-06-14 09:00", "2025-06-16 09:00"),
    ("an opening that is skipped", hours(time(2, 30), time(5)), "2025-03-30 00:00", "2025-03-30 03:00"),
    ("hours that are skipped", hours(time(2, 10), time(2, 50)), "2025-03-30 00:00", "2025-03-31 02:10"),
    ("an opening that comes twice", hours(time(2, 30), time(5)), "2025-10-26 00:00", "2025-10-26 02:30"),
    ("a close that comes twice", hours(time(1), time(2, 30)), "2025-10-26 02:45", "2025-10-27 01:00"),
    (
        "a midnight that is skipped",
        hours(MIDNIGHT, MIDNIGHT, frozenset({4}), "Africa/Cairo"),
        "2024-04-25 12:00",
        "2024-04-26 01:00",
    ),
]


@pytest.mark.parametrize(
    ("calendar", "start", "expected"), [row[1:] for row in WELCOME], ids=[row[0] for row in WELCOME]
)
def test_welcome_by_example(calendar: Calendar, start: str, expected: str) -> None:
    """A reminder waits for the hours of an expected day, and is welcome when they come."""
    actual = welcome(calendar, at(start, calendar.zone))

    assert at(expected, calendar.zone) == actual
    assert (start == expected) == is_welcome(calendar, at(start, calendar.zone))


def test_a_pause_that_ends_in_the_hours_makes_its_end_welcome() -> None:
    """Who is back at three may be reminded at three, and who is back at night in the morning."""
    for back, expected in (
        ("2025-06-10 15:00", "2025-06-10 15:00"),
        ("2025-06-10 23:00", "2025-06-11 09:00"),
    ):
        calendar = replace(BERLIN, pauses=(pause("2025-06-01 00:00", back, BERLIN.zone),))

        assert at(expected, BERLIN.zone) == welcome(calendar, at("2025-06-05 12:00", BERLIN.zone))


def test_the_second_coming_of_an_hour_is_still_in_the_hours() -> None:
    """Hours that opened at half past two stay open when the clock is turned back to two."""
    assert is_welcome(hours(time(2, 30), time(5)), at("2025-10-26 02:10", BERLIN.zone, fold=1))
    assert not is_welcome(hours(time(1), time(2, 30)), at("2025-10-26 02:10", BERLIN.zone, fold=1))
