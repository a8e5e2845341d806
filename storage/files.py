"""Whole SQLite files: written beside their place and put there once they are safe on the disk, copied and checked."""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from storage.errors import OVERWRITTEN, Damaged, StorageError, damage
from storage.holding import beside

BELONGINGS = ("-journal", "-wal", "-shm")  # what SQLite keeps beside a file


def url_of(file: Path) -> str:
    """Return the address under which SQLAlchemy reaches a file."""
    return f"sqlite+aiosqlite:///{file}"


@contextmanager
def begun(file: Path) -> Iterator[Path]:
    """Give an empty file beside `file` to write in; whatever isn't put in its place by `put` is removed at the end.

    Raises StorageError if there can be no such file.
    """
    new = file.with_name(f".{file.name}.new")
    try:
        new.parent.mkdir(parents=True, exist_ok=True)
        _remove(new)  # of one that was cut off
        os.close(os.open(new, os.O_CREAT | os.O_EXCL, 0o600))  # people's names are nobody else's business
    except OSError as error:
        raise unwritable(file, error) from None
    try:
        yield new
    finally:
        _remove(new)


def put(new: Path, file: Path) -> None:
    """Put a file in its place, in one step; when this returns, a power cut can't take it away."""
    try:
        _sync(new)
        new.replace(file)
        _sync(file.parent)
    except OSError as error:
        raise unwritable(file, error) from None


def copy_file(source: Path, target: Path) -> None:
    """Copy a database as it is at this moment, also while it is written to; `target` is one file without others.

    Raises Damaged if it can't be read, and StorageError if the copy can't be written.
    """
    try:
        with closing(read_only(source)) as old, closing(sqlite3.connect(target)) as new:
            old.backup(new)  # all in one step: a writer doesn't make it begin anew
            new.execute("PRAGMA journal_mode=DELETE")
    except sqlite3.Error as error:
        if what := damage(error):
            raise Damaged(str(source), what) from None
        raise unwritable(target, error) from None


def fault_of(file: Path) -> str | None:
    """Look through all of a file; return what is wrong with it, None if it is whole."""
    try:
        with closing(read_only(file)) as conn:
            found = str(conn.execute("PRAGMA integrity_check(1)").fetchone()[0])
    except sqlite3.Error as error:
        return damage(error) or str(error)
    return None if found == "ok" else OVERWRITTEN


def read_only(file: Path) -> sqlite3.Connection:
    """Open a file so that nothing in it, and nothing that belongs to it, can be changed."""
    return sqlite3.connect(f"{file.resolve().as_uri()}?mode=ro", uri=True)


def unwritable(file: Path, error: Exception) -> StorageError:
    """Return what is said where a file can't be written."""
    reason = error.strerror if isinstance(error, OSError) else error
    return StorageError(f"A file can't be written in {file.parent.resolve()}: {reason}. Nothing was changed.")


def _remove(file: Path) -> None:
    for name in (file, *(beside(file, ending) for ending in BELONGINGS)):
        name.unlink(missing_ok=True)


def _sync(path: Path) -> None:
    opened = os.open(path, os.O_RDONLY)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)
