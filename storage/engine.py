"""The database: SQLite (embedded, one writer) or PostgreSQL, by its address."""

import asyncio
import random
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import datetime
from typing import IO, Any, TypeVar

from sqlalchemy import event, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine

from storage.work import Work

T = TypeVar("T")

TRIES = 5
IN_THE_WAY = frozenset({"40P01", "40001"})  # PostgreSQL: a deadlock, or a serialization failure


class Database:
    """An open database. Transactions that write go one at a time on SQLite, side by side on PostgreSQL."""

    def __init__(self, engine: AsyncEngine, now: Callable[[], datetime], lock: IO[str] | None = None) -> None:
        """Wrap an engine; `now` tells the bot's time, `lock` is held as long as the database is open."""
        self._engine = engine
        self._now = now
        self._lock = lock
        self._one_writer = asyncio.Lock() if engine.dialect.name == "sqlite" else None

    @property
    def alone(self) -> bool:
        """Whether no other process can be at work on this database."""
        return self._one_writer is not None

    @asynccontextmanager
    async def work(self, program: int) -> AsyncIterator[Work]:
        """Begin a transaction of one program; it is committed at the end, or undone by an error."""
        async with self.connect() as conn:
            yield Work(conn, program, self._now())

    @asynccontextmanager
    async def connect(self) -> AsyncIterator[AsyncConnection]:
        """Begin a transaction that is not bound to a program."""
        if self._one_writer is None:
            async with self._engine.begin() as conn:
                yield conn
            return
        async with self._one_writer, self._engine.begin() as conn:
            yield conn

    async def unhindered(self, run: Callable[[], Awaitable[T]]) -> T:
        """Run a transaction; if it and another stood in each other's way, run it again after a moment."""
        for attempt in range(1, TRIES):
            try:
                return await run()
            except DBAPIError as error:
                if not in_the_way(error):
                    raise
            await asyncio.sleep(random.uniform(0, 0.05 * attempt))  # noqa: S311 - no secret
        return await run()

    async def answers(self) -> bool:
        """Tell whether the database can be reached at all."""
        try:
            async with self.connect() as conn:
                await conn.execute(text("SELECT 1"))
        except (DBAPIError, OSError):
            return False
        return True

    async def close(self) -> None:
        """Let go of the database."""
        await self._engine.dispose()
        if self._lock is not None:
            self._lock.close()


def in_the_way(error: Exception) -> bool:
    """Tell whether a transaction was undone because it and another one stood in each other's way."""
    return isinstance(error, DBAPIError) and getattr(error.orig, "sqlstate", None) in IN_THE_WAY


def make_engine(url: str) -> AsyncEngine:
    """Return an engine for `sqlite+aiosqlite://…` or `postgresql+asyncpg://…`.

    Errors never show parameters: they could hold what is nobody's business in a log.
    """
    engine = create_async_engine(url, hide_parameters=True, pool_pre_ping=not url.startswith("sqlite"))
    if engine.dialect.name == "sqlite":
        event.listen(engine.sync_engine, "connect", _prepare_sqlite)
        event.listen(engine.sync_engine, "begin", _begin_sqlite)
    return engine


def _prepare_sqlite(connection: Any, _record: Any) -> None:
    connection.isolation_level = None  # the driver's own BEGIN comes too late to be trusted
    cursor = connection.cursor()
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "busy_timeout=10000"):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _begin_sqlite(connection: Any) -> None:
    connection.exec_driver_sql("BEGIN IMMEDIATE")
