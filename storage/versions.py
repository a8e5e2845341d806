"""Versions of the tables: which one this mentorbot is made for, which one a database has, and the way between them.

On PostgreSQL several processes share a database. Each of their connections shares one lock with all the others, and
whoever changes the tables needs it alone: so tables never change under the feet of a bot that runs.
"""

from pathlib import Path

from sqlalchemy import Connection, inspect, text

from storage.errors import StorageError

MIGRATIONS = Path(__file__).parent / "migrations"
LOCK = 0x6D656E746F72  # "mentor": any number will do, as long as all processes use the same
NEWER = "This database was written by a newer mentorbot. Please start that version, or restore an older backup."


def known(scripts: Path = MIGRATIONS) -> list[str]:
    """Return the versions that have a migration, oldest first: its file is named after the version that it makes."""
    return sorted(file.name.partition("_")[0] for file in (scripts / "versions").glob("[0-9]*_*.py"))


def newest(scripts: Path = MIGRATIONS) -> str:
    """Return the version that this mentorbot works with."""
    return known(scripts)[-1]


def version_of(connection: Connection) -> str | None:
    """Return the version of a database's tables, None if there are none."""
    if not inspect(connection).has_table("alembic_version"):
        return None
    version: str | None = connection.scalar(text("SELECT version_num FROM alembic_version"))
    return version


def is_current(connection: Connection, scripts: Path = MIGRATIONS) -> bool:
    """Tell whether the tables are as this mentorbot wants them. Raises StorageError if a newer one wrote them."""
    version = version_of(connection)
    if version is not None and version not in known(scripts):
        raise StorageError(NEWER)
    return version == newest(scripts)


def bring_up_to_date(connection: Connection, scripts: Path = MIGRATIONS) -> None:
    """Make or change the tables, if they aren't current. Raises StorageError as `is_current` does."""
    if not is_current(connection, scripts):
        bring_to(connection, newest(scripts), scripts)


def bring_to(connection: Connection, version: str, scripts: Path = MIGRATIONS) -> None:
    """Make or change the tables until they have a version."""
    from storage import migrating  # noqa: PLC0415 - Alembic is slow to import, and hardly any start needs it

    migrating.upgrade(connection, version, scripts)


def has_to_itself(connection: Connection) -> bool:
    """Try to get a PostgreSQL database for this connection alone, until it is closed; a SQLite file is held before."""
    if connection.dialect.name != "postgresql":
        return True
    return bool(connection.scalar(text(f"SELECT pg_try_advisory_lock({LOCK})")))
