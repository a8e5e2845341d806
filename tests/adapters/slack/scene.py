"""A small workspace on the stand-in: Amara and Lena in a channel with the bot, and Rosa, who manages the workspace."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime

from adapters import slack as on_slack
from adapters.slack.manifest import manifest
from bot.calls import Observation
from bot.clock import SetClock
from bot.feature import Feature, NewSpace
from bot.people import EVERYONE, Account, Place
from bot.views import Message
from tests.drivers.recording import RecordingCore
from tests.drivers.slack import QUICK, SlackDriver, served
from tests.stand_ins.slack import Channel, Json, Person, Slack

NOON = datetime(2025, 3, 4, 12, tzinfo=UTC)


@dataclass
class Scene:
    """The workspace, who is in it, the adapter, and the core behind it."""

    slack: Slack
    clock: SetClock
    core: RecordingCore
    platform: on_slack.Slack
    driver: SlackDriver
    amara: Person
    lena: Person
    rosa: Person
    channel: Channel
    missed: asyncio.Event  # that the channels were to be read again

    @property
    def space(self) -> Place:
        """Where Amara and Lena talk."""
        return self.platform.workspace.place(self.channel.id)

    def account(self, person: Person) -> Account:
        """Return somebody's account."""
        return self.platform.workspace.account(person.id)

    def observed(self) -> list[Observation]:
        """Return what the core was told since the last look."""
        seen, self.core.observed = self.core.observed, []
        return seen

    def asked(self, method: str) -> list[Json]:
        """Return with what a method was called, each time."""
        return [request.arguments for request in self.slack.requests if request.method == method]


def feature() -> Feature:
    """Return something that can be done."""
    found = Feature("trying")

    @found.command("try", "Try something", who=EVERYONE)
    @found.shortcut("trying.this", "Try this", who=EVERYONE)
    async def run(asked: object) -> Message:
        raise NotImplementedError

    return found


@asynccontextmanager
async def scene(
    timing: on_slack.Timing = QUICK, core: RecordingCore | None = None, ack_within: float = 3.0
) -> AsyncIterator[Scene]:
    """Open the workspace; afterwards Slack must have had nothing to complain about that a person would see."""
    core, clock, missed = core or RecordingCore(feature()), SetClock(NOON), asyncio.Event()

    async def note() -> None:
        missed.set()

    async with Slack(manifest(core.features), clock.now, ack_within=ack_within) as slack:
        amara = slack.person("amara", real_name="Amara Okafor", email="amara@example.org", zone="Europe/London")
        lena = slack.person("lena", real_name="Lena Vogt", display_name="lenchen", zone="Europe/Berlin", locale="de-DE")
        rosa = slack.person("rosa", real_name="Rosa Delgado", is_admin=True)
        channel = slack.channel("amara-lena", amara, lena, kind="group")
        async with served(core, slack, timing, note) as (platform, driver):
            yield Scene(slack, clock, core, platform, driver, amara, lena, rosa, channel, missed)
        assert [] == slack.complaints


# Spaces.


def a_pair(scene: Scene, name: str = "Amara & Lena") -> NewSpace:
    """Return a space that is to be made for Amara and Lena."""
    return NewSpace(name, "You two", (scene.account(scene.amara), scene.account(scene.lena)))
