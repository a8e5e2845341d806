"""Goals, sessions and feedback in a real browser: wide as a desk, narrow as a phone in the dark; with pictures."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Literal

import pytest
from playwright.async_api import Browser, Locator, Page, expect

from adapters.playground import Playground
from tests.playground.test_story import PICTURES
from tests.sessions.rfc5545 import read
from tests.world import MONDAY, World, world

pytestmark = pytest.mark.only_on("playground")
GOAL = "I want to speak in team meetings, also when the whole department is there"
ROOM = "https://meet.google.com/abc-defg-hij"
LOOKS: dict[str, tuple[int, Literal["light", "dark"]]] = {
    "desk": (1280, "light"),
    "phone": (360, "dark"),
}


@dataclass
class Screen:
    """Somebody before a page of a width."""

    page: Page
    there: World
    look: str
    width: int

    async def be(self, user: str) -> None:
        """Become somebody, in their conversation with the bot."""
        await self.goes_on()
        await self.page.goto(f"{address(self.there)}#{user}/dm-{user}")
        await expect(self.page.locator("#title")).to_have_text("mentorbot")

    async def writes(self, command: str) -> Locator:
        """Write a command; return the private answer."""
        before = await self.page.locator("#log .private").count()
        await self.page.fill("#text", command)
        await self.page.press("#text", "Enter")
        await expect(self.page.locator("#log .private")).to_have_count(before + 1)
        return self.page.locator("#log .private").last

    async def presses(self, label: str) -> None:
        """Press the newest button with a label."""
        await self.page.locator("#log").get_by_role("button", name=label, exact=True).last.click()

    async def is_told(self, words: str) -> None:
        """See a private answer; then what it leads to goes out."""
        await expect(self.page.locator("#log .private").last).to_contain_text(words)
        await self.goes_on()

    async def goes_on(self) -> None:
        """Let everything that is due go out."""
        await self.there.core.settled()
        await self.there.jobs.round()

    async def sends(self, label: str) -> None:
        """Send off the form that is open."""
        await self.page.locator("#form").get_by_role("button", name=label).click()
        await expect(self.page.locator("#form")).to_be_hidden()

    async def looks_well(self, name: str) -> None:
        """Take a picture; nothing runs out of the page, and every button of it is whole."""
        PICTURES.mkdir(parents=True, exist_ok=True)
        await self.page.wait_for_timeout(200)
        await self.page.screenshot(path=PICTURES / f"sessions-{name}-{self.look}.png")
        assert self.width == await self.page.evaluate("document.documentElement.scrollWidth")
        form = self.page.locator("#form")
        await expect(self.page.locator("#send")).to_be_in_viewport(ratio=1)
        if await form.is_visible():
            await expect(form.locator("[type=submit]")).to_be_in_viewport(ratio=1)
        part = form if await form.is_visible() else self.page.locator("#scroll")
        assert await part.evaluate("({scrollWidth, clientWidth}) => scrollWidth <= clientWidth")


def address(there: World) -> str:
    """Return where the page is."""
    assert isinstance(there.platform, Playground)
    return there.platform.address


@pytest.fixture
async def riverside(sqlite_url: str, tmp_path: Path) -> AsyncIterator[World]:
    """Open the program of tests/community.toml."""
    async with world(sqlite_url, tmp_path) as opened:
        yield opened


@pytest.fixture(params=LOOKS)
async def screen(request: pytest.FixtureRequest, browser: Browser, riverside: World) -> AsyncIterator[Screen]:
    """Open the page in each look; an error in a script fails the test."""
    width, scheme = LOOKS[request.param]
    page = await browser.new_page(viewport={"width": width, "height": 800}, color_scheme=scheme, has_touch=width < 720)
    problems: list[str] = []
    page.on("pageerror", lambda error: problems.append(str(error)))
    await page.goto(f"{address(riverside)}#lena/dm-lena")
    await page.get_by_role("button", name="Dismiss").click()
    yield Screen(page, riverside, request.param, width)
    assert [] == problems


async def test_from_a_goal_to_feedback(screen: Screen, riverside: World) -> None:
    """A goal, a proposal, a file for the calendar, notes, feedback, and what the coordinator sees of all that."""
    await _a_goal(screen)
    await _a_proposal(screen)
    await _it_is_taken(screen)
    await _they_met(screen, riverside)
    await _the_coordinator_looks(screen)


async def _a_goal(screen: Screen) -> None:
    await screen.be("lena")
    await screen.writes("/mentor goals")
    await screen.presses("New goal …")
    await screen.page.locator("#form").get_by_label("What would you like to reach?").fill(GOAL)
    await screen.sends("Save")
    await screen.presses("Five parts …")
    form = screen.page.locator("#form")
    await form.get_by_label("What exactly?").fill("I say one thing in every team meeting")
    await screen.looks_well("1-five-parts")
    await screen.sends("Save")
    await screen.writes("/mentor goals")
    await screen.looks_well("2-goals")


async def _a_proposal(screen: Screen) -> None:
    """Propose two times: one that isn't clear is asked for before anything goes out."""
    await screen.writes("/mentor sessions")
    await screen.presses("Propose a session …")
    form = screen.page.locator("#form")
    await form.get_by_label("A time that suits you").fill("Thursday 6pm")
    await form.get_by_label("Another time").fill("tomorrow at 6")
    await screen.looks_well("3-proposal")
    await form.get_by_role("checkbox", name=GOAL).check()
    await form.get_by_label("Agenda").fill("How to begin: two or three sentences, and when to say them.")
    await form.get_by_label("Link to meet at").fill("https://example.org/room")
    await form.get_by_role("button", name="Look at it first").click()
    await expect(form.locator("#error-link")).to_contain_text("meet.google.com")
    await expect(form.locator("#error-link")).to_be_in_viewport(ratio=1)
    await screen.looks_well("4-a-link-elsewhere")
    await form.get_by_label("Link to meet at").fill(ROOM)
    await screen.sends("Look at it first")
    await screen.is_told("Which one do you mean?")
    await screen.looks_well("5-which-one")
    await screen.presses("Tuesday 3 March, 18:00 (UTC)")
    await screen.presses("Send it")
    await screen.is_told("I'll ask Amara Okafor")


async def _it_is_taken(screen: Screen) -> None:
    """Take a time; the file can be kept, and a calendar takes it."""
    await screen.be("amara")
    await expect(screen.page.locator("#log .from-bot").last).to_contain_text("Which time suits you?")
    await screen.looks_well("6-which-time")
    await screen.presses("Tuesday 3 March, 18:00")
    await screen.is_told("Lovely!")
    link = screen.page.locator("#log").get_by_role("link", name="session.ics")
    await expect(link).to_be_visible()
    await screen.looks_well("7-settled")
    async with screen.page.expect_download() as download:
        await link.click()
    content = await asyncio.to_thread(Path(await (await download.value).path()).read_bytes)
    method, event = read(content)
    assert ("REQUEST", MONDAY + timedelta(days=1, hours=8)) == (method, event.starts_at)


async def _they_met(screen: Screen, there: World) -> None:
    """Answer with a tap that they met; then write notes and feedback, with what can be ticked."""
    await there.passes(days=1, hours=7, minutes=5)
    await screen.be("amara")
    await screen.looks_well("8-reminded")
    await there.passes(hours=2, minutes=10)
    await screen.presses("Yes")
    await screen.is_told("Thank you!")
    await screen.presses("Session notes …")
    form = screen.page.locator("#form")
    await form.get_by_label("What did you cover?").fill("How to begin")
    await expect(form.get_by_role("checkbox", name=GOAL)).to_be_checked()
    await form.get_by_label("Next steps").fill("Lena: say one thing on Monday, by Tuesday")
    await screen.looks_well("9-notes")
    await form.get_by_label("Send it, or keep it as a draft?").scroll_into_view_if_needed()
    await screen.looks_well("10-notes-below")
    await screen.sends("Done")
    await screen.be("lena")
    await screen.presses("Yes")
    await screen.is_told("Thank you!")
    await screen.presses("Session feedback …")
    await form.get_by_label("How was this session for you?").select_option("5")
    await form.get_by_role("checkbox", name="Being listened to").check()
    await screen.looks_well("11-feedback")
    await screen.sends("Done")
    await screen.writes("/mentor notes")
    await screen.looks_well("12-own-notes")


async def _the_coordinator_looks(screen: Screen) -> None:
    await screen.be("rosa")
    missing = await screen.writes("/mentor-admin notes")
    await expect(missing).to_contain_text("Amara Okafor")
    await screen.looks_well("13-who-has-not-written")
    card = await screen.writes("/mentor-admin pairing @amara @lena")
    await expect(card).to_contain_text("Last session: Tuesday 3 March 2026")
    await expect(card).not_to_contain_text(GOAL)
    await screen.looks_well("14-the-card")
    await screen.writes("/mentor-admin forms")
    await screen.looks_well("15-forms")
