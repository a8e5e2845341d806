"""From "until Monday" to an instant."""

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.errors import UserError
from bot.members import wording

LONGEST = timedelta(days=366)
BACK_AT_MOST = timedelta(days=7)


def until(text: str, now: datetime, zone: str) -> datetime:
    """Return the beginning, in a zone, of the day that `text` names: the first day on which somebody is back.

    Takes days and lengths as people write them (`Monday`, `two weeks`, `5 March`, `2026-03-05`). Raises UserError,
    which says what would be right, for what it can't read, for the past, and for more than a year.
    """
    local = now.astimezone(ZoneInfo(zone))
    found = _read(text, local, future=True)
    if found is None:
        raise UserError(wording.not_a_day(text))
    begin = _begin_of_day(found, zone)
    if begin <= now:
        raise UserError(wording.in_the_past(begin, zone))
    if begin > now + LONGEST:
        raise UserError(wording.too_far(begin, zone))
    return begin


def since(text: str, now: datetime, zone: str) -> datetime:
    """Return the beginning of the day, at most seven days back, from which somebody was away."""
    found = _read(text, now.astimezone(ZoneInfo(zone)), future=False)
    if found is None:
        raise UserError(wording.not_a_day(text))
    begin = min(_begin_of_day(found, zone), now)
    if begin.astimezone(ZoneInfo(zone)).date() < (now.astimezone(ZoneInfo(zone)) - BACK_AT_MOST).date():
        raise UserError(wording.too_far_back(begin, zone))
    return begin


def _read(text: str, local: datetime, *, future: bool) -> datetime | None:
    import dateparser  # noqa: PLC0415 - half a second, and few need it

    settings = {
        "PREFER_DATES_FROM": "future" if future else "past",
        "RELATIVE_BASE": local.replace(tzinfo=None),
        "DATE_ORDER": "DMY",
        "RETURN_AS_TIMEZONE_AWARE": False,
    }
    tries = (f"in {text}", text) if future else (text, f"{text} ago")
    for candidate in tries:
        found: datetime | None = dateparser.parse(candidate[:80], languages=["en"], settings=settings)
        if found is not None:
            return found
    return None


def _begin_of_day(naive: datetime, zone: str) -> datetime:
    return datetime.combine(naive.date(), time(0), ZoneInfo(zone)).astimezone(UTC)
