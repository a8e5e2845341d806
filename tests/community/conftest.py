"""The town in which people are looked after."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.community.town import town
from tests.world import World


@pytest.fixture
async def there(database_url: str, tmp_path: Path) -> AsyncIterator[World]:
    """Open the program of tests/community.toml before its start, on a platform with more people on it."""
    async with town(database_url, tmp_path) as opened:
        yield opened
