"""The platforms that the contract suite runs on, each with a driver and before a core that only takes notes."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from bot.calls import Observation
from bot.clock import SetClock
from bot.feature import Feature
from bot.members import roster
from bot.people import EVERYONE, Account, Place
from bot.ports import Platform
from bot.views import Message
from tests.drivers.driver import Driver
from tests.drivers.playground import COMMUNITY, served
from tests.drivers.recording import RecordingCore

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
    outsider: str  # the user id of somebody else

    def observed(self) -> list[Observation]:
        """Return what the core was told since the last look."""
        seen, self.core.observed = self.core.observed, []
        return seen


def _feature() -> Feature:
    feature = Feature("trying")

    @feature.command("try", "Try something", who=EVERYONE)
    @feature.shortcut("trying.this", "Try this", who=EVERYONE)
    async def run(asked: object) -> Message:
        raise NotImplementedError

    return feature


async def _playground(tmp_path: Path) -> AsyncIterator[World]:
    core, clock = RecordingCore(_feature()), SetClock(NOON)
    async with served(core, roster.read(COMMUNITY), clock, tmp_path) as (platform, driver):
        amara = Account("playground", "riverside", "amara")
        lena = Account("playground", "riverside", "lena")
        space = Place("playground", "riverside", "amara-lena")
        yield World(platform, driver, core, clock, amara, lena, space, "rosa")


PLATFORMS = {"playground": _playground}
