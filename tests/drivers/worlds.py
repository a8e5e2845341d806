"""The platforms that the contract suite runs on, each with a driver and before a core that only takes notes."""

from collections.abc import AsyncIterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from adapters.discord.guild import account, place
from adapters.playground.community import EVERYBODY
from adapters.slack.manifest import manifest
from bot.calls import Observation
from bot.clock import SetClock
from bot.feature import Feature, Option
from bot.members import roster
from bot.people import EVERYONE, Account, Place
from bot.ports import Platform
from bot.views import Message
from tests.drivers import discord as on_discord
from tests.drivers import slack as on_slack
from tests.drivers.driver import Driver
from tests.drivers.playground import COMMUNITY, served
from tests.drivers.recording import RecordingCore
from tests.stand_ins.discord import Discord
from tests.stand_ins.slack import Slack

NOON = datetime(2025, 3, 4, 12, tzinfo=UTC)


@dataclass
class World:
    """A platform with somebody on it who has a space, the driver that acts for people, and the core behind."""

    platform: Platform
    driver: Driver
    core: RecordingCore
    clock: SetClock
    amara: Account
    lena: Account
    space: Place
    hall: Place  # a channel that everybody sees
    outsider: str  # the user id of somebody else
    shows_titles: bool = False
    dates_reactions: bool = True  # its history tells when a reaction was put; otherwise it counts from its message on

    def observed(self) -> list[Observation]:
        """Return what the core was told since the last look."""
        seen, self.core.observed = self.core.observed, []
        return seen


def _feature() -> Feature:
    feature = Feature("trying")

    @feature.command("try", "Try something", who=EVERYONE, options=(Option("what", "whatever you like"),))
    @feature.shortcut("trying.this", "Try this", who=EVERYONE)
    async def run(asked: object) -> Message:
        raise NotImplementedError

    @feature.shortcut("trying.quote", "Quote this", who=EVERYONE, quotes=True)
    async def quote(asked: object) -> Message:
        raise NotImplementedError

    return feature


def _unseen() -> Feature:
    feature = Feature("unheard", unseen=True)

    @feature.command("whisper", "Whisper something", who=EVERYONE)
    @feature.button("unheard.a", who=EVERYONE)
    @feature.form("unheard.sent", who=EVERYONE)
    @feature.shortcut("unheard.this", "Whisper about this", who=EVERYONE)
    async def run(asked: object) -> Message:
        raise NotImplementedError

    return feature


async def _playground(tmp_path: Path) -> AsyncIterator[World]:
    core, clock = RecordingCore(_feature(), _unseen()), SetClock(NOON)
    async with served(core, roster.read(COMMUNITY), clock, tmp_path) as (platform, driver):
        amara = Account("playground", "riverside", "amara")
        lena = Account("playground", "riverside", "lena")
        space = Place("playground", "riverside", "amara-lena")
        hall = Place("playground", "riverside", EVERYBODY)
        yield World(platform, driver, core, clock, amara, lena, space, hall, "rosa")


async def _slack(tmp_path: Path) -> AsyncIterator[World]:
    core, clock = RecordingCore(_feature(), _unseen()), SetClock(NOON - timedelta(hours=1))
    async with Slack(manifest(core.features), clock.now) as stand_in:
        amara = stand_in.person("amara", real_name="Amara Okafor", zone="Europe/London")
        lena = stand_in.person("lena", real_name="Lena Vogt", zone="Europe/Berlin")
        rosa = stand_in.person("rosa", real_name="Rosa Delgado", zone="Europe/Madrid")
        space = stand_in.channel("amara-lena", amara, lena, kind="group")
        hall = stand_in.channel("hall", amara, lena, rosa)
        async with on_slack.served(core, stand_in) as (platform, driver):
            clock.move_to(NOON)
            here = platform.workspace
            people = here.account(amara.id), here.account(lena.id)
            places = here.place(space.id), here.place(hall.id)
            yield World(platform, driver, core, clock, *people, *places, rosa.id, dates_reactions=False)
        assert [] == stand_in.complaints


async def _discord(tmp_path: Path) -> AsyncIterator[World]:
    core, clock = RecordingCore(_feature(), _unseen()), SetClock(NOON - timedelta(hours=1))
    async with Discord(clock.now) as stand_in:
        guild = stand_in.guild("Riverside")
        amara = stand_in.person("amara", guild, display="Amara Okafor")
        lena = stand_in.person("lena", guild, display="Lena Vogt")
        rosa = stand_in.person("rosa", guild, display="Rosa Delgado")
        space = stand_in.text_channel(guild, "amara-lena", amara, lena, private=True)
        hall = stand_in.text_channel(guild, "hall")
        async with on_discord.served(core, stand_in, guild) as (platform, driver):
            clock.move_to(NOON)
            people = account(guild.id, amara.id), account(guild.id, lena.id)
            places = place(guild.id, space.id), place(guild.id, hall.id)
            found = World(platform, driver, core, clock, *people, *places, rosa.id, dates_reactions=False)
            yield replace(found, shows_titles=True)
        assert [] == stand_in.complaints


PLATFORMS = {"playground": _playground, "slack": _slack, "discord": _discord}
