"""Days as people write them: `Monday`, `two weeks`, `5 March`, `el lunes que viene`."""

import re
from collections.abc import Iterator
from datetime import datetime
from enum import StrEnum

from babel import Locale, UnknownLocaleError

from bot.language import spoken
from bot.members.atlas import territories

EITHER_ORDER = re.compile(r"(?<![\d/.-])\d{1,2}[/-]\d{1,2}(?!\d)")  # 5/3 is in March for some, in May for others
LONGEST = 80  # characters

_DAY_AND_MONTH = re.compile(r"^(\d{1,2})\.\s?(\d{1,2})\.?$")  # 12.12. is a day, and not twelve past twelve
_NOT_ONE_DAY = re.compile(r"\d:\d|\d\.?\s+[-\u2013\u2014]\s")  # a time of day, or two days with a dash between them
_NUMBERS = ("cero", "una?", "dos", "tres", "cuatro", "cinco", "seis", "siete", "ocho", "nueve", "diez", "once", "doce")
_AROUND = re.compile(
    r"^(?:hasta|desde|durante|por|dentro de|en|a partir de)\s+|\b(?:el|la|los|las|del|pr[oó]ximo)\s+|\s+que viene$"
)


class Order(StrEnum):
    """Which comes first in `5/3`, as dateparser calls it."""

    DAY = "DMY"
    MONTH = "MDY"


def orders(zone: str) -> tuple[Order, Order]:
    """Return how a day is likely meant that can be read in two ways, as people write where this zone is; the other."""
    if (place := habits(zone)) is not None and str(place.date_formats["short"]).startswith("M"):
        return Order.MONTH, Order.DAY
    return Order.DAY, Order.MONTH


def habits(zone: str) -> Locale | None:
    """Return how days and times are written in the country that a zone is in; None for a zone without a country."""
    for country in territories(zone)[:1]:
        try:
            return Locale.parse(f"en_{country}")
        except UnknownLocaleError:
            break
    return None


def read(text: str, local: datetime, order: Order, *, future: bool) -> datetime | None:
    """Return the day that a text names, seen from a local time: the next such day, or else the last; None if none is.

    It takes English and the language in use. What it gives is a local time without a zone.
    """
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
    plain = _DAY_AND_MONTH.sub(r"\1/\2", text.strip())[:LONGEST]
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
