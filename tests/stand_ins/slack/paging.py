"""Pages of lists."""

from base64 import b64decode, b64encode
from binascii import Error
from collections.abc import Sequence
from typing import TypeVar

from tests.stand_ins.slack.arguments import Arguments
from tests.stand_ins.slack.errors import Failure

MOST = 1000
Row = TypeVar("Row")


def cursor(text: str) -> str:
    """Return a place in a list as Slack writes it."""
    return b64encode(text.encode()).decode()


def place(text: str, prefix: str) -> str:
    """Return the place that a cursor means."""
    try:
        found = b64decode(text.encode(), validate=True).decode()
    except (Error, ValueError):
        raise Failure("invalid_cursor") from None
    if not found.startswith(prefix):
        raise Failure("invalid_cursor")
    return found.removeprefix(prefix)


def page(rows: Sequence[Row], asked: Arguments, otherwise: int) -> tuple[Sequence[Row], str]:
    """Return a page and the cursor of the next one; a limit of nothing means all."""
    limit = asked.number("limit", otherwise) or len(rows) or 1
    if not 0 < limit <= max(MOST, len(rows)):
        raise Failure("invalid_limit")
    begin = int(place(asked.text("cursor"), "from:")) if asked.text("cursor") else 0
    end = begin + limit
    return rows[begin:end], cursor(f"from:{end}") if end < len(rows) else ""
