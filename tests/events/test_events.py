"""A community event from its announcement to who was there, as everybody sees it."""

from tests.events.announcing import CIRCLE, announces, code, enters, fills, lists, newest, types
from tests.platforms import on_each_platform
from tests.world import World


@on_each_platform
async def test_from_the_announcement_to_who_was_there(riverside: World) -> None:
    """Typed, looked at, announced; one comes, is reminded, types the code; the coordinator sees who was there."""
    echo = await types(riverside)
    assert "Shall I announce this?" in echo.text
    assert "circle, Thursday 5 March, 18:00 (UTC)\nHow long: 1 hour\nWhere: https://zoom.us/j/1" in echo.text
    assert ["Announce it", "Change …", "Drop it"] == list(echo.buttons)
    said = await riverside.driver.presses("rosa", "Announce it", echo)
    assert "3 people hear of it" in said.text
    assert await code(riverside) in said.text
    await riverside.passes(days=1)
    told = await newest(riverside, "lena")
    assert "A community event: “Mentoring circle”" in told.text
    assert CIRCLE["about"] in told.text
    assert ["I'll come", "I can't", "Details"] == list(told.buttons)
    comes = await riverside.driver.presses("lena", "I'll come", told)
    assert "you're coming to “Mentoring circle” on Thursday 5 March, 18:00 (UTC)" in comes.text
    assert "You're coming." in (await newest(riverside, "lena")).text
    assert "Should it suit you after all" in await riverside.presses("noor", "I can't", await newest(riverside, "noor"))
    await riverside.passes(days=2, hours=7)  # Thursday, 17:00
    reminded = await newest(riverside, "lena")
    assert "In 60 minutes: “Mentoring circle”" in reminded.text
    assert "In 60 minutes" not in (await newest(riverside, "noor")).text
    await riverside.passes(hours=1)
    right = await code(riverside)
    thanks = await fills(riverside, "lena", "I was there …", reminded, code=f" {right[:2].lower()}-{right[2:]} ")
    assert "you were at “Mentoring circle”. Thank you for coming!" in thanks.text
    page = await riverside.driver.presses("rosa", "events.guests:1")
    assert "1 comes: Lena Vogt" in page.text
    assert "1 was there: Lena Vogt" in page.text
    assert "1 can't come" in page.text
    assert "You were there." in (await lists(riverside, "lena")).text
