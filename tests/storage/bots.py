"""Bots, as far as the database notices them: what opens one and what it finds, and why it can't be opened."""

import asyncio
import os
import subprocess
import sys
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest

from storage.engine import Database
from storage.errors import StorageError
from storage.opening import open_database
from tests.storage.tables import Rows, every_row

PAGE = 4096  # bytes of SQLite's files that it reads and writes together
HOLD = """
import asyncio, sys
from datetime import UTC, datetime
from storage.errors import StorageError
from storage.opening import open_database

async def hold():
    try:
        database = await open_database(sys.argv[1], lambda: datetime.now(UTC))
    except StorageError as error:
        print(error)
        return
    print("open", flush=True)
    await asyncio.to_thread(sys.stdin.read)
    await database.close()

asyncio.run(hold())
"""


def now() -> datetime:
    """Return this instant."""
    return datetime.now(UTC)


def url_of(file: Path) -> str:
    """Return the address of a SQLite file."""
    return f"sqlite+aiosqlite:///{file}"


@asynccontextmanager
async def opened(url: str) -> AsyncIterator[Database]:
    """Open a database as a bot does."""
    database = await open_database(url, now)
    try:
        yield database
    finally:
        await database.close()


async def rows_of(url: str) -> Rows:
    """Return all rows of a database."""
    async with opened(url) as database:
        return await every_row(database, noted=True)


async def refusal(url: str) -> str:
    """Return why a database can't be opened."""
    with pytest.raises(StorageError) as caught:
        await open_database(url, now)
    await asyncio.sleep(0.1)  # aiosqlite ends the thread of a connection that failed a moment later
    assert caught.value.__cause__ is None
    return str(caught.value)


@contextmanager
def another_bot(url: str) -> Iterator["subprocess.Popen[str]"]:
    """Have another process hold a database, as a second bot would."""
    with subprocess.Popen(
        [sys.executable, "-c", HOLD, url], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as other:
        try:
            assert other.stdout is not None
            assert "open\n" == other.stdout.readline()
            yield other
        finally:
            other.kill()


def overwrite(file: Path, begin: int, length: int) -> None:
    """Put garbage into a file."""
    with file.open("r+b") as opened:
        opened.seek(begin)
        opened.write(os.urandom(length))


def files_in(folder: Path) -> list[str]:
    """Return the names of what is in a folder."""
    return sorted(path.name for path in folder.iterdir())
