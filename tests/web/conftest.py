"""The small program of the dialogue tests, watched."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.web.watching import Watch, over
from tests.world import World, world


@pytest.fixture
async def riverside(database_url: str, tmp_path: Path) -> AsyncIterator[World]:
    """Open the program of tests/community.toml, on Monday morning."""
    async with world(database_url, tmp_path) as opened:
        yield opened


@pytest.fixture
async def watch(riverside: World) -> AsyncIterator[Watch]:
    """Watch it, after its first round."""
    async with over(riverside) as watch:
        yield watch
