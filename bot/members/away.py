"""From "until Monday" to an instant."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from babel import Locale, UnknownLocaleError

from bot.errors import UserError
from bot.language import spoken
from bot.members import wording
from bot.members.atlas import territories

LONGEST = timedelta(days=366)
BACK_AT_MOST = timedelta(days=7)

_DAY_AND_MONTH = re.compile(r"^(\d{1,2})\.\s?(\d{1,2})\.?$")  # 12.12. is a day, and not twelve past twelve
_NOT_ONE_DAY = re.compile(r"\d:\d|\d\.?\s+[-\u2013\u2014]\s")  # a time of day, or two days with a dash between them
_EITHER_ORDER = re.compile(r"(?<![\d/.-])\d{1,2}[/-]\d{1,2}(?!\d)")  # 5/3 is in March for some, in May for others
_NUMBERS = ("cero", "una?", "dos", "tres", "cuatro", "cinco", "seis", "siete", "ocho", "nueve", "diez", "once", "doce")
_AROUND = re.compile(
    r"^(?:hasta|desde|durante|por|dentro de|en|a partir de)\s+|\b(?:el|la|los|las|del|pr[oó]ximo)\s+|\s+que viene$"
)


class Order(StrEnum):
    """Which comes first in `5/3`, as dateparser calls it."""

    DAY = "DMY"
    MONTH = "MDY"


@dataclass(frozen=True, slots=True)
class Typed:
    """What somebody wrote of a time away: the day they're back, the first day to come, the first day that was.

    Empty where they said nothing.
    """

    until: str = ""
    start: str = ""
    since: str = ""


@dataclass(frozen=True, slots=True)
class Span:
    """A time away: `until` is None while they haven't said, `since` is None from now on."""

    since: datetime | None
    until: datetime | None


def orders(zone: str) -> tuple[Order, Order]:
    """Return how a day is likely meant that can be read in two ways, as people write where this zone is; the other."""
    for country in territories(zone)[:1]:
        try:
            month_first = str(Locale.parse(f"en_{country}").date_formats["short"]).startswith("M")
        except UnknownLocaleError:
            break
        return (Order.MONTH, Order.DAY) if month_first else (Order.DAY, Order.MONTH)
    return Order.DAY, Order.MONTH


def readings(typed: Typed, now: datetime, zone: str) -> list[Span]:
    """Return the time away that was typed; a second one where it can be read in two ways, the likelier one first.

    Raises UserError for what can't be read in any way.
    """
    found: list[Span] = []
    refused: list[UserError] = []
    either = any(_EITHER_ORDER.search(text) for text in (typed.until, typed.start, typed.since))
    for order in orders(zone)[: 2 if either else 1]:
        try:
            found.append(_span(typed, now, zone, order))
        except UserError as error:
            refused.append(error)
    if not found:
        raise refused[0]
    return list(dict.fromkeys(found))


def _span(typed: Typed, now: datetime, zone: str, order: Order) -> Span:
    begin = None
    if typed.start.strip() or typed.since.strip():
        begin = start(typed.start, now, zone, order) if typed.start.strip() else since(typed.since, now, zone, order)
    end = until(typed.until, max(begin or now, now), zone, order) if typed.until.strip() else None
    return Span(begin, end)


def until(text: str, now: datetime, zone: str, order: Order | None = None) -> datetime:
    """Return the beginning, in a zone, of the day that `text` names: the first day on which somebody is back.

    Takes days and lengths as people write them (`Monday`, `two weeks`, `5 March`, `2026-03-05`), in English and the
    language in use. Raises UserError, which says what would be right, for what it can't read, for the past, and for
    more than a year.
    """
    begin = _begin(text, now, zone, order, future=True)
    if begin <= now:
        raise UserError(wording.in_the_past(begin, zone))
    if begin > now + LONGEST:
        raise UserError(wording.too_far(begin, zone))
    return begin


def since(text: str, now: datetime, zone: str, order: Order | None = None) -> datetime:
    """Return the beginning of the day, at most seven days back, from which somebody has been away."""
    begin = _begin(text, now, zone, order, future=False)
    earliest = _midnight((now.astimezone(ZoneInfo(zone)) - BACK_AT_MOST).replace(tzinfo=None), zone)
    if begin < earliest:
        raise UserError(wording.too_far_back(begin, zone))
    if begin > now:
        raise UserError(wording.not_begun(begin, zone))
    return begin


def start(text: str, now: datetime, zone: str, order: Order | None = None) -> datetime:
    """Return the beginning of the day to come, within a year, from which somebody will be away."""
    begin = _begin(text, now, zone, order, future=True)
    if begin > now + LONGEST:
        raise UserError(wording.too_far(begin, zone))
    return max(begin, since(text, now, zone, order)) if begin <= now else begin


def _begin(text: str, now: datetime, zone: str, order: Order | None, *, future: bool) -> datetime:
    found = _read(text, now.astimezone(ZoneInfo(zone)), order or orders(zone)[0], future=future)
    if found is None:
        raise UserError(wording.not_a_day(text))
    try:
        return _midnight(found, zone)
    except OverflowError:  # the first or last day of all, in another zone
        raise UserError(wording.not_a_day(text)) from None


def _read(text: str, local: datetime, order: Order, *, future: bool) -> datetime | None:
    import dateparser  # noqa: PLC0415 - half a second, and few need it

    if _NOT_ONE_DAY.search(text):
        return None
    dotted = _DAY_AND_MONTH.match(text.strip())
    settings = {
        "PREFER_DATES_FROM": "future" if future else "past",
        "RELATIVE_BASE": local.replace(tzinfo=None),
        "DATE_ORDER": Order.DAY if dotted else order,
        "RETURN_AS_TIMEZONE_AWARE": False,
    }
    plain = _DAY_AND_MONTH.sub(r"\1/\2", text.strip())[:80]
    for language, candidate in _candidates(plain, future=future):
        found: datetime | None = dateparser.parse(candidate, languages=[language], settings=settings)
        if found is not None:
            return found
    return None


def _candidates(plain: str, *, future: bool) -> Iterator[tuple[str, str]]:
    """Yield what to read in which language: two weeks are `in two weeks`, or `two weeks ago`."""
    if spoken() == "es":
        bare = _in_digits(_AROUND.sub("", plain.lower()))
        yield from (("es", one) for one in ((f"en {bare}", bare) if future else (bare, f"hace {bare}")))
    elif spoken() != "en":
        yield spoken(), plain
    yield from (("en", one) for one in ((f"in {plain}", plain) if future else (plain, f"{plain} ago")))


def _in_digits(text: str) -> str:
    text = text.replace("pasado mañana", "2 días")
    for number, word in enumerate(_NUMBERS):
        text = re.sub(rf"\b{word}\b", str(number), text)
    return text


def _midnight(naive: datetime, zone: str) -> datetime:
    return datetime.combine(naive.date(), time(0), ZoneInfo(zone)).astimezone(UTC)
