"""What two people write for a session: read by the two of them, and nowhere else."""

import io

from sqlalchemy import text

from storage.schema import metadata
from tests.sessions.booking import ROOM, details, fills, newest, proposes, takes, types
from tests.world import LENA, World

WORD = "zqx77wv"
HOLD = {"session"}


async def _lived(riverside: World) -> None:
    """Let there be the word in everything that can be written, from the first times to the calling off."""
    written = {"agenda": f"My {WORD}", "prepare": f"Read {WORD}", "link": f"{ROOM}?{WORD}"}
    await types(riverside, time1=WORD, **written)
    await proposes(riverside, **written)
    asked = await newest(riverside, "amara")
    echo = await fills(riverside, "amara", "Other times …", asked, time1="Friday 9:00", agenda=f"Rather {WORD}")
    await riverside.presses("amara", "Send it", echo)
    await takes(riverside, "lena")
    echo = await fills(riverside, "lena", "Move …", await details(riverside), time1="Friday 18:00")
    await riverside.presses("lena", "Send it", echo)
    await takes(riverside)
    assert WORD in (await details(riverside, "amara")).text
    await riverside.passes(days=3, hours=9)
    assert WORD in repr([seen.texts for seen in await riverside.inbox("lena")])
    await fills(riverside, "lena", "Call off …", await details(riverside), words=f"Ill: {WORD}")


async def test_the_words_of_a_session_are_in_no_log(riverside: World, log: io.StringIO) -> None:
    """Not in the program's log, not in the log of who did what, in no table but their own, and in no conversation."""
    await _lived(riverside)
    assert f"Ill: {WORD}" in (await newest(riverside, "amara")).text
    assert WORD not in log.getvalue()
    async with riverside.database.connect() as conn:
        for table in set(metadata.tables) - HOLD:
            assert WORD not in repr(list(await conn.execute(text(f'SELECT * FROM "{table}"'))))  # noqa: S608
    assert [] == await riverside.driver.posts("lena", LENA)


async def test_nobody_else_reads_them(riverside: World) -> None:
    """Neither in messages nor in answers, nor in what is kept of them; the other side does."""
    await _lived(riverside)
    for user in ("noor", "rosa", "ravi"):
        for command in ("/mentor sessions", "/mentor waiting", "/mentor data"):
            assert WORD not in repr(await riverside.driver.commands(user, command))
        seen = await riverside.inbox(user)
        assert WORD not in repr([(one.texts, one.files) for one in seen])
    for command in ("pairing @amara @lena", "pairs", "waiting", "undelivered"):
        assert WORD not in repr(await riverside.driver.commands("rosa", f"/mentor-admin {command}"))
    assert WORD in repr(await riverside.driver.commands("amara", "/mentor data"))


async def test_a_draft_is_its_writers_alone(riverside: World) -> None:
    """What was typed and not sent is neither shown to the other side nor in the other side's data."""
    echo = await types(riverside, agenda=f"My {WORD}")
    for button in echo.buttons.values():
        assert "Nothing was changed." in await riverside.presses("amara", button)
    assert "Nothing was changed." in await riverside.presses("amara", "sessions.details:1")
    for command in ("/mentor sessions", "/mentor data"):
        assert WORD not in repr(await riverside.driver.commands("amara", command))
    assert WORD in repr(await riverside.driver.commands("lena", "/mentor data"))


async def test_a_fault_shows_no_words(riverside: World, log: io.StringIO) -> None:
    """Where something goes wrong with a proposal, its words are not in the log."""
    async with riverside.database.connect() as conn:
        await conn.execute(text("ALTER TABLE session RENAME COLUMN agenda TO plan"))
    values = {"time1": "Thursday 18:00", "minutes": "60", "agenda": f"My {WORD}"}
    told = await riverside.driver.submits("lena", "sessions.made:1:0", values)
    assert "Something went wrong on my side" in told.text + told.wrong
    assert "a call failed" in log.getvalue()
    assert WORD not in log.getvalue()


async def test_with_whom_a_time_is_taken_is_not_said(riverside: World) -> None:
    """Lena learns when Amara isn't free, and not whom she meets."""
    await proposes(riverside, "noor")
    await takes(riverside)
    assert "Noor" not in repr(await types(riverside))
