"""What people type, made plain: small letters without accents, and nothing that can't be seen."""

import unicodedata

LONGEST = 80  # characters of somebody's words that an answer repeats


def plain(text: str) -> str:
    """Return text in small letters, without accents, invisible characters and needless spaces."""
    parts = unicodedata.normalize("NFKD", text.casefold()).replace("\u2019", "'")
    seen = "".join(char for char in parts if not unicodedata.category(char).startswith(("M", "C")) or char.isspace())
    return " ".join(seen.split())


def shown(text: str) -> str:
    """Return text as an answer may repeat it: short, and without characters that turn or hide others."""
    return " ".join("".join(char if char.isprintable() else " " for char in text).split())[:LONGEST]
