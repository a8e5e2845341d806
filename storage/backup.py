"""Backups: all that is remembered, in one SQLite file, whatever the database is. Taken while the bot is running."""

import sqlite3
from pathlib import Path

from sqlalchemy import Connection
from sqlalchemy.exc import DBAPIError

from storage import files, holding
from storage.copying import copy_rows, with_both
from storage.engine import make_reader, make_tool
from storage.errors import Damaged, StorageError, unusable
from storage.versions import MIGRATIONS, NEWER, bring_to, known, version_of


async def back_up(url: str, file: Path, scripts: Path = MIGRATIONS) -> None:
    """Write a backup of a database to `file`: whole, checked and safe on the disk, or not at all.

    Raises StorageError if `file` is there already or can't be written, if the database is damaged, lacks its newest
    changes or can't be reached, if a newer version wrote it, and if it isn't a mentorbot's.
    """
    _check_free(file)
    holding.check_there(url)
    holding.check_whole(url)
    with files.begun(file) as new:
        try:
            await _write(url, new, scripts)
        except (DBAPIError, OSError) as error:
            raise _told(url, file, error) from None
        if what := files.fault_of(new):
            raise Damaged(str(holding.file_of(url) or file), what)
        files.put(new, file)


def _check_free(file: Path) -> None:
    if file.exists():
        raise StorageError(f"{file} is there already, and a backup never replaces another. Please give a new name.")


async def _write(url: str, new: Path, scripts: Path) -> None:
    source = holding.file_of(url)
    async with make_reader(url).begin() as conn:
        version = await conn.run_sync(_version, scripts)
        if source is not None:
            files.copy_file(source, new)
            return
        async with make_tool(files.url_of(new)).begin() as target:
            await target.run_sync(bring_to, version, scripts)
            await with_both(conn, target, copy_rows)


def _version(connection: Connection, scripts: Path) -> str:
    version = version_of(connection)
    if version is None:
        raise StorageError("There is nothing to back up: no mentorbot has used this database yet.")
    if version not in known(scripts):
        raise StorageError(NEWER)
    return version


def _told(url: str, file: Path, error: Exception) -> StorageError:
    if holding.file_of(url) is None and isinstance(error, DBAPIError) and isinstance(error.orig, sqlite3.Error):
        return files.unwritable(file, error.orig)
    return unusable(url, error)
