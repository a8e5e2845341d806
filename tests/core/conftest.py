"""A scene that is set once for the tests of a module."""

import io
import shutil
from collections.abc import AsyncIterator, Iterator
from contextlib import closing
from pathlib import Path

import pytest
import pytest_asyncio

from tests.core.scene import Again, Copy, scene


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def shared(migrated_file: Path, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Again]:
    """Set the scene once, on SQLite."""
    folder = tmp_path_factory.mktemp("scene")
    file = folder / "mentorbot.db"
    shutil.copy(migrated_file, file)
    async with scene(f"sqlite+aiosqlite:///{file}", folder, io.StringIO()) as there:
        with closing(Copy(file)) as copy:
            yield Again(there, copy)


@pytest.fixture
def again(shared: Again, log: io.StringIO) -> Iterator[Again]:
    """Give the scene to a test, with a log of its own, and put everything back afterwards."""
    shared.there.log = log
    yield shared
    shared.copy.put_back()
