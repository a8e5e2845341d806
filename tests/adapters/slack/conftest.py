"""A small workspace on the stand-in, with the adapter connected to it before a core that only takes notes."""

from collections.abc import AsyncIterator

import pytest

from tests.adapters.slack.scene import Scene, scene


@pytest.fixture
async def riverside_slack() -> AsyncIterator[Scene]:
    """Open the workspace."""
    async with scene() as opened:
        yield opened
