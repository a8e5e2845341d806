"""Rows of SQLite, however many there are and however they are read."""

import pytest
from sqlalchemy import text

from storage.one_trip import FIRST
from tests.storage.bots import opened

SIZES = (0, 1, FIRST - 1, FIRST, FIRST + 1, 2 * FIRST + 500)
COUNT = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < :size) SELECT i FROM n WHERE :size"


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("part", [7, FIRST, FIRST + 100])
async def test_all_rows_are_read(sqlite_url: str, size: int, part: int) -> None:
    """At once or in parts, and one after the other: all of them, in their order."""
    expected = list(range(1, size + 1))
    async with opened(sqlite_url) as database, database.connect() as conn:
        assert expected == list((await conn.execute(text(COUNT), {"size": size})).scalars())
        in_parts = await conn.stream(text(COUNT).execution_options(yield_per=part), {"size": size})
        assert expected == [row.i async for rows in in_parts.partitions() for row in rows]
        one_by_one = await conn.stream(text(COUNT), {"size": size})
        assert expected == [row.i async for row in one_by_one]


async def test_what_is_not_read_to_its_end(sqlite_url: str) -> None:
    """Who stops reading in between is in nobody's way, neither in this transaction nor in the next one."""
    async with opened(sqlite_url) as database:
        async with database.connect() as conn:
            rows = await conn.stream(text(COUNT), {"size": 3 * FIRST})
            assert 1 == (await rows.fetchone() or [None])[0]
            await rows.close()
            await conn.execute(text("CREATE TABLE fresh (id INTEGER)"))
        async with database.connect() as conn:
            await conn.execute(text("DROP TABLE fresh"))


@pytest.mark.parametrize("size", [3, FIRST + 1])
async def test_what_was_changed_is_counted(sqlite_url: str, size: int) -> None:
    """How many rows were changed is known, also where they are returned."""
    async with opened(sqlite_url) as database, database.connect() as conn:
        await conn.execute(text("CREATE TABLE fresh (id INTEGER)"))
        rows = [{"id": number} for number in range(size)]
        assert size == (await conn.execute(text("INSERT INTO fresh VALUES (:id)"), rows)).rowcount
        returned = await conn.execute(text("UPDATE fresh SET id = id + 1 RETURNING id"))
        assert list(range(1, size + 1)) == list(returned.scalars())
        assert size == (await conn.execute(text("DELETE FROM fresh"))).rowcount
