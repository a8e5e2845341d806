"""Two people find a time: what each of them sees, on every platform."""

from tests.platforms import on_each_platform
from tests.sessions.booking import ROOM, details, fills, newest, proposes, takes, types
from tests.world import World


@on_each_platform
async def test_a_session_is_booked(riverside: World) -> None:
    """Times are typed, looked at, sent; the other takes one, and both get a file for their calendars."""
    echo = await types(riverside, time2="Friday 9am", agenda="My <@U1> talk & @everyone", prepare="Slides", link=ROOM)
    assert "Shall I propose this to Amara Okafor?" in echo.text
    assert "• Thursday 5 March, 18:00 (UTC)" in echo.text
    assert "• Friday 6 March, 09:00 (UTC)" in echo.text
    assert "Agenda: My <@U1> talk & @everyone" in echo.text
    assert ["Send it", "Change …", "Drop it"] == list(echo.buttons)
    assert [] == await riverside.inbox("amara")
    assert "I'll ask Amara Okafor at hours that suit them" in await riverside.presses("lena", "Send it", echo)
    asked = await newest(riverside, "amara")
    assert "Lena Vogt proposes a session. Which time suits you?" in asked.text
    assert "To prepare: Slides" in asked.text
    assert ["Thursday 5 March, 18:00", "Friday 6 March, 09:00", "Other times …", "Not now"] == list(asked.buttons)
    said = await riverside.presses("amara", "Friday 6 March, 09:00", asked)
    assert "Lovely! You and Lena Vogt meet on Friday 6 March, 09:00 (UTC)." in said
    for user, other in (("lena", "Amara Okafor"), ("amara", "Lena Vogt")):
        told = await newest(riverside, user)
        assert f"It's settled: you and {other} meet on Friday 6 March, 09:00 (UTC)." in told.text
        assert b"METHOD:REQUEST" in told.files["session.ics"]
        assert "Friday 6 March, 09:00" in await riverside.asks(user, "/mentor sessions")
    assert "Nothing left to do here." in (await riverside.inbox("amara"))[0].text
    shown = await details(riverside, "amara")
    assert ("Agenda: My <@U1> talk & @everyone" in shown.text, ROOM in shown.text) == (True, True)


@on_each_platform
async def test_other_times_are_proposed(riverside: World) -> None:
    """Whoever is asked proposes other times, with all that stood there; the first one takes one of them."""
    await proposes(riverside, agenda="My talk")
    asked = await newest(riverside, "amara")
    echo = await fills(riverside, "amara", "Other times …", asked, time1="Tuesday 10:30")
    assert ("Shall I ask Lena Vogt about another time?" in echo.text, "Agenda: My talk" in echo.text) == (True, True)
    await riverside.presses("amara", "Send it", echo)
    assert "You have proposed other times to Lena Vogt." in (await riverside.inbox("amara"))[0].text
    theirs = await newest(riverside, "lena")
    assert "Amara Okafor proposes other times for your session." in theirs.text
    assert "Lovely!" in await takes(riverside, "lena")
    assert "Tuesday 3 March, 10:30" in (await newest(riverside, "amara")).text
    for button in list(asked.buttons.values())[:2]:  # the old message's
        assert "Nothing was changed." in await riverside.presses("amara", button)


@on_each_platform
async def test_a_session_is_moved_and_called_off(riverside: World) -> None:
    """The old time stands until the other agrees; whoever calls it off may add a line."""
    await proposes(riverside)
    await takes(riverside)
    first = (await newest(riverside, "lena")).files["session.ics"]
    echo = await fills(riverside, "lena", "Move …", await details(riverside), time1="Friday 11:00")
    await riverside.presses("lena", "Send it", echo)
    asked = await newest(riverside, "amara")
    assert "Lena Vogt would like to move your session of Thursday 5 March, 18:00." in asked.text
    assert "Thursday 5 March, 18:00" in await riverside.asks("lena", "/mentor sessions")
    await takes(riverside)
    moved = await newest(riverside, "lena")
    assert "Your session with Amara Okafor has another time: Friday 6 March, 11:00 (UTC)." in moved.text
    assert (b"SEQUENCE:0" in first, b"SEQUENCE:1" in moved.files["session.ics"]) == (True, True)
    gone = await fills(riverside, "amara", "Call off …", await details(riverside, "amara"), words="I'm ill, sorry")
    assert "Done. The session on Friday 6 March, 11:00 is called off, and I'll tell Lena Vogt." in gone.text
    told = await newest(riverside, "lena")
    assert "Amara Okafor can't make it to your session on Friday 6 March, 11:00" in told.text
    assert "Amara Okafor writes: I'm ill, sorry" in told.text
    assert (b"METHOD:CANCEL" in told.files["session.ics"], b"SEQUENCE:2" in told.files["session.ics"]) == (True, True)
    assert "No session is booked just now" in await riverside.asks("lena", "/mentor sessions")
