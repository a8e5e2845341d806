"""The calendar in examples; its laws are in test_calendar_laws.py."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.calendar import (
    HORIZON,
    Calendar,
    Pause,
    after,
    counted,
    is_counted,
    is_welcome,
    local_day,
    merged,
    welcome,
)

MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
MIDNIGHT = time(0)
LATE = datetime.max.replace(tzinfo=UTC)
WEEKDAYS, EVERY_DAY = frozenset(range(5)), frozenset(range(7))


def at(text: str, zone: ZoneInfo, fold: int = 0) -> datetime:
    """Read a local time in a zone; fold=1 is its second coming."""
    return datetime.fromisoformat(text).replace(tzinfo=zone, fold=fold).astimezone(UTC)


def pause(since: str, until: str | None, zone: ZoneInfo) -> Pause:
    """Give a pause between two local times."""
    return Pause(at(since, zone), at(until, zone) if until else None)


def person(zone: str, country: str | None = None, days: frozenset[int] = WEEKDAYS) -> Calendar:
    """Give somebody with the default hours."""
    return Calendar(ZoneInfo(zone), days, time(9), time(19, 30), country)


def daily(zone: str) -> Calendar:
    """Give somebody who is there every day of the week."""
    return person(zone, days=EVERY_DAY)


def hours(opens: time, closes: time, days: frozenset[int] = EVERY_DAY, zone: str = "Europe/Berlin") -> Calendar:
    """Give somebody with hours of their own."""
    return Calendar(ZoneInfo(zone), days, opens, closes)


BERLIN, NEW_YORK = person("Europe/Berlin"), person("America/New_York")
GERMAN, BAVARIAN = replace(BERLIN, country="DE"), replace(BERLIN, country="DE-BY")
AMERICAN = replace(NEW_YORK, country="US")
NIGHTS = hours(time(22), time(2), WEEKDAYS)

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


@pytest.mark.parametrize(
    ("calendar", "start", "span", "end"), [row[1:] for row in COUNTED], ids=[row[0] for row in COUNTED]
)
def test_counted_by_example(calendar: Calendar, start: str, span: int, end: str) -> None:
    """So many hours count between two local times, and after so many the second is reached."""
    begins, ends = at(start, calendar.zone), at(end, calendar.zone)

    assert span * HOUR == counted(calendar, begins, ends)
    assert ends == after(calendar, begins, span * HOUR)


@pytest.mark.parametrize(
    ("calendar", "start", "expected"), [row[1:] for row in WELCOME], ids=[row[0] for row in WELCOME]
)
def test_welcome_by_example(calendar: Calendar, start: str, expected: str) -> None:
    """A reminder waits for the hours of an expected day, and is welcome when they come."""
    actual = welcome(calendar, at(start, calendar.zone))

    assert at(expected, calendar.zone) == actual
    assert (start == expected) == is_welcome(calendar, at(start, calendar.zone))


@pytest.mark.parametrize(("away", "expected"), [row[1:] for row in PAUSED], ids=[row[0] for row in PAUSED])
def test_pauses_by_example(away: list[tuple[str, str | None]], expected: str | None) -> None:
    """A pause moves the end of 48 hours by what it takes from days that count."""
    calendar = replace(BERLIN, pauses=tuple(pause(since, until, BERLIN.zone) for since, until in away))

    actual = after(calendar, at("2025-06-10 12:00", BERLIN.zone), 48 * HOUR)

    assert (at(expected, BERLIN.zone) if expected else None) == actual


def test_a_pause_that_ends_in_the_hours_makes_its_end_welcome() -> None:
    """Who is back at three may be reminded at three, and who is back at night in the morning."""
    for back, expected in (
        ("2025-06-10 15:00", "2025-06-10 15:00"),
        ("2025-06-10 23:00", "2025-06-11 09:00"),
    ):
        calendar = replace(BERLIN, pauses=(pause("2025-06-01 00:00", back, BERLIN.zone),))

        assert at(expected, BERLIN.zone) == welcome(calendar, at("2025-06-05 12:00", BERLIN.zone))


def test_a_pause_set_back_seven_days_moves_what_was_due() -> None:
    """An answer that was due on Thursday is due a week later when a pause is entered for the week before."""
    start, today = at("2025-06-03 12:00", BERLIN.zone), at("2025-06-10 12:00", BERLIN.zone)
    back = replace(BERLIN, pauses=(Pause(today - 7 * DAY, today),))

    assert at("2025-06-05 12:00", BERLIN.zone) == after(BERLIN, start, 48 * HOUR)
    assert at("2025-06-12 12:00", BERLIN.zone) == after(back, start, 48 * HOUR)


def test_another_zone_while_something_waits_gives_another_answer() -> None:
    """A weekend begins when it begins where the person is now."""
    start = at("2025-06-13 18:00", BERLIN.zone)
    moved = replace(BERLIN, zone=NEW_YORK.zone)

    assert at("2025-06-16 18:00", BERLIN.zone) == after(BERLIN, start, 24 * HOUR)
    assert at("2025-06-16 12:00", NEW_YORK.zone) == after(moved, start, 24 * HOUR)
    assert at("2025-06-13 19:00", NEW_YORK.zone) == welcome(moved, at("2025-06-13 19:00", NEW_YORK.zone))


def test_the_second_coming_of_an_hour_is_still_in_the_hours() -> None:
    """Hours that opened at half past two stay open when the clock is turned back to two."""
    assert is_welcome(hours(time(2, 30), time(5)), at("2025-10-26 02:10", BERLIN.zone, fold=1))
    assert not is_welcome(hours(time(1), time(2, 30)), at("2025-10-26 02:10", BERLIN.zone, fold=1))


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


def test_holidays_are_imported_only_for_those_who_have_some() -> None:
    """The library is slow to import, so importing the calendar doesn't."""
    code = "import sys, bot.calendar; sys.exit('holidays' in sys.modules)"

    assert 0 == subprocess.run([sys.executable, "-c", code], check=False).returncode
