"""What people type and paste: what can't be seen is taken out, and spellings are made comparable."""

import unicodedata
from functools import lru_cache

NAME_LIMIT = 80  # characters of a member's name
LONGEST = 80  # characters of somebody's words that an answer repeats
_JOINERS = "\u200c\u200d"  # they hold emoji, and letters of some scripts, together
_UNSEEN = frozenset({"Cc", "Cf", "Cs", "Cn"})


def plain(text: str) -> str:
    """Return text in small letters, without accents, invisible characters and needless spaces."""
    parts = unicodedata.normalize("NFKD", text.casefold()).replace("\u2019", "'")
    seen = "".join(char for char in parts if not unicodedata.category(char).startswith(("M", "C")) or char.isspace())
    return " ".join(seen.split())


def shown(text: str) -> str:
    """Return text as an answer may repeat it: short, and without characters that turn or hide others."""
    return " ".join("".join(char if char.isprintable() else " " for char in text).split())[:LONGEST]


def clean(text: str) -> str:
    """Return a text as one line, without what can't be seen: so it can be stored and shown anywhere."""
    if text.isascii() and text.isprintable():
        return " ".join(text.split())
    spaced = "".join(" " if char.isspace() else char for char in unicodedata.normalize("NFC", text))
    seen = "".join(char for char in spaced if char in _JOINERS or unicodedata.category(char) not in _UNSEEN)
    return " ".join(seen.split()) if seen.strip(_JOINERS + " ") else ""


@lru_cache(maxsize=50_000)
def fold(text: str) -> str:
    """Return what is left of a text if neither case nor accents, spaces or punctuation count."""
    lowered = text.casefold()
    plain = lowered if lowered.isascii() else unicodedata.normalize("NFKD", lowered)
    return "".join(char for char in plain if char.isalnum()) or lowered.strip()
