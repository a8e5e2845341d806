"""What is written after a session is read by whoever the form says, and stands nowhere else."""

import io
import json
from itertools import count

from prometheus_client import generate_latest
from sqlalchemy import text

from bot.calls import Command
from bot.views import File, Message
from tests.feedback.meeting import SEND, met, newest, opened, writes
from tests.feedback.test_writing import FEEDBACK, NOTES
from tests.storage.tables import every_row
from tests.world import World

_NUMBERS = count(1)
PEOPLE = ("amara", "lena", "noor", "rosa", "ravi")
MARKS = {
    "covered": "zqxcoveredwv",
    "steps": "Lena: zqxstepwv",
    "private": "zqxprivatewv",
    "team": "zqxteamwv",
}
HERS = {"rating": "2", "team": "zqxherteamwv", "private": "zqxherprivatewv"}
COMMANDS = ("waiting", "notes", "notes why", "rate why", "sessions", "goals", "data")
DESK = ("notes", "waiting", "forms", "people", "pairs", "person @amara", "pairing @amara @lena", "undelivered")


async def written(riverside: World) -> int:
    """Let both write, one of them a draft first."""
    session_id = await met(riverside)
    await writes(riverside, "amara", NOTES, {**MARKS, SEND: "draft"})
    await writes(riverside, "amara", NOTES, MARKS)
    await writes(riverside, "lena", FEEDBACK, HERS)
    return session_id


async def everything_seen(riverside: World, user: str, session_id: int) -> str:
    """Return all that somebody is shown, whatever they ask for."""
    found = []
    account = riverside.account(user)
    for root, commands in (("mentor", COMMANDS), ("mentor-admin", DESK)):
        for command in commands:
            call = Command(f"privacy {next(_NUMBERS)}", account, root, riverside.typed(command))
            reply = await riverside.core.handle(call)
            files = [one.content.decode() for one in getattr(reply, "blocks", ()) if isinstance(one, File)]
            found += [repr(reply), *files]
    for action in (f"read:{session_id}", "write:2", "write:3", "given", "totals", "why", "send:2", "send:3"):
        found.append(repr(await riverside.driver.presses(user, f"feedback.{action}")))
    found += [repr(seen) for seen in await riverside.inbox(user)]
    return "\n".join(found)


async def test_who_sees_what(riverside: World) -> None:
    """Each word is seen by those whom the form names, and by nobody else, through every command, export and data."""
    session_id = await written(riverside)
    await riverside.passes(days=3)
    seen = {user: await everything_seen(riverside, user, session_id) for user in PEOPLE}
    who = {
        mark: {user for user in PEOPLE if mark in seen[user]}
        for mark in ("zqxcoveredwv", "zqxstepwv", "zqxprivatewv", "zqxteamwv", "zqxherteamwv", "zqxherprivatewv")
    }
    assert {
        "zqxcoveredwv": {"amara", "lena"},
        "zqxstepwv": {"amara", "lena"},
        "zqxprivatewv": {"amara"},
        "zqxteamwv": {"amara", "rosa"},
        "zqxherteamwv": {"lena", "rosa"},
        "zqxherprivatewv": {"lena"},
    } == who


async def test_no_words_elsewhere(riverside: World, log: io.StringIO) -> None:
    """Not in logs, in what is to be sent, looked at again or was done by whom, nor in figures for whoever runs it."""
    await written(riverside)
    await riverside.passes(days=20)
    await riverside.core.daily()
    rows = await every_row(riverside.database, noted=True)
    holds = {name for name, table in rows.items() if "zqx" in repr(table)}
    assert {"sheet_answer", "next_step"} == holds
    assert "zqx" not in log.getvalue()
    assert "zqx" not in generate_latest(riverside.core.telemetry.registry).decode()


async def test_a_fault_shows_no_words(riverside: World, log: io.StringIO) -> None:
    """Where something goes wrong, what was written isn't in the log, and the form stays open."""
    await met(riverside)
    form = await opened(riverside, "amara", NOTES)
    async with riverside.database.connect() as conn:
        await conn.execute(text("ALTER TABLE sheet_answer RENAME COLUMN value TO words"))
    told = await riverside.driver.submits("amara", form, MARKS)
    assert "Something went wrong on my side" in told.wrong
    assert "a call failed" in log.getvalue()
    assert "zqx" not in log.getvalue()


async def test_ones_own_data(riverside: World) -> None:
    """It holds what one wrote oneself, and nothing of what others wrote, also about oneself."""
    await written(riverside)
    for user, mine, others in (("amara", "zqxprivatewv", "zqxher"), ("lena", "zqxherprivatewv", "zqxcovered")):
        reply = await riverside.core.handle(Command(f"data {user}", riverside.account(user), "mentor", "data"))
        assert isinstance(reply, Message)
        (file,) = [one for one in reply.blocks if isinstance(one, File)]
        content = json.loads(file.content)
        assert "Your notes and feedback" in content["what is kept about you"]
        assert (True, False) == (mine in repr(content), others in repr(content))


async def test_who_looked_is_noted(riverside: World) -> None:
    """The log of who did what says who wrote and who read, never what."""
    await written(riverside)
    await riverside.presses("rosa", "feedback.given")
    await riverside.presses("rosa", "feedback.remind:1")
    async with riverside.database.connect() as conn:
        noted = await conn.execute(text("SELECT action FROM audit WHERE action LIKE 'feedback.%' ORDER BY id"))
        assert ["feedback.sent", "feedback.sent", "feedback.read", "feedback.remind"] == [row.action for row in noted]


async def test_the_message_says_nothing_of_it(riverside: World) -> None:
    """What reaches people on a lock screen names the session, and no word of what was written."""
    await written(riverside)
    for user in ("amara", "lena"):
        assert "zqx" not in (await newest(riverside, user)).text
