"""The whole, as a stranger meets it: `mentorbot run` on fresh data, and a browser; pictures in build/screenshots/."""

import asyncio
import re
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from playwright.async_api import Browser, Page, expect

PICTURES = Path(__file__).parents[2] / "build" / "screenshots"
CONFIG = """
[storage]
url = "sqlite:///{folder}/mentorbot.db"
[playground]
port = 0
open_browser = false
state = "{folder}/playground.json"
[audit]
key_file = "{folder}/audit.key"
"""
WORDS = "Could you look at my heliotrope CV before Thursday?"


@asynccontextmanager
async def _running(folder: Path) -> AsyncIterator[str]:
    """Run mentorbot as a program of its own; give the address that it prints."""
    config = folder / "config.toml"
    config.write_text(CONFIG.format(folder=folder))
    command = (sys.executable, "-m", "bot", "run", "--config", str(config))
    log = (folder / "log.txt").open("ab")
    program = await asyncio.create_subprocess_exec(*command, stdout=asyncio.subprocess.PIPE, stderr=log)
    try:
        assert program.stdout is not None
        line = await asyncio.wait_for(program.stdout.readline(), 30)
        found = re.search(r"http://\S+", line.decode())
        assert found, line
        yield found[0]
    finally:
        program.terminate()
        await asyncio.wait_for(program.wait(), 15)
        log.close()


async def _picture(page: Page, name: str) -> None:
    PICTURES.mkdir(parents=True, exist_ok=True)
    await page.wait_for_timeout(200)
    await page.screenshot(path=PICTURES / f"{name}.png")


async def test_the_story(browser: Browser, tmp_path: Path) -> None:
    """A mentee's message goes unanswered, two days pass, the mentor gets a nudge, and one tap settles it."""
    async with _running(tmp_path) as address:
        page = await browser.new_page(viewport={"width": 1280, "height": 800})
        await page.goto(address)
        await expect(page.locator("#people [aria-pressed=true]")).to_contain_text("Lena Vogt")
        await _picture(page, "1-first-visit")
        await page.fill("#text", WORDS)
        await page.press("#text", "Enter")
        await expect(page.locator("#log .message")).to_contain_text(WORDS)
        await page.get_by_role("button", name="by 2 days").click()
        await expect(page.locator(".happened li")).to_contain_text("mentorbot wrote to Amara Okafor")
        await _picture(page, "2-two-days-later")
        await page.get_by_role("button", name="Be Amara").click()
        nudge = page.locator("#log .from-bot")
        await expect(nudge).to_contain_text("Lena Vogt wrote to you")
        await expect(nudge).not_to_contain_text("heliotrope")
        await _picture(page, "3-the-nudge")
        await _pictures_elsewhere(browser, page.url)
        await nudge.get_by_role("button", name="Open the conversation").click()
        await expect(page.locator("#log .found")).to_contain_text(WORDS)
        await page.go_back()
        await nudge.get_by_role("button", name="No reply needed").click()
        await expect(page.locator("#log .private")).to_contain_text("I won't remind you of Lena Vogt's message")
        await expect(nudge).to_contain_text("needs no reply", timeout=20_000)
        await _picture(page, "4-settled")
        await _picture_of_rosa(page)
    await _goes_on(browser, tmp_path)
    _kept_private(tmp_path)


async def _pictures_elsewhere(browser: Browser, address: str) -> None:
    """Take the nudge as it looks on a phone, and in the dark."""
    for name, width, height, scheme in (("phone", 360, 740, "light"), ("dark", 1280, 800, "dark")):
        page = await browser.new_page(
            viewport={"width": width, "height": height},
            color_scheme="dark" if scheme == "dark" else "light",
            has_touch=name == "phone",
        )
        await page.goto(address)
        await expect(page.locator("#log .from-bot")).to_contain_text("A friendly reminder")
        assert width == await page.evaluate("document.documentElement.scrollWidth")
        await _picture(page, f"3-the-nudge-{name}")
        await page.close()


async def _picture_of_rosa(page: Page) -> None:
    await page.locator("#people button", has_text="Rosa").click()
    await page.fill("#text", "/mentor-admin waiting")
    await page.press("#text", "Enter")
    await expect(page.locator("#log .private")).to_be_visible()
    await _picture(page, "5-the-coordinator")


async def _goes_on(browser: Browser, folder: Path) -> None:
    """Start it again: mentorbot and its playground are where they were."""
    async with _running(folder) as address:
        page = await browser.new_page()
        await page.goto(f"{address}#amara/dm-amara")
        await expect(page.locator("#log .from-bot")).to_contain_text("needs no reply")
        await page.fill("#text", "/mentor waiting")
        await page.press("#text", "Enter")
        await expect(page.locator("#log .private")).to_contain_text("Nothing waits for you")


def _kept_private(folder: Path) -> None:
    """Look for what Lena wrote: it stands in the playground's own file, and neither in the database nor in the log."""
    holders = [file.name for file in folder.iterdir() if b"heliotrope" in file.read_bytes()]
    assert ["playground.json"] == holders
