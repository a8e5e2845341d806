"""The small program of the dialogue tests, watched."""

from collections.abc import AsyncIterator

import pytest

from tests.web.watching import Watch, over
from tests.world import World


@pytest.fixture
async def watch(riverside: World) -> AsyncIterator[Watch]:
    """Watch it, after its first round."""
    async with over(riverside) as watch:
        yield watch
