"""Several platforms in one process: each connected, told and closed, whatever becomes of the others."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from bot.clock import SetClock
from bot.config import Config, Program
from bot.core import Core
from bot.errors import UserError
from bot.features import FEATURES
from bot.ports import Platform
from bot.wiring.platforms import Home, Joined, Way, connected, told
from bot.wiring.programs import Homes, begin, rosters
from scheduler.jobs import Jobs
from storage.opening import open_database
from storage.programs import program_of
from tests.scheduler.flaky import Flaky
from tests.world import COMMUNITY, MONDAY

RIVERSIDE, HILLSIDE = Home("slack", "T1", "Riverside"), Home("elsewhere", "7", "Hillside")


@dataclass
class Closing(Flaky):
    """A platform that notes when it is closed."""

    closed: bool = False

    async def close(self) -> None:
        """Take note."""
        self.closed = True


def way(home: Home, platform: Platform | None) -> Way:
    """Return a way onto a platform; without one it fails."""

    async def connect(_core: Core, _jobs: Jobs, _joined: Joined) -> Platform:
        if platform is None:
            raise UserError("It can't be reached.")
        return platform

    return Way([home], connect)


async def nobody(_home: Home) -> None:
    """Do nothing about a home that the bot comes to."""


@pytest.fixture
async def core(sqlite_url: str) -> AsyncIterator[Core]:
    """Give a core that is connected with nothing yet."""
    database = await open_database(sqlite_url, SetClock(MONDAY).now)
    yield Core(database, FEATURES)
    await database.close()


async def test_two_platforms_at_once(core: Core) -> None:
    """Both are known by name while the bot is at work, and both are closed at the end."""
    both = [Closing(SetClock(MONDAY), home.platform) for home in (RIVERSIDE, HILLSIDE)]
    there = [way(RIVERSIDE, both[0]), way(HILLSIDE, both[1])]
    async with connected(core, Jobs(core, core.platforms), there, nobody):
        assert {"slack": both[0], "elsewhere": both[1]} == core.platforms
        assert "It is connected to Slack and elsewhere." == told(core.platforms)
        assert [False, False] == [one.closed for one in both]
    assert [True, True] == [one.closed for one in both]


async def test_one_that_cannot_be_reached_closes_the_other(core: Core) -> None:
    """Nothing stays half connected."""
    first = Closing(SetClock(MONDAY), "slack")
    with pytest.raises(UserError, match="can't be reached"):
        async with connected(core, Jobs(core, core.platforms), [way(RIVERSIDE, first), way(HILLSIDE, None)], nobody):
            raise AssertionError
    assert first.closed


def test_each_home_begins_with_a_program_of_its_own() -> None:
    """Nobody is in it yet, and nothing crosses over."""
    found = rosters(Config(), [RIVERSIDE, HILLSIDE])
    expected = [("Riverside", [("slack", "T1")]), ("Hillside", [("elsewhere", "7")])]
    assert expected == [(one.name, one.workspaces) for one in found]
    assert [(), ()] == [one.people for one in found]


def test_a_file_is_one_program_in_all_homes() -> None:
    """Beside the workspaces of the people in it."""
    (found,) = rosters(Config(program=Program(file=Path(COMMUNITY))), [RIVERSIDE, HILLSIDE])
    assert {("slack", "T1"), ("elsewhere", "7"), ("playground", "riverside")} == set(found.workspaces)


@pytest.mark.parametrize(("together", "programs"), [(False, 2), (True, 1)])
async def test_a_home_to_which_the_bot_comes_later(core: Core, together: bool, programs: int) -> None:
    """It has a program of its own, or belongs to the one of all; told twice, or at the next start, nothing more."""
    settings = Config(program=Program(together=together))
    homes = Homes(settings, [RIVERSIDE], empty=True)
    await begin(core, homes.programs, empty=True)
    for _ in range(2):
        await homes.joined(core, HILLSIDE)
    await begin(core, Homes(settings, [RIVERSIDE, HILLSIDE], empty=True).programs, empty=True)
    assert programs == len(await core.programs())
    async with core.database.connect() as conn:
        found = [await program_of(conn, home.platform, home.id) for home in (RIVERSIDE, HILLSIDE)]
    assert programs == len({one.id for one in found if one is not None})
    assert None not in found
