"""Filling tables with millions of rows in a minute: no constraint is looked at, and statistics are taken at the end."""

import asyncio
import os
import sqlite3
from collections.abc import Iterable
from pathlib import Path

import asyncpg  # type: ignore[import-untyped]
from sqlalchemy import make_url

from bench.town import LAST, Rows

CACHE_KB = 1_000_000  # SQLite: the indexes of a million rows are filled in no order


def durable(connection: sqlite3.Connection, _record: object) -> None:
    """Let a connection of an SQLAlchemy engine keep what it commits, as the bot's own do."""
    for pragma in ("journal_mode=WAL", "synchronous=FULL"):
        connection.execute(f"PRAGMA {pragma}")


async def fill(url: str, tables: Iterable[Rows]) -> None:
    """Put rows into the empty or nearly empty tables of an SQLAlchemy address, and ANALYZE."""
    if url.startswith("sqlite"):
        await asyncio.to_thread(_fill_sqlite, str(make_url(url).database), tables)
    else:
        await _fill_postgres(url, tables)


def _fill_sqlite(path: str, tables: Iterable[Rows]) -> None:
    connection = sqlite3.connect(path, isolation_level=None)
    for pragma in ("journal_mode=OFF", "synchronous=OFF", "foreign_keys=OFF", f"cache_size=-{CACHE_KB}"):
        connection.execute(f"PRAGMA {pragma}")
    connection.execute("BEGIN")
    for table, columns, rows in tables:
        marks = ", ".join("?" * len(columns))
        connection.executemany(f'INSERT INTO "{table.name}" ("{_names(columns)}") VALUES ({marks})', rows)  # noqa: S608
    connection.execute("COMMIT")
    connection.execute("ANALYZE")
    connection.close()
    # What is still on its way to the disk would slow down whoever comes next.
    with Path(path).open("rb+") as file:
        os.fsync(file.fileno())


def _names(columns: tuple[str, ...]) -> str:
    return '", "'.join(columns)


async def connect(url: str) -> "asyncpg.Connection[asyncpg.Record]":
    """Return a bare connection to what an SQLAlchemy address names."""
    return await asyncpg.connect(make_url(url).set(drivername="postgresql").render_as_string(hide_password=False))


async def _fill_postgres(url: str, tables: Iterable[Rows]) -> None:
    connection = await connect(url)
    await connection.execute("SET session_replication_role = replica; SET synchronous_commit = off")
    for table, columns, rows in tables:
        await connection.copy_records_to_table(table.name, records=rows, columns=columns)
        if "id" in columns:
            await connection.execute(f"SELECT setval(pg_get_serial_sequence('{table.name}', 'id'), {LAST})")
    await connection.execute("VACUUM ANALYZE")
    await connection.execute("CHECKPOINT")
    await connection.close()
