"""A whole small program for dialogue tests: real database, real wire, and a clock that stands still between lines."""

import re
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.clock import SetClock
from bot.core import Core
from bot.feature import Feature
from bot.features import FEATURES
from bot.members import roster
from bot.people import Account, Place
from bot.ports import Platform
from scheduler.jobs import Jobs
from storage.engine import Database
from storage.members import Members, NewMember
from storage.opening import open_database
from storage.programs import State
from storage.settings import Settings
from storage.work import Work
from tests import platforms
from tests.drivers.discord import DiscordDriver
from tests.drivers.driver import Driver, Seen
from tests.platforms import Ears

COMMUNITY = Path(__file__).with_name("community.toml")
MONDAY = datetime(2026, 3, 2, 10, 0, tzinfo=UTC)  # a Monday without a holiday
Served = tuple[Platform, Driver]
LENA = "amara-lena"
NOOR = "amara-noor"
SECRET = b"a deployment's secret, of 32 bytes"[:32]  # the same after a restart


@dataclass
class World:
    """The people speak through `driver`; the rest is what a test looks at."""

    driver: Driver
    platform: Platform
    core: Core
    ears: Ears
    jobs: Jobs
    clock: SetClock
    database: Database
    url: str

    @property
    def where(self) -> tuple[str, str]:
        """The platform and the workspace in which all are."""
        return self.platform.name, platforms.WORKSPACES[self.platform.name]

    def account(self, user: str) -> Account:
        """Return somebody's account here."""
        return platforms.account(self.platform.name, user)

    def place(self, channel: str = LENA) -> Place:
        """Return a conversation here."""
        return platforms.place(self.platform.name, channel)

    def channel(self, name: str) -> str:
        """Return the id of a conversation that is called so, also of one that the bot has made."""
        return self.driver.channel(name) if isinstance(self.driver, DiscordDriver) else name

    @property
    def ids_are_handles(self) -> bool:
        """Whether people are known here by what stands behind their @, so that the nearest one can be guessed."""
        return self.platform.name != "discord"

    def typed(self, words: str) -> str:
        """Return what the bot gets of words in which people are mentioned, such as `@amara`."""
        return re.sub(r"@(\w+)", lambda found: f"@{self.account(found[1]).user}", words)

    async def member(self, work: Work, user: str) -> int:
        """Return somebody's id as a member."""
        here = self.account(user)
        return (await work.of(Members).by_users(*self.where, {here.user}))[here.user]

    async def says(self, user: str, space: str = LENA, text: str = "Hello there", reply_to: str | None = None) -> str:
        """Write a message, which the bot then knows all about; it never needs the text."""
        written = await self.driver.says(user, text, space, reply_to)
        await self.core.settled()
        return written

    async def asks(self, user: str, command: str) -> str:
        """Write a command, return the private answer's text."""
        return (await self.driver.commands(user, command)).text

    async def presses(self, user: str, button: str, on: Seen | None = None) -> str:
        """Press a button, return the private answer's text."""
        answer = (await self.driver.presses(user, button, on)).text
        await self.jobs.round()
        return answer

    async def passes(self, **span: float) -> None:
        """Let time pass; what is due on the way is done."""
        await self.jobs.leap(self.clock, self.clock.now() + timedelta(**span) + platforms.GRAIN[self.platform.name])

    async def inbox(self, user: str) -> list[Seen]:
        """Return what the bot wrote to somebody, oldest first."""
        await self.jobs.round()
        return await self.driver.inbox(user)

    async def texts(self, user: str) -> list[str]:
        """Return the first line that says something, of each message from the bot."""
        return [seen.texts[1] if len(seen.texts) > 1 else seen.text for seen in await self.inbox(user)]


@asynccontextmanager
async def world(  # noqa: PLR0913 - a test names the one or two that it is about
    url: str,
    folder: Path,
    changes: Mapping[str, str] | None = None,
    at: datetime = MONDAY,
    *,
    empty: bool = False,
    on: str | None = None,
    strangers: Sequence[NewMember] = (),
    state: State | None = None,
    features: Sequence[Feature] = FEATURES,
) -> AsyncIterator[World]:
    """Open a program on a database, in a folder; opened again on the same ones, it is a restart.

    In an `empty` one everybody is on the platform, and nobody is a member; `strangers` never are.
    """
    clock, there = SetClock(at), on or platforms.Usual.platform
    database = await open_database(url, clock.now)
    written = roster.read(COMMUNITY)
    program = platforms.moved(written, there)
    core = Core(database, features, changes, secret=SECRET)
    await (roster.begin_empty if empty else roster.enrol)(core, program)
    if state is not None:
        async with database.work(1) as work:
            await work.of(Settings).put(state=state)
    people = replace(written, people=(*written.people, *strangers), pairings=() if empty else written.pairings)
    jobs = Jobs(core, core.platforms)
    try:
        ears = Ears(core)
        async with platforms.PLATFORMS[there](ears, people, clock, folder, jobs) as (platform, driver):
            core.platforms[platform.name] = platform
            await jobs.catch_up()
            yield World(driver, platform, core, ears, jobs, clock, database, url)
    finally:
        await core.settled()
        await database.close()


@pytest.fixture
async def riverside(platform: str, database_url: str, tmp_path: Path) -> AsyncIterator[World]:
    """Open the program of tests/community.toml, on Monday 2 March; where it says so, on each platform."""
    async with world(database_url, tmp_path, on=platform) as opened:
        yield opened
