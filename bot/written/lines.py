"""On which line of a TOML text something stands: `tomllib` doesn't say it of what it could read."""

import re
import tomllib
from collections import Counter
from typing import Any

Path = tuple[str | int, ...]

DEEPEST = 3  # names in a path: there is nothing deeper in what coordinators write
LONGEST = 60  # lines of a statement: what is longer counts as standing in the table around it

_CLOSES = re.compile(r"\]|\"\"\"|'''")  # what a statement of several lines ends with


def lines(text: str) -> dict[Path, int]:
    """Return the line of each table and each key of a text that can be read, by its path from the top."""
    rows = text.replace("\r\n", "\n").split("\n")
    found: dict[Path, int] = {}
    tables: Counter[Path] = Counter()
    at: Path = ()
    start = 0
    while start < len(rows):
        end, parsed = _statement(rows, start)
        path = _path(parsed)
        if rows[start].lstrip().startswith("["):
            at = _table(path, tables, several=rows[start].lstrip().startswith("[["))
            path = ()
        for length in range(len(path) + 1):
            found.setdefault((*at, *path[:length]), start + 1)
        start = end
    return found


def line_of(found: dict[Path, int], path: Path) -> int:
    """Return the line of what stands at a path, or of the nearest thing around it."""
    while path and path not in found:
        path = path[:-1]
    return found[path] if path else 1


def _statement(rows: list[str], start: int) -> tuple[int, dict[str, Any]]:
    """Return where the statement ends that begins on a line, and what it says.

    What begins on several lines can't be read before its last one.
    """
    for end in range(start + 1, min(len(rows), start + LONGEST) + 1):
        if end == start + 1 or _CLOSES.search(rows[end - 1]):
            try:
                return end, tomllib.loads("\n".join(rows[start:end]))
            except (ValueError, RecursionError):
                continue
    return start + 1, {}


def _path(parsed: object) -> Path:
    """Return the path that a statement names, as deep as it matters: `a.b = 1` is ("a", "b")."""
    path: Path = ()
    while len(path) < DEEPEST and parsed and isinstance(parsed, dict | list):
        if isinstance(parsed, list):
            parsed = parsed[0]
        elif len(parsed) == 1:
            ((name, parsed),) = parsed.items()
            path = (*path, str(name))
        else:
            break
    return path


def _table(path: Path, tables: Counter[Path], *, several: bool) -> Path:
    """Return the path of a table by that of its header: one of several is counted, and so is the one around it."""
    if several:
        tables[path] += 1
        return (*path, tables[path] - 1)
    around = path[:1]
    return (*around, tables[around] - 1, *path[1:]) if tables[around] else path
