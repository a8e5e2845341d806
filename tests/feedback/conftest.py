"""The program that notes and feedback are tried out in."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.world import World, world


@pytest.fixture
async def riverside(platform: str, database_url: str, tmp_path: Path) -> AsyncIterator[World]:
    """Open the program of tests/community.toml, on Monday morning; where it says so, on each platform."""
    async with world(database_url, tmp_path, on=platform) as opened:
        yield opened
