"""What can be wrong with a database, in words for whoever runs the bot."""

import sqlite3

from sqlalchemy import make_url
from sqlalchemy.exc import DatabaseError, DBAPIError, OperationalError

WHAT_TO_DO = "Please stop mentorbot, and restore your last backup: mentorbot restore FILE. The damaged file is kept."
OVERWRITTEN = "a part of it is missing or was overwritten"
_DAMAGE = {
    sqlite3.SQLITE_CORRUPT: OVERWRITTEN,
    sqlite3.SQLITE_NOTADB: "its beginning is not that of a database",
}


class StorageError(Exception):
    """The database can't be used; the text says why, and what to do."""


class Outdated(StorageError):
    """Another mentorbot changed the tables meanwhile: this process must not go on."""


class Damaged(StorageError):
    """The SQLite file can't be trusted any more."""

    def __init__(self, file: str, what: str) -> None:
        """Name the file, and say what is wrong with it."""
        super().__init__(f"The database {file} is damaged: {what}. {WHAT_TO_DO}")


def damage(error: BaseException) -> str | None:
    """Return what a driver's error says of a damaged SQLite file, in plain words; None for any other error."""
    code = getattr(error, "sqlite_errorcode", 0)
    return _DAMAGE.get(code & 0xFF)  # the higher bits tell which part of SQLite noticed


def unusable(url: str, error: Exception) -> StorageError:
    """Return what a driver's error means for whoever runs the bot, without the address's password."""
    shown = make_url(url).render_as_string(hide_password=True)
    if isinstance(error, TimeoutError):
        return StorageError(f"The database {shown} can't be reached: it gave no answer in time.")
    reason = str(error.orig) if isinstance(error, DBAPIError) else str(error)
    if isinstance(error, OperationalError | OSError) or not isinstance(error, DatabaseError):
        return StorageError(f"The database {shown} can't be reached: {reason}")
    return StorageError(f"The database {shown} can't be used: {reason}")
