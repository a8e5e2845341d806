"""How answers went week by week: pure functions. They name nobody, and say little where there are few."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from statistics import median
from zoneinfo import ZoneInfo

from bot.calendar import Calendar, counted
from storage.answers import Answer

SHOWN = 8
FEW = 3  # under so many answers, a figure would be one person's
SAMPLE = 300  # answers of one week are enough to know how long half of them took

WEEK = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Week:
    """A week from Monday on: how many answers came, within what time half of them, which share in time."""

    begin: date
    answers: int
    median: timedelta | None = None
    share: float | None = None


def mondays(now: datetime, zone: str) -> list[date]:
    """Return when the last weeks began in a zone, this one included, oldest first."""
    today = now.astimezone(ZoneInfo(zone)).date()
    monday = today - timedelta(days=today.weekday())
    return [monday - WEEK * back for back in reversed(range(SHOWN))]


def begin(now: datetime, zone: str) -> datetime:
    """Return the instant at which the first of those weeks began."""
    return datetime.combine(mondays(now, zone)[0], time(0), ZoneInfo(zone)).astimezone(UTC)


def weeks(answers: Sequence[Answer], calendars: Mapping[int, Calendar], now: datetime, zone: str) -> list[Week]:
    """Sort answers into the last weeks; times are counted by the calendar of whoever answered."""
    by_monday: dict[date, list[Answer]] = {monday: [] for monday in mondays(now, zone)}
    for answer in answers:
        day = answer.closed_at.astimezone(ZoneInfo(zone)).date()
        by_monday.get(day - timedelta(days=day.weekday()), []).append(answer)
    return [_week(monday, came, calendars) for monday, came in by_monday.items()]


def _week(monday: date, came: Sequence[Answer], calendars: Mapping[int, Calendar]) -> Week:
    if len(came) < FEW:
        return Week(monday, len(came))
    some = came[:: -(-len(came) // SAMPLE)]
    took = [counted(calendars[one.answerer_id], one.waiting_since, one.closed_at).total_seconds() for one in some]
    in_time = sum(one.limit_at is None or one.closed_at <= one.limit_at for one in came)
    return Week(monday, len(came), timedelta(seconds=median(took)), in_time / len(came))
