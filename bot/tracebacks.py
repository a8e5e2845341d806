"""Tracebacks for the log: where it happened and what kind of error it was, and nothing that a person wrote.

An error's text quotes what could not be read, in whatever way its author liked. So only the texts of errors that are
about files, networks and the database are kept, and of those the first line.
"""

import re
from collections.abc import Iterator
from traceback import StackSummary, walk_tb
from types import TracebackType

MASK = "***"
_HARMLESS = (OSError,)
_HARMLESS_MODULES = ("sqlalchemy.", "storage.", "alembic.")
_QUOTED = re.compile(r"['\"\u2018\u201c«].*['\"\u2019\u201d»]")

ExcInfo = tuple[type[BaseException] | None, BaseException | None, TracebackType | None]


def render(exc_info: ExcInfo) -> str:
    """Return an error with its causes, the first cause first."""
    error = exc_info[1]
    return "" if error is None else "\n\n".join(reversed([_one(link) for link in _chain(error)]))


def _chain(error: BaseException) -> Iterator[BaseException]:
    seen: set[int] = set()
    link: BaseException | None = error
    while link is not None and id(link) not in seen:
        seen.add(id(link))
        yield link
        link = link.__cause__ or (None if link.__suppress_context__ else link.__context__)


def _one(error: BaseException) -> str:
    places = StackSummary.extract(walk_tb(error.__traceback__), lookup_lines=True, capture_locals=False)
    inner = [_one(part) for part in error.exceptions] if isinstance(error, BaseExceptionGroup) else []
    return "\n".join(["Traceback:", "".join(places.format()).rstrip(), _last_line(error), *inner])


def _last_line(error: BaseException) -> str:
    kind = type(error)
    name = kind.__qualname__ if kind.__module__ == "builtins" else f"{kind.__module__}.{kind.__qualname__}"
    if isinstance(error, _HARMLESS) or kind.__module__.startswith(_HARMLESS_MODULES):
        first = (str(error).splitlines() or [""])[0]
        return f"{name}: {_QUOTED.sub(MASK, first)}"
    return name
