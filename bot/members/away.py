"""From "until Monday" to an instant."""

import re
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.errors import UserError
from bot.members import wording

LONGEST = timedelta(days=366)
BACK_AT_MOST = timedelta(days=7)

_DAY_AND_MONTH = re.compile(r"^(\d{1,2})\.\s?(\d{1,2})\.?$")  # 12.12. is a day, and not twelve past twelve
_NOT_ONE_DAY = re.compile(r"\d:\d|\d\.?\s+[-\u2013\u2014]\s")  # a time of day, or two days with a dash between them


def until(text: str, now: datetime, zone: str) -> datetime:
    """Return the beginning, in a zone, of the day that `text` names: the first day on which somebody is back.

    Takes days and lengths as people write them (`Monday`, `two weeks`, `5 March`, `2026-03-05`). Raises UserError,
    which says what would be right, for what it can't read, for the past, and for more than a year.
    """
    begin = _begin(text, now, zone, future=True)
    if begin <= now:
        raise UserError(wording.in_the_past(begin, zone))
    if begin > now + LONGEST:
        raise UserError(wording.too_far(begin, zone))
    return begin


def since(text: str, now: datetime, zone: str) -> datetime:
    """Return the beginning of the day, at most seven days back, from which somebody has been away."""
    begin = _begin(text, now, zone, future=False)
    earliest = _midnight((now.astimezone(ZoneInfo(zone)) - BACK_AT_MOST).replace(tzinfo=None), zone)
    if begin < earliest:
        raise UserError(wording.too_far_back(begin, zone))
    if begin > now:
        raise UserError(wording.not_begun(begin, zone))
    return begin


def start(text: str, now: datetime, zone: str) -> datetime:
    """Return the beginning of the day to come, within a year, from which somebody will be away."""
    begin = _begin(text, now, zone, future=True)
    if begin > now + LONGEST:
        raise UserError(wording.too_far(begin, zone))
    return max(begin, since(text, now, zone)) if begin <= now else begin


def _begin(text: str, now: datetime, zone: str, *, future: bool) -> datetime:
    found = _read(text, now.astimezone(ZoneInfo(zone)), future=future)
    if found is None:
        raise UserError(wording.not_a_day(text))
    try:
        return _midnight(found, zone)
    except OverflowError:  # the first or last day of all, in another zone
        raise UserError(wording.not_a_day(text)) from None


def _read(text: str, local: datetime, *, future: bool) -> datetime | None:
    import dateparser  # noqa: PLC0415 - half a second, and few need it

    if _NOT_ONE_DAY.search(text):
        return None
    settings = {
        "PREFER_DATES_FROM": "future" if future else "past",
        "RELATIVE_BASE": local.replace(tzinfo=None),
        "DATE_ORDER": "DMY",
        "RETURN_AS_TIMEZONE_AWARE": False,
    }
    plain = _DAY_AND_MONTH.sub(r"\1/\2", text.strip())[:80]
    for candidate in (f"in {plain}", plain) if future else (plain, f"{plain} ago"):
        found: datetime | None = dateparser.parse(candidate, languages=["en"], settings=settings)
        if found is not None:
            return found
    return None


def _midnight(naive: datetime, zone: str) -> datetime:
    return datetime.combine(naive.date(), time(0), ZoneInfo(zone)).astimezone(UTC)
