"""SQLite's driver, with one trip to its thread for each statement.

aiosqlite gives each connection a thread, and goes there for a cursor, for the statement, for its rows and for the
cursor's end. Most statements take less time than a trip. So a transaction begins with its first statement, and ends
without a trip where nothing is open: SQLAlchemy asks for that once more after each commit.
"""

import sqlite3
from collections.abc import Callable, Iterable, Sequence
from functools import partial
from typing import Any, Self, TypeVar

import aiosqlite
from sqlalchemy.dialects import registry
from sqlalchemy.dialects.sqlite.aiosqlite import SQLiteDialect_aiosqlite

T = TypeVar("T")

ALONG = 1_000  # rows that come along with the statement: hardly any has more
PREPARED = 1_000  # statements that SQLite needn't read again: more than there are
CHUNK = 64  # rows; what aiosqlite's own cursors take at a time


def connect(database: str, **options: Any) -> "Connection":
    """Return a connection that is made when it is waited for, as aiosqlite's function of this name does."""
    return Connection(partial(sqlite3.connect, database, cached_statements=PREPARED, **options), CHUNK)


class Dialect(SQLiteDialect_aiosqlite):
    """SQLite through this driver. An engine that listens to its transactions' beginnings takes longer for them all."""

    supports_statement_cache = True

    def do_begin(self, dbapi_connection: Any) -> None:
        """Let a transaction begin with its first statement."""
        dbapi_connection.driver_connection.begin()


registry.register(f"{Dialect.name}.embedded", __name__, Dialect.__name__)


class Connection(aiosqlite.Connection):
    """A connection whose cursors come into being with their statement."""

    def __init__(self, connector: Callable[[], sqlite3.Connection], iter_chunk_size: int) -> None:
        """Prepare a thread, which keeps nobody from ending."""
        super().__init__(connector, iter_chunk_size)
        self._thread.daemon = True
        self.begins = ""  # what begins each transaction before its first statement
        self._beginning = ""  # the same of the one that is to begin

    def cursor(self) -> "Cursor":  # type: ignore[override]  # SQLAlchemy waits for __aenter__ alone
        """Return a cursor, without a trip."""
        return Cursor(self)

    async def trip(self, function: Callable[..., T], *arguments: Any) -> T:
        """Call a function in the connection's thread."""
        result: T = await self._execute(function, *arguments)  # type: ignore[no-untyped-call]
        return result

    def begin(self, sql: str | None = None) -> None:
        """Let a transaction begin, as each does or so, with the first statement."""
        self._beginning = sql or self.begins

    async def commit(self) -> None:
        """Commit what is open."""
        if self._is_open():
            await super().commit()

    async def rollback(self) -> None:
        """Undo what is open."""
        if self._is_open():
            await super().rollback()

    def _is_open(self) -> bool:
        """Tell whether a transaction is open; one that has not begun yet doesn't begin any more.

        No statement is under way: SQLAlchemy closes a connection that somebody left in the middle of one.
        """
        self._beginning = ""
        return self.in_transaction

    def open(self) -> sqlite3.Cursor:
        """Return a cursor of SQLite itself, in the connection's thread; with it a transaction begins."""
        cursor = self._conn.cursor()
        if self._beginning:
            cursor.execute(self._beginning)
            self._beginning = ""
        return cursor


class Cursor:
    """What SQLAlchemy asks of a cursor. When there are no more rows, nothing is open."""

    def __init__(self, connection: Connection) -> None:
        """Begin with nothing."""
        self._connection = connection
        self._open: sqlite3.Cursor | None = None
        self._rows: list[Any] = []
        self.arraysize = 1
        self.description: Any = None
        self.rowcount = -1
        self.lastrowid: int | None = None

    async def __aenter__(self) -> Self:
        return self

    async def execute(self, sql: str, parameters: Iterable[Any] = ()) -> "Cursor":
        """Run a statement; its first rows come along."""
        return await self._connection.trip(self._run, sqlite3.Cursor.execute, sql, parameters)

    async def executemany(self, sql: str, parameters: Iterable[Iterable[Any]]) -> "Cursor":
        """Run a statement for each set of parameters."""
        return await self._connection.trip(self._run, sqlite3.Cursor.executemany, sql, parameters)

    async def fetchmany(self, size: int | None = None) -> Sequence[Any]:
        """Return so many rows, or what is left."""
        size = size or self.arraysize
        if self._open is not None and len(self._rows) < size:
            await self._connection.trip(self._fetch, self._open, size - len(self._rows))
        rows, self._rows = self._rows[:size], self._rows[size:]
        return rows

    async def fetchall(self) -> Sequence[Any]:
        """Return what is left."""
        if self._open is not None:
            await self._connection.trip(self._fetch, self._open, None)
        rows, self._rows = self._rows, []
        return rows

    async def fetchone(self) -> Any:
        """Return the next row, or None."""
        return next(iter(await self.fetchmany(1)), None)

    async def close(self) -> None:
        """Let go of what was not fetched."""
        self._rows = []
        if self._open is not None:
            await self._connection.trip(self._close, self._open)

    def _run(self, run: Callable[..., Any], sql: str, parameters: Iterable[Any]) -> "Cursor":
        self._rows, cursor = [], self._connection.open()
        try:
            run(cursor, sql, parameters)
            self.description = cursor.description
            self._fetch(cursor, ALONG)
        except BaseException:
            cursor.close()
            raise
        return self

    def _fetch(self, cursor: sqlite3.Cursor, size: int | None) -> None:
        """Take rows; SQLite knows after the last one how many it has changed."""
        rows = cursor.fetchall() if size is None else cursor.fetchmany(size)
        self._rows += rows
        self._open, self.rowcount, self.lastrowid = cursor, cursor.rowcount, cursor.lastrowid
        if size is None or len(rows) < size:
            self._close(cursor)

    def _close(self, cursor: sqlite3.Cursor) -> None:
        self._open = None
        cursor.close()
