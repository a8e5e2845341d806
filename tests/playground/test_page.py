"""The page in a real browser: what people do there, before a core that only takes notes."""

import re
from pathlib import Path

import pytest
from playwright.async_api import Browser, Page, expect

from bot.calls import Command, Shortcut
from bot.clock import MovableClock
from bot.members import roster
from bot.views import Heading, Message, Note, Text
from tests.drivers.playground import COMMUNITY, served
from tests.drivers.recording import RecordingCore
from tests.playground.conftest import Desk, be, trying, write

MARKUP = '<img src=x onerror="document.title=1"><b>bold</b> &amp; <script>document.title=2</script>'


async def test_the_page_says_what_it_is(page: Page) -> None:
    """It is for trying, and says so."""
    await expect(page.locator(".banner")).to_have_text(
        "This is a playground for trying mentorbot. Everything here is pretended and stays on this machine."
    )


async def test_one_writes_and_the_other_reads(page: Page) -> None:
    """Lena writes; for Amara there is a mark until she looks."""
    await write(page, "Hello Amara")
    amara = page.locator("#people button", has_text="Amara")
    await expect(amara).to_contain_text("1 new")
    await be(page, "Amara", "Lena Vogt")
    await expect(page.locator("#log .message")).to_contain_text("Hello Amara")
    await expect(amara).not_to_contain_text("new")


async def test_markup_in_a_text_is_shown_as_it_is(page: Page, desk: Desk) -> None:
    """Neither a person's text nor the bot's becomes part of the page."""
    await write(page, MARKUP)
    await expect(page.locator("#log .message .body > p")).to_have_text(MARKUP)
    shown = Message((Heading(MARKUP), Text(MARKUP), Note(MARKUP)))
    await desk.platform.send(desk.account("lena"), shown, "k1")
    await page.locator("#conversations button", has_text="mentorbot").click()
    for part in ("h3", "p:not(.note)", "p.note"):
        await expect(page.locator(f"#log .from-bot .body > {part}")).to_have_text(MARKUP)
    assert "mentorbot playground" == await page.title()
    assert 0 == await page.locator("#log img[src=x], #log b, #log script").count()


@pytest.mark.parametrize("width", [1280, 360])
async def test_long_and_foreign_names_fit(browser: Browser, tmp_path: Path, width: int) -> None:
    """80 characters, no blank among them, markup or from right to left: nothing runs out of the page."""
    names = {"Amara Okafor": "W" * 80, "Lena Vogt": "<b>" + "נועה " * 15, "Noor Haddad": "نور " * 20}
    text = COMMUNITY.read_text("utf-8")
    for old, new in names.items():
        text = text.replace(old, new.strip())
    core, clock = RecordingCore(trying()), MovableClock()
    async with served(core, roster.parse(text, "people.toml"), clock, tmp_path) as (platform, driver):
        written = await driver.says("lena", "x" * 4000, "amara-lena")
        await driver.says("lena", "short", "amara-lena", reply_to=written)
        await driver.says("lena", "a dot beside each name", "everybody")
        page = await browser.new_page(viewport={"width": width, "height": 740})
        await page.goto(f"{platform.address}#lena/amara-lena")
        await expect(page.locator("#title")).to_have_text("W" * 80)
        await expect(page.locator("#log .message")).to_have_count(2)
        assert width == await page.evaluate("document.documentElement.scrollWidth")
        assert await page.evaluate(
            "(({scrollWidth, clientWidth}) => scrollWidth <= clientWidth)(document.getElementById('scroll'))"
        )
        for part in ("#send", "#moves [data-hours='48']", "#text"):
            box = await page.locator(part).bounding_box()
            assert box is not None
            assert box["x"] >= 0
            assert box["x"] + box["width"] <= width


async def test_who_looks_at_the_end_goes_on_doing_so(page: Page, desk: Desk) -> None:
    """When a card takes room away above, the last message stays in sight."""
    for number in range(30):
        await desk.driver.says("amara", f"Message {number}", "amara-lena")
    last = page.locator("#log .message").last
    await expect(last).to_be_in_viewport(ratio=1)
    await page.get_by_role("button", name="by 1 hour").click()
    await expect(page.locator(".moved")).to_be_visible()
    await expect(last).to_be_in_viewport(ratio=1)


async def _menu(page: Page, name: str, entry: str) -> None:
    await page.locator("#log .message").last.hover()
    await page.locator("#log .message").last.get_by_role("button", name=name, exact=True).click()
    await page.locator("#menu").get_by_role("menuitem", name=entry).click()


async def test_a_messages_menu_has_the_bots_entries(page: Page, desk: Desk) -> None:
    """What the features declare stands there, and reaches the core with the message."""
    await write(page, "Hello")
    await _menu(page, "More", "Try this")
    await expect(page.locator("#log .private")).to_contain_text("Noted.")
    [call] = desk.core.calls
    assert isinstance(call, Shortcut)
    assert "trying.this" == call.name


async def test_react_reply_edit_and_delete(page: Page) -> None:
    """All that one does with a message on other platforms."""
    await write(page, "Hello")
    await _menu(page, "React", "Thumbs up")
    reaction = page.locator("#log .reaction")
    await expect(reaction).to_have_attribute("aria-label", "Thumbs up: Lena Vogt")
    await reaction.click()
    await expect(reaction).to_have_count(0)
    await page.locator("#log .message").hover()
    await page.get_by_role("button", name="Reply").click()
    await write(page, "Hello again")
    await expect(page.locator("#log .quote")).to_have_text("Lena Vogt: Hello")
    await _menu(page, "More", "Edit")
    await expect(page.locator("#text")).to_have_value("Hello again")
    await write(page, "Goodbye")
    await expect(page.locator("#log .message").last).to_contain_text("edited")
    await _menu(page, "More", "Delete")
    await expect(page.locator("#log .message")).to_have_count(1)


async def test_another_tab_sees_it_at_once(page: Page, browser: Browser, desk: Desk) -> None:
    """Each tab is somebody; what one writes the other reads."""
    other = await browser.new_page()
    await other.goto(f"{desk.platform.address}#amara/amara-lena")
    await expect(other.locator("#title")).to_have_text("Lena Vogt")
    await write(page, "Hello")
    await expect(other.locator("#log .message")).to_contain_text("Hello")
    await expect(other.locator("#announcer")).to_have_text("Lena Vogt: Hello")


async def test_the_page_connects_again(browser: Browser, tmp_path: Path) -> None:
    """While the bot is away the page says so; then it goes on, with what was there."""
    core, community = RecordingCore(trying()), roster.read(COMMUNITY)
    page = await browser.new_page()
    async with served(core, community, MovableClock(), tmp_path) as (platform, _):
        port = int(platform.address.rstrip("/").rpartition(":")[2])
        await page.goto(platform.address)
        await write(page, "Hello")
    await expect(page.locator("#status")).to_contain_text("connection to mentorbot is lost")
    await page.fill("#text", "Are you there?")
    await page.press("#text", "Enter")
    await expect(page.locator("#problem")).to_contain_text("no connection")
    async with served(core, community, MovableClock(), tmp_path, port=port):
        await expect(page.locator("#status")).to_be_hidden(timeout=15_000)
        await expect(page.locator("#log .message")).to_have_count(1)
        await page.press("#text", "Enter")
        await expect(page.locator("#log .message")).to_have_count(2)


async def test_all_can_be_done_with_the_keyboard(page: Page, desk: Desk) -> None:
    """From the top of the page: be Amara, open a conversation, write, react; focus is never lost."""
    await desk.driver.says("lena", "Hello", "amara-lena")
    await page.locator("#people button", has_text="Amara").focus()
    await page.keyboard.press("Enter")
    await expect(page.locator("#people button", has_text="Amara")).to_be_focused()
    await page.locator("#text").focus()
    await page.keyboard.type("/mentor try")
    await page.keyboard.press("Enter")
    await expect(page.locator("#log .private")).to_have_count(1)
    await page.locator("#log .message").first.get_by_role("button", name="React").focus()
    await page.keyboard.press("Enter")
    await page.keyboard.press("ArrowRight")
    await page.keyboard.press("Enter")
    await expect(page.locator("#log .reaction")).to_have_attribute("aria-label", "Heart: Amara Okafor")
    await expect(page.locator("#log .message").first.get_by_role("button", name="React")).to_be_focused()
    assert [("mentor", "try")] == [(c.root, c.text) for c in desk.core.calls if isinstance(c, Command)]


async def test_on_a_phone_conversations_are_in_a_drawer(browser: Browser, desk: Desk) -> None:
    """At 360 pixels a button opens the list, and choosing closes it."""
    page = await browser.new_page(viewport={"width": 360, "height": 740})
    await page.goto(f"{desk.platform.address}#amara/amara-lena")
    await expect(page.locator("#sidebar")).to_be_hidden()
    await page.get_by_role("button", name=re.compile("^Conversations")).click()
    await page.locator("#conversations button", has_text="Noor").click()
    await expect(page.locator("#title")).to_have_text("Noor Haddad")
    await expect(page.locator("#sidebar")).to_be_hidden()


async def test_an_empty_community_says_what_is_missing(browser: Browser, tmp_path: Path) -> None:
    """A program whose people are elsewhere has nobody to be here; the page says what the file lacks."""
    text = COMMUNITY.read_text("utf-8").replace("playground/riverside", "slack/T1")
    async with served(RecordingCore(), roster.parse(text, "x"), MovableClock(), tmp_path) as (platform, _):
        page = await browser.new_page()
        await page.goto(platform.address)
        await expect(page.locator("#title")).to_have_text("Nobody is here")
        await expect(page.locator("#subtitle")).to_contain_text("playground/riverside/amara")
