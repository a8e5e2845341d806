"""A playground of the sample community, before a core that only takes notes."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pytest
from playwright.async_api import Browser, Page, expect

from adapters.playground import Playground
from bot.clock import MovableClock
from bot.feature import Feature, Option
from bot.members import roster
from bot.members.roster import Roster
from bot.people import COORDINATORS, EVERYONE, PAIRED, Account
from bot.views import Message
from tests.drivers.playground import COMMUNITY, PlaygroundDriver, served
from tests.drivers.recording import RecordingCore

TUESDAY = datetime(2031, 3, 4, 9, tzinfo=UTC)


@dataclass
class Desk:
    """A playground with its driver, its core and its clock."""

    platform: Playground
    driver: PlaygroundDriver
    core: RecordingCore
    clock: MovableClock
    way: list[tuple[datetime, str, Message]]  # on the way of a leap: when, to whom, what is sent
    go_on: asyncio.Event  # a leap waits for it at its end

    def account(self, user: str) -> Account:
        """Return somebody's account."""
        return Account("playground", "riverside", user)


def trying() -> Feature:
    """Declare commands and menus without anything behind them: the core that takes notes answers."""
    feature = Feature("trying")

    @feature.command("try", "Try something", who=EVERYONE, options=(Option("what", "Whatever you like"),))
    @feature.command("look", "Look at everything", who=COORDINATORS)
    @feature.shortcut("trying.this", "Try this", who=PAIRED)
    async def run(asked: object) -> Message:
        raise NotImplementedError

    return feature


@pytest.fixture
def community() -> Roster:
    """Return who is there."""
    return roster.read(COMMUNITY)


@pytest.fixture
async def desk(tmp_path: Path, community: Roster) -> AsyncIterator[Desk]:
    """Serve the playground on a clock that stands at Tuesday 4 March, 09:00 UTC."""
    core, clock, way = RecordingCore(trying()), MovableClock(), list[tuple[datetime, str, Message]]()
    go_on = asyncio.Event()
    go_on.set()
    clock.move_to(TUESDAY)

    async def leap(target: datetime) -> None:
        for number, (at, user, message) in enumerate(way):
            clock.move_to(at)
            await platform.send(Account("playground", "riverside", user), message, f"way-{number}")
        await go_on.wait()
        clock.move_to(target)

    async with served(core, community, clock, tmp_path, leap=leap) as (platform, driver):
        yield Desk(platform, driver, core, clock, way, go_on)


@pytest.fixture
async def page(browser: Browser, desk: Desk) -> AsyncIterator[Page]:
    """Open the page as Lena; an error in a script, or something that the policy blocks, fails the test."""
    opened = await browser.new_page(viewport={"width": 1280, "height": 800})
    problems: list[str] = []
    opened.on("pageerror", lambda error: problems.append(str(error)))
    opened.on("console", lambda line: problems.append(line.text) if line.type == "error" else None)
    await opened.goto(desk.platform.address)
    await expect(opened.locator("#people [aria-pressed=true]")).to_contain_text("Lena")
    yield opened
    assert [] == problems


async def write(page: Page, text: str) -> None:
    """Send what is written; it is on its way once the field is empty."""
    await page.fill("#text", text)
    await page.press("#text", "Enter")
    await expect(page.locator("#text")).to_have_value("")


async def be(page: Page, name: str, conversation: str) -> None:
    """Become somebody, and open one of their conversations."""
    await page.locator("#people button", has_text=name).click()
    await page.locator("#conversations button", has_text=conversation).click()
    await expect(page.locator("#title")).to_have_text(conversation)
