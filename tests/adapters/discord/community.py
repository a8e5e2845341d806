"""A small server on the stand-in: Amara and Lena in a private channel with the bot, and Rosa, who owns nothing."""

import asyncio
from collections.abc import AsyncIterator, Callable, Collection, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime

from adapters import discord as on_discord
from adapters.discord.guild import account, place
from adapters.discord.invite import permissions
from bot.calls import Call, Observation
from bot.clock import SetClock
from bot.feature import Feature, Option
from bot.people import EVERYONE, Account, Place
from bot.views import Message, Reply
from tests.drivers.discord import QUICK, DiscordDriver, served
from tests.drivers.recording import RecordingCore
from tests.stand_ins.discord import Channel, Discord, Guild, Json, Person

NOON = datetime(2025, 3, 4, 12, tzinfo=UTC)


class SlowCore(RecordingCore):
    """A core that takes its time: until `go` is set."""

    def __init__(self, *features: Feature) -> None:
        """Begin without haste."""
        super().__init__(*features)
        self.go = asyncio.Event()
        self.go.set()
        self.slow: asyncio.Event | None = None  # for which it waits to know whose program it is
        self.members: dict[str, Collection[str]] = {}

    async def handle(self, call: Call) -> Reply | None:
        """Answer when it may."""
        await self.go.wait()
        return await super().handle(call)

    async def roles(self, platform: str, workspace: str) -> Mapping[str, Collection[str]]:
        """Know who is in which server's program."""
        if self.slow is not None:
            await self.slow.wait()
        return {user: ["mentor"] for user in self.members.get(workspace, ())}


@dataclass
class Scene:
    """The server, who is in it, the adapter, and the core behind it."""

    discord: Discord
    clock: SetClock
    core: SlowCore
    platform: on_discord.Discord
    driver: DiscordDriver
    guild: Guild
    amara: Person
    lena: Person
    rosa: Person
    channel: Channel
    missed: asyncio.Semaphore  # how often what was missed was to be read again

    @property
    def space(self) -> Place:
        """Where Amara and Lena talk."""
        return place(self.guild.id, self.channel.id)

    def account(self, person: Person) -> Account:
        """Return somebody's account."""
        return account(self.guild.id, person.id)

    def observed(self) -> list[Observation]:
        """Return what the core was told since the last look."""
        seen, self.core.observed = self.core.observed, []
        return seen

    def asked(self, name: str) -> list[Json]:
        """Return with what something was asked, each time."""
        return [request.body for request in self.discord.requests if request.name == name]


def feature() -> Feature:
    """Return something that can be done."""
    found = Feature("trying")
    options = (Option("what", "whatever", known=("one thing", "another thing")), Option("yes", "or no", flag=True))

    @found.command("try", "Try something", who=EVERYONE, options=options)
    @found.shortcut("trying.this", "Try this", who=EVERYONE)
    async def run(asked: object) -> Message:
        raise NotImplementedError

    return found


@asynccontextmanager
async def scene(
    timing: on_discord.Timing = QUICK,
    spaces: on_discord.Space = "channel",
    prepare: Callable[[Discord, Guild], None] | None = None,
) -> AsyncIterator[Scene]:
    """Open the server; the bot has the permissions that its invitation asks for, and no others."""
    core, clock, missed = SlowCore(feature()), SetClock(NOON), asyncio.Semaphore(0)

    async def note() -> None:
        missed.release()

    async with Discord(clock.now) as discord:
        guild = discord.guild("Riverside", permissions=permissions(spaces).value)
        if prepare is not None:
            prepare(discord, guild)
        amara = discord.person("amara", guild, display="Amara Okafor")
        lena = discord.person("lena", guild, display="Lena Vogt")
        rosa = discord.person("rosa", guild, display="Rosa Delgado")
        channel = discord.text_channel(guild, "amara-lena", amara, lena, private=True)
        async with served(core, discord, guild, timing, note, spaces) as (platform, driver):
            yield Scene(discord, clock, core, platform, driver, guild, amara, lena, rosa, channel, missed)
        assert [] == discord.complaints
