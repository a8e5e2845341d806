"""When somebody may next get a message that they didn't ask for: their hours, and at most so many a day and a week."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta

from bot.calendar import Calendar, local_day, welcome
from bot.policy_sections import BudgetFigures

WEEK = timedelta(days=7)
DAY = timedelta(days=1)


def next_slot(
    calendar: Calendar, now: datetime, spent: Sequence[date], budget: BudgetFigures, leave: int = 0
) -> datetime | None:
    """Return the first instant from `now` on that fits; None if none is in sight, such as in an open pause.

    `spent`: the local days of the last week on which messages went out, one entry a message. `leave`: so many of
    the week's places are left to others, if it has more than that.
    """
    places = max(1, budget.per_week - leave)
    at = welcome(calendar, now)
    while at is not None:
        day = local_day(calendar, at)
        week = [other for other in spent if day - WEEK < other <= day]
        if week.count(day) < budget.per_day and len(week) < places:
            return at
        at = welcome(calendar, next_day(calendar, at))
    return None


def next_day(calendar: Calendar, at: datetime) -> datetime:
    """Return when the local day after an instant begins."""
    return datetime.combine(local_day(calendar, at) + DAY, time(0), calendar.zone).astimezone(UTC)
