"""A look into the database from outside: whether anything is due, and what is in it, in names instead of numbers."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.engine import make_reader
from tests.torture.shared_clock import EPOCH

DUE = """
SELECT (SELECT count(*) FROM due WHERE at <= :now)
     + (SELECT count(*) FROM outbox WHERE state = 'waiting' AND (not_before <= :now OR lease_until >= {now}))
"""
NOW = {
    "postgresql": "CAST(extract(epoch FROM clock_timestamp()) * 1000000 AS BIGINT)",
    "sqlite": "CAST((julianday('now') - 2440587.5) * 86400000000 AS INTEGER)",
}
HANGS = """
SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND state LIKE 'idle in transaction%'
AND extract(epoch FROM clock_timestamp() - state_change) > :soon
"""
Row = Mapping[str, Any]


class Look:
    """Looks into a database without touching it; each look is a connection of its own."""

    SOON = 0.15  # seconds

    def __init__(self, url: str) -> None:
        """Look into the database at `url`."""
        self._engine = make_reader(url)

    async def nothing_due(self, now: datetime) -> bool:
        """Tell whether nothing is due any more and nobody holds anything; False if the database can't be reached."""
        query = DUE.format(now=NOW[self._engine.dialect.name])
        try:
            async with self._engine.connect() as conn:
                found = await conn.scalar(text(query), {"now": (now - EPOCH) // timedelta(microseconds=1)})
        except (SQLAlchemyError, OSError):
            return False
        return bool(found == 0)

    async def transaction_hangs(self) -> bool:
        """Tell whether somebody on PostgreSQL has begun a transaction and says nothing more."""
        async with self._engine.connect() as conn:
            return bool(await conn.scalar(text(HANGS), {"soon": self.SOON}))

    def connected(self) -> AsyncConnection:
        """Begin a look of somebody else's."""
        return self._engine.connect()

    async def table(self, name: str) -> Sequence[Row]:
        """Return all rows of a table."""
        async with self._engine.connect() as conn:
            return [dict(row) for row in (await conn.execute(text(f"SELECT * FROM {name}"))).mappings()]  # noqa: S608
