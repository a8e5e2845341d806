"""SQLite's driver with one trip for each statement: what SQLAlchemy is told is what SQLite says."""

import asyncio
import sqlite3
from collections.abc import AsyncIterator

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError, OperationalError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from storage.embedded import ALONG, Connection
from storage.engine import make_engine, make_tool

MANY = ALONG * 2 + 1
LONG = 1_000_000
NUMBERS = text("WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT i FROM n LIMIT :many")


@pytest.fixture
async def conn(empty_sqlite_url: str) -> AsyncIterator[AsyncConnection]:
    """Begin a transaction on a file with a table."""
    engine = make_tool(empty_sqlite_url)
    async with engine.connect() as conn:
        await conn.execute(text("CREATE TABLE thing (id INTEGER PRIMARY KEY, name TEXT UNIQUE)"))
        yield conn
    await engine.dispose()


@pytest.mark.parametrize("many", [0, 1, ALONG - 1, ALONG, ALONG + 1, MANY])
async def test_however_many_rows_there_are(conn: AsyncConnection, many: int) -> None:
    """All of them come, at once or one after the other, and nothing stays open."""
    assert list(range(1, many + 1)) == list((await conn.execute(NUMBERS, {"many": many})).scalars())
    async with conn.stream(NUMBERS.execution_options(yield_per=300), {"many": many}) as streamed:
        assert list(range(1, many + 1)) == [number async for number in streamed.scalars()]
    await conn.commit()


async def test_rows_that_nobody_wants_are_in_nobodys_way(conn: AsyncConnection) -> None:
    """What was begun and not read to its end holds no lock."""
    async with conn.stream(NUMBERS, {"many": MANY}) as streamed:
        assert (1,) == await streamed.first()
    await conn.execute(text("DROP TABLE thing"))
    await conn.commit()


async def test_how_many_were_changed_is_known(conn: AsyncConnection) -> None:
    """Also of an insert that returns its rows, and of several at once."""
    new = text("INSERT INTO thing (name) VALUES ('one'), ('two') RETURNING id, name")
    assert [(1, "one"), (2, "two")] == [tuple(row) for row in await conn.execute(new)]
    several = await conn.execute(text("INSERT INTO thing (name) VALUES (:name)"), [{"name": "a"}, {"name": "b"}])
    assert 2 == several.rowcount
    changed = await conn.execute(text("UPDATE thing SET name = name || '!'"))
    assert (4, False) == (changed.rowcount, changed.returns_rows)


async def test_after_an_error_it_goes_on(conn: AsyncConnection) -> None:
    """The error is SQLite's own, and the connection serves the next statement."""
    insert = text("INSERT INTO thing (name) VALUES ('one')")
    await conn.execute(insert)
    with pytest.raises(IntegrityError) as raised:
        await conn.execute(insert)
    assert isinstance(raised.value.orig, sqlite3.IntegrityError)
    with pytest.raises(OperationalError):
        await conn.execute(text("SELECT nothing FROM nowhere"))
    assert 1 == await conn.scalar(text("SELECT count(*) FROM thing"))


@pytest.mark.parametrize("slow", [0, LONG])
async def test_who_is_cut_off_holds_no_lock(empty_sqlite_url: str, slow: int) -> None:
    """Whether they leave in the middle of a statement, or after it."""
    first, second = make_engine(empty_sqlite_url, ""), make_tool(empty_sqlite_url)
    async with first.connect() as conn, conn.begin() as begun:
        await conn.execute(text("CREATE TABLE thing (id INTEGER PRIMARY KEY)"))
        await begun.commit()
    with pytest.raises(TimeoutError):
        await asyncio.wait_for(_write_and_stay(first, slow), 0.02)
    async with second.begin() as conn:
        await conn.execute(text("DELETE FROM thing"))
    await first.dispose()
    await second.dispose()


async def _driver(conn: AsyncConnection) -> Connection:
    driver = (await conn.get_raw_connection()).driver_connection
    assert isinstance(driver, Connection)
    return driver


async def _write_and_stay(engine: AsyncEngine, many: int) -> None:
    async with engine.begin() as conn:
        await conn.execute(text("DELETE FROM thing"))
        await conn.execute(NUMBERS, {"many": many})
        await asyncio.sleep(1)


async def test_a_transaction_begins_with_its_first_statement(empty_sqlite_url: str) -> None:
    """From then on nobody else writes; without a statement nothing was begun, also for what comes next."""
    engine = make_tool(empty_sqlite_url)
    async with engine.connect() as conn, engine.connect() as other:
        mine, others = [await _driver(one) for one in (conn, other)]
        await others.execute("PRAGMA busy_timeout=0")
        await conn.begin()
        assert not mine.in_transaction
        await conn.execute(text("SELECT 1"))
        assert mine.in_transaction
        with pytest.raises(OperationalError):
            await other.execute(text("SELECT 1"))
        for end in (conn.commit, conn.rollback):
            await end()
            await conn.begin()
            await end()
            await mine.cursor().execute("SELECT 1")
            assert not mine.in_transaction
    await engine.dispose()
