"""On which day a first visit begins."""

from datetime import UTC, datetime, timedelta

TUESDAY, WEDNESDAY = 1, 2
WEEK = 7


def first_morning(now: datetime) -> datetime:
    """Return when a new community had best begin: two working days should follow.

    mentorbot reminds on working days. From Thursday on, "2 days later" would be the weekend, and whoever tries it
    for the first time would see nothing; so it begins on the next Tuesday (Mondays are holidays more often).
    """
    if now.astimezone(UTC).weekday() <= WEDNESDAY:
        return now
    days = (TUESDAY - now.astimezone(UTC).weekday()) % WEEK
    tuesday = now.astimezone(UTC) + timedelta(days=days)
    return tuesday.replace(hour=9, minute=0, second=0, microsecond=0)
