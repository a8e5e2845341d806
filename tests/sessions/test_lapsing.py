"""A proposal that nobody answers lapses, kindly; pauses move its clock, and nothing is asked of who isn't there."""

from pathlib import Path

from bot.facts import ProgramChanged
from storage.programs import State
from storage.sessions import Sessions
from storage.sessions import State as SessionState
from storage.settings import Settings
from tests.sessions.booking import books, details, fills, newest, proposes, takes, types
from tests.world import World, world

LATER = "Wednesday 25 March 2026 18:00"


async def test_it_lapses_after_two_days(riverside: World) -> None:
    """Both are told once, and its buttons say so; nobody is blamed."""
    await proposes(riverside, time1=LATER)
    asked = await newest(riverside, "amara")
    assert "lapses by itself on Wednesday 4 March, 10:00." in asked.text
    await riverside.passes(hours=47)
    assert 0 == len(await riverside.inbox("lena"))
    await riverside.passes(hours=2)
    assert (
        "No answer has come from Amara Okafor to the times that you proposed" in (await newest(riverside, "lena")).text
    )
    assert "The times that Lena Vogt proposed have lapsed" in (await newest(riverside, "amara")).text
    assert "have lapsed. You can propose new ones" in (await riverside.inbox("amara"))[0].text
    assert "Nothing was changed." in await riverside.presses("amara", next(iter(asked.buttons)), asked)
    await riverside.passes(days=10)
    assert (1, 2) == (len(await riverside.inbox("lena")), len(await riverside.inbox("amara")))


async def test_it_lapses_when_its_times_are_over(riverside: World) -> None:
    """There is nothing to answer any more."""
    await proposes(riverside, time1="today 18:00")
    await riverside.passes(hours=9)
    assert "No answer has come" in (await newest(riverside, "lena")).text


async def test_a_pause_moves_its_clock(riverside: World) -> None:
    """Who is away for a week has their two days after it; who comes back earlier has them from then on."""
    await riverside.asks("amara", "/mentor away until Monday")
    await proposes(riverside, time1=LATER)
    await riverside.passes(days=7, hours=12)
    assert [] == await riverside.inbox("lena")
    assert "lapses by itself on Wednesday 11 March, 09:00." in (await newest(riverside, "amara")).text
    await riverside.asks("amara", "/mentor away until Saturday")
    await riverside.passes(days=4)
    assert [] == await riverside.inbox("lena")
    await riverside.passes(days=4)
    assert "No answer has come" in (await newest(riverside, "lena")).text


async def test_a_rest_moves_its_clock(riverside: World) -> None:
    """While a pairing rests, the time to answer stands still."""
    await proposes(riverside, time1=LATER)
    seen = await riverside.driver.commands("rosa", "/mentor-admin pairing @amara @lena")
    choices = await riverside.driver.presses("rosa", "Rest", seen)
    await riverside.presses("rosa", next(iter(choices.buttons)), choices)
    await riverside.passes(days=5)
    assert [] == [one for one in await riverside.inbox("lena") if "No answer has come" in one.text]


async def test_a_move_lapses_with_its_session(riverside: World) -> None:
    """Who comes back only after a session isn't asked any more to move it; who wished for it is told that it lapsed."""
    await books(riverside)
    await riverside.asks("amara", "/mentor away until Monday")
    await fills(riverside, "lena", "Move …", await details(riverside), time1=LATER)
    await riverside.presses("lena", "sessions.send:2")
    await riverside.passes(days=3, hours=8, minutes=30)
    assert "No answer has come" not in repr(await riverside.inbox("lena"))
    await riverside.passes(hours=1)
    assert "No answer has come" in repr(await riverside.inbox("lena"))
    await riverside.passes(days=4)
    assert not [seen for seen in await riverside.inbox("amara") if "Not now" in seen.buttons]


async def test_what_is_answered_lapses_no_more(riverside: World) -> None:
    """Booked, declined and taken back: nothing more is said about it."""
    await books(riverside, time1=LATER)
    await proposes(riverside, time1="Thursday 26 March 2026 18:00")
    asked = await newest(riverside, "amara")
    assert "That's fine. I'll tell Lena Vogt" in await riverside.presses("amara", "Not now", asked)
    assert "Amara Okafor can't meet at these times just now." in (await newest(riverside, "lena")).text
    await proposes(riverside, time1="Friday 27 March 2026 18:00")
    seen = await riverside.driver.commands("lena", "/mentor sessions")
    assert "can't answer this proposal any more" in await riverside.presses("lena", "Take it back", seen)
    assert "Lena Vogt has taken this proposal back. Nothing left" in " ".join((await newest(riverside, "amara")).texts)
    before = len(await riverside.inbox("lena"))
    await riverside.passes(days=5)
    assert before == len(await riverside.inbox("lena"))


async def test_what_waits_is_listed(riverside: World) -> None:
    """/mentor waiting shows a proposal to whoever is asked, with its buttons, and not to whoever made it."""
    await proposes(riverside)
    seen = await riverside.driver.commands("amara", "/mentor waiting")
    assert "Sessions that are proposed to you" in seen.text
    assert "Thursday 5 March, 18:00" in seen.buttons
    assert "proposed to you" not in await riverside.asks("lena", "/mentor waiting")


async def test_calling_off_late_is_noted_and_said_before(riverside: World) -> None:
    """Later than three hours before it is noted; earlier nothing is."""
    await books(riverside, time1="today 18:00")
    await riverside.passes(hours=5, minutes=30)
    form = (await riverside.driver.presses("lena", "Call off …", await details(riverside))).form
    assert form is not None
    assert "It begins in less than 3 hours. That can happen; it is only noted." in form.fields[0].hint
    await riverside.driver.submits("lena", form, {"words": "x" * 300})
    assert [True] == await _noted(riverside)
    assert "Nothing was changed." in (await riverside.driver.submits("lena", form, {"words": ""})).text
    await books(riverside, time1="Friday 18:00")
    early = (await riverside.driver.presses("lena", "Call off …", await details(riverside))).form
    assert early is not None
    assert "noted" not in early.fields[0].hint
    assert "300 is the most" in (await riverside.driver.submits("lena", early, {"words": "x" * 301})).errors["words"]
    await riverside.driver.submits("lena", early, {})
    assert [True, False] == await _noted(riverside)


async def test_moving_late_is_noted_and_said_before(riverside: World) -> None:
    """So is moving a session, once the other agrees to it; what was asked for in time isn't noted."""
    said = "The session begins in less than 3 hours. It can still be moved"
    await books(riverside, time1="today 18:00")
    early = await fills(riverside, "lena", "Move …", await details(riverside), time1="today 19:00")
    assert said not in early.text
    await riverside.presses("lena", "Send it", early)
    await riverside.passes(hours=5, minutes=30)
    await takes(riverside)
    assert [False] == (await _noted(riverside))[:1]
    await riverside.passes(hours=1)
    late = await fills(riverside, "lena", "Move …", await details(riverside), time1="Friday 9:00")
    assert said in late.text
    await riverside.presses("lena", "Send it", late)
    assert [False] == (await _noted(riverside))[:1]
    await takes(riverside)
    assert [True] == (await _noted(riverside))[:1]


async def test_a_wish_to_move_arrives_before_the_session(riverside: World) -> None:
    """In the evening somebody is asked at once about a session of the next morning, and not about one of next week."""
    await books(riverside, time1="Tuesday 8:00", time2="")
    await riverside.passes(hours=11)
    echo = await fills(riverside, "lena", "Move …", await details(riverside), time1="Friday 9:00")
    assert "I'm asking Amara Okafor now" in await riverside.presses("lena", "Send it", echo)
    assert "would like to move" in (await riverside.inbox("amara"))[-1].text
    other = await fills(riverside, "amara", "Other times …", (await riverside.inbox("amara"))[-1], time1="Friday 10:00")
    assert "I'm asking Lena Vogt now" in await riverside.presses("amara", "Send it", other)
    await takes(riverside, "lena")
    echo = await fills(riverside, "lena", "Move …", await details(riverside), time1="Friday 11:00")
    assert "at hours that suit them" in await riverside.presses("lena", "Send it", echo)
    assert "would like to move" not in (await riverside.inbox("amara"))[-1].text


async def _noted(riverside: World) -> list[bool]:
    async with riverside.database.work(1) as work:
        them = await work.of(Sessions).in_state([1], {SessionState.BOOKED, SessionState.CANCELLED})
    return [one.short_notice for one in them]


async def test_a_session_that_has_begun_isnt_called_off_or_moved(riverside: World) -> None:
    """It is asked about afterwards; a link can still be set."""
    await books(riverside, time1="today 18:00")
    shown = await details(riverside)
    await riverside.passes(hours=8, minutes=5)
    for button in ("Move …", "Call off …"):
        assert "Nothing was changed." in await riverside.presses("lena", button, shown)
    assert ["I'll be a little late …", "Link …", "Recording …"] == list((await details(riverside)).buttons)


async def test_another_link(riverside: World) -> None:
    """Only on an approved host; the other gets it with a file that takes the first one's place."""
    await books(riverside)
    shown = await details(riverside)
    wrong = await fills(riverside, "lena", "Link …", shown, link="https://evil.example/x")
    assert "zoom.us" in wrong.errors["link"]
    assert (
        "Noted: https://zoom.us/j/1."
        in (await fills(riverside, "lena", "Link …", shown, link="https://zoom.us/j/1")).text
    )
    told = await newest(riverside, "amara")
    assert "there is a link: https://zoom.us/j/1" in told.text
    assert b"SEQUENCE:1" in told.files["session.ics"]
    same = await fills(riverside, "amara", "Link …", await details(riverside, "amara"), link="https://zoom.us/j/1")
    assert "That is the link already." in same.text
    assert "The link is gone" in (await fills(riverside, "lena", "Link …", shown, link="")).text


async def test_a_pairing_that_ends(riverside: World) -> None:
    """What waits is needless, what is booked is taken out of calendars, and nothing can be begun any more."""
    await books(riverside, time1=LATER)
    await proposes(riverside)
    draft = await types(riverside, time1="Friday 9:00")
    seen = await riverside.driver.commands("rosa", "/mentor-admin pairing @amara @lena")
    ending = await riverside.driver.presses("rosa", "End", seen)
    await riverside.presses("rosa", next(iter(ending.buttons)), ending)
    told = [one for one in await riverside.inbox("lena") if "doesn't take place" in one.text]
    assert b"METHOD:CANCEL" in told[0].files["session.ics"]
    assert any("isn't needed any more" in one.text for one in await riverside.inbox("amara"))
    assert "has ended" in await riverside.presses("lena", "Send it", draft)
    assert "You aren't paired with anybody just now." in await riverside.asks("lena", "/mentor sessions")


async def test_before_the_program_runs(database_url: str, tmp_path: Path) -> None:
    """A proposal waits for Start, and its time to answer begins then."""
    async with world(database_url, tmp_path, state=State.SET_UP) as riverside:
        assert "The program isn't running yet" in await proposes(riverside, time1=LATER)
        await riverside.passes(days=5)
        assert [] == await riverside.inbox("amara")
        (program, *_) = await riverside.core.programs()
        async with riverside.core.at_work(program) as context:
            await context.work.of(Settings).put(state=State.RUNNING, since=context.now)
            begun = await context.house.context(context.work, await context.work.of(Settings).get())
            await begun.tell(ProgramChanged(program))
        await riverside.passes(days=2)
        await takes(riverside)
        assert "It's settled" in (await newest(riverside, "lena")).text


async def test_it_does_not_lapse_before_somebody_was_asked(database_url: str, tmp_path: Path) -> None:
    """The time to answer begins at the first hour at which the other can be asked, however short it is."""
    async with world(database_url, tmp_path, {"sessions.answer_within": "6h"}) as riverside:
        await riverside.passes(hours=10)
        await proposes(riverside, time1=LATER)
        await riverside.passes(hours=13, minutes=30)
        assert "lapses by itself on Tuesday 3 March, 15:00." in (await newest(riverside, "amara")).text
        assert [] == await riverside.inbox("lena")


async def test_who_was_never_asked_is_told_nothing(riverside: World) -> None:
    """All times were over before an hour came at which the other could be asked."""
    await riverside.passes(hours=10)
    await proposes(riverside, time1="tomorrow 08:00")
    await riverside.passes(days=2)
    assert "No answer has come" in (await newest(riverside, "lena")).text
    assert [] == await riverside.inbox("amara")


async def test_an_invitation_comes_before_the_session(riverside: World) -> None:
    """Who has no hour left for being told before a session is told at once."""
    await riverside.passes(days=4)  # Friday
    await proposes(riverside, time1="Monday 08:00")
    await riverside.passes(hours=11)
    await takes(riverside)
    assert "session.ics" in (await newest(riverside, "lena")).files
