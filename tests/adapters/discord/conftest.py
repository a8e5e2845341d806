"""A small server on the stand-in, with the adapter connected to it before a core that only takes notes."""

from collections.abc import AsyncIterator

import pytest

from tests.adapters.discord.community import Scene, scene


@pytest.fixture
async def riverside_discord() -> AsyncIterator[Scene]:
    """Open the server."""
    async with scene() as opened:
        yield opened
