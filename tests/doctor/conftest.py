"""A deployment of which all is well."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.doctor.practice import Practice, practice


@pytest.fixture
async def healthy(database_url: str, tmp_path: Path) -> AsyncIterator[Practice]:
    """Open it, on both databases."""
    async with practice(database_url, tmp_path) as opened:
        yield opened


@pytest.fixture
async def well(sqlite_url: str, tmp_path: Path) -> AsyncIterator[Practice]:
    """Open it, on SQLite."""
    async with practice(sqlite_url, tmp_path) as opened:
        yield opened
