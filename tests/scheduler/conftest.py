"""A bot for each test of the scheduler."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.clock import SetClock
from bot.core import Core
from bot.features import FEATURES
from bot.members import roster
from scheduler.jobs import Jobs
from storage.opening import open_database
from tests.scheduler.flaky import Bot, Flaky
from tests.world import COMMUNITY, MONDAY


@pytest.fixture
async def bot(database_url: str, tmp_path: Path) -> AsyncIterator[Bot]:
    """Start a bot with the program of tests/community.toml."""
    clock = SetClock(MONDAY)
    database = await open_database(database_url, clock.now)
    core, platform = Core(database, FEATURES), Flaky(clock)
    await roster.enrol(core, roster.read(COMMUNITY))
    yield Bot(core, Jobs(core, {"playground": platform}), clock, platform, database)
    await database.close()
