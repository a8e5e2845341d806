"""What coordinators get of sessions, goals, notes and feedback: figures, times, names, and words meant for them."""

import csv
import io
from collections.abc import AsyncIterator
from datetime import timedelta
from itertools import count
from pathlib import Path

import pytest

from bot.calls import Command
from bot.views import File, Message
from storage.members import Members, Role
from storage.session_tables import sessions
from storage.session_words import Answer, Reason, SessionWords
from storage.sessions import Sessions, State
from tests.asks.asking import change
from tests.core.test_tables import read_xlsx
from tests.feedback.meeting import met, rated_by_somebody, writes
from tests.feedback.test_writing import FEEDBACK, NOTES
from tests.goals.wanting import wants
from tests.sessions.having import AGENDA, LINK, PREPARE, THURSDAY, books
from tests.world import World, world

_NUMBERS = count(1)
LISTS = ("pairs", "goals", "sessions", "notes", "feedback")
MINE = {"covered": "zqxcovered", "steps": "Lena: zqxstep", "private": "zqxprivate", "team": "zqxteam"}
HERS = {"rating": "2", "team": "=HYPERLINK(zqxher)", "private": "zqxhers"}
SECRET = ("zqxcovered", "zqxstep", "zqxprivate", "zqxhers", "zqxgoal", AGENDA, LINK, PREPARE)


@pytest.fixture
async def riverside(database_url: str, tmp_path: Path) -> AsyncIterator[World]:
    """Open the program of tests/community.toml, on Monday morning."""
    async with world(database_url, tmp_path) as opened:
        yield opened


async def got(riverside: World, name: str, as_: str = "csv", user: str = "rosa") -> bytes:
    """Return a list as a coordinator gets it."""
    text = f"export {name} {as_}"
    call = Command(f"list {next(_NUMBERS)}", riverside.account(user), "mentor-admin", text)
    reply = await riverside.core.handle(call)
    assert isinstance(reply, Message)
    (file,) = [block for block in reply.blocks if isinstance(block, File)]
    return file.content


async def rows(riverside: World, name: str, user: str = "rosa") -> list[list[str]]:
    """Return the rows of a list, without the heads."""
    content = await got(riverside, name, user=user)
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))[1:]


async def lived(riverside: World) -> None:
    """Let two have a goal, a session that is booked and one that was held, and write about that."""
    await met(riverside)
    await writes(riverside, "amara", NOTES, MINE)
    await writes(riverside, "lena", FEEDBACK, HERS)
    await wants(riverside, "zqxgoal")
    await books(riverside)


async def test_no_words_that_are_not_theirs(riverside: World) -> None:
    """No agenda, link, goal, note for the pair or for oneself stands in any list, in either format."""
    await lived(riverside)
    for name in LISTS:
        cells = repr(read_xlsx(await got(riverside, name, "xlsx"))) + (await got(riverside, name)).decode()
        assert [] == [word for word in SECRET if word in cells]
        assert "Amara Okafor" in cells


async def test_sessions(riverside: World) -> None:
    """When, how long, how it stands, what was called off late; who only was asked has no session yet."""
    await books(riverside)
    late = await books(riverside, THURSDAY + timedelta(days=1), minutes=30)
    async with riverside.database.work(1) as work:
        await work.of(Sessions).change(late, state=State.CANCELLED, short_notice=True)
    names = ["Amara Okafor", "Lena Vogt"]
    booked, off = await rows(riverside, "sessions")
    assert [*names, "60", "booked", "no", "no", ""] == booked[:2] + booked[3:]
    assert [*names, "30", "called off", "no", "yes", ""] == off[:2] + off[3:]
    assert "2026-03-05 18:00" == booked[2]
    await riverside.jobs.leap(riverside.clock, THURSDAY + timedelta(hours=3))
    assert "nobody has said so far" == (await rows(riverside, "sessions"))[0][4]


async def test_who_missed_a_session(riverside: World) -> None:
    """It is named as coordinators know it: not what was only said of somebody, and not to who is a side of the pair."""
    said = await books(riverside)
    waited = await books(riverside, THURSDAY + timedelta(days=1))
    async with riverside.database.work(1) as work:
        amara, lena = await riverside.member(work, "amara"), await riverside.member(work, "lena")
        for id_ in (said, waited):
            await work.of(Sessions).change(id_, state=State.NOT_HELD)
        await work.of(SessionWords).say(said, lena, answer=Answer.NO, reason=Reason.COULDNT)
        await work.of(SessionWords).say(waited, amara, answer=Answer.NO, reason=Reason.WAITED)
    assert ["Lena Vogt", ""] == [row[7] for row in await rows(riverside, "sessions")]
    await change(riverside, "amara", roles=frozenset({Role.MENTOR, Role.COORDINATOR}))
    assert ["", ""] == [row[7] for row in await rows(riverside, "sessions", "amara")]


async def test_many_sessions(riverside: World) -> None:
    """Each of more than a page stands in the list once, drafts and proposals don't."""
    async with riverside.database.work(1) as work:
        lena, at = await riverside.member(work, "lena"), work.now
        same = {"program_id": 1, "pairing_id": 1, "by_id": lena, "agenda": "", "prepare": "", "sequence": 0, "round": 1}
        more = {"ended_words": "", "short_notice": False, "logged": True, "made_at": at, "starts_at": at}
        states = [State.DRAFT, State.PROPOSED, *[State.HELD] * 1203]
        new = [
            {**same, **more, "state": state, "minutes": 10 + number, "uid": f"u{number}"}
            for number, state in enumerate(states)
        ]
        await work.conn.execute(sessions.insert(), new)
    assert [str(number + 12) for number in range(1203)] == [row[3] for row in await rows(riverside, "sessions")]


async def test_goals(riverside: World) -> None:
    """How many, done or not, of every pair."""
    await wants(riverside, "Speak")
    await wants(riverside, "Write")
    await riverside.presses("lena", "goals.done:2")
    first, *others = await rows(riverside, "goals")
    assert ["Amara Okafor", "Lena Vogt", "", "1", "1", "0"] == first[:6]
    assert {("0", "0", "0", "")} == {tuple(row[3:]) for row in others}


async def test_notes(riverside: World) -> None:
    """Who was asked and when, and whether it came in time: later, not yet, or nothing while there is time."""
    await met(riverside)
    await riverside.jobs.round()
    await writes(riverside, "amara", NOTES, {**MINE, "steps": ""})
    found = {(row[0], row[1]): row for row in await rows(riverside, "notes")}
    assert ["Session notes", "Amara Okafor", "Lena Vogt"] == found["Session notes", "Amara Okafor"][:3]
    assert "yes" == found["Session notes", "Amara Okafor"][6]
    assert ["", ""] == found["Session feedback", "Lena Vogt"][5:]
    await riverside.passes(days=9)
    found = {(row[0], row[1]): row for row in await rows(riverside, "notes")}
    assert ["", "not yet"] == found["Session feedback", "Lena Vogt"][5:]
    await writes(riverside, "lena", FEEDBACK, HERS)
    found = {(row[0], row[1]): row for row in await rows(riverside, "notes")}
    assert "later" == found["Session feedback", "Lena Vogt"][6]


async def test_feedback(riverside: World) -> None:
    """What the form lets coordinators see, as a text even if it looks like a formula."""
    await lived(riverside)
    found = {row[1]: row[6] for row in await rows(riverside, "feedback")}
    assert "zqxteam" == found.pop("Anything for the coordinators?")
    assert "'=HYPERLINK(zqxher)" == found.pop("One thing that the coordinators should know?")
    assert ["How was this session for you?"] == list(found)
    cells = [cell for row in read_xlsx(await got(riverside, "feedback", "xlsx")) for cell in row]
    assert ("s", "=HYPERLINK(zqxher)") in cells


async def test_drafts_are_nobodys(riverside: World) -> None:
    """What was only begun isn't in the list, nor is there anything of who had nothing to add."""
    await met(riverside)
    await writes(riverside, "lena", FEEDBACK, {**HERS, "Send": "draft"})
    assert [] == await rows(riverside, "feedback")


async def test_totals_where_single_answers_are_not_seen(database_url: str, tmp_path: Path) -> None:
    """Where coordinators see totals alone, no single rating is in the list: only what five said together."""
    async with world(database_url, tmp_path, {"notes.each_answer": "no"}) as riverside:
        for number in range(4):
            await rated_by_somebody(riverside, f"Person {number}", "4")
        assert [] == await rows(riverside, "feedback")
        await rated_by_somebody(riverside, "Person 5", "3")
        (total,) = await rows(riverside, "feedback")
        assert ["several people together", "Amara Okafor", "", "", "", "5", "3.8"] == total[2:]


async def test_own_pairings_are_others_business(riverside: World) -> None:
    """A coordinator who is a side of a pairing finds nothing of it in what people wrote, or were asked for."""
    await lived(riverside)
    await change(riverside, "amara", roles=frozenset({Role.MENTOR, Role.COORDINATOR}))
    for name in ("notes", "feedback"):
        assert [] != await rows(riverside, name)
        assert [] == await rows(riverside, name, "amara")


async def test_names_that_are_read_from_the_right(riverside: World) -> None:
    """A name stands in its cell as it is, whichever way it is read; one that begins like a formula is a text."""
    await books(riverside)
    async with riverside.database.work(1) as work:
        await work.of(Members).change(await riverside.member(work, "amara"), name="שרה כהן")
        await work.of(Members).change(await riverside.member(work, "lena"), name="@SUM(1+1)")
    for name in ("pairs", "goals", "sessions"):
        assert ["שרה כהן", "'@SUM(1+1)"] == (await rows(riverside, name))[0][:2]
        assert [("s", "שרה כהן"), ("s", "@SUM(1+1)")] == read_xlsx(await got(riverside, name, "xlsx"))[1][:2]
