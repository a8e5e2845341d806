"""From the name of a country, or of a time zone, to the code of a country; and its public holidays."""

import re
from collections.abc import Container
from datetime import date
from difflib import get_close_matches
from functools import cache

from babel import Locale, UnknownLocaleError
from babel.languages import get_official_languages

from bot.errors import UserError
from bot.language import languages, locale
from bot.members import reading_wording as wording
from bot.members.atlas import territories
from bot.members.words import plain

GUESSES = 3
LONGEST = 100  # characters that are looked at
LONGEST_PART = 3  # letters or digits, in ISO 3166; a longer one is a city
NONE = "none"
_CLOSE = 0.7  # as difflib counts, from 0 to 1

_NO_COUNTRY = frozenset({"none", "no country", "no holidays", "ninguno", "ninguna", "ningun pais", "no feriados"})
_ALSO = {
    "uk": "GB",
    "great britain": "GB",
    "britain": "GB",
    "england": "GB-ENG",
    "scotland": "GB-SCT",
    "wales": "GB-WLS",
    "northern ireland": "GB-NIR",
    "usa": "US",
    "u.s.": "US",
    "u.s.a.": "US",
    "america": "US",
    "eeuu": "US",
    "ee.uu.": "US",
    "holland": "NL",
    "czech republic": "CZ",
    "korea": "KR",
}
_CODE = re.compile(r"([a-z]{2})(?:[- ]([a-z0-9]{1,3}))?")
_ALPHA_2 = re.compile(r"[A-Z]{2}")
_UNKNOWN_PLACES = frozenset({"ZZ", "XA", "XB", "EU", "EZ", "UN", "QO"})


def find(text: str) -> str | None:
    """Find the code of the country that somebody means, such as `DE` or `DE-BY`; None: they want none.

    Raises UserError, with a guess where there is one, for what is no country whose holidays are known.
    """
    wanted = plain(text)
    if wanted in _NO_COUNTRY:
        return None
    code = called(text)
    if code is None or code[:2] not in parts():
        raise UserError(wording.not_a_country(text, near(text, parts()) or None))
    country, _, part = code.partition("-")
    if part and part not in parts()[country]:
        raise UserError(wording.not_a_part(name(country), part, [f"{country}-{one}" for one in parts()[country]]))
    return code


def called(text: str) -> str | None:
    """Return the code of the country, or of a part of one, of a name or code; None if there is none.

    A country needn't be one whose holidays are known, and a part may be unknown.
    """
    wanted = plain(text)
    code = _CODE.fullmatch(wanted)
    if wanted in _names() or code is None:
        return _names().get(wanted)
    country = _names().get(code[1], code[1].upper())
    return "-".join(filter(None, (country, (code[2] or "").upper()))) if country in _every() else None


def listed(text: str) -> str | None:
    """Return the code of the country that stands in a list; None for what is none, or for a part that it hasn't.

    Which parts a country has isn't known of every one.
    """
    country, _, part = (called(text) or "").partition("-")
    known = parts().get(country) if part else None
    return (called(text) if not known or part in known else None) if country else None


def near(text: str, among: Container[str] | None = None) -> str:
    """Return the name of the country that somebody may have meant, in the language in use; nothing if none is near."""
    codes = {called: code for called, code in _names().items() if among is None or code[:2] in among}
    close = get_close_matches(plain(text)[:LONGEST], codes, n=1, cutoff=_CLOSE)
    return name(codes[close[0]]) if close else ""


def is_country(text: str) -> str | None:
    """Read a button's argument; None stands for no country. Raises ValueError for what was never given out."""
    country, _, part = text.partition("-")
    if text == NONE:
        return None
    if country not in parts() or (part and part not in parts()[country]) or text.endswith("-"):
        raise ValueError
    return text


def guesses(zone: str, known: str | None = None) -> list[str]:
    """Return the countries that somebody in a zone may live in, the likeliest first; `known` comes before all."""
    near = [country for country in territories(zone) if country in parts()]
    return list(dict.fromkeys([*([known] if known else []), *near]))[:GUESSES]


def name(code: str) -> str:
    """Return what a country is called in the language in use, with its part: `Germany (BY)`."""
    country, _, part = code.partition("-")
    called = Locale.parse(locale()).territories.get(country, country)
    return f"{called} ({part})" if part else called


def next_holiday(code: str, today: date) -> date | None:
    """Return the next public holiday from a day on; None if none is known for this year and the next."""
    import holidays  # noqa: PLC0415 - slow to import, and few need it

    country, _, part = code.partition("-")
    known = holidays.country_holidays(country, subdiv=part or None, years=(today.year, today.year + 1))
    return min((day for day in known if day >= today), default=None)


@cache
def parts() -> dict[str, tuple[str, ...]]:
    """Return the countries whose holidays are known, each with the codes of its parts."""
    import holidays  # noqa: PLC0415

    known = holidays.list_supported_countries(include_aliases=False)
    return {code: tuple(part for part in found if len(part) <= LONGEST_PART) for code, found in known.items()}


@cache
def _every() -> frozenset[str]:
    """Return the codes of all countries on earth."""
    known = map(str, Locale.parse("en").territories)
    return frozenset(code for code in known if _ALPHA_2.fullmatch(code)) - _UNKNOWN_PLACES


@cache
def _names() -> dict[str, str]:
    """Return the countries' codes by their names, made plain: in English, Spanish, and their own languages."""
    found = dict(_ALSO)
    for language in dict.fromkeys(("en", "es", *languages())):
        for code in sorted(_every()):
            _add(found, language, code)
    for code in sorted(_every()):
        for language in get_official_languages(code):
            _add(found, language, code)
    return found


def _add(found: dict[str, str], language: str, code: str) -> None:
    try:
        called = Locale.parse(language).territories.get(code)
    except UnknownLocaleError:  # a language that has no names for countries here
        return
    if called:
        found.setdefault(plain(called), code)
