"""Somebody leaves for good who has sessions: the other's calendar learns of it, and nothing of them is left."""

from icalendar import Calendar

from storage.sessions import Sessions
from tests.sessions.booking import books, details, proposes, types
from tests.world import World


async def test_nothing_stays_booked_with_whoever_is_deactivated(riverside: World) -> None:
    """The other side isn't left waiting: told at once, reminded of nothing, and told the truth on asking for more."""
    await books(riverside)
    await proposes(riverside, time1="Friday 18:00")
    form = (await riverside.driver.presses("lena", "Move …", await details(riverside))).form
    assert form is not None
    async with riverside.database.work(1) as work:
        amara = await riverside.member(work, "amara")
    await riverside.presses("rosa", f"community.deactivate_now:{amara}")
    told = (await riverside.inbox("lena"))[-1]
    assert "Your session with Amara Okafor on Thursday 5 March, 18:00 doesn't take place." in told.text
    assert b"METHOD:CANCEL" in told.files["session.ics"]
    seen = await riverside.driver.commands("lena", "/mentor sessions")
    assert ("No session is booked just now", False) == (seen.texts[0], "Proposed by you" in seen.text)
    assert "doesn't take part in the program just now" in (await types(riverside)).wrong
    assert "doesn't take part" in (await riverside.driver.submits("lena", form, {"time1": "Friday 9:00"})).wrong
    before = len(await riverside.inbox("lena"))
    await riverside.passes(days=5)
    assert before == len(await riverside.inbox("lena"))
    count = len(await riverside.inbox("amara"))
    await riverside.presses("rosa", f"community.bring_back:{amara}")
    await riverside.passes(days=1)
    assert [] == [seen for seen in (await riverside.inbox("amara"))[count:] if "doesn't take place" in seen.text]
    assert "Send it" in (await types(riverside, time1="Friday 18:00")).buttons


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
