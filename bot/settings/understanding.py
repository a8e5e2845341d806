"""From `first reminder 36h` to a figure and what was typed for it."""

import re
from difflib import get_close_matches

from bot.errors import UserError
from bot.language import t
from bot.settings import wording
from bot.settings.figures import FIGURES, SECTIONS, Figure

_SIGNS = re.compile(r"[\s_.:=]+")
_BEFORE_A_VALUE = {"to", "after", "is", "=", "→"}


def understand(text: str) -> tuple[Figure, str]:
    """Return which figure a text begins with, by label or key, and the rest.

    Raises UserError, guessing what was meant.
    """
    known = _names()
    words = text.replace("=", " ").split()
    for length in range(len(words), 0, -1):
        figure = known.get(_plain(" ".join(words[:length])))
        if figure is not None:
            rest = words[length:]
            begin = 1 if rest[:1] and rest[0].casefold() in _BEFORE_A_VALUE else 0
            return figure, " ".join(rest[begin:])
    raise UserError(wording.unknown(text, _guess(words, known)))


def _names() -> dict[str, Figure]:
    found: dict[str, Figure] = {}
    ambiguous = {"turns"}  # of a rate, and of what is kept
    for figure in FIGURES.values():
        names = {figure.label, t(figure.label), figure.key, *({figure.name} - ambiguous)}
        found = dict.fromkeys(map(_plain, names), figure) | found  # of two of a name, the one that was there first
    alone = [section for section in SECTIONS if len(section.figures) == 1]
    return found | {section.name: section.figures[0] for section in alone}


def _plain(text: str) -> str:
    return " ".join(_SIGNS.sub(" ", text).casefold().split())


def _guess(words: list[str], known: dict[str, Figure]) -> Figure | None:
    for length in range(min(5, len(words)), 0, -1):
        near = get_close_matches(_plain(" ".join(words[:length])), known, n=1, cutoff=0.7)
        if near:
            return known[near[0]]
    return None
