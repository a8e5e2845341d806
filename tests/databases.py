"""A fresh, empty database for each test, on every database that mentorbot supports."""

from collections.abc import Iterator
from itertools import count
from pathlib import Path

import pytest

from tests.postgres import Postgres

NUMBERS = count(1)


@pytest.fixture(params=["sqlite", "postgres"])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """Run the test once on SQLite and once on PostgreSQL; `-k sqlite` picks one of them."""
    if request.param == "sqlite":
        yield f"sqlite+aiosqlite:///{tmp_path}/mentorbot.db"
        return
    server: Postgres = request.getfixturevalue("postgres")
    name = f"test_{next(NUMBERS)}"
    server.create(name)
    yield server.url(name)
    server.drop(name)
