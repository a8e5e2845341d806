"""A statement to SQLite is one trip to its thread: usually its cursor, its rows and its end each are one more."""

import sqlite3
from collections.abc import Callable
from functools import partial
from typing import Any, Self

import aiosqlite

FIRST = 1000  # rows that are read with the statement itself; of more, the rest is read when it is asked for


class Connection(aiosqlite.Connection):
    """A connection whose cursors ask its thread for everything at once."""

    def __init__(self, file: str, **options: Any) -> None:
        """Be about to open a file; a thread that is left over doesn't keep the process alive."""
        super().__init__(partial(sqlite3.connect, file, **options), FIRST)
        self._thread.daemon = True

    def cursor(self) -> "Cursor":  # type: ignore[override]
        """Return a cursor of which SQLite doesn't know yet."""
        return Cursor(self)

    async def trip(self, function: Callable[..., Any], *arguments: Any) -> Any:
        """Do something in the thread."""
        return await self._execute(function, *arguments)  # type: ignore[no-untyped-call]

    def run(self, sql: str, values: Any, many: bool) -> tuple[sqlite3.Cursor, list[Any], bool]:
        """Run a statement, in the thread; return its cursor, its first rows, and whether there may be more."""
        cursor = self._conn.cursor()
        more = False
        try:
            (cursor.executemany if many else cursor.execute)(sql, values)
            rows = cursor.fetchmany(FIRST) if cursor.description else []
            more = len(rows) == FIRST
            return cursor, rows, more
        finally:
            if not more:
                cursor.close()


class Cursor:
    """What SQLAlchemy asks of a driver's cursor."""

    def __init__(self, connection: Connection) -> None:
        """Belong to a connection; nothing was asked yet."""
        self._connection = connection
        self._cursor: sqlite3.Cursor | None = None
        self._rows: list[Any] = []
        self._more = False
        self.arraysize = 1

    async def __aenter__(self) -> Self:
        return self

    @property
    def description(self) -> Any:
        """The columns."""
        return self._cursor and self._cursor.description

    @property
    def rowcount(self) -> int:
        """How many rows were changed."""
        return self._cursor.rowcount if self._cursor else -1

    @property
    def lastrowid(self) -> int | None:
        """The id of the row that was added last."""
        return self._cursor.lastrowid if self._cursor else None

    async def execute(self, sql: str, values: Any = ()) -> None:
        """Run a statement."""
        await self._run(sql, values, many=False)

    async def executemany(self, sql: str, values: Any) -> None:
        """Run it with each of these."""
        await self._run(sql, values, many=True)

    async def _run(self, sql: str, values: Any, *, many: bool) -> None:
        await self.close()
        self._cursor, self._rows, self._more = await self._connection.trip(self._connection.run, sql, values, many)

    async def fetchall(self) -> list[Any]:
        """Return the rows that are left."""
        rest = await self._connection.trip(self._cursor.fetchall) if self._cursor and self._more else []
        rows, self._rows = self._rows + rest, []
        return rows

    async def fetchmany(self, size: int | None = None) -> list[Any]:
        """Return the next rows."""
        size = size or self.arraysize
        missing = size - len(self._rows)
        if missing > 0 and self._cursor and self._more:
            self._rows += await self._connection.trip(self._cursor.fetchmany, missing)
        rows, self._rows = self._rows[:size], self._rows[size:]
        return rows

    async def fetchone(self) -> Any:
        """Return the next row, or None."""
        rows = await self.fetchmany(1)
        return rows[0] if rows else None

    async def close(self) -> None:
        """Let go of what SQLite still has to say."""
        if self._cursor and self._more:
            await self._connection.trip(self._cursor.close)
        self._more = False
