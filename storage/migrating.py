"""Alembic, and how it is called: apart from the rest because importing it takes a while."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, text

from storage.errors import StorageError


def upgrade(connection: Connection, version: str, scripts: Path) -> None:
    """Run the migrations up to a version, in the connection's transaction.

    Raises StorageError if rows would point at nothing afterwards.
    """
    config = Config()
    config.set_main_option("script_location", str(scripts).replace("%", "%%"))
    config.attributes["connection"] = connection
    command.upgrade(config, version)
    if connection.dialect.name == "sqlite":
        _check_foreign_keys(connection)


def _check_foreign_keys(connection: Connection) -> None:
    # While tables are made anew SQLite must not look at what points at them, so it is looked at here.
    loose = connection.execute(text("PRAGMA foreign_key_check")).first()
    if loose is not None:
        raise StorageError(
            f"The table {loose[0]!r} has rows that point at nothing, so it can't be brought up to date. "
            "Nothing was changed. Please restore a backup: mentorbot restore FILE."
        )
