"""The words of goals: read by the two of a pairing, and nowhere else."""

import io

from sqlalchemy import text

from storage.schema import metadata
from tests.goals.wanting import moves, questions, sees, wants
from tests.world import LENA, World

WORD = "zqx77wv"
HOLD = {"goal", "goal_update"}


async def _lived(riverside: World) -> None:
    """Let Lena have a goal with the word in everything that can be written, be asked about it, and reach it."""
    await wants(riverside, f"Speak {WORD}")
    parts = dict.fromkeys(("specific", "measurable", "achievable", "relevant", "timed"), f"Part {WORD}")
    await riverside.driver.submits("lena", "goals.grown:1", parts)
    await moves(riverside, 40, f"Line {WORD}")
    await riverside.passes(days=31)
    assert WORD in repr(await questions(riverside))
    await riverside.driver.presses("lena", "goals.done:1")
    await riverside.driver.presses("lena", "goals.celebrate:1")
    await riverside.passes(days=5)


async def test_the_words_of_a_goal_are_in_no_log(riverside: World, log: io.StringIO) -> None:
    """Not in the program's log, not in the log of who did what, in no table but their own, and in no conversation."""
    await _lived(riverside)
    assert WORD in (await riverside.driver.presses("amara", "goals.over:1")).text
    assert WORD not in log.getvalue()
    async with riverside.database.connect() as conn:
        for table in set(metadata.tables) - HOLD:
            assert WORD not in repr(list(await conn.execute(text(f'SELECT * FROM "{table}"'))))  # noqa: S608
    assert WORD not in repr(await riverside.driver.posts("lena", LENA))
    assert 1 == len(await riverside.driver.posts("lena", LENA))


async def test_nobody_else_reads_them(riverside: World) -> None:
    """Neither in messages nor in answers, nor in what is kept of them; the other side does."""
    await _lived(riverside)
    for user in ("noor", "rosa", "ravi"):
        assert WORD not in repr([seen.texts for seen in await riverside.inbox(user)])
        for command in (
            "/mentor goals",
            "/mentor waiting",
            "/mentor data",
            "/mentor goals @lena",
            "/mentor goals @amara",
        ):
            assert WORD not in repr(await riverside.driver.commands(user, command))
        assert WORD not in repr([seen.files for seen in await riverside.inbox(user)])
    for command in ("pairing @amara @lena", "pairs", "waiting", "undelivered"):
        assert WORD not in repr(await riverside.driver.commands("rosa", f"/mentor-admin {command}"))
    assert WORD in repr(await riverside.driver.commands("amara", "/mentor data"))


async def test_the_mentors_file_says_nothing_of_the_mentees_questions(riverside: World) -> None:
    """That Lena was asked, and how often in vain, stands in her own file alone."""
    await wants(riverside)
    await riverside.passes(days=31)
    for user, said in (("lena", True), ("amara", False)):
        assert said == ("times without an answer" in repr(await riverside.driver.commands(user, "/mentor data")))


async def test_a_fault_shows_no_words(riverside: World, log: io.StringIO) -> None:
    """Where something goes wrong with a goal, its words are not in the log."""
    async with riverside.database.connect() as conn:
        await conn.execute(text("ALTER TABLE goal RENAME COLUMN text TO words"))
    told = await riverside.driver.submits("lena", "goals.made:1", {"text": f"Speak {WORD}"})
    assert "Something went wrong on my side" in told.text + told.wrong
    assert "a call failed" in log.getvalue()
    assert WORD not in log.getvalue()


async def test_who_did_what_is_noted(riverside: World) -> None:
    """Without saying about which goal."""
    await wants(riverside)
    await moves(riverside, 40)
    await riverside.driver.presses("amara", "goals.done:1")
    assert "no goal" in (await sees(riverside)).text
    async with riverside.database.connect() as conn:
        noted = await conn.execute(text("SELECT action FROM audit WHERE action LIKE 'goals.%' ORDER BY id"))
        assert ["goals.new", "goals.update", "goals.done"] == [row.action for row in noted]
