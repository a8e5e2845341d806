"""Texts that people typed, as they can be kept and shown: pure functions."""

import unicodedata

_NOTHING = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp", "Zs", "Mn", "Me"})  # blanks, signs without width, bare accents
_LOOK_BLANK = frozenset("\u115f\u1160\u2800\u3164\uffa0")  # fillers: letters and a symbol that show nothing


def is_blank(text: str) -> bool:
    """Tell whether nothing of a text can be seen."""
    return all(sign in _LOOK_BLANK or unicodedata.category(sign) in _NOTHING for sign in text)


def readable(text: str) -> str:
    """Return a text as it can be kept: without the characters that no database takes, and space around it.

    It is empty if there is nothing in it that can be seen.
    """
    kept = (c for c in text.replace("\r\n", "\n") if c in "\n\t" or unicodedata.category(c) not in ("Cc", "Cs"))
    text = "".join(kept).strip()
    return "" if is_blank(text) else text


def one_line(text: str) -> str:
    """Return a text as it can be kept, on one line; nothing of one in which there is nothing to see."""
    line = " ".join(readable(text).split())
    return line if any(unicodedata.category(char)[0] in "LNPS" for char in line) else ""


def excerpt(text: str, length: int) -> str:
    """Return the beginning of a text on one line, `length` characters at most."""
    line = " ".join(text.split())
    return line if len(line) <= length else line[: length - 1].rstrip() + "…"
