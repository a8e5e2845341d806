"""By when a report is acknowledged and answered: working days of the program's country, never paused. Pure."""

from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from enum import IntEnum
from zoneinfo import ZoneInfo

from bot.calendar import Calendar, after
from bot.members.atlas import of_country
from bot.policy_sections import ReportFigures
from storage.report_tables import to_hour

_DAY = timedelta(hours=24)
_NOWHERE = "UTC"
_SATURDAY_AND_SUNDAY = frozenset({5, 6})


class Step(IntEnum):
    """How far a span has gone."""

    BEGUN = 0
    HALF = 1
    TWO_THIRDS = 2
    LATE = 3


@dataclass(frozen=True, slots=True)
class Span:
    """When half of a span is over, two thirds, and all of it."""

    half: datetime
    two_thirds: datetime
    limit: datetime

    def step(self, now: datetime) -> Step:
        """Return how far it has gone."""
        return Step(sum(now >= at for at in (self.half, self.two_thirds, self.limit)))

    def next_at(self, now: datetime) -> datetime | None:
        """Return when the next step comes; None once it is over."""
        return next((at for at in (self.half, self.two_thirds, self.limit) if now < at), None)


def working(country: str | None) -> Calendar:
    """Return the working days of a country such as "US" or "DE-BY", by the clocks of a large city in it.

    Its weekend and its public holidays are days off; nobody's own time away plays a part. Without a country it is
    Monday to Friday by UTC.
    """
    code = (country or "").upper().partition("-")[0]
    zone = next(iter(of_country(code)), _NOWHERE) if code else _NOWHERE
    return Calendar(ZoneInfo(zone), frozenset(range(7)) - _weekend(code), time(0), time(0), country)


def _weekend(code: str) -> frozenset[int]:
    import holidays  # noqa: PLC0415 - slow to import, as in bot/calendar.py

    with suppress(NotImplementedError):
        return frozenset(holidays.country_holidays(code).weekend)
    return _SATURDAY_AND_SUNDAY


def span(calendar: Calendar, since: datetime, days: int) -> Span:
    """Return the steps of so many working days: a working day is 24 hours that aren't on a day off.

    What comes on a Friday at three is over on Monday at three; what comes on a day off counts from the first midnight
    of a working day.
    """
    whole = days * _DAY
    half, two_thirds, limit = (_over(calendar, since, whole * part / 6) for part in (3, 4, 6))
    return Span(half, two_thirds, limit)


@dataclass(frozen=True, slots=True)
class Limits:
    """By when a person has read a report, and by when it is answered."""

    read: datetime
    answered: datetime


def limits(figures: ReportFigures, since: datetime) -> Limits:
    """Return the limits of a report of an hour, by the working days of the program's country."""
    calendar = working(figures.country)
    read, answered = (
        span(calendar, to_hour(since), days).limit for days in (figures.acknowledged_within, figures.answered_within)
    )
    return Limits(read, answered)


def _over(calendar: Calendar, since: datetime, length: timedelta) -> datetime:
    """Return when a length of working time is over; without a single working day in years, time passes as it does."""
    return after(calendar, since, length) or since + length
