"""Where dialogues take place: the community of a program on each platform, before the bot that serves it."""

from collections.abc import AsyncIterator, Callable, Collection, Iterator, Mapping, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from hashlib import sha256
from pathlib import Path
from typing import ClassVar

import pytest

from adapters.discord.invite import permissions
from adapters.slack.manifest import manifest
from bot.calls import Call, Observation
from bot.clock import SetClock
from bot.core import Core
from bot.members.roster import Roster
from bot.people import Account, Place
from bot.ports import Platform
from bot.views import Reply
from scheduler.jobs import Jobs
from tests.databases import ROOMS
from tests.drivers import discord, playground, slack
from tests.drivers.driver import Driver
from tests.stand_ins.discord import Discord
from tests.stand_ins.slack import Slack

Served = tuple[Platform, Driver]


class Ears:
    """The core as an adapter has it, which can go deaf: what happens then, the bot was not told of."""

    def __init__(self, core: Core) -> None:
        """Hear for `core`."""
        self.core = core
        self.features = core.features
        self.unseen = core.unseen
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
class Kept:
    """A workspace or server: it outlives the bot, whose clock it goes by."""

    clock: SetClock
    slack: Slack | None = None
    discord: Discord | None = None

    def now(self) -> datetime:
        """Return the instant at which the bot's clock stands."""
        return self.clock.now()


class Usual:
    """Where `world` opens a program when it isn't told: --platform's, or with `on_each_platform` each in turn."""

    platform = "playground"
    timing = slack.CALM
    kept: ClassVar[dict[Path, Kept]] = {}


@asynccontextmanager
async def _on_playground(
    ears: Ears, people: Roster, clock: SetClock, folder: Path, jobs: Jobs
) -> AsyncIterator[Served]:
    async def leap(to: datetime) -> None:
        await jobs.leap(clock, to)

    async with playground.served(ears, people, clock, folder, leap=leap) as opened:
        yield opened


def _kept(folder: Path, clock: SetClock) -> Kept:
    """Return what stands in a folder: opened again, it is the same workspace."""
    kept = Usual.kept.setdefault(folder, Kept(clock))
    kept.clock = clock
    return kept


@asynccontextmanager
async def _on_slack(ears: Ears, people: Roster, clock: SetClock, folder: Path, jobs: Jobs) -> AsyncIterator[Served]:
    """Open a workspace in which ids are as readable as on the playground."""
    kept = _kept(folder, clock)
    if kept.slack is None:
        kept.slack = Slack(manifest(ears.features), kept.now, ack_within=30)
        _people_workspace(kept.slack, people)
    async with kept.slack as stand_in:
        async with slack.served(ears, stand_in, Usual.timing) as opened:
            yield opened
        assert [] == stand_in.complaints


def _people_workspace(stand_in: Slack, people: Roster) -> None:
    for person in people.people:
        user = person.accounts[0].user
        stand_in.person(user, id=user, real_name=person.name, zone=person.zone)
    for name, both in _spaces(people):
        channel = stand_in.channel(name, *map(stand_in.person, both), kind="group")
        del stand_in.workspace.channels[channel.id]
        channel.id = channel.name
        stand_in.workspace.channels[channel.id] = channel


@asynccontextmanager
async def _on_discord(ears: Ears, people: Roster, clock: SetClock, folder: Path, jobs: Jobs) -> AsyncIterator[Served]:
    """Open a server in which people's handles and channels' names are as readable as on the playground."""
    kept = _kept(folder, clock)
    if kept.discord is None:
        kept.discord = Discord(kept.now, within=30)
        _people_server(kept.discord, people)
    guild = kept.discord.guild("Riverside")
    async with kept.discord as stand_in:
        async with discord.served(ears, stand_in, guild, missed=jobs.catch_up) as opened:
            yield opened
        assert [] == stand_in.complaints


def _people_server(stand_in: Discord, people: Roster) -> None:
    guild = stand_in.guild("Riverside", permissions=permissions("channel").value, id_=WORKSPACES["discord"])
    for person in people.people:
        user = person.accounts[0].user
        stand_in.person(user, guild, id=snowflake(user), display=person.name)
    for name, both in _spaces(people):
        channel = stand_in.text_channel(guild, name, *map(stand_in.person, both), private=True)
        del stand_in.channels[channel.id]
        channel.id = snowflake(name)
        stand_in.channels[channel.id] = channel


def _spaces(people: Roster) -> Iterator[tuple[str, list[str]]]:
    """Yield the name of each pairing's space, and the two who are in it."""
    users = {person.name: person.accounts[0].user for person in reversed(people.people)}
    for pairing in people.pairings:
        yield pairing.spaces[0].channel, [users[pairing.mentor], users[pairing.mentee]]


def snowflake(name: str) -> str:
    """Return an id that Discord could have given to somebody, or to a channel, of this name."""
    return str(10**17 + int.from_bytes(sha256(name.encode()).digest()[:6], "big"))


Opened = Callable[[Ears, Roster, SetClock, Path, Jobs], AbstractAsyncContextManager[Served]]
PLATFORMS: dict[str, Opened] = {"playground": _on_playground, "slack": _on_slack, "discord": _on_discord}
WORKSPACES = {"playground": "riverside", "slack": "T00000001", "discord": "100000000000000001"}
IDS: dict[str, Callable[[str], str]] = {"playground": str, "slack": str, "discord": snowflake}
# What happens at one instant is some microseconds apart on Slack, where a message's time is its id.
GRAIN = {"playground": timedelta(0), "slack": timedelta(milliseconds=1), "discord": timedelta(0)}


def account(platform: str, user: str) -> Account:
    """Return the account on a platform of somebody who is called so on the playground."""
    return Account(platform, WORKSPACES[platform], IDS[platform](user))


def place(platform: str, channel: str) -> Place:
    """Return a conversation on a platform that is called so on the playground."""
    return Place(platform, WORKSPACES[platform], IDS[platform](channel))


def moved(program: Roster, platform: str) -> Roster:
    """Return a roster with everybody on a platform."""
    return replace(
        program,
        people=tuple(
            replace(one, accounts=tuple(account(platform, own.user) for own in one.accounts)) for one in program.people
        ),
        pairings=tuple(
            replace(one, spaces=tuple(place(platform, own.channel) for own in one.spaces)) for one in program.pairings
        ),
    )


def pytest_addoption(parser: pytest.Parser) -> None:
    """Let the dialogues be run on another platform."""
    parser.addoption("--platform", choices=list(PLATFORMS), default="playground", help="where the dialogues take place")


def pytest_configure(config: pytest.Config) -> None:
    """Take the platform from the command line."""
    config.addinivalue_line("markers", "only_on(platform): what a dialogue tests is only there")
    Usual.platform = config.getoption("platform")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Leave out what isn't for the platform of the command line, and further platforms on further databases.

    Of a room's dialogues one is on each platform; `make dialogues` has all of them there.
    """
    main: dict[str, str] = {}
    items[:] = [item for item in items if _belongs(item) and not _is_for_later(item, main)]


def _is_for_later(item: pytest.Item, main: dict[str, str]) -> bool:
    room, params = item.path.parent.name, getattr(getattr(item, "callspec", None), "params", {})
    if room not in ROOMS or "platform" not in params or Usual.platform != "playground":
        return False
    first = main.setdefault(room, item.name.partition("[")[0])
    return params["platform"] != "playground" and first != item.name.partition("[")[0]


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
    Usual.kept.clear()


# Also on the real platforms for good: what comes to nobody's mind when they change a feature on the playground.
on_each_platform = pytest.mark.parametrize("platform", PLATFORMS, indirect=True)
