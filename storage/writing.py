"""Whether a database may be written to, found out without writing to it."""

import os
from pathlib import Path

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.errors import StorageError
from storage.holding import LOCK, beside, file_of

RIGHTS = ("SELECT", "INSERT", "UPDATE", "DELETE")
BESIDE = ("", "-wal", "-shm", LOCK)


def check_permission(url: str) -> None:
    """Raise StorageError if this user may not change a SQLite file or what SQLite makes beside it: before opening it.

    Who may not change it can't even read it while mentorbot doesn't run.
    """
    file = file_of(url)
    if file is None:
        return
    real = file.resolve()
    for path in (real.parent, *(beside(real, ending) for ending in BESIDE)):
        if os.access(path, os.F_OK) and not os.access(path, _needed(path)):
            raise StorageError(
                f"The user who asks may not change {path}. Ask as the user as which mentorbot runs; if that is this "
                "one, give it to them."
            )


def _needed(path: Path) -> int:
    return os.R_OK | os.W_OK | (os.X_OK if path.is_dir() else 0)


async def check_writable(conn: AsyncConnection) -> None:
    """Raise StorageError if a PostgreSQL server, or its user, lets nothing be changed."""
    if conn.dialect.name != "postgresql":
        return
    if await conn.scalar(text("SELECT current_setting('transaction_read_only')")) == "on":
        raise StorageError(
            "This PostgreSQL server takes no changes just now: it is read-only. Whoever looks after it can change that."
        )
    each = " AND ".join(f"has_table_privilege('program', '{right}')" for right in RIGHTS)
    if not await conn.scalar(text(f"SELECT {each}")):
        raise StorageError(
            "This user of PostgreSQL may not change mentorbot's tables. In [storage] url, take the one who made them."
        )
