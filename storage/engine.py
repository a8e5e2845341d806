"""The database: SQLite (embedded, one writer) or PostgreSQL, by its address."""

import asyncio
import random
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from contextlib import asynccontextmanager, nullcontext
from datetime import datetime
from pathlib import Path
from sqlite3 import DatabaseError
from time import monotonic
from typing import IO, Any, TypeVar

from sqlalchemy import URL, ExceptionContext, NullPool, event, make_url, text
from sqlalchemy.exc import DBAPIError, DisconnectionError, OperationalError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine

from storage import embedded
from storage.errors import Damaged, Outdated, StorageError, damage
from storage.versions import LOCK
from storage.work import Work

T = TypeVar("T")

TRIES = 5
RESTED = 2.0  # seconds after which a connection is looked at: a round trip for each transaction would be dear
IN_THE_WAY = frozenset({"40P01", "40001"})  # PostgreSQL: a deadlock, or a serialization failure
# PostgreSQL's classes of errors that say nothing against what was to be written: a lost connection, a server that may
# only be read, a full disk, a lock, an end of the server, and what goes wrong in it.
TROUBLE = ("08", "25", "40", "53", "55", "57", "58", "XX")

_IN_MEMORY = (None, "", ":memory:")
_READING: dict[str, Any] = {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True}  # on PostgreSQL


class Database:
    """An open database. Transactions that write go one at a time on SQLite, side by side on PostgreSQL."""

    def __init__(self, engine: AsyncEngine, now: Callable[[], datetime], lock: IO[str] | None = None) -> None:
        """Wrap an engine; `now` tells the bot's time, `lock` is held as long as the database is open."""
        self._engine = engine
        self._now = now
        self._lock = lock
        self._one_writer = asyncio.Lock() if engine.dialect.name == "sqlite" else None
        self._at_once = engine.execution_options(isolation_level="AUTOCOMMIT")
        self._reader = engine if self.alone else engine.execution_options(**_READING)
        self._jotting: AsyncConnection | None = None
        self._unusable: asyncio.Queue[StorageError] = asyncio.Queue()

    @property
    def alone(self) -> bool:
        """Whether no other process can be at work on this database."""
        return self._one_writer is not None

    @asynccontextmanager
    async def work(self, program: int) -> AsyncIterator[Work]:
        """Begin a transaction of one program; it is committed at the end, or undone by an error."""
        async with self.connect() as conn:
            yield self.bind(conn, program)

    @asynccontextmanager
    async def reading(self, program: int) -> AsyncIterator[Work]:
        """Begin a transaction of one program that only reads, all of it as it is now; it is in nobody's way."""
        if self._one_writer is not None and self._engine.url.database in _IN_MEMORY:  # which has one connection
            async with self.work(program) as work:
                yield work
            return
        async with self._reader.begin() as conn:
            if self.alone:
                _driver(conn).begin("BEGIN")
            yield self.bind(conn, program)

    def bind(self, conn: AsyncConnection, program: int) -> Work:
        """Make a transaction that of a program."""
        return Work(conn, program, self._now())

    @asynccontextmanager
    async def connect(self) -> AsyncIterator[AsyncConnection]:
        """Begin a transaction that is not bound to a program."""
        async with self._one_writer or nullcontext():
            try:
                async with self._engine.begin() as conn:
                    yield conn
            except (Outdated, Damaged) as error:
                self._unusable.put_nowait(error)
                raise

    async def jot(self, statement: str, values: Mapping[str, str]) -> None:
        """Commit one insert, in as few steps as can be: who waits for it waits for each of them."""
        if self._one_writer is None:
            async with self._at_once.connect() as conn:
                await conn.execute(text(statement), values)
            return
        async with self._one_writer:
            if self._jotting is None:
                self._jotting = await self._engine.connect()
            driver: Any = (await self._jotting.get_raw_connection()).driver_connection
            try:
                await driver.execute_insert(statement, values)  # one trip to its thread
            except DatabaseError as error:
                if what := damage(error):
                    self._unusable.put_nowait(Damaged(self._engine.url.database or "", what))
                raise

    async def unusable(self) -> StorageError:
        """Wait until the database turns out to be one that this process must not go on with; return why."""
        return await self._unusable.get()

    async def unhindered(self, run: Callable[[], Awaitable[T]]) -> T:
        """Run a transaction, and again after a moment if another one stood in its way or its connection was cut.

        So it may have been committed without our knowing: doing it twice must do no harm.
        """
        for attempt in range(1, TRIES):
            try:
                return await run()
            except DBAPIError as error:
                if not (in_the_way(error) or error.connection_invalidated):
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

    async def scrub(self) -> bool:
        """Leave no trace of deleted rows in a SQLite file; PostgreSQL tidies by itself.

        False if it has to be done again: while somebody reads, such as a backup, the newest changes stay beside it.
        """
        if self._one_writer is None:
            return True
        async with self._one_writer, self._engine.connect() as conn:
            driver: Any = (await conn.get_raw_connection()).driver_connection  # neither works in a transaction
            await driver.execute("VACUUM")
            rows = await driver.execute_fetchall("PRAGMA wal_checkpoint(TRUNCATE)")
            return not next(iter(rows))[0]

    async def close(self) -> None:
        """Let go of the database."""
        if self._jotting is not None:
            await self._jotting.close()
        await self._engine.dispose()
        if self._lock is not None:
            self._lock.close()


def _driver(conn: AsyncConnection) -> embedded.Connection:
    driver: embedded.Connection = conn.sync_connection.connection.driver_connection  # type: ignore[union-attr,assignment]
    return driver


def in_the_way(error: Exception) -> bool:
    """Tell whether a transaction was undone because it and another one stood in each other's way."""
    return isinstance(error, DBAPIError) and getattr(error.orig, "sqlstate", None) in IN_THE_WAY


def is_trouble(error: Exception) -> bool:
    """Tell whether the database couldn't do what it was asked, whatever that was: later it may well be possible."""
    if isinstance(error, StorageError):
        return True
    if not isinstance(error, DBAPIError):
        return False
    state = getattr(error.orig, "sqlstate", None) or ""
    return error.connection_invalidated or isinstance(error, OperationalError) or state.startswith(TROUBLE)


def make_engine(url: str, version: str) -> AsyncEngine:
    """Return the running bot's engine for `sqlite+aiosqlite://…` or `postgresql+asyncpg://…`.

    `version` is that of the tables: PostgreSQL connections raise Outdated where another one is found. A damaged SQLite
    file raises Damaged. Errors never show parameters: they could hold what is nobody's business in a log.
    """
    if url.startswith("sqlite"):
        return _sqlite(url, ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON"), "BEGIN IMMEDIATE")
    limits = {"command_timeout": 60, "server_settings": {"idle_in_transaction_session_timeout": "60s"}}
    engine = _postgres(url, limits)
    event.listen(engine.sync_engine, "connect", _stay_with(version))
    event.listen(engine.sync_engine, "handle_error", _know_what_is_cut)
    _look_at_what_rested(engine)
    return engine


def make_tool(url: str) -> AsyncEngine:
    """Return an engine for work at the tables themselves: it takes the time that it takes, and keeps no connection."""
    if url.startswith("sqlite"):
        return _sqlite(url, ("synchronous=FULL",), "BEGIN IMMEDIATE", poolclass=NullPool)
    return _postgres(url, {}, poolclass=NullPool)


def make_reader(url: str) -> AsyncEngine:
    """Return an engine that sees each transaction's moment and changes nothing, also beside a running bot."""
    if url.startswith("sqlite"):
        return _sqlite(url, (), "BEGIN", read_only=True, poolclass=NullPool)
    engine = _postgres(url, {}, poolclass=NullPool, isolation_level="REPEATABLE READ")
    event.listen(engine.sync_engine, "connect", _share)
    return engine


def _sqlite(url: str, pragmas: Sequence[str], begin: str, *, read_only: bool = False, **options: Any) -> AsyncEngine:
    there = _read_only(url) if read_only else make_url(url)
    driver = {"async_creator_fn": embedded.connect}
    engine = create_async_engine(
        there.set(drivername="sqlite+embedded"), hide_parameters=True, connect_args=driver, **options
    )
    file = make_url(url).database or ""

    def prepare(connection: Any, _record: Any) -> None:
        connection.isolation_level = None  # the driver's own BEGIN comes too late to be trusted
        cursor = connection.cursor()
        for pragma in ("busy_timeout=10000", *pragmas):
            cursor.execute(f"PRAGMA {pragma}")
        cursor.close()
        connection.driver_connection.begins = begin

    def tell_damage(context: ExceptionContext) -> None:
        if what := damage(context.original_exception):
            raise Damaged(file, what)

    event.listen(engine.sync_engine, "connect", prepare)
    event.listen(engine.sync_engine, "handle_error", tell_damage)
    return engine


def _read_only(url: str) -> URL:
    there = make_url(url)
    file = Path(there.database or "").resolve()
    return there.set(database=file.as_uri()).update_query_dict({"mode": "ro", "uri": "true"})


def _postgres(url: str, limits: dict[str, Any], **options: Any) -> AsyncEngine:
    return create_async_engine(url, hide_parameters=True, connect_args={"timeout": 10, **limits}, **options)


def _know_what_is_cut(context: ExceptionContext) -> None:
    """Take a connection for cut that the server has just ended: asyncpg speaks of its own state, SQLAlchemy of none."""
    if type(context.original_exception.__cause__).__name__ == "InternalClientError":
        context.is_disconnect = True


def _look_at_what_rested(engine: AsyncEngine) -> None:
    """Try a connection before it is used if it has rested for a while: the other end may be gone."""
    sync = engine.sync_engine

    def note(_connection: Any, record: Any) -> None:
        record.info["rests_since"] = monotonic()

    def look(connection: Any, record: Any, _proxy: Any) -> None:
        if connection.driver_connection.is_closed():
            raise DisconnectionError
        if monotonic() - record.info.get("rests_since", monotonic()) < RESTED:
            return
        try:
            sync.dialect.do_ping(connection)
        except sync.dialect.loaded_dbapi.Error as error:
            raise DisconnectionError from error

    event.listen(sync, "checkin", note)
    event.listen(sync, "checkout", look)


def _share(connection: Any, _record: Any) -> None:
    """Hold the lock that whoever changes the tables must have alone, until the connection is closed."""
    _ask(connection, f"SELECT pg_advisory_lock_shared({LOCK})")


def _stay_with(version: str) -> Callable[[Any, Any], None]:
    """Return what refuses a connection to tables of another version: they were changed while it was cut off."""

    def check(connection: Any, record: Any) -> None:
        _share(connection, record)
        # A statement of its own: it sees what was done while the lock was waited for.
        if _ask(connection, "SELECT version_num FROM alembic_version") != version:
            raise Outdated(
                "The database was brought up to date by a newer mentorbot, so this one has to end. "
                "Please start the new version."
            )

    return check


def _ask(connection: Any, sql: str) -> Any:
    cursor = connection.cursor()
    cursor.execute(sql)
    row = cursor.fetchone()
    cursor.close()
    connection.commit()
    return row and row[0]
