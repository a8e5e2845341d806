"""Databases for the tests of the stores, and for those of opening, backing up and restoring one."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.storage.programs import Two, two_programs


@pytest.fixture
async def two(database_url: str) -> AsyncIterator[Two]:
    """Open a database with two programs side by side, each with a mentor, a mentee and their space."""
    async with two_programs(database_url) as opened:
        yield opened


@pytest.fixture
def shared_url(empty_postgres_url: str) -> str:
    """Return the address of an empty database that several processes can use."""
    return empty_postgres_url


@pytest.fixture(params=["to sqlite", "to postgres"])
def target_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Return an address at which there is no mentorbot's database yet, on each that is supported."""
    if request.param == "to sqlite":
        return f"sqlite+aiosqlite:///{tmp_path}/restored/mentorbot.db"
    return str(request.getfixturevalue("shared_url"))
