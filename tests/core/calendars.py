"""People's calendars, and local times in them."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.calendar import Calendar, Pause

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
