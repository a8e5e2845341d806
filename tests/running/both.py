"""A deployment on a Slack workspace and a Discord server at once: both stand-ins, wired as `mentorbot run` does it."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta

from pydantic import SecretStr

import adapters.discord
from adapters.slack.manifest import manifest
from bot import config
from bot.clock import SetClock
from bot.config import Config, Secrets
from bot.core import Core
from bot.features import FEATURES
from bot.members.roster import Roster
from bot.wiring.platforms import Home, connected, ways
from bot.wiring.programs import begin, rosters
from scheduler.jobs import Jobs
from storage.opening import open_database
from storage.programs import Program
from tests.drivers.discord import DiscordDriver
from tests.drivers.driver import Seen
from tests.drivers.slack import SlackDriver
from tests.running.at_work import server
from tests.stand_ins.discord import Can, Discord
from tests.stand_ins.slack import Slack
from tests.world import MONDAY

ON = ("slack", "discord")
PEOPLE = {"amara": "Amara Okafor", "lena": "Lena Vogt", "noor": "Noor Haddad", "rosa": "Rosa Delgado"}
STRANGERS = {"tomas": "Tomas Lind"}
GRAIN = timedelta(milliseconds=1)  # as for Slack in tests/platforms.py


@dataclass
class Both:
    """People speak on one of the two: `on` is "slack" or "discord"."""

    slack: SlackDriver
    discord: DiscordDriver
    core: Core
    jobs: Jobs
    clock: SetClock

    def driver(self, on: str) -> SlackDriver | DiscordDriver:
        """Return how people act there."""
        return self.slack if on == "slack" else self.discord

    async def asks(self, on: str, user: str, command: str) -> str:
        """Write a command, return the private answer's text."""
        return (await self.driver(on).commands(user, command)).text

    async def presses(self, on: str, user: str, button: str, seen: Seen) -> str:
        """Press a button, return the private answer's text."""
        answer = await self.driver(on).presses(user, button, seen)
        await self.jobs.round()
        return answer.text

    async def settled(self) -> None:
        """Wait until the bot has worked out what Discord told it."""
        await self.discord.discord.settled()
        platform = self.core.platforms["discord"]
        assert isinstance(platform, adapters.discord.Discord)
        await platform.settled()
        await self.core.settled()
        await self.jobs.round()

    async def passes(self, **span: float) -> None:
        """Let time pass; what is due on the way is done."""
        await self.jobs.leap(self.clock, self.clock.now() + timedelta(**span) + GRAIN)

    async def inbox(self, on: str, user: str) -> list[Seen]:
        """Return what the bot wrote to somebody, oldest first."""
        await self.jobs.round()
        return await self.driver(on).inbox(user)

    async def nudges(self, on: str, user: str) -> list[str]:
        """Return the reminders that somebody got."""
        return [seen.text for seen in await self.inbox(on, user) if "may be waiting" in seen.text]

    async def programs(self) -> dict[str, Program]:
        """Return the programs by name."""
        return {program.name: program for program in await self.core.programs()}

    async def space(self, on: str, user: str) -> str:
        """Return the only conversation of somebody's."""
        (found,) = await self.driver(on).spaces(user)
        return found

    async def add_people(self, on: str) -> None:
        """Let Rosa, who manages the workspace or server, become its coordinator, and add the others."""
        assert "You're this program's coordinator now" in await self.asks(on, "rosa", "/mentor-admin setup")
        for user, role in (("amara", "mentor"), ("lena", "mentee"), ("noor", "mentee")):
            assert "is in the program now" in await self.asks(on, "rosa", f"/mentor-admin add @{user} {role}")

    async def start(self, on: str) -> None:
        """Let Rosa be the contact, and press Start."""
        before = {one: len(await self.inbox(one, "rosa")) for one in ON}
        await self.asks(on, "rosa", "/mentor-admin contact @rosa")
        (where,) = [one for one in ON if len(await self.inbox(one, "rosa")) > before[one]]
        await self.presses(where, "rosa", "Yes, I'm the contact", (await self.inbox(where, "rosa"))[-1])
        await self.driver(on).presses("rosa", "setup.go_without")
        offered = await self.driver(on).commands("rosa", "/mentor-admin start")
        assert "is running" in await self.presses(on, "rosa", "Start now", offered)


def settings_of(slack: Slack, discord: Discord, *, together: bool = False) -> Config:
    """Return the settings of a deployment on both."""
    return Config(
        program=config.Program(together=together),
        slack=config.Slack(api_url=slack.api_url),
        discord=config.Discord(api_url=discord.api_url, gateway_url=discord.gateway_url),
        secrets=Secrets(
            slack_bot_token=SecretStr(slack.app.bot_token),
            slack_app_token=SecretStr(slack.app.app_token),
            discord_token=SecretStr(discord.app.token),
        ),
    )


async def nobody(_home: Home) -> None:
    """Do nothing about a home that the bot comes to."""


@asynccontextmanager
async def both(url: str, *, together: bool = False, roster: Roster | None = None) -> AsyncIterator[Both]:
    """Open the deployment on Monday 2 March: the same people, with the same names, are on both.

    Without a roster nobody is in a program yet.
    """
    clock = SetClock(MONDAY)
    async with Slack(manifest(FEATURES), clock.now, ack_within=30) as slack, Discord(clock.now, within=30) as discord:
        _people(slack, discord)
        database = await open_database(url, clock.now)
        core = Core(database, FEATURES)
        jobs = Jobs(core, core.platforms)
        there = await ways(settings_of(slack, discord, together=together))
        found = rosters(settings_of(slack, discord, together=together), [home for way in there for home in way.homes])
        await begin(core, found if roster is None else [roster], empty=roster is None)
        try:
            async with connected(core, jobs, there, nobody):
                await slack.connected()
                await discord.settled()
                platform = core.platforms["discord"]
                assert isinstance(platform, adapters.discord.Discord)
                driver = DiscordDriver(discord, discord.guild("Riverside"), platform, core)
                yield Both(SlackDriver(slack), driver, core, jobs, clock)
            await core.settled()
        finally:
            await database.close()
        assert ([], []) == (slack.complaints, discord.complaints)


def _people(slack: Slack, discord: Discord) -> None:
    guild, _ = server(discord)
    team = discord.role(guild, "team", Can.MANAGE_GUILD)
    for user, name in (PEOPLE | STRANGERS).items():
        manages = user == "rosa"
        slack.person(user, id=user, real_name=name, zone="UTC", is_admin=manages)
        discord.person(user, guild, display=name, roles=[team] if manages else [])
