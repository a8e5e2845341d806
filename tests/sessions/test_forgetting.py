"""Somebody leaves for good who has sessions: the other's calendar learns of it, and nothing of them is left."""

from icalendar import Calendar

from storage.sessions import Sessions
from tests.sessions.booking import books, proposes
from tests.world import World


async def test_a_session_leaves_the_others_calendar(riverside: World) -> None:
    """Whoever stays gets the cancellation of what was booked, while what was written for it is gone at once."""
    await books(riverside, agenda="Talk about interviews")
    await proposes(riverside, time1="Friday 18:00")
    seen = await riverside.driver.commands("lena", "/mentor forget")
    form = (await riverside.driver.presses("lena", "Forget me …", seen)).form
    assert form is not None
    await riverside.driver.submits("lena", form, {"name": "Lena Vogt"})
    await riverside.passes(minutes=10)
    (told,) = [one for one in await riverside.inbox("amara") if "Lena Vogt has left the program" in one.text]
    assert "Thursday 5 March, 18:00" in told.text
    (file,) = told.files.values()
    (event,) = Calendar.from_ical(file).walk("VEVENT")
    assert "CANCELLED" == event["status"]
    async with riverside.database.work(1) as work:
        assert {} == await work.of(Sessions).get([1, 2])
