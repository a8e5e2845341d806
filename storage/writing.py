"""Whether a database may be written to, found out without writing to it."""

import os
from pathlib import Path

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.holding import LOCK, beside, file_of

BESIDE = ("", "-wal", "-shm", LOCK)


async def hindrance(conn: AsyncConnection, url: str) -> str | None:
    """Return what keeps mentorbot from writing, in words for whoever runs it; None if nothing is seen."""
    if conn.dialect.name == "postgresql":
        return await _postgres(conn)
    file = file_of(url)
    return None if file is None else _file(file.resolve())


def _file(file: Path) -> str | None:
    """SQLite makes files beside its own, so it needs the folder as well."""
    for path in (file.parent, *(beside(file, ending) for ending in BESIDE)):
        if path.exists() and not os.access(path, os.W_OK):
            return f"{path} may only be read by this user. Give it to the user as which mentorbot runs."
    return None


async def _postgres(conn: AsyncConnection) -> str | None:
    if await conn.scalar(text("SELECT current_setting('transaction_read_only')")) == "on":
        return "This PostgreSQL server takes no changes just now (read-only). Whoever runs it can switch that off."
    if not await conn.scalar(text("SELECT has_table_privilege('program', 'SELECT, INSERT, UPDATE, DELETE')")):
        return "This user of PostgreSQL may not change mentorbot's tables. Use the one as which they were made."
    return None
