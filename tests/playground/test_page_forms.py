"""The page's forms: filled in, corrected, closed and opened again."""

from playwright.async_api import FilePayload, Page, expect

from bot.calls import Submit
from bot.views import Errors, Field, Form, message
from tests.playground.conftest import Desk, be, write

FORM = Form(
    "Your goal",
    "trying.sent",
    (
        Field("what", "What do you want to reach?", "Speak <b>freely</b>", "One sentence"),
        Field("why", "Why?", long=True, required=False, limit=20),
    ),
    "Keep it",
)


async def test_too_long_a_text_stays_in_the_field(page: Page, desk: Desk) -> None:
    """The page says how long it is and may be, and sends nothing."""
    await page.fill("#text", "x" * 200_000)
    await page.press("#text", "Enter")
    await expect(page.locator("#problem")).to_contain_text("200,000 characters; there is room for 4,000")
    assert 200_000 == await page.evaluate("document.getElementById('text').value.length")
    assert [] == desk.core.observed


async def test_a_form_is_filled_in(page: Page, desk: Desk) -> None:
    """Prefilled, checked, refused beside the field with what was typed kept, then taken."""
    desk.core.answers |= {"try": FORM, "trying.sent": Errors({"what": "Say more.", "": "Not yet."})}
    await write(page, "/mentor try")
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
        await write(page, "/mentor try")
        why = page.locator("#form").get_by_label("Why?")
        await expect(why).to_have_value("Because" if number else "")
        await why.fill("Because")
        await page.keyboard.press("Escape")
        await expect(page.locator("#form")).to_be_hidden()


async def test_what_was_typed_stays_with_its_form(page: Page, desk: Desk) -> None:
    """Another form that is sent to the same place opens with its own text."""
    for what, text in (("try", "The first"), ("look", "The second")):
        desk.core.answers[what] = Form("A text", "trying.sent", (Field("text", "The text", text),))
    await be(page, "Rosa", "mentorbot")
    for what, text in (("try", "The first"), ("look", "The second"), ("try", "The first, changed")):
        await write(page, f"/mentor-admin {what}" if what == "look" else "/mentor try")
        field = page.locator("#form").get_by_label("The text")
        await expect(field).to_have_value(text)
        await field.fill(f"{text}, changed")
        await page.keyboard.press("Escape")
        await expect(page.locator("#form")).to_be_hidden()


async def test_a_form_with_a_choice_and_a_file(page: Page, desk: Desk) -> None:
    """A choice is taken from a list, a file comes along, and what is wrong with it stands beside it."""
    fields = (
        Field("role", "Role", "mentee", choices=(("mentor", "A mentor"), ("mentee", "A mentee"))),
        Field("list", "A list", file=True),
    )
    desk.core.answers["try add"] = Form("Add people", "trying.sent", fields)
    desk.core.answers["trying.sent"] = Errors({"list": "Line 2 has no name."})
    await write(page, "/mentor try add")
    await expect(page.locator("#field-role")).to_have_value("mentee")
    await page.select_option("#field-role", "mentor")
    await page.get_by_role("button", name="Send").last.click()
    await expect(page.locator("#error-list")).to_have_text("Please fill this in.")
    upload = FilePayload(name="people.csv", mimeType="text/csv", buffer="name\nZoë".encode())
    await page.set_input_files("#field-list", upload)
    await page.get_by_role("button", name="Send").last.click()
    await expect(page.locator("#error-list")).to_have_text("Line 2 has no name.")
    call = desk.core.calls[-1]
    assert isinstance(call, Submit)
    assert ({"role": "mentor"}, "name\nZoë".encode()) == (dict(call.values), call.files["list"].content)


async def test_a_long_text_is_read_from_its_beginning(page: Page, desk: Desk) -> None:
    """A form that opens with a text in it shows the text's first line."""
    text = "\n".join(f"line {number}" for number in range(200))
    desk.core.answers["try"] = Form("A text", "trying.sent", (Field("text", "The text", text, long=True),))
    await write(page, "/mentor try")
    field = page.locator("#field-text")
    await expect(field).to_be_focused()
    assert 0 == await field.evaluate("field => field.scrollTop")


async def test_several_things_are_ticked(page: Page, desk: Desk) -> None:
    """Boxes stand there as they were ticked, keep what was changed in a draft, and come back joined by commas."""
    days = (("1", "Monday"), ("2", "Tuesday"), ("5", "Friday"))
    field = Field("days", "Which days?", "1,5", "Any of them", choices=days, several=True)
    desk.core.answers |= {"try": Form("Days", "trying.days", (field,)), "trying.days": message("Kept.")}
    await write(page, "/mentor try")
    form = page.locator("#form")
    group = form.get_by_role("group", name="Which days?")
    monday, tuesday, friday = (group.get_by_role("checkbox", name=label) for _, label in days)
    await expect(monday).to_be_focused()
    await expect(monday).to_be_checked()
    await expect(tuesday).not_to_be_checked()
    await monday.uncheck()
    await friday.uncheck()
    await form.get_by_role("button", name="Send").click()
    await expect(form.locator("#error-days")).to_have_text("Please fill this in.")
    await tuesday.check()
    await form.get_by_role("button", name="Cancel").click()
    await write(page, "/mentor try")
    await expect(tuesday).to_be_checked()
    await expect(monday).not_to_be_checked()
    await friday.check()
    await form.get_by_role("button", name="Send").click()
    await expect(form).to_be_hidden()
    (call,) = (call for call in desk.core.calls if isinstance(call, Submit))
    assert {"days": "2,5"} == call.values
