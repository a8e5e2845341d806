"""The outbox of the first of two programs, for its tests."""

from storage.outbox import Holder, OutboxRow
from tests.storage.programs import ME, Two


async def claim(two: Two, limit: int = 200, holder: Holder = ME) -> list[str]:
    """Claim what is due; return the keys."""
    async with two.work() as work:
        return [row.key for row in await work.outbox.claim(holder, limit)]


async def found(two: Two, key: str) -> OutboxRow:
    """Return a row as it stands."""
    async with two.work() as work:
        (row,) = await work.outbox.by_keys([key])
        return row
