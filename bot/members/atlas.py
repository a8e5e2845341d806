"""Zones, countries and cities: which belong together."""

from collections.abc import Iterable
from functools import cache
from importlib import resources

from babel.core import get_global

GUESSES = 3
_NO_COUNTRY = frozenset({"001", "ZZ"})  # what Unicode gives for a zone that belongs to none

# Large cities whose zone is named after another one. The first one of a line is offered for an offset, too.
CITIES = {
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
    return tuple(sorted(there, key=lambda zone: zone not in CITIES))[:GUESSES]


@cache
def places() -> frozenset[str]:
    """Return the zones that are named after a place where they hold today."""
    return frozenset(row[2] for name in ("zone.tab", "zone1970.tab") for row in _table(name))


def _table(name: str) -> Iterable[list[str]]:
    text = resources.files("tzdata.zoneinfo").joinpath(name).read_text("utf-8")
    return [line.split("\t") for line in text.splitlines() if line and not line.startswith("#")]
