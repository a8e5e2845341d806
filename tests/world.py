"""A whole small program for dialogue tests: real database, real wire, and a clock that stands still between lines."""

from collections.abc import AsyncIterator, Collection, Iterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import ClassVar

import pytest

from adapters.slack.manifest import manifest
from bot.calls import Call, Observation
from bot.clock import SetClock
from bot.core import Core
from bot.feature import Feature
from bot.features import FEATURES
from bot.members import roster
from bot.members.roster import Roster
from bot.people import Account, Place
from bot.ports import Platform
from bot.views import Reply
from scheduler.jobs import Jobs
from storage.engine import Database
from storage.members import NewMember
from storage.opening import open_database
from storage.programs import State
from storage.settings import Settings
from tests.drivers import playground, slack
from tests.drivers.driver import Driver, Seen
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

    async def note(self, batch: Sequence[Observation]) -> None:
        """Pass on what happened, or don't."""
        if not self.deaf:
            await self.core.note(batch)

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

    @property
    def where(self) -> tuple[str, str]:
        """The platform and the workspace in which all are."""
        return self.platform.name, WORKSPACES[self.platform.name]

    def account(self, user: str) -> Account:
        """Return somebody's account here."""
        return Account(*self.where, user)

    def place(self, channel: str = LENA) -> Place:
        """Return a conversation here."""
        return Place(*self.where, channel)

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


@dataclass
class Kept:
    """A workspace on Slack: it outlives the bot, whose clock it goes by."""

    clock: SetClock
    slack: Slack | None = None

    def now(self) -> datetime:
        """Return the instant at which the bot's clock stands."""
        return self.clock.now()


class Usual:
    """Where `world` opens a program when it isn't told: --platform's, or with `on_each_platform` each in turn."""

    platform = "playground"
    timing = slack.CALM
    workspaces: ClassVar[dict[Path, Kept]] = {}


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
    """Open a workspace in which ids are as readable as on the playground; in the same folder it is the same one."""
    kept = Usual.workspaces.setdefault(folder, Kept(clock))
    kept.clock = clock
    if kept.slack is None:
        kept.slack = Slack(manifest(ears.features), kept.now, ack_within=30)
        _people_it(kept.slack, program)
    async with kept.slack as stand_in:
        async with slack.served(ears, stand_in, Usual.timing) as opened:
            yield opened
        assert [] == stand_in.complaints


def _people_it(stand_in: Slack, program: Roster) -> None:
    for person in program.people:
        user = person.accounts[0].user
        stand_in.person(user, id=user, real_name=person.name, zone=person.zone)
    ids = {person.name: person.accounts[0].user for person in reversed(program.people)}
    for pairing in program.pairings:
        both = [stand_in.person(ids[one]) for one in (pairing.mentor, pairing.mentee)]
        channel = stand_in.channel(pairing.spaces[0].channel, *both, kind="group")
        del stand_in.workspace.channels[channel.id]
        channel.id = channel.name
        stand_in.workspace.channels[channel.id] = channel


# What happens at one instant is some microseconds apart on Slack, where a message's time is its id.
GRAIN = {"playground": timedelta(0), "slack": timedelta(milliseconds=1)}
PLATFORMS = {"playground": _on_playground, "slack": _on_slack}
WORKSPACES = {"playground": "riverside", "slack": "T00000001"}


def pytest_addoption(parser: pytest.Parser) -> None:
    """Let the dialogues be run on another platform."""
    parser.addoption("--platform", choices=list(PLATFORMS), default="playground", help="where the dialogues take place")


def pytest_configure(config: pytest.Config) -> None:
    """Take the platform from the command line."""
    config.addinivalue_line("markers", "only_on(platform): what a dialogue tests is only there")
    Usual.platform = config.getoption("platform")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Leave out what isn't for the platform of the command line, and further platforms on further databases."""
    items[:] = [item for item in items if _belongs(item)]


def _belongs(item: pytest.Item) -> bool:
    mark, drawn = item.get_closest_marker("only_on"), getattr(item, "callspec", None)
    params = drawn.params if drawn else {}
    platform = params.get("platform", Usual.platform)
    if mark or Usual.platform != "playground":
        return Usual.platform in (mark.args if mark else [platform])
    return platform == "playground" or params.get("database_url") != "postgres"


@pytest.fixture(autouse=True)
def platform(request: pytest.FixtureRequest) -> Iterator[str]:
    """Say where the test's programs are opened."""
    usual, Usual.platform = Usual.platform, getattr(request, "param", Usual.platform)
    yield Usual.platform
    Usual.platform = usual
    Usual.workspaces.clear()


# Also on Slack for good: what comes to nobody's mind when they change a feature on the playground.
on_each_platform = pytest.mark.parametrize("platform", PLATFORMS, indirect=True)


def moved(program: Roster, platform: str) -> Roster:
    """Return a roster with everybody on a platform."""
    workspace = WORKSPACES[platform]
    return replace(
        program,
        people=tuple(
            replace(one, accounts=tuple(Account(platform, workspace, account.user) for account in one.accounts))
            for one in program.people
        ),
        pairings=tuple(
            replace(one, spaces=tuple(Place(platform, workspace, place.channel) for place in one.spaces))
            for one in program.pairings
        ),
    )


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
    clock, there = SetClock(at), on or Usual.platform
    database = await open_database(url, clock.now)
    program = moved(roster.read(COMMUNITY), there)
    core = Core(database, features, changes)
    await (roster.begin_empty if empty else roster.enrol)(core, program)
    if state is not None:
        async with database.work(1) as work:
            await work.of(Settings).put(state=state)
    people = moved(replace(program, people=(*program.people, *strangers)), there)
    program = replace(people, pairings=()) if empty else people
    jobs = Jobs(core, core.platforms)
    try:
        ears = Ears(core)
        async with PLATFORMS[there](ears, program, clock, folder, jobs) as (platform, driver):
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
