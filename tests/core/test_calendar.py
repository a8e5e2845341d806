"""Counted days in examples; the laws of the calendar are in test_calendar_laws.py."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from datetime import date, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.calendar import HORIZON, Calendar, Pause, after, counted, is_counted, local_day, welcome
from tests.core.calendars import (
    AMERICAN,
    BAVARIAN,
    BERLIN,
    DAY,
    GERMAN,
    HOUR,
    MINUTE,
    NEW_YORK,
    at,
    daily,
    person,
)

# What happens, whose calendar, from when (local time), so many counted hours, until when (local time).
COUNTED = [
    ("a common day", BERLIN, "2025-06-10 08:00", 48, "2025-06-12 08:00"),
    ("a weekend", BERLIN, "2025-06-13 18:00", 48, "2025-06-17 18:00"),
    ("from within a weekend", BERLIN, "2025-06-14 12:00", 30, "2025-06-17 06:00"),
    ("filled when the day ends", BERLIN, "2025-06-13 12:00", 12, "2025-06-14 00:00"),
    ("only Tuesdays", replace(BERLIN, days=frozenset({1})), "2025-06-10 12:00", 48, "2025-06-24 12:00"),
    ("a zone of +05:45", person("Asia/Kathmandu"), "2025-06-13 18:00", 24, "2025-06-16 18:00"),
    ("spring, Berlin", daily("Europe/Berlin"), "2025-03-29 12:00", 24, "2025-03-30 13:00"),
    ("autumn, Berlin", daily("Europe/Berlin"), "2025-10-25 12:00", 24, "2025-10-26 11:00"),
    ("spring, New York", daily("America/New_York"), "2025-03-08 12:00", 24, "2025-03-09 13:00"),
    ("autumn, New York", daily("America/New_York"), "2025-11-01 12:00", 24, "2025-11-02 11:00"),
    ("clocks change on a day off", BERLIN, "2025-03-28 12:00", 24, "2025-03-31 12:00"),
    ("no midnight in Cairo", daily("Africa/Cairo"), "2024-04-25 12:00", 24, "2024-04-26 13:00"),
    ("no midnight in Beirut", daily("Asia/Beirut"), "2025-03-29 12:00", 24, "2025-03-30 13:00"),
    ("no midnight in Sao Paulo", daily("America/Sao_Paulo"), "2018-11-03 12:00", 24, "2018-11-04 13:00"),
    ("a date that never was", daily("Pacific/Apia"), "2011-12-29 12:00", 24, "2011-12-31 12:00"),
    ("a midnight that came twice", daily("America/St_Johns"), "2010-11-06 12:00", 24, "2010-11-07 11:00"),
    ("year's end and New Year", GERMAN, "2025-12-31 18:00", 24, "2026-01-02 18:00"),
    ("year's end", BERLIN, "2025-12-31 18:00", 24, "2026-01-01 18:00"),
    ("a leap day", BERLIN, "2024-02-28 12:00", 48, "2024-03-01 12:00"),
    ("no leap day", daily("Europe/Berlin"), "2025-02-28 12:00", 48, "2025-03-02 12:00"),
    ("Easter", GERMAN, "2025-04-17 12:00", 48, "2025-04-23 12:00"),
    ("Easter a year later", GERMAN, "2026-04-02 12:00", 48, "2026-04-08 12:00"),
    ("Thanksgiving", AMERICAN, "2025-11-26 12:00", 24, "2025-11-28 12:00"),
    ("Saturday's holiday kept on Friday", AMERICAN, "2026-07-02 12:00", 24, "2026-07-06 12:00"),
    ("Corpus Christi in Bavaria", BAVARIAN, "2025-06-18 12:00", 24, "2025-06-20 12:00"),
    ("Corpus Christi not everywhere", GERMAN, "2025-06-18 12:00", 24, "2025-06-19 12:00"),
    ("small letters", replace(BERLIN, country="de-by"), "2025-06-18 12:00", 24, "2025-06-20 12:00"),
    ("an unknown part", replace(BERLIN, country="DE-XX"), "2025-12-24 12:00", 24, "2025-12-29 12:00"),
]


@pytest.mark.parametrize(
    ("calendar", "start", "span", "end"), [row[1:] for row in COUNTED], ids=[row[0] for row in COUNTED]
)
def test_counted_by_example(calendar: Calendar, start: str, span: int, end: str) -> None:
    """So many hours count between two local times, and after so many the second is reached."""
    begins, ends = at(start, calendar.zone), at(end, calendar.zone)

    assert span * HOUR == counted(calendar, begins, ends)
    assert ends == after(calendar, begins, span * HOUR)


def test_another_zone_while_something_waits_gives_another_answer() -> None:
    """A weekend begins when it begins where the person is now."""
    start = at("2025-06-13 18:00", BERLIN.zone)
    moved = replace(BERLIN, zone=NEW_YORK.zone)

    assert at("2025-06-16 18:00", BERLIN.zone) == after(BERLIN, start, 24 * HOUR)
    assert at("2025-06-16 12:00", NEW_YORK.zone) == after(moved, start, 24 * HOUR)
    assert at("2025-06-13 19:00", NEW_YORK.zone) == welcome(moved, at("2025-06-13 19:00", NEW_YORK.zone))


@pytest.mark.parametrize(
    ("zone", "start", "end", "length"),
    [
        ("Europe/Berlin", "2025-03-30", "2025-03-31", 23),
        ("Europe/Berlin", "2025-10-26", "2025-10-27", 25),
        ("Africa/Cairo", "2024-04-26 01:00", "2024-04-27", 23),
        ("Asia/Kathmandu", "2025-06-10", "2025-06-11", 24),
        ("America/St_Johns", "2010-11-07", "2010-11-08", 25),
    ],
)
def test_a_local_day_is_as_long_as_the_clocks_make_it(zone: str, start: str, end: str, length: int) -> None:
    """The first and last moment of a local day have its date and count, and the ones beside it don't."""
    begins, ends = at(start, ZoneInfo(zone)), at(end, ZoneInfo(zone))
    day = date.fromisoformat(start[:10])
    calendar = person(zone, days=frozenset({day.weekday()}))
    beside = [begins - MINUTE, begins, begins + 30 * MINUTE, ends - MINUTE, ends]

    assert length * HOUR == counted(calendar, begins - 9 * HOUR, ends + 9 * HOUR)
    assert [day - DAY, day, day, day, day + DAY] == [local_day(calendar, instant) for instant in beside]
    assert [False, True, True, True, False] == [is_counted(calendar, instant) for instant in beside]


@pytest.mark.parametrize("country", ["XX", "", "-", "JAN", "Atlantis", "HolidayBase", "PUBLIC", "utils"])
def test_an_unknown_country_has_no_holidays(country: str) -> None:
    """Christmas counts where the country isn't known, and nothing breaks."""
    start = at("2025-12-25 00:00", BERLIN.zone)

    assert DAY == counted(replace(BERLIN, country=country), start, start + DAY)


def test_what_never_comes_is_none() -> None:
    """No chosen day, an open pause or a span beyond the horizon has no answer."""
    start = at("2025-06-10 12:00", BERLIN.zone)
    nobody, gone = replace(BERLIN, days=frozenset()), replace(BERLIN, pauses=(Pause(start - DAY, None),))

    assert [None, None] == [after(calendar, start, MINUTE) for calendar in (nobody, gone)]
    assert [None, None] == [welcome(calendar, start) for calendar in (nobody, gone)]
    assert after(BERLIN, start, HORIZON + MINUTE) is None
    assert [timedelta(0)] * 2 == [counted(calendar, start, start + 99 * DAY) for calendar in (nobody, gone)]
    assert start == after(gone, start, timedelta(0)) == after(nobody, start, -HOUR)


def test_what_comes_late_is_found() -> None:
    """Two hundred days are four years of Tuesdays, and the horizon doesn't cut them off."""
    tuesdays, start = replace(BERLIN, days=frozenset({1})), at("2025-06-10 00:00", BERLIN.zone)

    assert at("2029-04-04 00:00", BERLIN.zone) == after(tuesdays, start, 200 * DAY)


def test_holidays_are_imported_only_for_those_who_have_some() -> None:
    """The library is slow to import, so importing the calendar doesn't."""
    code = "import sys, bot.calendar; sys.exit('holidays' in sys.modules)"

    assert 0 == subprocess.run([sys.executable, "-c", code], check=False).returncode
