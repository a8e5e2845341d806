"""Many rows in one statement: they travel in one parameter, or one a column.

So the statement is the same, and compiled and planned once, however many rows there are; and there is no limit to how
many parameters it has.
"""

import json
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import (
    CTE,
    BigInteger,
    BindParameter,
    Boolean,
    Column,
    ColumnClause,
    ColumnElement,
    Integer,
    LargeBinary,
    Row,
    Select,
    String,
    Table,
    any_,
    bindparam,
    select,
    text,
)
from sqlalchemy import column as sql_column
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.schema import Id, Instant, micros


def beginnings(conn: AsyncConnection, instants: Mapping[int, datetime]) -> CTE:
    """Return pairing ids with an instant each, as a table named `begin` with the columns `pairing_id` and `at`."""
    columns = (Column("pairing_id", Id), Column("at", Instant))
    rows = [(id_, micros(at)) for id_, at in instants.items()]
    values: BindParameter[str] = bindparam("pairs", json.dumps(rows), unique=True)
    return _PAIRS[conn.dialect.name].bindparams(values).columns(*columns).cte("begin")


_PAIRS = {
    "sqlite": text(
        "SELECT json_extract(value, '$[0]') AS pairing_id, json_extract(value, '$[1]') AS at FROM json_each(:pairs)"
    ),
    "postgresql": text(
        "SELECT CAST(value->>0 AS bigint) AS pairing_id, CAST(value->>1 AS bigint) AS at"
        " FROM json_array_elements(CAST(:pairs AS json))"
    ),
}


_VALUE: ColumnClause[Any] = sql_column("value")
_EACH = text("SELECT value FROM json_each(:among)")  # composed of parts, it takes longer to compose than to run


def among(conn: AsyncConnection, column: ColumnElement[Any], values: Collection[Any]) -> ColumnElement[bool]:
    """Return the condition that a column has one of these values, which are ids or texts."""
    return _among(conn.dialect.name, column, value=listed(conn, values), unique=True)


def listed(conn: AsyncConnection, values: Collection[Any]) -> list[Any] | str:
    """Return values as they travel in one parameter."""
    return list(values) if conn.dialect.name == "postgresql" else json.dumps(list(values))


def _among(dialect: str, column: ColumnElement[Any], **given: Any) -> ColumnElement[bool]:
    if dialect == "postgresql":
        return column == any_(bindparam("among", type_=postgresql.ARRAY(column.type), **given))
    parameter: BindParameter[str] = bindparam("among", type_=String(), **given)
    return column.in_(_EACH.bindparams(parameter).columns(_VALUE))


@cache  # what is asked all the time is composed once: that takes as long as asking
def having(
    dialect: str,
    shown: tuple[ColumnElement[Any], ...],
    column: Column[Any],
    order: tuple[ColumnElement[Any], ...] = (),
    *,
    locked: bool = False,
) -> Select[Any]:
    """Return a query for columns of those rows of the program `mine` in which `column` is `among` some values.

    Of rows that are `locked` others wait for this transaction's end who want to lock or change them.
    """
    query = select(*shown).where(column.table.c.program_id == bindparam("mine"), _among(dialect, column))
    query = query.order_by(*order)
    return query.with_for_update(key_share=True) if locked else query


Rows = Sequence[Mapping[str, Any]]


def insert(conn: AsyncConnection, table: Table, rows: Rows) -> tuple[Any, Any]:
    """Return an insert of rows, which all have the same columns, that knows ON CONFLICT; and its parameters."""
    if conn.dialect.name == "sqlite":
        return _insert_rows(table), rows
    names = tuple(rows[0])
    columns = zip(*([_raw(row[name]) for name in names] for row in rows), strict=True)
    return _insert_columns(table, names), {f"c{i}": list(column) for i, column in enumerate(columns)}


@cache  # one for each table: composing it takes as long as running it
def _insert_rows(table: Table) -> Any:
    return sqlite.insert(table)


@cache
def _insert_columns(table: Table, names: tuple[str, ...]) -> Any:
    types = [_TYPES[type(table.c[name].type)] for name in names]
    arrays = ", ".join(f"CAST(:c{i} AS {type_}[])" for i, type_ in enumerate(types))
    new = text(f"SELECT * FROM unnest({arrays})")  # noqa: S608 - types, and no names
    rows = new.columns(*(sql_column(name, table.c[name].type) for name in names))
    return postgresql.insert(table).from_select(names, rows, include_defaults=False)


_TYPES = {
    BigInteger: "bigint",
    Integer: "bigint",
    Instant: "bigint",
    String: "text",
    Boolean: "boolean",
    LargeBinary: "bytea",
}


def _raw(value: Any) -> Any:
    return micros(value) if isinstance(value, datetime) else value


async def add_new(conn: AsyncConnection, table: Table, rows: Rows, *returning: Column[Any]) -> Sequence[Row[Any]]:
    """Insert the rows that break no unique key, in one statement; return the new ones' primary keys, or `returning`."""
    if not rows:
        return []
    new, parameters = insert(conn, table, rows)
    return (await conn.execute(_if_new(new, returning or tuple(table.primary_key)), parameters)).all()


@cache
def _if_new(new: Any, returning: tuple[Column[Any], ...]) -> Any:
    return new.on_conflict_do_nothing().returning(*returning)
