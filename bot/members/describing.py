"""Hours, days, zones and countries in words, in the language in use."""

from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from babel.dates import format_date, format_datetime, get_day_names

from bot.language import locale, t
from bot.members.weekdays import EVERY_DAY
from bot.wording import names

RUN = 3  # days in a row that are said as "Monday to Wednesday"


def hours(opens: time, closes: time) -> str:
    """Return hours: `17:00-21:00`."""
    if opens == closes == time(0):
        return t("the whole day")
    between = t("{opens}\u2013{closes}", opens=_clock(opens), closes=_clock(closes) if closes != time(0) else "24:00")
    return t("{hours} (over midnight)", hours=between) if time(0) < closes < opens else between


def _clock(at: time) -> str:
    return at.isoformat("minutes")


def days(chosen: frozenset[int]) -> str:
    """Return days: `Monday to Friday`, `Monday, Wednesday and Thursday`, `every day`."""
    if chosen == EVERY_DAY:
        return t("every day")
    called = get_day_names("wide", locale=locale())
    first, last = min(chosen), max(chosen)
    if last - first + 1 == len(chosen) >= RUN:
        return t("{first} to {last}", first=called[first], last=called[last])
    return names([called[day] for day in sorted(chosen)])


def clock(at: datetime, zone: str) -> str:
    """Return the time of day in a zone: `14:20`."""
    return format_datetime(at.astimezone(ZoneInfo(zone)), t("HH:mm"), locale=locale())


def on(day: date) -> str:
    """Return a day that belongs to no zone: `Friday 3 April 2026`."""
    return format_date(day, t("EEEE d MMMM y"), locale=locale())
