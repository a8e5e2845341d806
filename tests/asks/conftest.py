"""The program that the team's requests are tried out in."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.world import World, world


@pytest.fixture
async def riverside(database_url: str, tmp_path: Path) -> AsyncIterator[World]:
    """Open the program of tests/community.toml, on Monday morning."""
    async with world(database_url, tmp_path) as opened:
        yield opened
