"""From "Monday to Friday" to weekdays, in English, Spanish and every language that the bot speaks."""

import re
from difflib import get_close_matches
from functools import cache

from babel.dates import get_day_names

from bot.errors import UserError
from bot.language import languages
from bot.members import reading_wording as wording
from bot.members.words import plain

WEEKDAYS = frozenset(range(5))
WEEKEND = frozenset({5, 6})
EVERY_DAY = frozenset(range(7))

OFFERED: dict[str, frozenset[int] | None] = {"weekdays": WEEKDAYS, "every": EVERY_DAY, "program": None}

_GROUPS = {
    "todos los dias": EVERY_DAY,
    "toda la semana": EVERY_DAY,
    "every day": EVERY_DAY,
    "everyday": EVERY_DAY,
    "any day": EVERY_DAY,
    "all days": EVERY_DAY,
    "all week": EVERY_DAY,
    "cada dia": EVERY_DAY,
    "diario": EVERY_DAY,
    "daily": EVERY_DAY,
    "dias laborables": WEEKDAYS,
    "working days": WEEKDAYS,
    "entre semana": WEEKDAYS,
    "laborables": WEEKDAYS,
    "weekdays": WEEKDAYS,
    "weekday": WEEKDAYS,
    "workdays": WEEKDAYS,
    "fines de semana": WEEKEND,
    "fin de semana": WEEKEND,
    "weekends": WEEKEND,
    "weekend": WEEKEND,
}
_GROUP = re.compile(rf"\b({'|'.join(_GROUPS)})\b")
_BETWEEN = re.compile(r"[\s,;/+&.]+")
_DASH = re.compile(r"\s*[-\u2010-\u2014\u2212]\s*")
_TO = frozenset({"to", "through", "thru", "until", "till", "a", "al", "hasta"})
_FILLERS = frozenset({"and", "y", "e", "on", "every", "the", "only", "each", "los", "el", "de", "del", "from", "desde"})
_SHORTEST = 2  # letters of a day's name: mo, tu, lu


def parse(text: str) -> frozenset[int]:
    """Read days as people write them: `mon wed thu`, `Monday to Friday`, `every day`, `de lunes a viernes`.

    Monday is 0. Raises UserError, which names the word that it can't read.
    """
    words = _DASH.sub(" to ", plain(text))
    found = frozenset[int]().union(*(_GROUPS[group] for group in _GROUP.findall(words)))
    last: int | None = None
    range_from: int | None = None
    for word in filter(None, _BETWEEN.split(_GROUP.sub(" ", words))):
        if word in _TO and last is not None:
            range_from = last
        elif word not in _FILLERS:
            last = _day(word, text)
            found |= _through(last if range_from is None else range_from, last)
            range_from = None
    if not found or range_from is not None:
        raise UserError(wording.not_days(text))
    return found


def offered(choice: str) -> str:
    """Read a button's argument. Raises ValueError for what was never offered."""
    if choice not in OFFERED:
        raise ValueError
    return choice


def _through(first: int, last: int) -> frozenset[int]:
    return frozenset((first + step) % 7 for step in range((last - first) % 7 + 1))


def _day(word: str, text: str) -> int:
    names = _names()
    if word in names:
        return names[word]
    fits = {day for name, day in names.items() if len(word) >= _SHORTEST and f"{name}s".startswith(word)}
    if len(fits) == 1:
        return fits.pop()
    near = get_close_matches(word, names, n=1)
    raise UserError(wording.not_a_weekday(word, names[near[0]]) if near else wording.not_days(text))


@cache
def _names() -> dict[str, int]:
    """Return the days' names, made plain, in English first."""
    found: dict[str, int] = {}
    for language in dict.fromkeys(("en", "es", *languages())):
        for day, name in get_day_names("wide", locale=language).items():
            found.setdefault(plain(name), day)
    return found
