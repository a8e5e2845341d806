"""What people do is looked at soon, for both of a pairing, in a transaction of its own."""

from collections.abc import Callable
from pathlib import Path

from sqlalchemy import select

from storage.badge_tables import LOOK
from storage.due import due
from storage.sheets import Sheets
from tests.asks.asking import PHOTO, asks
from tests.world import World, world

BOTH, LENA = {"amara", "lena"}, {"lena"}


async def to_be_looked_at(riverside: World) -> set[str]:
    """Return who is to be looked at now; then let it be done."""
    async with riverside.database.work(1) as work:
        names = {await riverside.member(work, user): user for user in ("amara", "lena", "noor", "rosa")}
        query = select(due.c.subject).where(due.c.kind == LOOK, due.c.at <= riverside.clock.now())
        found = {names[id_] for id_ in await work.conn.scalars(query)}
    await riverside.jobs.round()
    return found


async def test_what_counts_is_looked_at(sqlite_in: Callable[[Path], str], tmp_path: Path) -> None:
    """A goal made, moved on, reached and open again; a session booked, held or not; feedback; nothing else."""
    async with world(sqlite_in(tmp_path), tmp_path, {"badges.on": "yes"}) as riverside:
        driver = riverside.driver
        await riverside.says("lena")
        assert set() == await to_be_looked_at(riverside)
        await driver.submits("lena", "goals.made:1", {"text": "Speak up"})
        assert BOTH == await to_be_looked_at(riverside)
        await driver.submits("amara", "goals.updated:1", {"percent": "20", "line": "Once"})
        assert BOTH == await to_be_looked_at(riverside)
        for button in ("goals.done:1", "goals.reopen:1"):
            await driver.presses("lena", button)
            assert BOTH == await to_be_looked_at(riverside)
        typed = {"time1": "in 2 hours", "minutes": "60", "agenda": "A talk", "goals": "1"}
        echo = await driver.submits("lena", "sessions.made:1:0", typed)
        await driver.presses("lena", "Send it", echo)
        assert set() == await to_be_looked_at(riverside)
        await driver.presses("amara", "sessions.accept:1")
        assert BOTH == await to_be_looked_at(riverside)
        await riverside.passes(hours=4)
        await driver.presses("lena", "sessions.met:1:yes")
        assert BOTH == await to_be_looked_at(riverside)
        await riverside.passes(minutes=1)
        async with riverside.database.work(1) as work:
            (mine,) = await work.of(Sheets).of_member(await riverside.member(work, "lena"), 1)
        await driver.submits("lena", f"feedback.written:{mine.id}", {"rating": "4"})
        assert LENA == await to_be_looked_at(riverside)
        await driver.presses("amara", "sessions.met:1:no")
        assert BOTH == await to_be_looked_at(riverside)


async def test_answers_and_time_away_are_looked_at(sqlite_in: Callable[[Path], str], tmp_path: Path) -> None:
    """An answer to a message or to the team; days away, over which all else is counted."""
    async with world(sqlite_in(tmp_path), tmp_path, {"badges.on": "yes"}) as riverside:
        await riverside.says("lena")
        assert set() == await to_be_looked_at(riverside)
        await riverside.says("amara")
        assert {"amara"} == await to_be_looked_at(riverside)
        await asks(riverside, PHOTO, audience="mentees")
        assert set() == await to_be_looked_at(riverside)
        (asked,) = await riverside.inbox("lena")
        await riverside.driver.presses("lena", "Done", asked)
        assert LENA == await to_be_looked_at(riverside)
        await riverside.driver.commands("lena", "/mentor away Friday")
        assert LENA == await to_be_looked_at(riverside)


async def test_where_badges_are_off_nobody_is(sqlite_in: Callable[[Path], str], tmp_path: Path) -> None:
    """Not at what they do."""
    async with world(sqlite_in(tmp_path), tmp_path) as riverside:
        await riverside.driver.submits("lena", "goals.made:1", {"text": "Speak up"})
        assert set() == await to_be_looked_at(riverside)
