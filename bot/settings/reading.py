"""From what somebody wrote to a figure's value, in the way in which policies have it; and back to how people say it."""

import re
from collections.abc import Callable, Mapping
from datetime import time, timedelta
from difflib import get_close_matches
from fractions import Fraction
from functools import cache

from babel.dates import get_day_names
from babel.units import format_unit

from bot import durations
from bot.errors import UserError
from bot.hosts import is_host
from bot.language import SOURCE, locale, t
from bot.policy import bounds, presets
from bot.policy_sections import HOSTS, WEEKDAYS
from bot.settings import wording
from bot.settings.figures import Figure, Kind
from bot.settings.said_figures import read_country, read_words, say_country, say_words
from bot.wording import names

LONGEST = 600  # characters
REACTIONS = 20
_UNITS = {
    "year": timedelta(days=365),
    "month": timedelta(days=30),
    "week": timedelta(weeks=1),
    "day": timedelta(days=1),
    "hour": timedelta(hours=1),
    "minute": timedelta(minutes=1),
    "second": timedelta(seconds=1),
}
_HALF = Fraction(1, 2)
_COUNTED = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
_IN_DAYS = timedelta(hours=48)  # up to here hours say more
_IN_WEEKS = timedelta(weeks=4)
_TOKEN = re.compile(r"[0-9]{1,6}(?:[.,][0-9]{1,2})?|[^\W\d_]+")
_BETWEEN = re.compile(r"[\s.,]*")
_TIME = re.compile(r"([0-9]{1,2})(?:\s*[:.h]\s*([0-9]{2}))?\s*(am|pm|a\.m\.|p\.m\.|h)?")
_REACTION = re.compile(r"[a-z0-9_+'-]{1,64}")
_SPACES_AND_COMMAS = re.compile(r"[\s,;]+")


def read(figure: Figure, text: str) -> str | None:
    """Return a value as a policy has it; None for "default", the preset's.

    Raises UserError, saying what would be right.
    """
    if len(text) > LONGEST and figure.kind is Kind.HOSTS:  # a list is taken whole or not at all
        raise UserError(wording.unreadable(text.strip(), right(figure)))
    typed = " ".join(text[:LONGEST].split())
    plain = typed.casefold()
    if figure.kind is not Kind.POLICY and plain in {"default", t("default")}:
        return None
    try:
        return _READ[figure.kind](typed if figure.kind is Kind.WORDS else plain)
    except ValueError:
        raise UserError(wording.unreadable(text.strip(), right(figure))) from None


def right(figure: Figure) -> str:
    """Say what would be right for a figure."""
    if figure.kind is Kind.POLICY:
        return wording.right_policy(presets())
    match bounds(figure.key):
        case int(least), int(most):
            return wording.right_number(least, most)
        case timedelta() as least, _:
            return wording.right_length_from(length(least))
    return wording.right(figure.kind)


def said(figure: Figure, value: object) -> str:
    """Say a figure's value as people write it, so that `read` can read it."""
    match value:
        case bool():
            return t(wording.SWITCH["yes" if value else "no"])
        case timedelta():
            return length(value)
        case tuple():
            return ", ".join(value)
        case time():
            return f"{value:%H:%M}"
        case frozenset():
            return days(value) if figure.kind is Kind.DAYS else ", ".join(sorted(value)) or t("none")
    return _SAID.get(figure.kind, str)(str(value))


def length(span: timedelta) -> str:
    """Say a length in as few units as it takes: `36 hours`, `4 days`, `26 weeks`."""
    if span >= _IN_WEEKS and not span % _UNITS["week"]:
        return _count(span // _UNITS["week"], "week")
    parts = []
    for unit in ("day", "hour", "minute", "second") if span > _IN_DAYS else ("hour", "minute", "second"):
        count, span = divmod(span, _UNITS[unit])
        if count:
            parts.append(_count(count, unit))
    return " ".join(parts)


def _count(number: int, unit: str) -> str:
    return format_unit(number, f"duration-{unit}", format="0", locale=locale())  # "1,000" might be read as 1


def days(chosen: frozenset[int]) -> str:
    """Say weekdays: `Monday to Friday`, `Saturday and Sunday`."""
    words = get_day_names("wide", locale=locale())
    first, last = min(chosen), max(chosen)
    if len(chosen) == len(WEEKDAYS):
        return t("every day")
    if len(chosen) > 2 and last - first == len(chosen) - 1:  # noqa: PLR2004 - two are said one by one
        return t("{first} to {last}", first=words[first], last=words[last])
    return names([words[day] for day in sorted(chosen)])


def _read_length(text: str) -> str:
    return durations.say(span(text))


def span(text: str) -> timedelta:
    """Return the length of time that a text means, such as `a day and a half`. Raises ValueError for any other."""
    total, number, last, article = timedelta(0), None, None, False
    for token in (token for token in _tokens(text) if token not in _either(t("and"), "and")):
        unit = _units(locale()).get(token)
        if unit is not None:
            total, number, last = total + _times(unit, number), None, unit
        elif token in _either(t("half"), "half"):
            number = _HALF if number is None or article else number + _HALF
        elif token not in _either(t("a an"), "a an"):
            number = _number(token, number)
        elif number is None:
            number, article = Fraction(1), True
            continue
        article = False
    if number == _HALF and last is not None:  # "a day and a half"
        total, number = total + _times(last, number), None
    if number is not None or not timedelta(0) < total <= durations.LONGEST:
        raise ValueError
    return total


def _tokens(text: str) -> list[str]:
    if _BETWEEN.fullmatch(_TOKEN.sub("", text)) is None:
        raise ValueError
    return _TOKEN.findall(text)


def _times(unit: timedelta, number: Fraction | None) -> timedelta:
    if number is None:
        raise ValueError
    seconds = Fraction(int(unit.total_seconds())) * number
    if seconds.denominator != 1:
        raise ValueError
    return timedelta(seconds=int(seconds))


def _number(token: str, before: Fraction | None) -> Fraction:
    if before is not None:  # two numbers for one unit
        raise ValueError
    return Fraction(_counted().get(token) or token.replace(",", "."))


def _counted() -> dict[str, int]:
    """Return the first numbers as words, in English and in the language in use."""
    here = t("one two three four five six seven eight nine ten eleven twelve").split()
    return {word: number for words in (_COUNTED, here) for number, word in enumerate(words, 1)}


def _either(*texts: str) -> set[str]:
    return {word for text in texts for word in text.split()}


@cache
def _units(where: str) -> dict[str, timedelta]:
    """Return what units of time are called, in all their forms and short: in English and in another language."""
    found: dict[str, timedelta] = {}
    for unit, size in _UNITS.items():
        for language in (where, SOURCE):
            for count in (1, 2, 5):
                for form in ("long", "short", "narrow"):
                    word = format_unit(count, f"duration-{unit}", form, locale=language)
                    found |= dict.fromkeys(re.findall(r"[^\W\d_]{2,}", word.casefold()), size)
    return {**found, **durations.UNITS}


def _read_days(text: str) -> str:
    if text in {"every day", t("every day"), "daily", "all"}:
        return " ".join(WEEKDAYS)
    to = t("{first} to {last}", first="", last="").strip()
    plain = re.sub(rf"\s(?:to|{re.escape(to)})\s|\s*[-\u2013]\s*", " - ", text)
    chosen: set[int] = set()
    words = [word for word in _SPACES_AND_COMMAS.split(plain) if word and word not in _either("and &", t("and"))]
    while words:
        first = last = _day(words.pop(0))
        if words[:1] == ["-"]:
            last = _day(words[1]) if words[1:] else _day("")
            del words[:2]
        chosen |= {(first + step) % 7 for step in range((last - first) % 7 + 1)}
    if not chosen:
        raise ValueError
    return " ".join(WEEKDAYS[day] for day in sorted(chosen))


def _day(word: str) -> int:
    for where in (locale(), SOURCE):
        wide = [get_day_names("wide", locale=where)[day].casefold() for day in range(7)]
        short = [get_day_names("abbreviated", locale=where)[day].casefold() for day in range(7)]
        begins = word.rstrip(".")
        found = [day for day in range(7) if wide[day].startswith(begins) or begins in (short[day], wide[day] + "s")]
        if len(begins) > 1 and len(found) == 1:
            return found[0]
    raise ValueError


def _read_time(text: str) -> str:
    match = _TIME.fullmatch(text)
    if match is None:
        raise ValueError
    hour, minute, half = int(match[1]), int(match[2] or 0), (match[3] or "").replace(".", "")
    if half in ("am", "pm"):
        if not 1 <= hour <= 12:  # noqa: PLR2004 - a clock's hours
            raise ValueError
        hour = hour % 12 + (12 if half == "pm" else 0)
    return f"{time(0 if (hour, minute) == (24, 0) else hour, minute):%H:%M}"


def _read_number(text: str) -> str:
    if text in _counted():
        return str(_counted()[text])
    if not (text.isascii() and text.isdigit() and len(text) <= 6):  # noqa: PLR2004 - more than any figure's bound
        raise ValueError
    return str(int(text))


def _read_reactions(text: str) -> str:
    if text in {"none", t("none"), ""}:
        return ""
    found = {word.strip(":") for word in _SPACES_AND_COMMAS.split(text) if word}
    if len(found) > REACTIONS or any(_REACTION.fullmatch(word) is None for word in found):
        raise ValueError
    return ", ".join(sorted(found))


def _read_policy(text: str) -> str:
    if text not in presets():
        near = get_close_matches(text, presets(), n=1)
        raise UserError(wording.no_policy(text, near[0] if near else None, presets()))
    return text


def _read_fallback(text: str) -> str:
    return _read_choice(text, wording.FALLBACKS)


def _read_switch(text: str) -> str:
    return _read_choice({"on": "yes", "off": "no"}.get(text, text), wording.SWITCH)


def _read_hosts(text: str) -> str:
    found = list(
        dict.fromkeys(word.removeprefix("https://").rstrip("/") for word in _SPACES_AND_COMMAS.split(text) if word)
    )
    if not 0 < len(found) <= HOSTS or not all(map(is_host, found)):
        raise ValueError
    return ", ".join(found)


def _read_choice(text: str, choices: Mapping[str, str]) -> str:
    for value, label in choices.items():
        if text in {value, label.casefold(), t(label).casefold()}:
            return value
    raise ValueError


_READ: dict[Kind, Callable[[str], str]] = {
    Kind.LENGTH: _read_length,
    Kind.DAYS: _read_days,
    Kind.TIME: _read_time,
    Kind.NUMBER: _read_number,
    Kind.REACTIONS: _read_reactions,
    Kind.POLICY: _read_policy,
    Kind.FALLBACK: _read_fallback,
    Kind.SWITCH: _read_switch,
    Kind.HOSTS: _read_hosts,
    Kind.COUNTRY: read_country,
    Kind.WORDS: read_words,
}
_SAID: dict[Kind, Callable[[str], str]] = {
    Kind.FALLBACK: lambda value: t(wording.FALLBACKS[value]),
    Kind.COUNTRY: say_country,
    Kind.WORDS: say_words,
}
