"""From the name of a city to a time zone."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from difflib import get_close_matches
from functools import cache
from importlib import resources
from zoneinfo import ZoneInfo, available_timezones

from babel import Locale
from babel.core import get_global

from bot.language import languages
from bot.members.words import plain

GUESSES = 3
_NO_COUNTRY = frozenset({"001", "ZZ"})  # what Unicode gives for a zone that belongs to none

# Large cities whose zone is named after another one. The first one of a line is offered for an offset, too.
_CITIES = {
    "Europe/London": "manchester birmingham edinburgh glasgow leeds liverpool bristol cardiff",
    "Europe/Berlin": "munich munchen hamburg frankfurt cologne koln stuttgart",
    "Europe/Madrid": "barcelona sevilla seville bilbao",
    "Europe/Rome": "milan milano naples turin",
    "Europe/Paris": "lyon marseille toulouse",
    "Europe/Zurich": "geneva basel bern",
    "Europe/Istanbul": "ankara izmir",
    "Africa/Lagos": "abuja",
    "Africa/Johannesburg": "cape_town durban pretoria",
    "Africa/Cairo": "alexandria giza",
    "Africa/Nairobi": "mombasa",
    "America/New_York": "boston washington philadelphia atlanta miami pittsburgh cleveland charlotte",
    "America/Chicago": "st._louis st_louis saint_louis houston dallas austin san_antonio minneapolis milwaukee memphis",
    "America/Denver": "salt_lake_city albuquerque",
    "America/Los_Angeles": "san_francisco seattle san_diego portland las_vegas san_jose sacramento oakland",
    "America/Toronto": "ottawa quebec",
    "America/Mexico_City": "guadalajara puebla",
    "America/Bogota": "medellin cali",
    "America/Sao_Paulo": "rio_de_janeiro brasilia",
    "America/Argentina/Buenos_Aires": "rosario",
    "Asia/Dubai": "abu_dhabi",
    "Asia/Karachi": "lahore islamabad",
    "Asia/Kolkata": "mumbai delhi new_delhi bangalore bengaluru chennai hyderabad",
    "Asia/Dhaka": "",
    "Asia/Jakarta": "bandung",
    "Asia/Shanghai": "beijing guangzhou shenzhen",
    "Asia/Tokyo": "osaka kyoto",
    "Australia/Sydney": "canberra",
    "Pacific/Auckland": "wellington",
}
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


@dataclass(frozen=True, slots=True)
class Found:
    """The zone that a text names, or None with a few guesses; `offset`: it says how late it is, but not where."""

    zone: str | None
    guesses: tuple[str, ...] = ()
    offset: bool = False


def find(text: str, now: datetime) -> Found:
    """Find the zone that somebody means: `Europe/Berlin`, `Berlin`, `new york`. An offset is no zone."""
    wanted = plain(text).replace("_", " ").replace("\u2212", "-")
    offset = _OFFSET.fullmatch(wanted)
    if offset is not None:
        return Found(None, () if "etc/" in wanted else _with_offset(offset, now), offset=True)
    if wanted in _LETTERS:
        return Found(None, (_LETTERS[wanted],), offset=True)
    zones = _by_name().get(wanted, ())
    if len(zones) == 1:
        return Found(zones[0])
    return Found(None, zones[:GUESSES] or _near(wanted))


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
def territories(zone: str) -> tuple[str, ...]:
    """Return the countries that keep a zone's time, the likeliest first; none for a zone without a place."""
    own = [row[0] for row in _table("zone.tab") if row[2] == zone] or _by_alias(zone)
    shared = [code for row in _table("zone1970.tab") if row[2] == zone for code in row[0].split(",")]
    return tuple(dict.fromkeys([*own, *shared]))


def _by_alias(zone: str) -> list[str]:
    found = get_global("zone_territories").get(get_global("zone_aliases").get(zone, zone))
    return [found] if found and found not in _NO_COUNTRY else []


def of_country(code: str) -> tuple[str, ...]:
    """Return zones of a country, those of large cities first."""
    there = [row[2] for row in _table("zone.tab") if row[0] == code]
    return tuple(sorted(there, key=lambda zone: zone not in _CITIES))[:GUESSES]


def _table(name: str) -> Iterable[list[str]]:
    text = resources.files("tzdata.zoneinfo").joinpath(name).read_text("utf-8")
    return [line.split("\t") for line in text.splitlines() if line and not line.startswith("#")]


def _near(wanted: str) -> tuple[str, ...]:
    names = _by_name()
    city = wanted.rpartition("/")[2]
    close = [*get_close_matches(wanted, names, n=2, cutoff=0.7), *get_close_matches(city, names, n=2, cutoff=0.7)]
    return tuple(dict.fromkeys(zone for name in close for zone in names[name]))[:GUESSES]


def _with_offset(offset: re.Match[str], now: datetime) -> tuple[str, ...]:
    wanted = timedelta(hours=int(offset[2]), minutes=int(offset[3] or 0)) * (-1 if offset[1] == "-" else 1)
    return tuple(zone for zone in _CITIES if now.astimezone(ZoneInfo(zone)).utcoffset() == wanted)[:GUESSES]


@cache
def _by_name() -> dict[str, tuple[str, ...]]:
    """Return the zones by all that they are called, made plain: whole, by city, by large cities nearby."""
    found: dict[str, set[str]] = {}
    places = {row[2] for name in ("zone.tab", "zone1970.tab") for row in _table(name)}
    for zone in known():
        for name in {zone, zone.rpartition("/")[2]} if zone in places else {zone}:
            found.setdefault(_name(name), set()).add(zone)
    for zone in known() - places:
        found.setdefault(_name(zone.rpartition("/")[2]), {zone})
    for zone, cities in _CITIES.items():
        for city in cities.split():
            found.setdefault(_name(city), set()).add(zone)
    for zone, city in _translated():
        found.setdefault(_name(city), {zone})
    return {name: tuple(sorted(zones)) for name, zones in found.items()}


def _name(text: str) -> str:
    return plain(text).replace("_", " ")


def _translated() -> Iterable[tuple[str, str]]:
    for language in dict.fromkeys(("en", "es", *languages())):
        for zone, names in Locale.parse(language).time_zones.items():
            if zone in known() and "city" in names:
                yield zone, names["city"]
