"""The page in a real browser, before a core that only takes notes."""

import re
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest
from playwright.async_api import Browser, Page, expect

from bot.calls import Command, Press, Shortcut, Submit
from bot.clock import MovableClock
from bot.members import roster
from bot.people import Place
from bot.views import Button, Errors, Field, Form, Heading, Link, Message, Note, Text, message
from tests.drivers.playground import COMMUNITY, served
from tests.drivers.recording import RecordingCore
from tests.playground.conftest import TUESDAY, Desk, trying

MARKUP = '<img src=x onerror="document.title=1"><b>bold</b> &amp; <script>document.title=2</script>'
FORM = Form(
    "Your goal",
    "trying.sent",
    (
        Field("what", "What do you want to reach?", "Speak <b>freely</b>", "One sentence"),
        Field("why", "Why?", long=True, required=False, limit=20),
    ),
    "Keep it",
)


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


async def _write(page: Page, text: str) -> None:
    await page.fill("#text", text)
    await page.press("#text", "Enter")
    await expect(page.locator("#text")).to_have_value("")


async def _be(page: Page, name: str, conversation: str) -> None:
    await page.locator("#people button", has_text=name).click()
    await page.locator("#conversations button", has_text=conversation).click()
    await expect(page.locator("#title")).to_have_text(conversation)


async def test_the_page_says_what_it_is(page: Page) -> None:
    """It is for trying, and says so."""
    await expect(page.locator(".banner")).to_have_text(
        "This is a playground for trying mentorbot. Everything here is pretended and stays on this machine."
    )


async def test_one_writes_and_the_other_reads(page: Page) -> None:
    """Lena writes; for Amara there is a mark until she looks."""
    await _write(page, "Hello Amara")
    amara = page.locator("#people button", has_text="Amara")
    await expect(amara).to_contain_text("1 new")
    await _be(page, "Amara", "Lena Vogt")
    await expect(page.locator("#log .message")).to_contain_text("Hello Amara")
    await expect(amara).not_to_contain_text("new")


async def test_markup_in_a_text_is_shown_as_it_is(page: Page, desk: Desk) -> None:
    """Neither a person's text nor the bot's becomes part of the page."""
    await _write(page, MARKUP)
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


async def test_a_command_is_answered_privately(page: Page, desk: Desk) -> None:
    """The answer is for Lena alone, and gone after loading the page anew."""
    desk.core.answers["try it"] = message("Tried it.")
    await _write(page, "/mentor try it")
    answer = page.locator("#log .private")
    await expect(answer).to_contain_text("Only you can see this")
    await expect(answer).to_contain_text("Tried it.")
    await _be(page, "Amara", "Lena Vogt")
    await expect(answer).to_have_count(0)
    await _be(page, "Lena", "Amara Okafor")
    await expect(answer).to_have_count(1)
    await page.reload()
    await expect(page.locator("#people [aria-pressed=true]")).to_contain_text("Lena")
    await expect(answer).to_have_count(0)


async def test_commands_are_offered_by_role(page: Page) -> None:
    """Typing / shows what one may ask; arrow keys and Enter take it."""
    await page.fill("#text", "/")
    await expect(page.locator("#suggestions li")).to_have_count(1)
    await page.press("#text", "ArrowDown")
    await page.press("#text", "Enter")
    await expect(page.locator("#text")).to_have_value("/mentor try ")
    await page.locator("#people button", has_text="Rosa").click()
    await page.fill("#text", "/mentor-a")
    await expect(page.locator("#suggestions li")).to_contain_text("/mentor-admin look")


async def test_an_error_keeps_what_was_typed(page: Page) -> None:
    """A mistyped command stays in the field, with the reason beside it."""
    await page.fill("#text", "/mentro try")
    await page.press("#text", "Enter")
    await expect(page.locator("#problem")).to_contain_text("no command /mentro")
    await expect(page.locator("#text")).to_have_value("/mentro try")


async def test_too_long_a_text_stays_in_the_field(page: Page, desk: Desk) -> None:
    """The page says how long it is and may be, and sends nothing."""
    await page.fill("#text", "x" * 200_000)
    await page.press("#text", "Enter")
    await expect(page.locator("#problem")).to_contain_text("200,000 characters; there is room for 4,000")
    assert 200_000 == await page.evaluate("document.getElementById('text').value.length")
    assert [] == desk.core.observed


async def test_a_button_is_pressed_once(page: Page, desk: Desk) -> None:
    """Each press has an id of its own, and its answer appears below, for the one who pressed."""
    shown = message("Choose.", actions=(Button("Later", "trying.later:7", primary=True),))
    await desk.platform.send(desk.account("lena"), shown, "k1")
    await page.locator("#conversations button", has_text="mentorbot").click()
    await expect(page.locator("#log .from-bot button.primary")).to_have_text("Later")
    for number in range(2):
        await page.locator("#log .from-bot button", has_text="Later").click()
        await expect(page.locator("#log .private")).to_have_count(number + 1)
    presses = [call for call in desk.core.calls if isinstance(call, Press)]
    assert ["trying.later:7"] * 2 == [call.action for call in presses]
    assert 2 == len({call.id for call in presses})


async def test_a_link_opens_the_conversation(page: Page, desk: Desk) -> None:
    """It leads to the message, which is marked and has the focus."""
    written = await desk.driver.says("amara", "Where are you?", "amara-lena")
    link = Link("Open the conversation", Place("playground", "riverside", "amara-lena"), written)
    await desk.platform.send(desk.account("lena"), message("Look.", actions=(link,)), "k1")
    await page.locator("#conversations button", has_text="mentorbot").click()
    await page.locator("#log button", has_text="Open the conversation").click()
    await expect(page.locator("#log .found")).to_contain_text("Where are you?")
    await expect(page.locator("#log .found")).to_be_focused()


async def test_a_link_elsewhere_leads_nowhere(page: Page, desk: Desk) -> None:
    """Who isn't in the conversation is told so, and stays where they are."""
    link = Link("Open the conversation", Place("playground", "riverside", "amara-noor"), "1")
    await desk.platform.send(desk.account("lena"), message("Look.", actions=(link,)), "k1")
    await page.locator("#conversations button", has_text="mentorbot").click()
    await page.locator("#log button", has_text="Open the conversation").click()
    await expect(page.locator("#problem")).to_have_text("You aren't in that conversation.")
    await expect(page.locator("#title")).to_have_text("mentorbot")


async def test_who_looks_at_the_end_goes_on_doing_so(page: Page, desk: Desk) -> None:
    """When a card takes room away above, the last message stays in sight."""
    for number in range(30):
        await desk.driver.says("amara", f"Message {number}", "amara-lena")
    last = page.locator("#log .message").last
    await expect(last).to_be_in_viewport(ratio=1)
    await page.get_by_role("button", name="by 1 hour").click()
    await expect(page.locator(".moved")).to_be_visible()
    await expect(last).to_be_in_viewport(ratio=1)


async def test_an_edit_of_the_bots_changes_what_is_shown(page: Page, desk: Desk) -> None:
    """Whoever looks at it sees the new text in its place."""
    sent = await desk.platform.send(desk.account("lena"), message("Waiting."), "k1")
    await page.locator("#conversations button", has_text="mentorbot").click()
    await expect(page.locator("#log .from-bot")).to_contain_text("Waiting.")
    await desk.platform.edit(sent, message("Settled."))
    await expect(page.locator("#log .from-bot")).to_contain_text("Settled.")
    await expect(page.locator("#log .from-bot")).to_contain_text("edited")
    await expect(page.locator("#log .message")).to_have_count(1)


async def test_a_form_is_filled_in(page: Page, desk: Desk) -> None:
    """Prefilled, checked, refused beside the field with what was typed kept, then taken."""
    desk.core.answers |= {"try": FORM, "trying.sent": Errors({"what": "Say more.", "": "Not yet."})}
    await _write(page, "/mentor try")
    form = page.locator("#form")
    what, why = form.get_by_label("What do you want to reach?"), form.get_by_label("Why?")
    await expect(what).to_have_value("Speak <b>freely</b>")
    await expect(what).to_be_focused()
    await why.fill("x" * 21)
    await form.get_by_role("button", name="Keep it").click()
    await expect(form).to_contain_text("there is room for 20")
    await why.fill("Because")
    await form.get_by_role("button", name="Keep it").click()
    await expect(form.locator("#error-what")).to_have_text("Say more.")
    await expect(form).to_contain_text("Not yet.")
    await expect(why).to_have_value("Because")
    desk.core.answers["trying.sent"] = message("Kept.")
    await form.get_by_role("button", name="Keep it").click()
    await expect(form).to_be_hidden()
    await expect(page.locator("#log .private")).to_contain_text("Kept.")
    submits = [call for call in desk.core.calls if isinstance(call, Submit)]
    assert [{"what": "Speak <b>freely</b>", "why": "Because"}] * 2 == [call.values for call in submits]


async def test_a_closed_form_keeps_what_was_typed(page: Page, desk: Desk) -> None:
    """Escape loses nothing: opened again, it is still there."""
    desk.core.answers["try"] = FORM
    for number in range(2):
        await _write(page, "/mentor try")
        why = page.locator("#form").get_by_label("Why?")
        await expect(why).to_have_value("Because" if number else "")
        await why.fill("Because")
        await page.keyboard.press("Escape")
        await expect(page.locator("#form")).to_be_hidden()


async def _menu(page: Page, name: str, entry: str) -> None:
    await page.locator("#log .message").last.hover()
    await page.locator("#log .message").last.get_by_role("button", name=name, exact=True).click()
    await page.locator("#menu").get_by_role("menuitem", name=entry).click()


async def test_a_messages_menu_has_the_bots_entries(page: Page, desk: Desk) -> None:
    """What the features declare stands there, and reaches the core with the message."""
    await _write(page, "Hello")
    await _menu(page, "More", "Try this")
    await expect(page.locator("#log .private")).to_contain_text("Noted.")
    [call] = desk.core.calls
    assert isinstance(call, Shortcut)
    assert "trying.this" == call.name


async def test_react_reply_edit_and_delete(page: Page) -> None:
    """All that one does with a message on other platforms."""
    await _write(page, "Hello")
    await _menu(page, "React", "Thumbs up")
    reaction = page.locator("#log .reaction")
    await expect(reaction).to_have_attribute("aria-label", "Thumbs up: Lena Vogt")
    await reaction.click()
    await expect(reaction).to_have_count(0)
    await page.locator("#log .message").hover()
    await page.get_by_role("button", name="Reply").click()
    await _write(page, "Hello again")
    await expect(page.locator("#log .quote")).to_have_text("Lena Vogt: Hello")
    await _menu(page, "More", "Edit")
    await expect(page.locator("#text")).to_have_value("Hello again")
    await _write(page, "Goodbye")
    await expect(page.locator("#log .message").last).to_contain_text("edited")
    await _menu(page, "More", "Delete")
    await expect(page.locator("#log .message")).to_have_count(1)


async def test_the_clock_moves_at_the_push_of_a_button(page: Page, desk: Desk) -> None:
    """Afterwards the page lists what the bot did, and leads there."""
    desk.way.append((TUESDAY + timedelta(hours=24), "amara", message("A friendly reminder")))
    await expect(page.locator("#now")).to_have_text("Tuesday 4 March, 10:00")
    await expect(page.locator("#zone")).to_have_text("Lena · Europe/Berlin")
    await page.get_by_role("button", name="by 2 days").click()
    await expect(page.locator(".happened li")).to_contain_text(
        "Wednesday 5 March, 10:00: mentorbot wrote to Amara Okafor"
    )
    await expect(page.locator("#now")).to_have_text("Thursday 6 March, 10:00")
    await page.get_by_role("button", name="Look at it as Amara").click()
    await expect(page.locator("#log .found")).to_contain_text("A friendly reminder")
    await expect(page.locator("#now")).to_have_text("Thursday 6 March, 09:00")


async def test_nothing_on_the_way_is_explained(page: Page) -> None:
    """Who sees nothing happen learns why that may be."""
    await page.get_by_role("button", name="by 1 hour").click()
    await expect(page.locator(".moved")).to_contain_text("nothing to do on the way")


async def test_the_guide_leads_through_the_story(page: Page, desk: Desk) -> None:
    """Each step is ticked when it is done, and the guide goes when it is dismissed, also after a reload."""
    desk.way.append((TUESDAY + timedelta(hours=24), "amara", message("A friendly reminder")))
    current = page.locator("#guide [aria-current=step]")
    await expect(current).to_contain_text("As Lena, write something to Amara")
    await _write(page, "Hello")
    await expect(current).to_contain_text("Move the clock ahead by 2 days")
    await page.get_by_role("button", name="by 2 days").click()
    await current.get_by_role("button", name="Be Amara").click()
    await expect(page.locator("#guide")).to_contain_text("mentorbot's main job")
    await page.locator("#guide").get_by_role("button", name="Dismiss").click()
    await page.reload()
    await expect(page.locator("#people [aria-pressed=true]")).to_contain_text("Amara")
    await expect(page.locator("#guide")).to_have_count(0)


async def test_another_tab_sees_it_at_once(page: Page, browser: Browser, desk: Desk) -> None:
    """Each tab is somebody; what one writes the other reads."""
    other = await browser.new_page()
    await other.goto(f"{desk.platform.address}#amara/amara-lena")
    await expect(other.locator("#title")).to_have_text("Lena Vogt")
    await _write(page, "Hello")
    await expect(other.locator("#log .message")).to_contain_text("Hello")
    await expect(other.locator("#announcer")).to_have_text("Lena Vogt: Hello")


async def test_the_page_connects_again(browser: Browser, tmp_path: Path) -> None:
    """While the bot is away the page says so; then it goes on, with what was there."""
    core, community = RecordingCore(trying()), roster.read(COMMUNITY)
    page = await browser.new_page()
    async with served(core, community, MovableClock(), tmp_path) as (platform, _):
        port = int(platform.address.rstrip("/").rpartition(":")[2])
        await page.goto(platform.address)
        await _write(page, "Hello")
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
