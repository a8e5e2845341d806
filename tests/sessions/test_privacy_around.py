"""What the two write of a session is read by the two alone; why it didn't take place, by coordinators alone."""

import io
from datetime import timedelta

from sqlalchemy import text

from storage.sessions import Sessions
from tests.sessions.having import THURSDAY, books, says
from tests.world import World

AGENDA, PREPARE, SECRET_LINK = "zqx77wv agenda", "zqx78wv prepare", "https://zoom.us/j/zqx79wv"
WORDS = ("zqx77wv", "zqx78wv", "zqx79wv")
EVERYBODY = ("amara", "lena", "noor", "rosa", "ravi")
ROWS = ("audit", "outbox", "due", "inbox", "delivery")


async def test_texts_reach_the_two_alone(riverside: World, log: io.StringIO) -> None:
    """Reminders hold them; no log, audit, outbox or alarm does, and nobody else's message, coordinators' included."""
    await books(riverside)
    async with riverside.database.work(1) as work:
        await work.of(Sessions).change(1, agenda=AGENDA, prepare=PREPARE, link=SECRET_LINK)
    await riverside.jobs.leap(riverside.clock, THURSDAY + timedelta(hours=1, minutes=11))
    await says(riverside, "amara", "Yes")
    await says(riverside, "lena", "Not this time", "Technical problem")
    await riverside.passes(days=3)
    got = {user: repr([seen.texts for seen in await riverside.inbox(user)]) for user in EVERYBODY}
    for word in WORDS:
        assert {"amara", "lena"} == {user for user in EVERYBODY if word in got[user]}
        assert word not in log.getvalue()
        async with riverside.database.connect() as conn:
            for table in ROWS:
                assert word not in repr(list(await conn.execute(text(f"SELECT * FROM {table}"))))  # noqa: S608


async def test_a_reason_reaches_coordinators_alone(riverside: World, log: io.StringIO) -> None:
    """The other finds it in no message, no list, and no data of theirs; it is in no log, outbox or audit."""
    await books(riverside)
    await riverside.jobs.leap(riverside.clock, THURSDAY + timedelta(hours=1, minutes=11))
    await says(riverside, "lena", "Not this time", "I waited")
    assert "I waited" in repr([seen.texts for seen in await riverside.inbox("rosa")])
    for user in ("amara", "noor", "ravi"):
        assert "waited" not in repr([seen.texts for seen in await riverside.inbox(user)])
    for command in ("sessions", "waiting"):
        assert "I waited" not in await riverside.asks("amara", f"/mentor {command}")
    data = await riverside.driver.commands("amara", "/mentor data")
    files = [*data.files.values(), *(one for seen in await riverside.inbox("amara") for one in seen.files.values())]
    assert files
    for word in (b"'waited'", b'"waited"', b": waited", b"I waited"):
        assert not [file for file in files if word in file]
    assert "waited" not in log.getvalue()
    async with riverside.database.connect() as conn:
        for table in ROWS:
            assert "waited" not in repr(list(await conn.execute(text(f"SELECT * FROM {table}"))))  # noqa: S608
