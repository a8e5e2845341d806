"""A small program for each test of pairings, in which Ravi is a mentee whom nobody has paired yet."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.people import Role
from tests.pairings.people import change
from tests.world import World, world


@pytest.fixture
async def riverside(database_url: str, tmp_path: Path) -> AsyncIterator[World]:
    """Open the program of tests/community.toml, on Monday 2 March."""
    async with world(database_url, tmp_path) as opened:
        await change(opened, "ravi", roles=frozenset({Role.MENTEE}))
        yield opened
