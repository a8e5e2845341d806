"""The page in a real browser: what the bot says and asks, and its clock."""

import asyncio
from datetime import timedelta
from pathlib import Path

from playwright.async_api import Page, expect

from bot.calls import Press
from bot.feature import NewSpace
from bot.people import Place
from bot.views import Button, File, Image, Link, Message, message
from tests.playground.conftest import TUESDAY, Desk, be, write


async def test_a_command_is_answered_privately(page: Page, desk: Desk) -> None:
    """The answer is for Lena alone, and gone after loading the page anew."""
    desk.core.answers["try it"] = message("Tried it.")
    await write(page, "/mentor try it")
    answer = page.locator("#log .private")
    await expect(answer).to_contain_text("Only you can see this")
    await expect(answer).to_contain_text("Tried it.")
    await be(page, "Amara", "Lena Vogt")
    await expect(answer).to_have_count(0)
    await be(page, "Lena", "Amara Okafor")
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


async def test_an_edit_of_the_bots_changes_what_is_shown(page: Page, desk: Desk) -> None:
    """Whoever looks at it sees the new text in its place."""
    sent = await desk.platform.send(desk.account("lena"), message("Waiting."), "k1")
    await page.locator("#conversations button", has_text="mentorbot").click()
    await expect(page.locator("#log .from-bot")).to_contain_text("Waiting.")
    await desk.platform.edit(sent, message("Settled."))
    await expect(page.locator("#log .from-bot")).to_contain_text("Settled.")
    await expect(page.locator("#log .from-bot")).to_contain_text("edited")
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
    await write(page, "Hello")
    await expect(current).to_contain_text("Move the clock ahead by 2 days")
    await page.get_by_role("button", name="by 2 days").click()
    await current.get_by_role("button", name="Be Amara").click()
    await expect(page.locator("#guide")).to_contain_text("mentorbot's main job")
    await page.locator("#guide").get_by_role("button", name="Dismiss").click()
    await page.reload()
    await expect(page.locator("#people [aria-pressed=true]")).to_contain_text("Amara")
    await expect(page.locator("#guide")).to_have_count(0)


async def test_a_picture_and_a_file(page: Page, desk: Desk) -> None:
    """A picture is shown with what it says in words; a file can be kept."""
    png = (Path(__file__).parents[2] / "docs/playground.png").read_bytes()
    desk.core.answers["try data"] = Message((Image("chart.png", png, "Three of four."), File("me.json", b"{}", "You.")))
    await write(page, "/mentor try data")
    await expect(page.get_by_alt_text("Three of four.")).to_have_js_property("complete", True)  # noqa: FBT003
    assert 0 < await page.get_by_alt_text("Three of four.").evaluate("image => image.naturalWidth")
    async with page.expect_download() as download:
        await page.get_by_role("link", name="me.json").click()
    assert b"{}" == await asyncio.to_thread(Path(await (await download.value).path()).read_bytes)


async def test_a_picture_on_a_phone(page: Page, desk: Desk) -> None:
    """It is as wide as the page; pressed, it is as large as it is and can be moved, and the page stays as wide."""
    png = (Path(__file__).parents[2] / "docs/playground.png").read_bytes()
    desk.core.answers["try data"] = Message((Image("chart.png", png, "Three of four."),))
    await page.set_viewport_size({"width": 360, "height": 780})
    await write(page, "/mentor try data")
    shown = page.get_by_alt_text("Three of four.")
    await expect(shown).to_have_js_property("complete", True)  # noqa: FBT003
    widths = "image => [image.offsetWidth < 300, image.offsetWidth >= image.naturalWidth]"
    assert [True, False] == await shown.evaluate(widths)
    await page.get_by_role("button", name="Three of four.").click()
    assert [False, True] == await shown.evaluate(widths)
    assert 360 == await page.evaluate("document.documentElement.scrollWidth")
    await page.get_by_role("button", name="Three of four.").click()
    assert [True, False] == await shown.evaluate(widths)


async def test_a_space_that_the_bot_makes_and_closes(page: Page, desk: Desk) -> None:
    """It appears in the list with its name; closed, it can only be read."""
    people = (desk.account("amara"), desk.account("lena"))
    place = await desk.platform.open_space("riverside", NewSpace("goals", "Your goals", people), "space:1")
    await page.locator("#conversations button", has_text="#goals").click()
    await expect(page.locator("#subtitle")).to_contain_text("Your goals")
    await write(page, "Hello")
    await desk.platform.close_space(place)
    await expect(page.locator("#text")).to_be_disabled()
    await expect(page.locator("#log")).to_contain_text("Hello")


async def test_who_becomes_a_member(page: Page, desk: Desk) -> None:
    """Roles and commands follow what somebody is in the program by now."""
    desk.core.known = {"lena": ["coordinator"]}
    await write(page, "/mentor try it")
    await expect(page.locator("#people button", has_text="Lena")).to_contain_text("coordinator")
    await expect(page.locator("#people button", has_text="Amara")).to_contain_text("not a member")
    await page.fill("#text", "/mentor-a")
    await expect(page.locator("#suggestions li")).to_contain_text("/mentor-admin look")
