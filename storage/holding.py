"""Holding a SQLite file for one process, by a lock on a file beside it that also tells whether it was closed well."""

import fcntl
import os
from pathlib import Path
from typing import IO

from sqlalchemy import make_url

from storage.errors import StorageError

LOCK = ".lock"
OPEN = "open"


def file_of(url: str) -> Path | None:
    """Return the file that a SQLite address names; None for what lies in memory, and for PostgreSQL."""
    path = make_url(url).database
    if not url.startswith("sqlite") or not path or path == ":memory:":
        return None
    return Path(path)


def beside(file: Path, ending: str) -> Path:
    """Return the name of a file that belongs to a database: SQLite's `-wal` and `-shm`, and the lock."""
    return file.with_name(f"{file.name}{ending}")


def check_there(url: str) -> None:
    """Raise StorageError if an address names a file that isn't there: whoever only looks must not make it."""
    file = file_of(url)
    if file is not None and not file.exists():
        raise StorageError(f"There is no database {file}. It is made when mentorbot is started.")


def hold(url: str) -> IO[str] | None:
    """Take the lock on a SQLite file, which is made if it isn't there; it is held until what is returned is closed.

    Raises StorageError if another process has it, and if the file can't be made.
    """
    path = file_of(url)
    if path is None:
        return None
    real = path.resolve()  # a link to the file is the same database
    try:
        real.parent.mkdir(parents=True, exist_ok=True)
        real.touch(mode=0o600)  # people's names are nobody else's business on this machine
        lock = beside(real, LOCK).open("a+")
    except OSError as error:
        raise StorageError(f"The database {path} can't be reached: {error.strerror}.") from None
    _take(lock, path)
    return lock


def check_changes(lock: IO[str] | None) -> None:
    """After a crash, the newest changes are in SQLite's `-wal` file; without it they would be lost without a word.

    Raises StorageError if it is gone. Nothing is noted before: it stays gone until somebody does something about it.
    """
    if lock is None:
        return
    _check_changes(lock)
    _note(lock, "")


def _check_changes(lock: IO[str]) -> None:
    file = Path(lock.name.removesuffix(LOCK))
    changes = beside(file, "-wal")
    if OPEN in _words(lock) and not changes.exists():
        raise StorageError(
            f"mentorbot was cut off the last time, and the newest changes to {file}, which were in {changes.name} "
            "beside it, are gone. Please put that file back, or restore your last backup: mentorbot restore FILE. "
            f"To go on without those changes, delete {lock.name} and start again."
        )


def check_whole(url: str) -> None:
    """Raise StorageError as `check_changes` does, for whoever only looks: opening the file would hide the loss."""
    file = file_of(url)
    lock = None if file is None else beside(file.resolve(), LOCK)
    if lock is not None and lock.exists():
        with lock.open() as noted:
            _check_changes(noted)


def note_open(lock: IO[str]) -> None:
    """Note that the database is in use: from now on SQLite keeps its newest changes in a file of their own."""
    _note(lock, OPEN)


def note_closed(lock: IO[str]) -> None:
    """Note that all changes are in the database itself."""
    _note(lock, "")


def _take(lock: IO[str], path: Path) -> None:
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        other = " ".join(_words(lock)[:1])
        lock.close()
        raise StorageError(
            f"Another mentorbot (process {other}) is using {path}. Stop it first, or give this one its own database."
        ) from None


def _words(lock: IO[str]) -> list[str]:
    lock.seek(0)
    return lock.read().split()


def _note(lock: IO[str], state: str) -> None:
    lock.truncate(0)
    lock.write(f"{os.getpid()} {state}".strip())
    lock.flush()
