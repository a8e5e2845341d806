"""Opening a database: one bot to a SQLite file, and the tables brought up to date before anybody uses them."""

import asyncio
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import datetime
from pathlib import Path

from sqlalchemy import event, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from storage import holding
from storage.engine import Database, make_engine, make_reader, make_tool
from storage.errors import OVERWRITTEN, Damaged, StorageError, unusable
from storage.versions import MIGRATIONS, bring_up_to_date, has_to_itself, is_current, newest

PATIENCE = 15.0  # seconds: longer than another process needs to change the tables, or to end
PAUSE = 0.2
SOON_READ = 32 * 2**20  # bytes that SQLite looks through in about 0.1 s


async def open_database(
    url: str, now: Callable[[], datetime], scripts: Path = MIGRATIONS, patience: float = PATIENCE
) -> Database:
    """Open a database and bring its tables up to date; `now` tells the bot's time.

    Raises StorageError if another bot uses the same SQLite file, if a newer version wrote the database or an older one
    is still running on it after `patience` seconds, if it is damaged, and if it can't be reached.
    """
    hold = holding.hold(url)
    engine = make_engine(url, newest(scripts))
    database = Database(engine, now, hold)
    try:
        holding.check_changes(hold)
        await _make_ready(url, engine, scripts, patience)
        async with database.connect() as conn:
            await conn.execute(text("SELECT 1"))  # the first connection: another process may have changed the tables
    except (StorageError, DBAPIError, OSError) as error:
        await database.close()
        raise _told(url, error) from None
    if hold is not None:
        holding.note_open(hold)
        event.listen(engine.sync_engine, "engine_disposed", lambda _: holding.note_closed(hold))
    return database


@asynccontextmanager
async def look_into(url: str, now: Callable[[], datetime], scripts: Path = MIGRATIONS) -> AsyncIterator[Database]:
    """Open a database to look at it, also while a bot is running on it.

    Raises StorageError if it isn't current, or if a SQLite file lacks its newest changes: looking would hide that.
    """
    holding.check_there(url)
    holding.check_whole(url)
    database = Database(make_reader(url), now)
    try:
        async with database.connect() as conn:
            if not await conn.run_sync(is_current, scripts):
                raise StorageError("This database is older than this mentorbot. Please start mentorbot on it once.")
        yield database
    except (DBAPIError, OSError) as error:
        raise unusable(url, error) from None
    finally:
        await database.close()


async def _make_ready(url: str, engine: AsyncEngine, scripts: Path, patience: float) -> None:
    # What lies in memory has one connection; anything else has one of its own for this.
    tool = engine if holding.file_of(url) is None and url.startswith("sqlite") else make_tool(url)
    async with tool.begin() as conn:
        if _is_soon_read(holding.file_of(url)):
            await _look_for_damage(conn, url)
        await _bring_up_to_date(conn, scripts, patience)


def _is_soon_read(file: Path | None) -> bool:
    """Whether a start may look through all of it; of a larger file SQLite itself looks at beginning and length."""
    return file is not None and file.stat().st_size <= SOON_READ


async def _look_for_damage(conn: AsyncConnection, url: str) -> None:
    found = str(await conn.scalar(text("PRAGMA quick_check(1)")))
    if found != "ok":
        raise Damaged(str(holding.file_of(url)), OVERWRITTEN)


async def _bring_up_to_date(conn: AsyncConnection, scripts: Path, patience: float) -> None:
    """Change the tables if that is needed, as soon as no other process is at work on them."""
    end = time.monotonic() + patience
    while not await conn.run_sync(is_current, scripts):
        if await conn.run_sync(has_to_itself):
            await conn.run_sync(bring_up_to_date, scripts)  # it looks again: another one may just have done so
            return
        if time.monotonic() > end:
            raise StorageError(
                "An older mentorbot is still running on this database, or a backup of it is being taken. "
                "Wait for that or stop it, then start this one."
            )
        await asyncio.sleep(PAUSE)


def _told(url: str, error: Exception) -> StorageError:
    return error if isinstance(error, StorageError) else unusable(url, error)
