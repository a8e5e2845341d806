"""Days in a row as people write them: the first one and the last."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.badges import days_wording as wording
from bot.errors import UserError
from bot.members import dates
from bot.members import wording as members_wording

DAY = timedelta(days=1)


def read(first: str, last: str, today: date, zone: str) -> tuple[date, date]:
    """Return the first and the last day; the same if no last one is written.

    Raises UserError for what can't be read, and for a last day before the first.
    """
    begin = _day(first, today, zone)
    end = _day(last, today, zone) if last.strip() else begin
    if end < begin:
        raise UserError(wording.wrong_order())
    return begin, end


def in_a_row(first: date, last: date) -> list[date]:
    """Return the days from the first to the last one."""
    return [first + number * DAY for number in range((last - first).days + 1)]


def _day(text: str, today: date, zone: str) -> date:
    """Return the day that a text names, the last such day; where it can be read in two ways, one that isn't to come."""
    noon = datetime.combine(today, time(12), ZoneInfo(zone))
    for order in dates.orders(zone):
        found = dates.read(text, noon, order, future=False)
        if found is not None and found.date() <= today:
            return found.date()
    found = dates.read(text, noon, dates.orders(zone)[0], future=True)
    if found is None:
        raise UserError(members_wording.not_a_day(text))
    return found.date()
