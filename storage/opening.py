"""Opening a database: one bot to a SQLite file, and the tables brought up to date under a lock."""

import fcntl
import os
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import IO

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, make_url, text
from sqlalchemy.exc import DatabaseError, DBAPIError, OperationalError

from storage.engine import Database, make_engine
from storage.errors import StorageError

MIGRATION_LOCK = 0x6D656E746F72  # "mentor": any number will do, as long as all processes use the same


async def open_database(url: str, now: Callable[[], datetime]) -> Database:
    """Open a database and bring its tables up to date; `now` tells the bot's time.

    Raises StorageError if another bot uses the same SQLite file, if a newer version wrote the database, and if it
    can't be reached or read.
    """
    lock = _lock_file(url)
    engine = make_engine(url)
    database = Database(engine, now, lock)
    try:
        async with database.connect() as conn:
            await conn.run_sync(_bring_up_to_date)
    except StorageError:
        await database.close()
        raise
    except (DBAPIError, OSError) as error:
        await database.close()
        raise StorageError(_unusable(url, error)) from None
    return database


def _lock_file(url: str) -> IO[str] | None:
    path = make_url(url).database
    if not url.startswith("sqlite") or not path or path == ":memory:":
        return None
    real = Path(path).resolve()  # a link to the file is the same database
    try:
        real.parent.mkdir(parents=True, exist_ok=True)
        real.touch(mode=0o600)  # people's names are nobody else's business on this machine
        file = real.with_name(f"{real.name}.lock").open("a+")
    except OSError as error:
        raise StorageError(f"The database {path} can't be reached: {error.strerror}.") from None
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        file.seek(0)
        other = file.read().strip()
        file.close()
        raise StorageError(
            f"Another mentorbot (process {other}) is using {path}. Stop it first, or give this one its own database."
        ) from None
    file.truncate(0)
    file.write(str(os.getpid()))
    file.flush()
    return file


def _bring_up_to_date(connection: Connection) -> None:
    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": MIGRATION_LOCK})
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    config.attributes["connection"] = connection
    known = {script.revision for script in ScriptDirectory.from_config(config).walk_revisions()}
    current = MigrationContext.configure(connection).get_current_revision()
    if current is not None and current not in known:
        raise StorageError(
            "This database was written by a newer mentorbot. Please start that version, or restore an older backup."
        )
    command.upgrade(config, "head")


def _unusable(url: str, error: Exception) -> str:
    shown = make_url(url).render_as_string(hide_password=True)
    reason = str(error.orig) if isinstance(error, DBAPIError) else str(error)
    if isinstance(error, OperationalError | OSError) or not isinstance(error, DatabaseError):
        return f"The database {shown} can't be reached: {reason}"
    return f"The database {shown} can't be read, it may be damaged: {reason}. Please restore a backup."
