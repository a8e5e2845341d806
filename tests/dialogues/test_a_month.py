"""A month of one pairing, in what its people write and read: a first goal, three sessions, and what comes between."""

from collections.abc import Mapping
from datetime import UTC, datetime

from tests.drivers.driver import Seen
from tests.platforms import GRAIN, on_each_platform
from tests.sessions.rfc5545 import Desk
from tests.world import World

GOAL = "I want to speak in team meetings"
PARTS = {
    "specific": "I say one thing in every team meeting",
    "measurable": "I have spoken in eight meetings",
    "achievable": "I prepare one point the evening before",
    "relevant": "I would like to lead a project",
    "timed": "Until the end of May",
}
ROOM = "https://meet.google.com/abc-defg-hij"
PRIVATE = ("heliotrope", "I waited", "Rather not say")  # what neither the other side nor a list may show


@on_each_platform
async def test_a_month(riverside: World) -> None:
    """Goal, session, notes, a move, a talk without booking, time away, a session that isn't held, and a look at it."""
    await _a_first_goal(riverside)
    await _a_session_is_found(riverside)
    await _they_meet(riverside)
    await _a_few_words(riverside)
    await _a_session_is_moved(riverside)
    await _a_talk_that_nobody_booked(riverside)
    await _time_away(riverside)
    await _a_session_that_is_not_held(riverside)
    await _the_coordinator_looks(riverside)
    await _what_each_of_them_got(riverside)


async def _a_first_goal(there: World) -> None:
    """Monday 2 March: Lena writes one sentence, and grows it at once."""
    noted = await fills(there, "lena", "New goal …", await writes(there, "lena", "/mentor goals"), text=GOAL)
    assert "Amara Okafor can see it too, and nobody else." in noted.text
    await fills(there, "lena", "Five parts …", noted, **PARTS)
    card = await there.driver.presses("lena", "More", await writes(there, "lena", "/mentor goals"))
    assert "Until when: Until the end of May" in card.text
    assert f"Lena Vogt has noted a new goal for you two: “{GOAL}”" in (await newest(there, "amara")).text


async def _a_session_is_found(there: World) -> None:
    """Tuesday: she proposes times as people write them; one of them is asked for; Amara takes another one."""
    await until(there, 3, 10)
    proposed = {"time1": "friday 17:30", "time2": "tomorrow at 6", "time3": "Thursday 6pm", "agenda": "How to begin"}
    sessions = await writes(there, "lena", "/mentor sessions")
    echo = await fills(there, "lena", "Propose a session …", sessions, **proposed, goals="1", link=ROOM)
    assert 'You wrote "tomorrow at 6". Which one do you mean?' in echo.text
    assert "Send it" not in echo.buttons
    echo = await there.driver.presses("lena", "Wednesday 4 March, 18:00 (UTC)", echo)
    assert "I'll ask Amara Okafor" in await there.presses("lena", "Send it", echo)
    proposal = await newest(there, "amara")
    times = ["Wednesday 4 March, 18:00", "Thursday 5 March, 18:00", "Friday 6 March, 17:30"]
    assert [*times, "Other times …", "Not now"] == list(proposal.buttons)
    assert f"Goals: {GOAL}\nLink: {ROOM}" in proposal.text
    assert "Lovely! You and Lena Vogt meet on" in await there.presses("amara", "Thursday 5 March, 18:00", proposal)
    assert [[march(5, 18)]] * 2 == [await calendar(there, user) for user in ("lena", "amara")]


async def _they_meet(there: World) -> None:
    """Both are reminded a day and an hour before; ten minutes after the end both are asked, and say yes."""
    await until(there, 4, 18, 5)
    for user in ("lena", "amara"):
        reminder = await newest(there, user)
        assert "In 24 hours you meet" in reminder.text
        assert "Agenda: How to begin" in reminder.text
        assert ["Details", "Move …", "Call off …"] == list(reminder.buttons)
    await until(there, 5, 17, 5)
    for user in ("lena", "amara"):
        reminder = await newest(there, user)
        assert "you meet" in reminder.text
        assert ["Details", "I'll be a little late …"] == list(reminder.buttons)
    assert "I've told Amara Okafor." in await _five_minutes_late(there)
    assert "Lena Vogt will be about 5 minutes later today." in (await newest(there, "amara")).text
    await until(there, 5, 19, 15)
    for user in ("amara", "lena"):
        question = await newest(there, user)
        assert "Did you two meet today?" in question.text
        assert "It's noted that you and" in await there.presses(user, "Yes", question)


async def _five_minutes_late(there: World) -> str:
    late = await there.driver.presses("lena", "I'll be a little late …", await newest(there, "lena"))
    return await there.presses("lena", "5 minutes", late)


async def _a_few_words(there: World) -> None:
    """Amara writes notes with next steps, Lena feedback and how far her goal is; both see the steps."""
    ask = await newest(there, "amara")
    assert ["Session notes …", "Session feedback …", "Nothing to add", "Later today"] == list(ask.buttons)
    words = {"covered": "First words in a meeting", "steps": "Lena: speak on Monday, by Tuesday", "private": PRIVATE[0]}
    written = await fills(there, "amara", "Session notes …", ask, **words)
    assert "1 next step goes to Lena Vogt and you before your next session." in written.text
    await fills(there, "amara", "Session feedback …", await newest(there, "amara"), rating="4")
    assert "Session notes and Session feedback came in. Thank you!" in (await newest(there, "amara")).text
    given = await fills(there, "lena", "Session feedback …", await newest(there, "lena"), rating="5")
    assert "Has something moved on? If you like, say how far it is:" in given.text
    moved = await fills(there, "lena", f"{GOAL} …", given, percent="20", line="Spoke on Monday")
    assert "Noted: 20%" in moved.text
    notes = await writes(there, "lena", "/mentor notes")
    assert "You: speak on Monday (by Tuesday 10 March)" in notes.text
    read_again = await there.driver.presses("lena", "Read", notes)
    assert "First words in a meeting" in read_again.text
    assert PRIVATE[0] not in read_again.text


async def _a_session_is_moved(there: World) -> None:
    """Sunday: Amara proposes the next one, Lena is asked on Monday; she takes it and moves it, in both calendars."""
    await until(there, 8, 20)
    await proposes(there, "amara", time1="Thursday 6pm", minutes="45")
    await until(there, 9, 10)
    await there.presses("lena", "Thursday 12 March, 18:00", await newest(there, "lena"))
    await until(there, 10, 10)
    details = await there.driver.presses(
        "lena", "Details (Thursday 12 March)", await writes(there, "lena", "/mentor sessions")
    )
    echo = await fills(there, "lena", "Move …", details, time1="Friday 13 March 17:00")
    assert "Shall I ask Amara Okafor about another time?" in echo.text
    await there.presses("lena", "Send it", echo)
    proposal = await newest(there, "amara")
    assert "Lena Vogt would like to move your session of Thursday 12 March, 18:00." in proposal.text
    assert "Until you choose a time, the session stays as it is." in proposal.text
    await there.presses("amara", "Friday 13 March, 17:00", proposal)
    for user in ("lena", "amara"):
        assert "has another time: Friday 13 March, 17:00" in (await newest(there, user)).text
        assert [march(5, 18), march(13, 17)] == await calendar(there, user)
    await until(there, 12, 17, 5)
    reminder = await newest(there, "lena")
    assert "You: speak on Monday" in reminder.text
    assert "Done: speak on Monday" in await there.presses("lena", "Done", reminder)
    await until(there, 13, 18)
    await there.presses("lena", "Yes", await newest(there, "lena"))
    assert "Nothing to add: noted." in await there.presses("lena", "Nothing to add", await newest(there, "lena"))


async def _a_talk_that_nobody_booked(there: World) -> None:
    """Monday: Amara, who hasn't said a word about Friday, notes a talk on Sunday; Lena is asked the next morning."""
    await until(there, 16, 22)
    assert "a few words while it's fresh?" not in (await newest(there, "amara")).text
    assert (
        "Your session with Lena Vogt on Friday 13 March: a few words about it?" in (await newest(there, "amara")).text
    )
    talk = {"when": "yesterday 3pm", "minutes": "20"}
    sessions = await writes(there, "amara", "/mentor sessions")
    noted = await fills(
        there, "amara", "We met without booking …", sessions, **talk, **await with_lena(there, sessions)
    )
    assert "Noted: you and Lena Vogt met, Sunday 15 March, 15:00." in noted.text
    assert "noted that" not in (await newest(there, "lena")).text
    await until(there, 17, 10)
    question = await newest(there, "lena")
    assert "Amara Okafor noted that you two met: Sunday 15 March, 15:00. Did you?" in question.text
    await there.presses("lena", "Yes", question)


async def _time_away(there: World) -> None:
    """Amara proposes two times, Lena is away for a week: nothing lapses, nobody asks her anything until she is back."""
    await proposes(there, "amara", time1="25 March 6pm", time2="26 March 6pm")
    before = len(await there.inbox("lena"))
    assert "away until Monday 23 March" in await there.asks("lena", "/mentor away Monday")
    await until(there, 23, 8)
    assert before == len(await there.inbox("lena"))
    await until(there, 23, 10)
    waiting = await writes(there, "lena", "/mentor waiting")
    assert "Amara Okafor proposes a session." in waiting.text
    assert "lapses by itself on Wednesday 25 March" in waiting.text
    assert "Lovely!" in await there.presses("lena", "Wednesday 25 March, 18:00", waiting)


async def _a_session_that_is_not_held(there: World) -> None:
    """One waited, the other rather doesn't say; the coordinator, and nobody else, sees both, and decides."""
    await until(there, 25, 19, 15)
    for user, reason in (("lena", PRIVATE[1]), ("amara", PRIVATE[2])):
        question = next(seen for seen in reversed(await there.inbox(user)) if "Did you two meet" in seen.text)
        why = await there.driver.presses(user, "Not this time", question)
        assert "Only coordinators see this." in why.text
        await there.presses(user, reason, why)
    case = await newest(there, "rosa")
    assert "A session of Amara Okafor and Lena Vogt needs your eye" in case.text
    assert "Amara Okafor: not this time (Rather not say)\nLena Vogt: not this time (I waited)" in case.text
    assert "Rosa Delgado has marked it as not held." in await there.presses("rosa", "They didn't", case)
    for user in ("lena", "amara"):
        assert "a coordinator has marked it as not held." in "".join(seen.text for seen in await there.inbox(user))
        last = await there.asks(user, "/mentor sessions")
        assert "Wednesday 25 March, 18:00 (not marked as held yet)" in last


async def _the_coordinator_looks(there: World) -> None:
    """Wednesday 1 April: Rosa sees counts and dates, who hasn't written, and never a word of what was said."""
    await until(there, 32, 10)
    card = await there.asks("rosa", "/mentor-admin pairing @amara @lena")
    assert "Next session: none is booked\nLast session: Sunday 15 March 2026" in card
    assert "Goals: 1 now, 0 done, 0 dropped; last word on Thursday 5 March 2026" in card
    assert "Notes and feedback: 4 of 9 given, the last on Friday 13 March 2026" in card
    missing = await writes(there, "rosa", "/mentor-admin notes")
    assert "Amara Okafor\n• session with Lena Vogt on Friday 13 March: Session notes and Session feedback" in (
        missing.text
    )
    assert "I'll remind Amara Okafor" in await there.presses("rosa", "Remind Amara Okafor", missing)
    seen = card + missing.text + "".join(seen.text for seen in await there.inbox("rosa"))
    assert not [word for word in (GOAL, "How to begin", "First words", *PRIVATE[:1]) if word in seen]


async def _what_each_of_them_got(there: World) -> None:
    """Neither learns why the other says that they didn't meet; nobody is reminded of anything a third time."""
    for user, other in (("lena", PRIVATE[2]), ("amara", PRIVATE[1])):
        assert other not in "".join(seen.text for seen in await there.inbox(user))
    again = [seen for seen in await there.inbox("lena") if "can still be written" in seen.text]
    assert 2 == len(again)
    assert 1 == len(await there.inbox("rosa"))


# How the people of this story do what they do.


def march(day: int, hour: int, minute: int = 0) -> datetime:
    """Return an instant of that month; the 32nd is the first of April."""
    return datetime(2026, 3 + (day - 1) // 31, (day - 1) % 31 + 1, hour, minute, tzinfo=UTC)


async def until(there: World, day: int, hour: int, minute: int = 0) -> None:
    """Let time pass; what is due on the way is done."""
    await there.jobs.leap(there.clock, march(day, hour, minute) + GRAIN[there.platform.name])


async def writes(there: World, user: str, command: str) -> Seen:
    """Write a command; return the private answer."""
    return await there.driver.commands(user, command)


async def newest(there: World, user: str) -> Seen:
    """Return the newest message that somebody got."""
    return (await there.inbox(user))[-1]


async def fills(there: World, user: str, button: str, on: Seen, **values: str) -> Seen:
    """Press a button that opens a form, fill it in and send it off; return the answer."""
    opened = await there.driver.presses(user, button, on)
    assert opened.form is not None, opened.text
    answer = await there.driver.submits(user, opened.form, values)
    await there.jobs.round()
    assert not answer.errors
    return answer


async def with_lena(there: World, sessions: Seen) -> Mapping[str, str]:
    """Return what Amara, who has several pairings, chooses in a form."""
    form = (await there.driver.presses("amara", "Propose a session …", sessions)).form
    assert form is not None
    (field,) = [field for field in form.fields if field.name == "with"]
    return {"with": next(value for value, label in field.choices.items() if label == "Lena Vogt")}


async def proposes(there: World, user: str, **values: str) -> None:
    """Propose a session to Lena, and send it."""
    sessions = await writes(there, user, "/mentor sessions")
    whom = await with_lena(there, sessions)
    echo = await fills(there, user, "Propose a session …", sessions, **values, **whom)
    await there.presses(user, "Send it", echo)


async def calendar(there: World, user: str) -> list[datetime]:
    """Return when the sessions are that stand in somebody's calendar, which took every file that they got."""
    desk = Desk()
    for seen in await there.inbox(user):
        for content in seen.files.values():
            desk.take(content)
    return sorted(event.starts_at for event in desk.events.values())
