"""What the columns of a table mean: whose ids they hold, and which ids mean nothing to anybody outside."""

from collections.abc import Iterator
from functools import cache

from storage.schema import metadata


@cache
def members_in(table: str) -> frozenset[str]:
    """Return the columns that hold a member's id; a member's own `id` is not among them."""
    return frozenset(column for column, target in _keys(table) if target == "member")


@cache
def inner(table: str) -> frozenset[str]:
    """Return the columns that hold ids of other rows, and the row's own."""
    return frozenset({"id"} | {column for column, target in _keys(table) if target != "member"})


def _keys(table: str) -> Iterator[tuple[str, str]]:
    if table in metadata.tables:
        for column in metadata.tables[table].columns:
            yield from ((column.name, key.column.table.name) for key in column.foreign_keys)
