"""Two programs side by side in one database, each with a mentor, a mentee and their space."""

from collections.abc import AsyncIterator

import pytest

from tests.storage.programs import Two, two_programs


@pytest.fixture
async def two(database_url: str) -> AsyncIterator[Two]:
    """Open a database with two programs."""
    async with two_programs(database_url) as opened:
        yield opened
