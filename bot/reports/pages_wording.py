"""What stands around a page of a report."""

from collections.abc import Callable

from bot.language import t
from bot.views import Actions, Button


def title(name: str, number: int, pages: int) -> str:
    """Name a report, and which page of it this is."""
    return t("{name}, page {page} of {pages}", name=name, page=number + 1, pages=pages) if pages > 1 else name


def turning(number: int, pages: int, turn: Callable[[int], str]) -> list[Actions]:
    """Offer to turn to another page, if there is one; `turn` is the action that does it."""
    leaves = [
        (number > 0, t("Earlier"), number - 1),
        (number + 1 < pages, t("Go on reading"), number + 1),
        (number + 2 < pages, t("To the end"), pages - 1),
    ]
    offered = tuple(Button(label, turn(to)) for there, label, to in leaves if there)
    return [Actions(offered)] if offered else []
