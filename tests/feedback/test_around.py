"""From one session to the next: the question whether they met, notes and feedback, next steps before the next time."""

from datetime import timedelta

from tests.feedback.meeting import newest, writes
from tests.feedback.test_writing import FEEDBACK, NOTES, WRITTEN
from tests.platforms import on_each_platform
from tests.sessions.having import books
from tests.world import MONDAY, World


@on_each_platform
async def test_from_one_session_to_the_next(riverside: World) -> None:
    """Yes is answered with the form for a few words; what was agreed on stands before the next session."""
    await books(riverside, MONDAY + timedelta(hours=3), 30)
    await riverside.passes(hours=4)
    assert "Did you two meet" in (await newest(riverside, "amara")).text
    await riverside.presses("amara", "Yes", await newest(riverside, "amara"))
    before = len(await riverside.inbox("lena"))
    await writes(riverside, "amara", NOTES, WRITTEN)
    assert FEEDBACK not in (await newest(riverside, "lena")).buttons
    await riverside.presses("lena", "Yes", await newest(riverside, "lena"))
    assert before + 1 == len(await riverside.inbox("lena"))
    await writes(riverside, "lena", FEEDBACK, {"rating": "5"})
    await books(riverside, MONDAY + timedelta(days=3), 30)
    await riverside.passes(days=2, minutes=5)
    reminder = await newest(riverside, "lena")
    assert "You: send the CV (by Friday 6 March)" in reminder.text
    assert "Done: send the CV" in await riverside.presses("lena", "Done", reminder)
    assert "send the CV" not in await riverside.presses("lena", "sessions.details:2")


async def test_they_say_different_things(riverside: World) -> None:
    """Where one says that they met and the other that they didn't, nobody is asked until that is decided."""
    await books(riverside, MONDAY + timedelta(hours=3), 30)
    await riverside.passes(hours=4)
    await riverside.presses("amara", "Yes", await newest(riverside, "amara"))
    asked = await newest(riverside, "amara")
    assert NOTES in asked.buttons
    await riverside.presses("lena", "Not this time", await newest(riverside, "lena"))
    assert "isn't marked as held yet: nothing to write now." in (await newest(riverside, "amara")).text
    await riverside.passes(days=5)
    assert FEEDBACK not in repr(await riverside.inbox("lena"))
    await riverside.presses("rosa", "sessions.they_met:1")
    assert NOTES in (await newest(riverside, "amara")).buttons
