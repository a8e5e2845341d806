"""Texts as they can be drawn: on one line, without what only governs how other characters are shown."""

import unicodedata
from collections.abc import Iterator

from babel import Locale, UnknownLocaleError

from bot.language import SOURCE

_ISOLATES, _POP = frozenset("\u2066\u2067\u2068"), "\u2069"
# Unicode's format characters that belong to a script's way of writing: joiners, marks of direction, signs of numbers.
_OF_SCRIPTS = frozenset("\u200c\u200d\u200e\u200f\u061c\u0600\u0601\u0602\u0603\u0604\u0605\u06dd\u08e2")
_KEPT = _OF_SCRIPTS | _ISOLATES | {_POP}


def cleaned(text: str) -> str:
    """Return a text as one line, without what steers a screen, overrides the order of others or is no character."""
    shown = "".join(map(_shown, unicodedata.normalize("NFC", text)))
    if not _closed(shown):
        shown = "".join(char for char in shown if char not in _ISOLATES | {_POP})
    return " ".join(shown.split())


def characters(text: str) -> Iterator[str]:
    """Take a text apart; marks stay on what they are on."""
    begin = 0
    for end in range(1, len(text) + 1):
        if end == len(text) or not unicodedata.category(text[end]).startswith("M"):
            yield text[begin:end]
            begin = end


def of(language: str) -> Locale:
    """Return the locale that a language is written by; English if there is none of that code."""
    try:
        return Locale.parse(language.replace("-", "_"))
    except (ValueError, UnknownLocaleError):
        return Locale.parse(SOURCE)


def _shown(char: str) -> str:
    kind = unicodedata.category(char)
    if kind in {"Cc", "Zl", "Zp"}:
        return " "
    return "" if kind == "Cs" or (kind == "Cf" and char not in _KEPT) else char


def _closed(text: str) -> bool:
    """Tell whether each isolate is ended, and nothing else is."""
    depth = 0
    for char in text:
        depth += (char in _ISOLATES) - (char == _POP)
        if depth < 0:
            return False
    return depth == 0
