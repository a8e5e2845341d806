"""What is asked and answered: read by coordinators and by whoever wrote it, and nowhere else."""

import io

from sqlalchemy import text

from tests.asks.asking import asks, first, listed
from tests.world import World

WORD = "zqx77wv"


async def test_the_words_of_an_answer_are_in_no_log(riverside: World, log: io.StringIO) -> None:
    """Not in the program's log, not in the log of who did what, and in nothing that is sent to anybody."""
    await asks(riverside, "How are you?", answer="words")
    form = (await riverside.driver.presses("amara", "Answer …", await first(riverside, "amara"))).form
    assert form is not None
    assert WORD not in repr(await riverside.driver.submits("amara", form, {"text": f"My {WORD} hurts"}))
    assert WORD in (await listed(riverside, "Answers")).text
    await riverside.passes(days=40)
    await listed(riverside, "Close")
    await riverside.core.daily()
    sent = [seen.texts for user in ("amara", "lena", "noor", "rosa", "ravi") for seen in await riverside.inbox(user)]
    assert WORD not in repr(sent)  # but for the file that Rosa has just asked for
    for user in ("lena", "noor", "ravi"):
        for command in ("waiting", "rate why"):
            assert WORD not in await riverside.asks(user, f"/mentor {command}")
    assert WORD not in log.getvalue()
    async with riverside.database.connect() as conn:
        for table in ("audit", "outbox", "due", "inbox", "ask", "ask_reminder"):
            assert WORD not in repr(list(await conn.execute(text(f"SELECT * FROM {table}"))))  # noqa: S608


async def test_a_fault_shows_no_words(riverside: World, log: io.StringIO) -> None:
    """Where something goes wrong with an answer, its words are not in the log."""
    await asks(riverside, "How are you?", answer="words")
    form = (await riverside.driver.presses("amara", "Answer …", await first(riverside, "amara"))).form
    assert form is not None
    async with riverside.database.connect() as conn:
        await conn.execute(text("ALTER TABLE ask_recipient RENAME COLUMN text TO words"))
    told = await riverside.driver.submits("amara", form, {"text": f"My {WORD} hurts"})
    assert "Something went wrong on my side" in told.wrong
    assert "a call failed" in log.getvalue()
    assert WORD not in log.getvalue()


async def test_who_looked_at_the_answers_is_noted(riverside: World) -> None:
    """The log of who did what says who asked, who answered and how, who looked, and who closed."""
    await asks(riverside, "How are you?", audience="mentees")
    await riverside.presses("lena", "Done", await first(riverside, "lena"))
    await riverside.presses("noor", "I can't", await first(riverside, "noor"))
    await listed(riverside, "Answers")
    await listed(riverside, "Close")
    async with riverside.database.connect() as conn:
        noted = await conn.execute(text("SELECT action FROM audit WHERE action LIKE 'asks.%' ORDER BY id"))
        expected = ["asks.send", "asks.done", "asks.cannot", "asks.read", "asks.close"]
        assert expected == [row.action for row in noted]
