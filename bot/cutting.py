"""Where a text that is too long for a platform is cut. Lengths are in UTF-16, as the platforms may count."""

import unicodedata
from collections.abc import Callable

_JOINER = "\u200d"
_JOINED = frozenset({"Mn", "Me", "Mc", "Cf", "Sk"})  # accents, joiners, skin tones: they belong to what is before them
_LONGEST_CHARACTER = 24  # a family of four with skin tones has fewer


def size(text: str) -> int:
    """Return how long a platform takes a text to be: at the most, since none says how it counts emoji."""
    return len(text.encode("utf-16-le", "replace")) // 2


def fits(text: str, limit: int, length: Callable[[str], int] = len) -> int:
    """Return how many characters of a text fit, and one at least; `length`: how long a character is as it is sent."""
    used = 0
    for place, char in enumerate(text):
        used += length(char) + (char > "\uffff")
        if used > limit:
            return max(place, 1)
    return len(text)


def cut(text: str, end: int) -> int:
    """Move the end of a cut back to that of a line, a word, or what is seen as one character."""
    if end == len(text):
        return end
    for blank in ("\n", " "):
        before = text.rfind(blank, end // 2, end)
        if before > 0:
            return before + 1
    for place in range(end, max(end - _LONGEST_CHARACTER, 0), -1):
        if unicodedata.category(text[place]) not in _JOINED and text[place - 1] != _JOINER:
            return place
    return end
