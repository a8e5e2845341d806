"""Restoring a backup into a SQLite file or a PostgreSQL database. Nothing that is there is destroyed."""

import sqlite3
from contextlib import closing
from datetime import datetime
from itertools import count
from pathlib import Path

from sqlalchemy import inspect
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncConnection

from storage import files, holding
from storage.copying import copy_rows, with_both
from storage.engine import make_reader, make_tool
from storage.errors import StorageError, unusable
from storage.outbox import Outbox
from storage.programs import every_program
from storage.versions import MIGRATIONS, bring_to, bring_up_to_date, has_to_itself, known

OURS = {"alembic_version", "audit", "outbox", "program"}


async def restore(url: str, file: Path, at: datetime, scripts: Path = MIGRATIONS) -> Path | None:
    """Put a backup in the place of a database, and bring it up to date.

    Return the file in which the database is now that was there before, None if there was none: its name tells `at`.
    Raises StorageError if `file` is no whole backup or a newer mentorbot's, if a bot is running on the database, if
    there are tables in a PostgreSQL database already, and if it can't be reached or written.
    """
    version = _checked(file, scripts)
    target = holding.file_of(url)
    try:
        if target is None:
            await _into_postgres(url, file, version, at, scripts)
            return None
        return await _into_sqlite(url, target.resolve(), file, at, scripts)
    except (DBAPIError, OSError) as error:
        raise unusable(url, error) from None


def _checked(file: Path, scripts: Path) -> str:
    """Return the version of a backup."""
    if not file.is_file():
        raise StorageError(f"There is no file {file}.")
    if what := files.fault_of(file):
        raise StorageError(f"{file} can't be restored: {what}. Please take another backup.")
    with closing(files.read_only(file)) as conn:
        tables = {name for (name,) in conn.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
        row = _version(conn) if tables >= OURS else None
    if row is None:
        raise StorageError(f"{file} is no backup of mentorbot's.")
    if row[0] not in known(scripts):
        raise StorageError(f"{file} was written by a newer mentorbot. Please restore it with that version.")
    return str(row[0])


def _version(conn: sqlite3.Connection) -> tuple[str] | None:
    row: tuple[str] | None = conn.execute("SELECT version_num FROM alembic_version").fetchone()
    return row


async def _into_sqlite(url: str, target: Path, file: Path, at: datetime, scripts: Path) -> Path | None:
    lock = holding.hold(url)
    assert lock is not None  # noqa: S101 - it is a file
    with closing(lock), files.begun(target) as new:
        files.copy_file(file, new)
        async with make_tool(files.url_of(new)).begin() as conn:
            await _make_ready(conn, at, scripts)
        kept = _keep(target, at)
        files.put(new, target)
        holding.note_closed(lock)
    return kept


async def _make_ready(conn: AsyncConnection, at: datetime, scripts: Path) -> None:
    """Bring the tables up to date, and give back what a process held when the backup was taken."""
    await conn.run_sync(bring_up_to_date, scripts)
    for program in await every_program(conn):
        await Outbox(conn, program.id, at).free()


def _keep(file: Path, at: datetime) -> Path | None:
    """Give a database another name, with all that belongs to it; return it."""
    belongings = [ending for ending in files.BELONGINGS if holding.beside(file, ending).exists()]
    if file.stat().st_size == 0 and not belongings:
        return None
    name = f"{file.name}.before-{at:%Y%m%d-%H%M%S}"
    kept = next(
        path
        for path in (file.with_name(f"{name}-{number}" if number else name) for number in count())
        if not path.exists()
    )
    kept.hardlink_to(file)  # its old name stays until the new database takes it, so there is one at every moment
    for ending in belongings:  # SQLite would take these for the new database's
        holding.beside(file, ending).rename(holding.beside(kept, ending))
    return kept


async def _into_postgres(url: str, file: Path, version: str, at: datetime, scripts: Path) -> None:
    async with make_tool(url).begin() as conn:
        if not await conn.run_sync(has_to_itself):
            raise StorageError("A mentorbot is running on this database. Stop it first.")
        if await conn.run_sync(lambda sync: inspect(sync).get_table_names()):
            raise StorageError(
                "This PostgreSQL database holds tables already, and nothing is ever overwritten. "
                "Please create an empty one (createdb NAME), let [storage] url point to it, and restore again."
            )
        async with make_reader(files.url_of(file)).begin() as source:
            await conn.run_sync(bring_to, version, scripts)
            await with_both(source, conn, copy_rows)
        await _make_ready(conn, at, scripts)
