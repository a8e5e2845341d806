"""What is typed that can't be: each is answered beside its field or asked for, and nothing that was typed is lost."""

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.calls import Press, Submit
from bot.views import Errors, Message
from storage.goals import Goals
from storage.members import Members
from storage.pairings import Pairings
from tests.databases import at_once
from tests.sessions.booking import books, details, fills, newest, proposes, takes, types
from tests.world import World, world


@pytest.mark.parametrize(
    ("values", "field", "says"),
    [
        ({"time1": ""}, "time1", "Please write a day and a time"),
        ({"time1": "2026-03-01 18:00"}, "time1", "past|over|was"),
        ({"time1": "soon"}, "time1", "time of day"),
        ({"time1": "x" * 10_000}, "time1", "couldn't"),
        ({"time2": "Thursday 25:00"}, "time2", "couldn't|time of day"),
        ({"minutes": "0"}, "minutes", "That would be 0 minutes. A session takes from 10 minutes to 8 hours."),
        ({"minutes": "30 hours"}, "minutes", "That would be 1800 minutes. A session takes from 10 minutes to 8 hours."),
        ({"minutes": "9"}, "minutes", "A session takes from 10 minutes"),
        ({"minutes": "481"}, "minutes", "A session takes from 10 minutes"),
        ({"minutes": "a while"}, "minutes", "Please write how long it takes"),
        ({"minutes": "9" * 10_000}, "minutes", "Please write how long it takes"),
        ({"agenda": "a" * 10_000}, "agenda", "This has 10000 characters; 2000 is the most I can take."),
        ({"prepare": "a" * 1001}, "prepare", "This has 1001 characters; 1000 is the most I can take."),
        ({"link": "https://evil.example/zoom.us"}, "link", "zoom.us"),
        ({"link": "https://zoom.us@evil.example"}, "link", ""),
        ({"link": "javascript:alert(1)"}, "link", "https"),
        ({"goals": "1"}, "goals", "isn't a goal of the two of you"),
        ({"goals": "x,9999999999999999999999"}, "goals", "isn't a goal of the two of you"),
        ({"with": "7"}, "", ""),
    ],
)
async def test_what_cant_be_is_said_beside_its_field(
    riverside: World, values: dict[str, str], field: str, says: str
) -> None:
    """The form stays open with what was typed, and nothing is kept or sent."""
    lena = riverside.account("lena")
    typed = {"time1": "Thursday 18:00", "minutes": "60", **values}
    reply = await riverside.core.handle(Submit("form", lena, "sessions.made:1:0", typed))
    if not field:  # with whom isn't asked where there is but one
        assert isinstance(reply, Message)
        return
    assert isinstance(reply, Errors)
    assert [field] == list(reply.errors)
    assert any(word in reply.errors[field] for word in says.split("|")), reply.errors[field]
    assert [] == await riverside.inbox("amara")


async def test_everything_wrong_is_said_at_once(riverside: World) -> None:
    """Four mistakes are four answers."""
    seen = await types(riverside, time1="soon", minutes="0", link="ftp://zoom.us/1", agenda="a" * 2001)
    assert {"time1", "minutes", "link", "agenda"} == set(seen.errors)


async def test_a_time_that_doesnt_exist_and_one_that_comes_twice(database_url: str, tmp_path: Path) -> None:
    """Where clocks change it is asked which time is meant; nothing can be sent before."""
    async with world(database_url, tmp_path, at=datetime(2026, 3, 23, 10, tzinfo=UTC)) as riverside:
        await _lives(riverside, "lena", "Europe/Berlin")
        echo = await types(riverside, time1="2026-03-29 02:30")
        assert "Which one do you mean?" in echo.text
        assert ("Send it" in echo.buttons, 2) == (False, sum("March" in label for label in echo.buttons))
        chosen = next(label for label in echo.buttons if "03:00" in label)
        clear = await riverside.driver.presses("lena", chosen, echo)
        assert (
            "• Sunday 29 March, 03:00 (Europe/Berlin); for Amara Okafor it's Sunday 29 March, 01:00 (UTC)" in clear.text
        )
        await riverside.presses("lena", "Send it", clear)
        assert "Sunday 29 March, 01:00" in list((await newest(riverside, "amara")).buttons)
    async with world(database_url, tmp_path / "autumn", at=datetime(2026, 10, 19, 10, tzinfo=UTC)) as riverside:
        echo = await types(riverside, time1="2026-10-25 02:30")
        assert 2 == sum("the clocks go back" in label for label in echo.buttons)


async def test_a_day_that_can_be_read_in_two_ways(riverside: World) -> None:
    """5/3 is asked about with buttons, and only one of several times is."""
    echo = await types(riverside, time1="4/5 18:00", time2="Thursday 18:00")
    assert 'You wrote "4/5 18:00". Which one do you mean?' in echo.text
    assert "Send it" not in echo.buttons
    forged = echo.buttons["Drop it"].replace("drop", "send")
    assert "Which one do you mean?" in await riverside.presses("lena", forged)
    assert [] == await riverside.inbox("amara")
    clear = await riverside.driver.presses("lena", "Monday 4 May, 18:00 (UTC)", echo)
    assert "Send it" in clear.buttons
    assert "This proposal isn't there any more" in await riverside.presses(
        "lena", echo.buttons["Sunday 5 April, 18:00 (UTC)"]
    )


async def test_nothing_typed_is_lost(riverside: World) -> None:
    """Change opens the form with everything that was typed, as it was typed."""
    typed = {"time1": "Thursday 6pm", "time2": "4/5 18:00", "minutes": "45", "agenda": "A\nB", "prepare": "=1+1"}
    echo = await types(riverside, **typed)
    form = (await riverside.driver.presses("lena", "Change …", echo)).form
    assert form is not None
    shown = {field.name: field.value for field in form.fields if field.name in typed}  # on Discord in its first step
    assert {"time1", "time2"} <= shown.keys()
    assert shown.items() <= typed.items()
    assert echo.texts == (await riverside.driver.submits("lena", form, {})).texts
    form = (await riverside.driver.presses("lena", "Change …", echo)).form
    assert form is not None
    again = await riverside.driver.submits("lena", form, {"time2": ""})
    assert ("• Thursday 5 March, 18:00 (UTC)" in again.text, "=1+1" in again.text) == (True, True)
    await riverside.presses("lena", "Send it", again)
    assert 3 == len((await newest(riverside, "amara")).buttons)
    assert "isn't there any more" in await riverside.presses("lena", "Change …", echo)


async def test_a_draft_is_forgotten_after_a_day(riverside: World) -> None:
    """What was typed and not sent can be thrown away, and goes by itself."""
    echo = await types(riverside)
    await riverside.passes(days=2)
    await riverside.core.daily()
    assert "isn't there any more" in await riverside.presses("lena", "Send it", echo)
    other = await types(riverside)
    assert "It's gone. Nothing was sent." in await riverside.presses("lena", "Drop it", other)
    assert "isn't there any more" in await riverside.presses("lena", "Send it", other)


async def test_a_time_that_is_over_when_it_is_sent_or_taken(riverside: World) -> None:
    """It can't be sent any more, nor taken; what else was proposed can."""
    echo = await types(riverside, time1="today 12:00", time2="Thursday 18:00")
    await riverside.passes(hours=3)
    assert "is over by now. Please change it." in await riverside.presses("lena", "Send it", echo)
    await riverside.presses("lena", "Send it", await types(riverside, time1="today 14:00", time2="Thursday 18:00"))
    asked = await newest(riverside, "amara")
    await riverside.passes(hours=2)
    assert "is over by now. Please take another time." in await riverside.presses(
        "amara", next(iter(asked.buttons)), asked
    )
    assert "Lovely!" in await riverside.presses("amara", "Thursday 5 March, 18:00", asked)


async def test_double_bookings(riverside: World) -> None:
    """A time that isn't free is refused with when it isn't, never with whom it is taken."""
    await books(riverside, "noor")
    for time in ("Thursday 18:30", "Thursday 17:30"):
        seen = await types(riverside, time1=time)
        assert "Amara Okafor has something else from Thursday 5 March, 18:00 to 19:00." == seen.errors["time1"]
    for time in ("Thursday 19:00", "Thursday 17:00"):
        assert "Send it" in (await types(riverside, time1=time)).buttons
    seen = await types(riverside, "amara", **{"with": "1"})
    assert "You have another session from Thursday 5 March, 18:00 to 19:00." == seen.errors["time1"]


async def test_a_double_booking_that_comes_up_later(riverside: World) -> None:
    """Two mentees propose the same time; the second can't be taken any more, and can't be sent either."""
    late = await types(riverside)
    await proposes(riverside, "noor")
    await proposes(riverside, time2="Friday 18:00", time1="Thursday 18:15")
    hers, lenas = await riverside.inbox("amara")
    await riverside.presses("amara", next(iter(hers.buttons)), hers)
    said = await riverside.presses("amara", next(iter(lenas.buttons)), lenas)
    assert "You have another session from Thursday 5 March, 18:00 to 19:00." in said
    again = await riverside.presses("lena", "Send it", late)
    assert "Amara Okafor has something else from Thursday 5 March, 18:00 to 19:00." in again
    assert "Lovely!" in await riverside.presses("amara", "Friday 6 March, 18:00", lenas)


async def test_a_moved_session_is_not_in_its_own_way(riverside: World) -> None:
    """An hour can be moved by half an hour."""
    await books(riverside)
    echo = await fills(riverside, "lena", "Move …", await details(riverside), time1="Thursday 18:30")
    await riverside.presses("lena", "Send it", echo)
    assert "Lovely!" in await takes(riverside)


async def test_a_goal_of_another_pairing(riverside: World) -> None:
    """With several to meet all goals are offered, each with its name, and only those of the chosen one are taken."""
    async with riverside.database.work(1) as work:
        for pairing in await work.of(Pairings).going_on():
            await work.of(Goals).add(pairing.id, pairing.mentee_id, "Speak up")
    seen = await riverside.driver.commands("amara", "/mentor sessions")
    form = (await riverside.driver.presses("amara", "Propose a session …", seen)).form
    assert form is not None
    choices = {field.name: list(field.choices.values()) for field in form.fields}
    assert ["Lena Vogt", "Noor Haddad"] == choices["with"]
    if "goals" in choices:  # on Discord they stand in the next step
        assert ["Lena Vogt: Speak up", "Noor Haddad: Speak up"] == choices["goals"]
    values = {"time1": "Thursday 18:00", "with": "1", "goals": "1,2"}
    wrong = await riverside.driver.submits("amara", form, values)
    assert "One of these isn't a goal of the two of you." in wrong.errors["goals"]
    echo = await riverside.driver.submits("amara", form, {**values, "goals": "1"})
    assert "Goals: Speak up" in echo.text
    nobody = await riverside.driver.submits("amara", form, {**values, "with": "3"})
    assert ["with"] == list(nobody.errors)


async def test_goals_that_a_program_wants(database_url: str, tmp_path: Path) -> None:
    """Without a goal it is said that one is needed, and how one is added."""
    async with world(database_url, tmp_path, {"sessions.goals_needed": "yes"}) as riverside:
        assert "/mentor goals" in (await types(riverside)).wrong
        async with riverside.database.work(1) as work:
            await work.of(Goals).add(1, await riverside.member(work, "lena"), "Speak up")
        assert "Please choose at least one." in (await types(riverside)).wrong
        assert "Goals: Speak up" in (await types(riverside, goals="1")).text


async def test_limits(riverside: World) -> None:
    """Three proposals of a pairing wait at most; the fourth stays a draft until one is answered."""
    for day in ("Tuesday", "Wednesday", "Thursday"):
        await proposes(riverside, time1=f"{day} 18:00")
    fourth = await types(riverside, time1="Friday 18:00")
    said = await riverside.driver.presses("lena", "Send it", fourth)
    assert "3 proposals between you and Amara Okafor wait already." in said.text
    await takes(riverside)
    assert "I'll ask Amara Okafor" in await riverside.presses("lena", "Send it", fourth)


@at_once
async def test_two_press_at_once(riverside: World) -> None:
    """Taken and taken back at the same time: one of them holds, the other is told how it stands."""
    await proposes(riverside)
    asked = await newest(riverside, "amara")
    presses = [
        Press("take", riverside.account("amara"), next(iter(asked.buttons.values()))),
        Press("back", riverside.account("lena"), "sessions.withdraw:1:1"),
    ]
    replies = [reply.plain async for reply in _all(riverside, presses)]
    assert [False, True] == sorted("Nothing was changed." in text for text in replies)


@at_once
async def test_two_counter_proposals_at_once(riverside: World) -> None:
    """Only one of two answers of the same person holds; the other one becomes a proposal of its own."""
    await proposes(riverside)
    asked = await newest(riverside, "amara")
    echoes = [
        await fills(riverside, "amara", "Other times …", asked, time1=f"{day} 9:00") for day in ("Friday", "Saturday")
    ]
    sent = [Press(f"{i}", riverside.account("amara"), echo.buttons["Send it"]) for i, echo in enumerate(echoes)]
    replies = [reply.plain async for reply in _all(riverside, sent)]
    assert [False, True] == sorted("Meanwhile something has changed." in text for text in replies)
    assert "Amara Okafor proposes other times" in (await newest(riverside, "lena")).text


async def test_a_counter_proposal_that_comes_too_late(riverside: World) -> None:
    """What was typed stays, and can be sent as a proposal of its own."""
    await proposes(riverside)
    asked = await newest(riverside, "amara")
    echo = await fills(riverside, "amara", "Other times …", asked, time1="Friday 9:00")
    await riverside.presses("lena", "sessions.withdraw:1:1")
    said = await riverside.driver.presses("amara", "Send it", echo)
    assert "Meanwhile something has changed. Lena Vogt has taken this proposal back." in said.text
    await riverside.presses("amara", "Send it", said)
    assert "Amara Okafor proposes a session." in (await newest(riverside, "lena")).text


async def test_both_want_to_move(riverside: World) -> None:
    """The second one is told of the first one's times, and keeps what was typed."""
    await books(riverside)
    hers = await fills(riverside, "lena", "Move …", await details(riverside), time1="Friday 9:00")
    his = await fills(riverside, "amara", "Move …", await details(riverside, "amara"), time1="Friday 10:00")
    await riverside.presses("lena", "Send it", hers)
    said = await riverside.presses("amara", "Send it", his)
    assert "Lena Vogt has just proposed other times for this session." in said
    assert "Another time is proposed for it: Friday 6 March, 09:00" in (await details(riverside, "amara")).text


async def test_a_moved_session_that_was_called_off(riverside: World) -> None:
    """A wish to move it ends with it, and its buttons say so."""
    await books(riverside)
    echo = await fills(riverside, "lena", "Move …", await details(riverside), time1="Friday 9:00")
    await riverside.presses("lena", "Send it", echo)
    asked = await newest(riverside, "amara")
    await fills(riverside, "lena", "Call off …", await details(riverside))
    assert "This proposal isn't needed any more." in await riverside.presses("amara", next(iter(asked.buttons)), asked)


async def _all(riverside: World, calls: list[Press]) -> AsyncIterator[Message]:
    for reply in await asyncio.gather(*map(riverside.core.handle, calls)):
        assert isinstance(reply, Message)
        yield reply


async def _lives(riverside: World, user: str, zone: str) -> None:
    async with riverside.database.work(1) as work:
        await work.of(Members).change(await riverside.member(work, user), zone=zone)
