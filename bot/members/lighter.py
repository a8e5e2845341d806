"""Lighter weeks: clocks run at half speed, because every other day is free, and fewer messages come unasked."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from bot.budget import next_slot
from bot.calendar import DAY, Calendar, Pause
from bot.policy_sections import BudgetFigures

LONGEST = timedelta(weeks=12)
PER_WEEK = 1  # messages that nobody asked for


@lru_cache(maxsize=1024)
def free_days(since: datetime, until: datetime | None, zone: ZoneInfo) -> tuple[Pause, ...]:
    """Return the pauses that lighter weeks are made of: every other local day, in [since, until).

    Which days they are hangs on the date alone, and not on when lighter weeks began: to begin them anew moves nothing.
    An end that is missing, or too far off, is that of the longest lighter weeks.
    """
    end = min(until or since + LONGEST + DAY, since + LONGEST + DAY)
    day, last = since.astimezone(zone).date() - DAY, end.astimezone(zone).date() + DAY
    found = []
    while day <= last:
        if day.toordinal() % 2:
            begins, ends = max(since, _midnight(day, zone)), min(end, _midnight(day + DAY, zone))
            found += [Pause(begins, ends)] if begins < ends else []
        day += DAY
    return tuple(found)


def _midnight(day: date, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, time(0), zone).astimezone(UTC)


def slot(
    calendar: Calendar,
    now: datetime,
    spent: Sequence[date],
    budget: BudgetFigures,
    *,
    leave: int = 0,
    lighter_until: datetime | None = None,
) -> datetime | None:
    """Return `bot.budget.next_slot`, with less in the budget for as long as lighter weeks go on."""
    if lighter_until is None:
        return next_slot(calendar, now, spent, budget, leave)
    less = budget.model_copy(update={"per_week": min(PER_WEEK, budget.per_week)})
    found = next_slot(calendar, now, spent, less, leave)
    if found is not None and found < lighter_until:
        return found
    return next_slot(calendar, max(now, lighter_until), spent, budget, leave)
