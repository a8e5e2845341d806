"""A whole small program for dialogue tests: real database, real wire, and a clock that stands still between lines."""

from collections.abc import AsyncIterator, Collection, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path

import pytest

from adapters.discord.invite import permissions
from adapters.slack.manifest import manifest
from bot.calls import Call, Observation
from bot.clock import SetClock
from bot.core import Core
from bot.features import FEATURES
from bot.members import roster
from bot.members.roster import Roster
from bot.people import Account, Place
from bot.ports import Platform
from bot.views import Reply
from scheduler.jobs import Jobs
from storage.engine import Database
from storage.opening import open_database
from tests.drivers import discord, playground, slack
from tests.drivers.discord import DiscordDriver
from tests.drivers.driver import Driver, Seen
from tests.stand_ins.discord import Discord
from tests.stand_ins.discord.community import Snowflakes
from tests.stand_ins.slack import Slack

COMMUNITY = Path(__file__).with_name("community.toml")
MONDAY = datetime(2026, 3, 2, 10, 0, tzinfo=UTC)  # a Monday without a holiday
Served = tuple[Platform, Driver]
LENA = "amara-lena"
NOOR = "amara-noor"


class Ears:
    """The core as an adapter has it, which can go deaf: what happens then, the bot was not told of."""

    def __init__(self, core: Core) -> None:
        """Hear for `core`."""
        self.core = core
        self.features = core.features
        self.deaf = False

    async def handle(self, call: Call) -> Reply | None:
        """Pass a call on."""
        return await self.core.handle(call)

    async def roles(self, platform: str, workspace: str) -> Mapping[str, Collection[str]]:
        """Pass a question on."""
        return await self.core.roles(platform, workspace)

    async def ingest(self, batch: Sequence[Observation]) -> None:
        """Pass on what happened, or don't."""
        if not self.deaf:
            await self.core.ingest(batch)


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

    async def says(self, user: str, space: str = LENA, text: str = "Hello there", reply_to: str | None = None) -> str:
        """Write a message; the bot never needs its text."""
        return await self.driver.says(user, text, space, reply_to)

    async def asks(self, user: str, command: str) -> str:
        """Write a command, return the private answer's text."""
        return (await self.driver.commands(user, command)).text

    async def presses(self, user: str, button: str, on: Seen | None = None) -> str:
        """Press a button, return the private answer's text."""
        answer = (await self.driver.presses(user, button, on)).text
        await self.jobs.round()
        return answer

    def channel(self, name: str) -> str:
        """Return the id of a channel that is called so."""
        return self.driver.channel(name) if isinstance(self.driver, DiscordDriver) else name

    async def passes(self, **span: float) -> None:
        """Let time pass; what is due on the way is done."""
        await self.jobs.leap(self.clock, self.clock.now() + timedelta(**span) + GRAIN[self.platform.name])

    async def inbox(self, user: str) -> list[Seen]:
        """Return what the bot wrote to somebody, oldest first."""
        await self.jobs.round()
        return await self.driver.inbox(user)

    async def texts(self, user: str) -> list[str]:
        """Return the first line that says something, of each message from the bot."""
        return [seen.texts[1] if len(seen.texts) > 1 else seen.text for seen in await self.inbox(user)]


@asynccontextmanager
async def _on_playground(
    ears: Ears, program: Roster, clock: SetClock, folder: Path, jobs: Jobs
) -> AsyncIterator[Served]:
    async def leap(to: datetime) -> None:
        await jobs.leap(clock, to)

    async with playground.served(ears, program, clock, folder, leap=leap) as opened:
        yield opened


@asynccontextmanager
async def _on_slack(ears: Ears, program: Roster, clock: SetClock, folder: Path, jobs: Jobs) -> AsyncIterator[Served]:
    """Open a workspace in which ids are as readable as on the playground."""
    async with Slack(manifest(ears.features), clock.now) as stand_in:
        ids = {person.name: person.accounts[0].user for person in program.people}
        for person in program.people:
            stand_in.person(ids[person.name], id=ids[person.name], real_name=person.name, zone=person.zone)
        for pairing in program.pairings:
            both = [stand_in.person(ids[one]) for one in (pairing.mentor, pairing.mentee)]
            channel = stand_in.channel(pairing.spaces[0].channel, *both, kind="group")
            del stand_in.workspace.channels[channel.id]
            channel.id = channel.name
            stand_in.workspace.channels[channel.id] = channel
        async with slack.served(ears, stand_in) as opened:
            yield opened
        assert [] == stand_in.complaints


@asynccontextmanager
async def _on_discord(ears: Ears, program: Roster, clock: SetClock, folder: Path, jobs: Jobs) -> AsyncIterator[Served]:
    """Open a server in which people's handles and channels' names are as readable as on the playground."""
    async with Discord(clock.now) as stand_in:
        guild = stand_in.guild("Riverside", permissions=permissions("channel").value)
        for person in program.people:
            handle = person.name.split()[0].lower()
            stand_in.person(handle, guild, id=person.accounts[0].user, display=person.name)
        for pairing in program.pairings:
            people = {one.name: one.accounts[0].user for one in program.people}
            both = [stand_in.person(people[one]) for one in (pairing.mentor, pairing.mentee)]
            name = "-".join(one.split()[0].lower() for one in (pairing.mentor, pairing.mentee))
            channel = stand_in.text_channel(guild, name, *both, private=True)
            del stand_in.channels[channel.id]
            channel.id = pairing.spaces[0].channel
            stand_in.channels[channel.id] = channel
        assert _guild_id(clock) == guild.id
        async with discord.served(ears, stand_in, guild, missed=jobs.catch_up) as opened:
            yield opened
        assert [] == stand_in.complaints


# What happens at one instant is some microseconds apart on Slack, where a message's time is its id.
GRAIN = {"playground": timedelta(0), "slack": timedelta(milliseconds=1), "discord": timedelta(0)}
PLATFORMS = {"playground": _on_playground, "slack": _on_slack, "discord": _on_discord}
TEAM = "T00000001"


def _moved(program: Roster, on: str, clock: SetClock) -> Roster:
    """Return a roster with everybody on another platform."""
    team = TEAM if on == "slack" else _guild_id(clock)
    id_of = str if on == "slack" else _discord_id
    return replace(
        program,
        people=tuple(
            replace(one, accounts=tuple(Account(on, team, id_of(account.user)) for account in one.accounts))
            for one in program.people
        ),
        pairings=tuple(
            replace(one, spaces=tuple(Place(on, team, id_of(place.channel)) for place in one.spaces))
            for one in program.pairings
        ),
    )


def _discord_id(name: str) -> str:
    """Return an id that Discord could have given."""
    return str(10**17 + int.from_bytes(sha256(name.encode()).digest()[:6], "big"))


def _guild_id(clock: SetClock) -> str:
    """Return the id of the first server of a stand-in that is opened now."""
    return Snowflakes(clock.now).elder(2)


@asynccontextmanager
async def world(
    url: str,
    folder: Path,
    changes: Mapping[str, str] | None = None,
    at: datetime = MONDAY,
    *,
    empty: bool = False,
    on: str = "playground",
) -> AsyncIterator[World]:
    """Open a program on a database, in a folder; opened again on the same ones, it is a restart.

    In an `empty` one everybody is on the platform, and nobody is a member.
    """
    clock = SetClock(at)
    database = await open_database(url, clock.now)
    program = roster.read(COMMUNITY) if on == "playground" else _moved(roster.read(COMMUNITY), on, clock)
    core = Core(database, FEATURES, changes)
    await (roster.begin_empty if empty else roster.enrol)(core, program)
    program = replace(program, pairings=()) if empty else program
    jobs = Jobs(core, core.platforms)
    try:
        ears = Ears(core)
        async with PLATFORMS[on](ears, program, clock, folder, jobs) as (platform, driver):
            core.platforms[platform.name] = platform
            await jobs.catch_up()
            yield World(driver, platform, core, ears, jobs, clock, database, url)
    finally:
        await database.close()


on_each_platform = pytest.mark.parametrize("riverside", PLATFORMS, indirect=True)


@pytest.fixture
async def riverside(request: pytest.FixtureRequest, database_url: str, tmp_path: Path) -> AsyncIterator[World]:
    """Open the program of tests/community.toml, on Monday 2 March; where it says so, on each platform."""
    async with world(database_url, tmp_path, on=getattr(request, "param", "playground")) as opened:
        yield opened
