"""Each platform in turn: one joins by a function and a line in PLATFORMS, in `tests/drivers/worlds.py`."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.drivers.worlds import PLATFORMS, World


@pytest.fixture(params=PLATFORMS)
async def world(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[World]:
    """Give the test each platform in turn."""
    async for found in PLATFORMS[request.param](tmp_path):
        yield found
