"""What stands in the database, whole: for tests that compare it before and after, or search it."""

from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

from sqlalchemy import Column, Select, Table, select
from sqlalchemy.ext.asyncio import AsyncConnection

from storage import programs, work
from storage.engine import Database
from storage.schema import metadata

__all__ = ["Rows", "changed", "columns", "every_row", "member_columns", "programs", "work"]  # both register tables

Rows = Mapping[str, list[tuple[Any, ...]]]

NOTED = {"inbox": None, "account": "used_at"}  # what every call may leave behind: a whole table, or a column


def columns(table: Table, *, noted: bool = True) -> list[Column[Any]]:
    """Return a table's columns; without those in which every call leaves a note if `noted` is False."""
    if noted or table.name not in NOTED:
        return list(table.columns)
    return [column for column in table.columns if NOTED[table.name] not in (None, column.name)]


async def every_row(database: Database, *, noted: bool = False) -> Rows:
    """Return all rows of all tables, in order of their keys."""
    async with database.connect() as conn:
        return await rows_seen(conn, noted=noted)


async def rows_seen(conn: AsyncConnection, *, noted: bool = False) -> Rows:
    """Return them as a transaction sees them."""
    found: dict[str, list[tuple[Any, ...]]] = {}
    for table in metadata.sorted_tables:
        if columns(table, noted=noted):
            found[table.name] = [tuple(row) for row in await conn.execute(_rows_of(table, noted=noted))]
    return found


@cache
def _rows_of(table: Table, *, noted: bool) -> Select[Any]:
    return select(*columns(table, noted=noted)).order_by(*table.primary_key.columns)


def changed(before: Rows, after: Rows) -> set[str]:
    """Return the names of the tables that differ."""
    return {name for name in before if before[name] != after[name]}


def member_columns() -> Iterator[tuple[Table, Column[Any]]]:
    """Yield every column that holds a member's id, the member's own one included."""
    member = metadata.tables["member"]
    for table in metadata.sorted_tables:
        for column in table.columns:
            if column is member.c.id or any(key.column is member.c.id for key in column.foreign_keys):
                yield table, column
