"""From the name of a city, a country or a zone to a time zone."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from difflib import get_close_matches
from functools import cache
from zoneinfo import ZoneInfo, available_timezones

from babel import Locale

from bot.language import languages
from bot.members import countries
from bot.members.atlas import CITIES, GUESSES, of_country, places
from bot.members.words import plain

LONGEST = 100  # characters that are looked at
_SHORTEST = 3  # letters of a word by which longer names are found
_CLOSE = 0.75  # as difflib counts, from 0 to 1
_LETTERS = {
    "et": "America/New_York",
    "est": "America/New_York",
    "edt": "America/New_York",
    "ct": "America/Chicago",
    "cst": "America/Chicago",
    "cdt": "America/Chicago",
    "mt": "America/Denver",
    "mst": "America/Denver",
    "mdt": "America/Denver",
    "pt": "America/Los_Angeles",
    "pst": "America/Los_Angeles",
    "pdt": "America/Los_Angeles",
    "gmt": "Europe/London",
    "bst": "Europe/London",
    "wet": "Europe/Lisbon",
    "cet": "Europe/Berlin",
    "cest": "Europe/Berlin",
    "mez": "Europe/Berlin",
    "eet": "Europe/Athens",
    "eest": "Europe/Athens",
    "msk": "Europe/Moscow",
    "ist": "Asia/Kolkata",
    "pkt": "Asia/Karachi",
    "jst": "Asia/Tokyo",
    "aest": "Australia/Sydney",
}
_OFFSET = re.compile(r"(?:etc/)?(?:utc|gmt|z)?\s?([+-])\s?(\d{1,2})(?::?([0-5]\d))?")
_NO_PLACES = frozenset({"factory", "localtime", "posixrules", *_LETTERS})


@dataclass(frozen=True, slots=True)
class Found:
    """The zone that a text names, or None with a few guesses; `offset`: it says how late it is, but not where."""

    zone: str | None
    guesses: tuple[str, ...] = ()
    offset: bool = False


def find(text: str, now: datetime) -> Found:
    """Find the zone that somebody means: `Europe/Berlin`, `Berlin`, `new york`. An offset is no zone."""
    wanted = _name(text).replace("\u2212", "-")
    offset = _OFFSET.fullmatch(wanted)
    if offset is not None:
        return Found(None, () if "etc/" in wanted else _with_offset(offset, now), offset=True)
    if wanted in _LETTERS:
        return Found(None, (_LETTERS[wanted],), offset=True)
    zones = _by_name().get(wanted, ())
    return Found(zones[0]) if len(zones) == 1 else Found(None, _near(wanted))


def named(text: str) -> str | None:
    """Return the zone of exactly this name, in any case; None for a city alone, and for letters such as `EST`."""
    return _every().get(text.strip().replace(" ", "_").casefold())


def near(text: str) -> str:
    """Return the zone that somebody may have meant; nothing for an offset, and where none comes near."""
    wanted = _name(text).replace("\u2212", "-")
    if _OFFSET.fullmatch(wanted):
        return ""  # a zone without summer time would be wrong for half of the year
    return _LETTERS.get(wanted) or next(iter(_near(wanted)), "")


def is_zone(text: str) -> str:
    """Read a button's argument. Raises ValueError for what is no zone."""
    if text not in known():
        raise ValueError
    return text


@cache
def known() -> frozenset[str]:
    """Return the zones that a member can have: those of places, which know when their clocks change; and UTC."""
    return frozenset(key for key in available_timezones() if "/" in key and not key.startswith("Etc/")) | {"UTC"}


@cache
def _every() -> dict[str, str]:
    return {key.casefold(): key for key in sorted(available_timezones()) if key.casefold() not in _NO_PLACES}


def _near(wanted: str) -> tuple[str, ...]:
    """Return what comes near a name: whole cities in it, a country's, longer names; what is only spelt alike last."""
    wanted = wanted[:LONGEST]
    parts = [part.strip() for part in re.split(r"[/\\,;()]", wanted) if part.strip() and part.strip() not in _areas()]
    country = countries.called(parts[-1] if parts else wanted)
    ways = (
        _by_name().get(wanted, ()),
        *(_by_name().get(part, ()) for part in reversed(parts)),
        of_country(country) if country else (),
        *(_within(part.split()) for part in reversed(parts)),
        *(_amid(part.split()) for part in reversed(parts)),
        _alike(wanted, parts) if parts else (),
    )
    return next(filter(None, ways), ())[:GUESSES]


def _amid(words: list[str]) -> tuple[str, ...]:
    """Return the zones of the longest name amid words: of London for `london time`."""
    ends = range(len(words), 0, -1)
    rows = (" ".join(words[begin : begin + length]) for length in ends for begin in range(len(words) - length + 1))
    return next((_by_name()[row] for row in rows if row in _by_name()), ())


def _within(words: list[str]) -> tuple[str, ...]:
    """Return the zones whose names have all these words in them: New York's for `york`."""
    if len("".join(words)) < _SHORTEST:
        return ()
    found = (zones for name, zones in _by_name().items() if set(words) <= _words(name))
    return tuple(dict.fromkeys(zone for zones in found for zone in zones))


@cache
def _words(name: str) -> frozenset[str]:
    return frozenset(re.split(r"[/ -]", name))


def _alike(wanted: str, parts: Iterable[str]) -> tuple[str, ...]:
    """Return the zones of the names that are spelt most like a text, or like a part of it."""
    cities = [name for name in _by_name() if "/" not in name]
    close = [name for part in parts for name in get_close_matches(part, cities, n=2, cutoff=_CLOSE)]
    close = close or get_close_matches(wanted, _by_name(), n=2, cutoff=_CLOSE)
    return tuple(dict.fromkeys(zone for name in close for zone in _by_name()[name]))


def _with_offset(offset: re.Match[str], now: datetime) -> tuple[str, ...]:
    wanted = timedelta(hours=int(offset[2]), minutes=int(offset[3] or 0)) * (-1 if offset[1] == "-" else 1)
    return tuple(zone for zone in CITIES if now.astimezone(ZoneInfo(zone)).utcoffset() == wanted)[:GUESSES]


@cache
def _areas() -> frozenset[str]:
    return frozenset(_name(zone.partition("/")[0]) for zone in places())


@cache
def _by_name() -> dict[str, tuple[str, ...]]:
    """Return the zones by all that they are called, made plain: whole, by city, by large cities nearby."""
    found: dict[str, set[str]] = {}
    for zone in known():
        found.setdefault(_name(zone), set()).add(zone)
    for zone in known() & places():
        found.setdefault(_city(zone), set()).add(zone)
    former: dict[str, set[str]] = {}
    for zone in known() - places():
        former.setdefault(_city(zone), set()).add(zone)
    found = former | found
    for zone, cities in CITIES.items():
        for city in cities.split():
            found.setdefault(_name(city), set()).add(zone)
    for zone, city in _translated():
        found.setdefault(_name(city), {zone})
    return {name: tuple(sorted(zones)) for name, zones in sorted(found.items())}


def _name(text: str) -> str:
    return plain(text).replace("_", " ")


def _city(zone: str) -> str:
    return _name(zone.rpartition("/")[2])


def _translated() -> Iterable[tuple[str, str]]:
    for language in dict.fromkeys(("en", "es", *languages())):
        for zone, names in Locale.parse(language).time_zones.items():
            if zone in known() and "city" in names:
                yield zone, names["city"]
