"""Roles, time zones, countries and languages as people write them, in English and in Spanish."""

import re
from functools import cache
from zoneinfo import available_timezones

from babel import Locale

from bot.community.guessing import Guesser
from bot.community.text import fold
from bot.people import Role

ROLES = {
    Role.MENTOR: ("mentor", "mentors", "mentora", "mentores", "mentoras", "tutor", "tutora"),
    Role.MENTEE: (
        *("mentee", "mentees", "protégé", "protégée", "mentorado", "mentorada", "mentoreado", "mentoreada"),
        *("mentorizado", "mentorizada", "aprendiz", "aprendices"),
    ),
    Role.COORDINATOR: (
        *("coordinator", "coordinators", "coordinador", "coordinadora", "coordinadores", "coordinadoras"),
        *("coordination", "coordinación", "organiser", "organizer"),
    ),
    Role.RESPONDER: ("responder", "responders", "respondedor", "respondedora", "respondedores"),
}
BY_WORD = {fold(word): role for role, words in ROLES.items() for word in words}
_FILLING = frozenset({"as", "and", "a", "an", "como", "y", "e", "&"})
_SPOKEN_OF = ("en", "es")
_MORE_COUNTRIES = {"uk": "GB", "england": "GB", "scotland": "GB", "wales": "GB", "usa": "US", "eeuu": "US"}
_COUNTRY = re.compile(r"[A-Za-z]{2}(-[A-Za-z0-9]{1,3})?")
_OFFSET = re.compile(r"(?i)(utc|gmt)?\s*[+-]\s*\d")
_UNKNOWN_PLACES = frozenset({"ZZ", "XA", "XB", "EU", "EZ", "UN", "QO"})
_NO_PLACES = frozenset({"Factory", "localtime", "posixrules"})


def role(word: str) -> Role | None:
    """Return the role that a word means."""
    return BY_WORD.get(fold(word))


def is_filling(word: str) -> bool:
    """Tell whether a word says nothing by itself, such as `as` in `add @amara as mentor`."""
    return word.casefold() in _FILLING


def roles(text: str) -> tuple[frozenset[Role], list[str]]:
    """Return the roles in a text such as `mentor, coordinator`, and the words in it that are none."""
    words = [word for word in re.split(r"[\s,;/|+]+", text) if word and not is_filling(word)]
    known = {word: role(word) for word in words}
    return frozenset(r for r in known.values() if r is not None), [word for word, r in known.items() if r is None]


@cache
def _role_words() -> Guesser:
    return Guesser(word for words in ROLES.values() for word in words)


def near_role(word: str) -> Role | None:
    """Return the role that somebody may have meant."""
    return role(_role_words().nearest(word))


@cache
def _zones() -> dict[str, str]:
    return {name.casefold(): name for name in sorted(available_timezones() - _NO_PLACES)}


@cache
def _zones_by_city() -> dict[str, str]:
    found: dict[str, str] = {}
    for name in _zones().values():
        if "/" in name and not name.startswith("Etc/"):
            found.setdefault(fold(name.rpartition("/")[2]), name)
    return found


@cache
def _zone_names() -> Guesser:
    return Guesser(_zones().values())


@cache
def _cities() -> Guesser:
    return Guesser(_zones_by_city())


def zone(text: str) -> str | None:
    """Return the time zone of a name, whatever its case."""
    return _zones().get(text.strip().replace(" ", "_").casefold())


def near_zone(text: str) -> str:
    """Return the time zone that somebody may have meant: by its name, or by its city alone."""
    if _OFFSET.match(text.strip()):
        return ""  # a zone without summer time would be wrong for half of the year
    parts = [part for part in re.split(r"[/\\,()]", text) if part.strip()]
    exactly = next((_zones_by_city()[fold(part)] for part in parts if fold(part) in _zones_by_city()), "")
    return exactly or _zone_names().nearest(text) or _zones_by_city().get(_cities().nearest(text), "")


@cache
def _countries() -> dict[str, str]:
    found: dict[str, str] = {}
    for language in _SPOKEN_OF:
        for code, name in Locale.parse(language).territories.items():
            if _COUNTRY.fullmatch(code) and code not in _UNKNOWN_PLACES:
                found.setdefault(fold(name), code)
    return found | _MORE_COUNTRIES


@cache
def _country_names() -> Guesser:
    return Guesser(name for code, name in Locale.parse("en").territories.items() if _COUNTRY.fullmatch(code))


def country(text: str) -> str | None:
    """Return the code of a country that is given by its code (`DE`, `DE-BY`) or by its name."""
    by_name = _countries().get(fold(text))
    if by_name is not None:
        return by_name
    code = text.strip().upper()
    return code if _COUNTRY.fullmatch(code) and code[:2] in _countries().values() else None


def near_country(text: str) -> str:
    """Return the country that somebody may have meant, by name."""
    return _country_names().nearest(text)


@cache
def _languages() -> dict[str, str]:
    found: dict[str, str] = {}
    for language in _SPOKEN_OF:
        for code, name in Locale.parse(language).languages.items():
            if "_" not in code:
                found.setdefault(fold(name), code)
                found.setdefault(fold(code), code)
    return found | {fold("Deutsch"): "de", fold("Français"): "fr", fold("Português"): "pt", fold("Italiano"): "it"}


@cache
def _language_names() -> Guesser:
    return Guesser(Locale.parse("en").languages.values())


def language(text: str) -> str | None:
    """Return the code of a language that is given by its code (`es`, `es-MX`) or by its name."""
    found = _languages()
    return found.get(fold(text)) or found.get(fold(re.split(r"[-_]", text.strip())[0]))


def near_language(text: str) -> str:
    """Return the language that somebody may have meant, by name."""
    return _language_names().nearest(text)
