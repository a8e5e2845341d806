"""Leases that last: they end when whoever holds them hangs or is no more, however slow this machine is.

A lease of seconds would end on a busy machine while its holder is at work, and so would what is under way.
"""

from collections.abc import Iterable
from datetime import timedelta

from sqlalchemy import NullPool, text
from sqlalchemy.ext.asyncio import create_async_engine

LASTING = timedelta(hours=1)
# What a transaction has in its hands that hangs is left alone.
END = """
UPDATE outbox SET lease_until = 0 WHERE id IN (
    SELECT id FROM outbox WHERE state = 'waiting' AND lease_until > 0 AND held_by = ANY(:holders) FOR UPDATE SKIP LOCKED
)
"""


def holder(process: int) -> str:
    """Return under which name a process holds what it has taken up."""
    return f"process {process}"


class Leases:
    """The leases in the database at `url`."""

    def __init__(self, url: str) -> None:
        """Do nothing on SQLite: there is one process, which frees everything when it begins."""
        self._engine = create_async_engine(url, poolclass=NullPool)

    async def end(self, processes: Iterable[int]) -> None:
        """Let the time of these processes' leases be over."""
        if self._engine.dialect.name == "postgresql":
            async with self._engine.begin() as conn:
                await conn.execute(text(END), {"holders": [holder(process) for process in processes]})
