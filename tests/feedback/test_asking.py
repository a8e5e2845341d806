"""When people are asked for notes and feedback, when they are reminded, and what moves those clocks."""

from datetime import timedelta
from pathlib import Path

import pytest

from bot.facts import PaceChanged, PairingEnded, ProgramChanged, SessionHeld
from storage.programs import State
from storage.rests import Rests
from storage.settings import Settings
from tests.feedback.meeting import SEND, met, newest, not_held, opened, says_yes, tell, writes
from tests.feedback.test_writing import FEEDBACK, NOTES, WRITTEN
from tests.platforms import on_each_platform
from tests.world import World, world


@on_each_platform
async def test_asked_and_reminded_twice(riverside: World) -> None:
    """Whoever said yes is asked at once; two reminders after 24 and 72 counted hours, then silence."""
    await met(riverside, said_yes=("amara",))
    assert [1, 0] == [len(await riverside.inbox(user)) for user in ("amara", "lena")]
    passed = 0
    for hours, amara, lena in ((23, 1, 0), (25, 2, 1), (71, 2, 2), (73, 3, 2), (97, 3, 3)):
        await riverside.passes(hours=hours - passed)
        passed = hours
        found = [len(await riverside.inbox(user)) for user in ("amara", "lena")]
        assert (hours, amara, lena) == (hours, *found)
    assert "can still be written." in (await newest(riverside, "amara")).text
    assert "I won't remind you of it again." in (await newest(riverside, "amara")).text
    await riverside.passes(days=30)
    assert [3, 3] == [len(await riverside.inbox(user)) for user in ("amara", "lena")]


async def test_outside_of_hours_and_budget(riverside: World) -> None:
    """What is asked after one's own session comes at once, also in the evening; repeats don't."""
    await riverside.passes(hours=11)
    await met(riverside)
    assert 1 == len(await riverside.inbox("amara"))
    await riverside.passes(hours=25)  # Tuesday, 22:00
    assert 1 == len(await riverside.inbox("amara"))
    await riverside.passes(hours=12)
    assert 2 == len(await riverside.inbox("amara"))


async def test_the_other_says_yes_meanwhile(riverside: World) -> None:
    """Whoever says yes later is asked then, and not once more a day after the session."""
    session_id = await met(riverside, said_yes=("amara",))
    await riverside.passes(hours=3)
    await says_yes(riverside, "lena", session_id)
    assert [1, 1] == [len(await riverside.inbox(user)) for user in ("amara", "lena")]
    await riverside.passes(hours=22)
    assert [2, 1] == [len(await riverside.inbox(user)) for user in ("amara", "lena")]


async def test_held_after_all_within_a_moment(riverside: World) -> None:
    """Held, not held and held again before anything went out: whoever hasn't said yes is still asked a day later."""
    session_id = await met(riverside, said_yes=("amara",))
    await not_held(riverside, session_id)
    await tell(riverside, SessionHeld(session_id))
    assert [1, 0] == [len(await riverside.inbox(user)) for user in ("amara", "lena")]


@on_each_platform
async def test_later_today(riverside: World) -> None:
    """One tap puts it off by some hours, and says until when."""
    await met(riverside)
    said = await riverside.presses("amara", "Later today", await newest(riverside, "amara"))
    assert "I'll ask again on Monday 2 March, 13:00." in said
    await riverside.passes(hours=2, minutes=50)
    assert 1 == len(await riverside.inbox("amara"))
    await riverside.passes(minutes=15)
    assert 2 == len(await riverside.inbox("amara"))
    await writes(riverside, "amara", NOTES, WRITTEN)
    assert "was sent already" in await riverside.presses("amara", "feedback.send:2")


async def test_several_sessions_in_one_message(riverside: World) -> None:
    """What is to be said about two sessions on the same day is one message."""
    await met(riverside)
    await met(riverside, "noor")
    await riverside.passes(hours=25)
    reminder = await newest(riverside, "amara")
    assert {"Lena Vogt", "Noor Haddad"} == {name for name in ("Lena Vogt", "Noor Haddad") if name in reminder.text}
    assert 2 == len(await riverside.inbox("amara"))


async def test_late_is_taken_and_marked(riverside: World) -> None:
    """Who begins to write in time and sends it later: it is taken, marked late, and nobody is blamed."""
    await met(riverside)
    await riverside.passes(hours=47)
    form = await opened(riverside, "amara", NOTES)
    await riverside.passes(hours=3)
    said = await riverside.driver.submits("amara", form, WRITTEN)
    assert "it's kept" in said.text
    assert "later than the program's time. That's all right." in said.text
    why = await riverside.asks("amara", "/mentor notes why")
    assert (
        "Session notes, session with Lena Vogt on Monday 2 March: came on Wednesday 4 March, 12:00, counts as late"
        in why
    )
    assert "counts as late so far" in why


@pytest.mark.parametrize("away", ["/mentor away two weeks", "/mentor away two weeks since Monday"])
async def test_a_pause_moves_the_clocks(riverside: World, away: str) -> None:
    """Nobody is reminded, or late, for the time in which they are away."""
    await met(riverside)
    await riverside.passes(hours=12)
    await riverside.asks("amara", away)
    await riverside.passes(days=10)
    assert 1 == len(await riverside.inbox("amara"))
    assert "counts as" not in await riverside.asks("amara", "/mentor notes why")
    await riverside.passes(days=4, hours=12)
    assert 2 == len(await riverside.inbox("amara"))
    await writes(riverside, "amara", NOTES, WRITTEN)
    assert "counts as in time" in await riverside.asks("amara", "/mentor notes why")


async def test_said_afterwards_that_they_were_away(riverside: World) -> None:
    """What came late while somebody was away, as they say afterwards, came in time."""
    await met(riverside)
    await riverside.passes(hours=60)
    await writes(riverside, "amara", NOTES, WRITTEN)
    assert "counts as late" in await riverside.asks("amara", "/mentor notes why")
    await riverside.asks("amara", "/mentor away until Friday since Monday")
    assert "12:00, counts as late" not in await riverside.asks("amara", "/mentor notes why")


async def test_a_pairing_that_rests(riverside: World) -> None:
    """Nobody is asked or reminded while it rests."""
    await met(riverside, said_yes=("amara",))
    assert 1 == len(await riverside.inbox("amara"))
    async with riverside.database.work(1) as work:
        await work.of(Rests).begin(1, work.now + timedelta(days=10))
    await tell(riverside, PaceChanged(1))
    await riverside.passes(days=9)
    assert [1, 0] == [len(await riverside.inbox(user)) for user in ("amara", "lena")]
    await riverside.passes(days=1, hours=6)
    assert [1, 1] == [len(await riverside.inbox(user)) for user in ("amara", "lena")]
    await riverside.passes(days=1)
    assert [2, 2] == [len(await riverside.inbox(user)) for user in ("amara", "lena")]


async def test_the_end_of_a_pairing(riverside: World) -> None:
    """Nothing is asked any more, and nothing counts against anybody."""
    await met(riverside)
    await riverside.passes(hours=25)
    await tell(riverside, PairingEnded(1))
    assert "there is nothing to write." in (await newest(riverside, "amara")).text
    await riverside.passes(days=20)
    assert 2 == len(await riverside.inbox("amara"))
    assert "doesn't count" in await riverside.asks("amara", "/mentor notes why")


async def test_who_wrote_before_the_message_came(riverside: World) -> None:
    """Whoever writes by command before they are asked isn't asked."""
    await met(riverside, said_yes=("amara",))
    seen = await riverside.driver.commands("lena", "/mentor notes")
    form = await opened(riverside, "lena", FEEDBACK, seen)
    await riverside.driver.submits("lena", form, {"rating": "4"})
    await riverside.passes(days=10)
    assert [] == await riverside.inbox("lena")


async def test_what_waits_is_listed(riverside: World) -> None:
    """/mentor waiting and /mentor notes have it, with its buttons, until it is done; a draft is sent from there."""
    await met(riverside)
    seen = await riverside.driver.commands("lena", "/mentor waiting")
    assert FEEDBACK in seen.buttons
    form = await opened(riverside, "lena", FEEDBACK, await riverside.driver.commands("lena", "/mentor notes"))
    await riverside.driver.submits("lena", form, {"rating": "3", SEND: "draft"})
    assert "Nothing waits" not in await riverside.asks("lena", "/mentor notes")
    await riverside.driver.submits("lena", form, {"rating": "3"})
    assert "Nothing waits to be written" in await riverside.asks("lena", "/mentor notes")
    assert "Nothing waits for you" in await riverside.asks("lena", "/mentor waiting")


async def test_other_figures(database_url: str, tmp_path: Path) -> None:
    """A program may want notes sooner or later; reminders follow."""
    changes = {"notes.first_after": "2h", "notes.within": "4h", "notes.last_after": "3h"}
    async with world(database_url, tmp_path, changes) as riverside:
        await met(riverside)
        await riverside.passes(hours=2, minutes=5)
        assert 2 == len(await riverside.inbox("amara"))
        await riverside.passes(hours=3)
        await writes(riverside, "amara", NOTES, WRITTEN)
        assert "counts as late" in await riverside.asks("amara", "/mentor notes why")


async def test_what_was_only_tried_out(database_url: str, tmp_path: Path) -> None:
    """Who would have been asked while the program was tried out is asked once it runs, and isn't late before."""
    async with world(database_url, tmp_path, state=State.SHADOW) as riverside:
        async with riverside.database.work(1) as work:
            await work.of(Settings).put(since=riverside.clock.now())
        await met(riverside)
        await riverside.passes(days=5)
        assert [] == await riverside.inbox("amara")
        (program, *_) = await riverside.core.programs()
        async with riverside.core.at_work(program) as context:
            await context.work.of(Settings).put(state=State.RUNNING, since=riverside.clock.now())
            fresh = await riverside.core.context(context.work, await context.work.of(Settings).lock())
            await fresh.tell(ProgramChanged(program))
        await riverside.passes(days=3)
        assert 1 == sum("a few words about it?" in seen.text for seen in await riverside.inbox("amara"))
        assert "counts as" not in await riverside.asks("amara", "/mentor notes why")
