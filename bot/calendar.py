"""Counted days, welcome hours, holidays and pauses: pure functions of the instants they are given.

Instants are aware datetimes in UTC, spans are real elapsed time: where clocks change a local day lasts 23 to
25 hours. Local times are read as on a clock that is never turned back: one that is skipped (a midnight or an
opening that doesn't exist) means the first instant after it, one that comes twice means its first coming.
Every interval is half-open: its beginning belongs to it, its end doesn't.
"""

from __future__ import annotations

from bisect import bisect_left
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from itertools import takewhile
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from zoneinfo import ZoneInfo

Interval: TypeAlias = tuple[datetime, datetime]
"""Begin and end, in UTC."""

DAY = timedelta(days=1)
ALPHA_2 = 2
"""Letters of an ISO 3166-1 alpha-2 country code."""

HORIZON = timedelta(days=3 * 366)
"""How far to look for an expected day, and the longest span to wait for: what lies beyond never comes."""

NEVER = datetime(9000, 1, 1, tzinfo=UTC)
"""What never comes is due then. Nothing is sought after it: a pause "until the year 9999" overflows nowhere."""


@dataclass(frozen=True, slots=True)
class Pause:
    """A time away, [since, until); until is None while it lasts "until I'm back". Empty if until <= since."""

    since: datetime
    until: datetime | None


@dataclass(frozen=True, slots=True)
class Calendar:
    """When one person can be expected to answer, and when they welcome a reminder.

    `days` are weekdays, Monday = 0. `opens` and `closes` are local times in `zone`; closes <= opens reaches
    over midnight: 22:00-02:00 belongs whole to the day on which it opens, and 00:00-00:00 is the whole day.
    `country` is an ISO 3166 code such as "US" or "DE-BY"; an unknown country has no holidays, an unknown part
    of a country has the country's. `pauses` come in any order and may overlap or nest.
    """

    zone: ZoneInfo
    days: frozenset[int]
    opens: time
    closes: time
    country: str | None = None
    pauses: tuple[Pause, ...] = ()


def counted(calendar: Calendar, start: datetime, end: datetime) -> timedelta:
    """Give the real time from start to end less days off and pauses: the clock of "48 h".

    Days off are the local days on which the person isn't expected to answer: weekdays not chosen, holidays.
    The hours play no part. Zero if end <= start.
    """
    whole = takewhile(lambda interval: interval[0] < end, _counted_intervals(calendar, start))
    return sum((min(ends, end) - begins for begins, ends in whole), timedelta(0))


def after(calendar: Calendar, start: datetime, span: timedelta) -> datetime | None:
    """Give the first instant from start on at which `counted(calendar, start, it) == span`.

    A span of zero (or less) gives start itself, counted or not, so that the answer is monotone in span and in
    start. A span that is filled just when a day ends gives that midnight, though the next day may not count.

    None if it never comes: an open pause, no chosen day, a span beyond HORIZON. HORIZON is of unpaused time:
    a pause that ends is waited out however long it is, or else a later start could have an earlier answer.
    """
    if span <= timedelta(0):
        return start
    for begins, ends in _counted_intervals(calendar, start) if span <= HORIZON else ():
        if span <= ends - begins:
            return begins + span
        span -= ends - begins
    return None


def welcome(calendar: Calendar, at: datetime) -> datetime | None:
    """Give the first instant >= at at which a reminder is welcome, or None if that never comes.

    That is within the hours of a chosen day that is no holiday, and not in a pause. Hours over midnight
    follow the day on which they open, even into a day off.
    """
    return next((begins for begins, _ in _intervals(calendar, at)), None)


def is_counted(calendar: Calendar, at: datetime) -> bool:
    """Tell whether the clock runs at this instant: a chosen day, no holiday, no pause."""
    return next((begins == at for begins, _ in _counted_intervals(calendar, at)), False)


def is_welcome(calendar: Calendar, at: datetime) -> bool:
    """Tell whether a reminder is welcome at this instant."""
    return welcome(calendar, at) == at


def local_day(calendar: Calendar, at: datetime) -> date:
    """Give the person's date at this instant.

    It never goes back: where clocks were turned back over midnight (America/St_Johns until 2010) the new day
    has begun with the first midnight.
    """
    day = at.astimezone(calendar.zone).date()
    tomorrow = day + DAY
    return tomorrow if _instant(calendar.zone, tomorrow, time(0)) <= at else day


def whole_day(zone: ZoneInfo, day: date) -> Interval:
    """Give a local day, from its first instant to that of the next one."""
    return _instant(zone, day, time(0)), _instant(zone, day + DAY, time(0))


def merged(pauses: Iterable[Pause]) -> tuple[Pause, ...]:
    """Give the same time away as few pauses: sorted, disjoint, none empty, only the last one perhaps open."""
    found: list[Pause] = []
    for pause in sorted(filter(_lasts, pauses), key=lambda pause: pause.since):
        if found and (found[-1].until is None or pause.since <= found[-1].until):
            found[-1] = Pause(found[-1].since, _later(found[-1].until, pause.until))
        else:
            found.append(pause)
    return tuple(found)


def _lasts(pause: Pause) -> bool:
    return pause.until is None or pause.since < pause.until


def _later(one: datetime | None, other: datetime | None) -> datetime | None:
    return None if one is None or other is None else max(one, other)


def _counted_intervals(calendar: Calendar, start: datetime) -> Iterator[Interval]:
    """Yield counted time from start on: the same as welcome time, were the whole day welcome."""
    return _intervals(replace(calendar, opens=time(0), closes=time(0)), start)


def _intervals(calendar: Calendar, start: datetime) -> Iterator[Interval]:
    """Yield, lazily and in order, the disjoint non-empty intervals from start on that are welcome."""
    for begin, end in _unpaused(calendar.pauses, start):
        yesterday = local_day(calendar, begin) - DAY  # its hours may reach over midnight
        for opens, closes in _hours(calendar, yesterday):
            if opens >= end:
                break
            if max(begin, opens) < min(end, closes):
                yield max(begin, opens), min(end, closes)


def _unpaused(pauses: Iterable[Pause], start: datetime) -> Iterator[Interval]:
    """Yield the time between the pauses from start to NEVER; a pause costs one step, however long it is."""
    begin = start
    for pause in merged(pauses):
        if begin < pause.since:
            yield begin, pause.since
        begin = max(begin, pause.until or NEVER)
    if begin < NEVER:
        yield begin, NEVER


def _hours(calendar: Calendar, day: date) -> Iterator[Interval]:
    """Yield the hours of each expected day from `day` on: an empty interval where the clock skips them."""
    overnight = DAY if calendar.closes <= calendar.opens else timedelta(0)
    for expected in _expected_days(calendar, day):
        opens = _instant(calendar.zone, expected, calendar.opens)
        yield opens, _instant(calendar.zone, expected + overnight, calendar.closes)


def _expected_days(calendar: Calendar, day: date) -> Iterator[date]:
    """Yield the expected days from `day` on; end when none has come for the length of HORIZON."""
    last = day
    while day - last < HORIZON:
        if _is_expected(calendar, day):
            last = day
            yield day
        day += DAY


def _is_expected(calendar: Calendar, day: date) -> bool:
    if day.weekday() not in calendar.days:
        return False
    return calendar.country is None or day not in _holidays(calendar.country, day.year)


@lru_cache(maxsize=1024)
def _holidays(country: str, year: int) -> frozenset[date]:
    """Give the public holidays of one calendar year, the days kept instead of a weekend included.

    Only names of two letters are looked up, since the library takes every name that it happens to export.
    """
    import holidays  # noqa: PLC0415 -- slow to import, and many programs name no country

    code, _, part = country.upper().partition("-")
    for subdivision in (part or None, None) if len(code) == ALPHA_2 else ():
        with suppress(NotImplementedError):
            return frozenset(holidays.country_holidays(code, subdiv=subdivision, years=year))
    return frozenset()


@lru_cache(maxsize=4096)  # many people's days begin at the same few instants
def _instant(zone: ZoneInfo, day: date, at: time) -> datetime:
    """Give the first instant at which a clock in the zone shows `at` on `day`, or more.

    Of a wall time that comes twice `fold=0` is the first coming. For one in a gap Python gives an instant on
    either side of the gap's end (PEP 495), which is then sought between them.
    """
    wall = datetime.combine(day, at)
    early, late = sorted(wall.replace(tzinfo=zone, fold=fold).astimezone(UTC) for fold in (1, 0))
    if early == late or _wall(zone, early) == wall:
        return early
    gap = range(int((late - early).total_seconds()))
    passed = bisect_left(gap, wall, key=lambda second: _wall(zone, early + timedelta(seconds=second)))
    return early + timedelta(seconds=passed)


def _wall(zone: ZoneInfo, at: datetime) -> datetime:
    return at.astimezone(zone).replace(tzinfo=None)
