"""What the tests of every platform's adapter begin with."""

import io
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.adapters.everything import Everything
from tests.core.scene import scene


@pytest.fixture
async def everything(sqlite_url: str, tmp_path: Path, log: io.StringIO) -> AsyncIterator[Everything]:
    """Set the scene of the tests of permissions."""
    async with scene(sqlite_url, tmp_path, log) as there:
        yield Everything(there, tmp_path / "mentorbot.db")
