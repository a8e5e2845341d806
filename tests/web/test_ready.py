"""Ready or not: whatever keeps people's messages from being taken in, answered or sent shows, and nothing hangs."""

import asyncio
import time
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.ext.asyncio import create_async_engine

from storage.members import Members
from storage.outbox import Holder, NewRow
from tests.postgres import Postgres
from tests.web.watching import ADDRESSES, HURRY, Watch, held, in_a_hurry, over, watched
from tests.world import MONDAY, World, world

SECOND = timedelta(seconds=1)
QUARTER = timedelta(minutes=15)
LONGEST = 5 * HURRY.total_seconds()  # a busy machine may take its time; a database that hangs takes ten seconds
SILENT = "It does not answer."
UNKNOWN = "Nobody can tell while the database does not answer."


async def waits(riverside: World, key: str, due_at: datetime) -> None:
    """Let a message for Amara wait in the outbox."""
    async with riverside.database.work(1) as work:
        ids = await work.of(Members).by_users("playground", "riverside", {"amara"})
        await work.outbox.add([NewRow(key, "nudges.reminder", (1, 0), ids["amara"], due_at)])


async def test_all_is_well(watch: Watch) -> None:
    """Each check has a line of its own, which a person can read."""
    assert (200, "alive\n") == await watch.get("/healthz")
    expected = """{
 "ready": true,
 "mentorbot": {"ready": true, "is": "It is running."},
 "database": {"ready": true, "is": "It answers."},
 "rounds": {"ready": true, "is": "The last one ended 0s ago.", "seconds": 0.0},
 "playground": {"ready": true, "is": "It is connected."},
 "outbox": {"ready": true, "is": "Nothing is due.", "seconds": 0.0}
}
"""
    assert (200, expected) == await watch.get("/readyz")


async def test_before_the_first_round(riverside: World) -> None:
    """Nothing is ready while the bot still catches up and connects, but it is alive."""
    async with watched(riverside.core, riverside.clock, {}) as watch:
        assert {
            "rounds": "None has ended yet: mentorbot is starting.",
            "platforms": "None is connected yet.",
        } == await watch.unwell()
        assert (200, "alive\n") == await watch.get("/healthz")


async def test_a_database_that_hangs(watch: Watch, riverside: World) -> None:
    """Every address answers in time, and all is well again once the database is."""
    async with held(riverside.url), in_a_hurry(watch):
        begin = time.monotonic()
        assert {"database": SILENT, "outbox": UNKNOWN} == await watch.unwell()
        assert (200, "alive\n") == await watch.get("/healthz")
        assert {} == await watch.figures("outbox_waiting")
        assert LONGEST > time.monotonic() - begin
    assert {} == await watch.unwell()
    assert {"": 0} == await watch.figures("outbox_waiting")


async def test_many_who_ask_are_one_question(watch: Watch, riverside: World) -> None:
    """A database that hangs is asked once, however many probes come."""
    async with held(riverside.url), in_a_hurry(watch):
        answers = await asyncio.gather(*(watch.get(path) for path in ADDRESSES * 10))
        assert {200, 503} == {status for status, _ in answers}
        assert ["health"] == [task.get_name() for task in asyncio.all_tasks() if task.get_name() == "health"]
    assert {} == await watch.unwell()


async def test_a_database_that_lost_a_table(watch: Watch, riverside: World) -> None:
    """A database in which nothing can be remembered is none."""
    async with riverside.database.connect() as conn:
        await conn.execute(text("ALTER TABLE outbox RENAME TO lost"))
    assert {"database": SILENT, "outbox": UNKNOWN} == await watch.unwell()
    async with riverside.database.connect() as conn:
        await conn.execute(text("ALTER TABLE lost RENAME TO outbox"))
    assert {} == await watch.unwell()


async def test_a_database_that_nobody_can_reach(postgres: Postgres, tmp_path: Path) -> None:
    """Connections that break and can't be made anew are told, and found again."""
    postgres.create("unreachable")
    engine = create_async_engine(postgres.url("postgres"), isolation_level="AUTOCOMMIT")
    async with world(postgres.url("unreachable"), tmp_path) as riverside, over(riverside) as watch:
        async with engine.connect() as outside:
            await outside.execute(text("ALTER DATABASE unreachable ALLOW_CONNECTIONS false"))
            broken = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = 'unreachable'"
            await outside.execute(text(broken))
            assert {"database": SILENT, "outbox": UNKNOWN} == await watch.unwell()
            await outside.execute(text("ALTER DATABASE unreachable ALLOW_CONNECTIONS true"))
        assert {} == await watch.unwell()
    await engine.dispose()
    postgres.drop("unreachable")


@pytest.mark.parametrize(
    ("every", "limit", "said"),
    [(timedelta(seconds=5), timedelta(minutes=2), "2m"), (timedelta(minutes=1), timedelta(minutes=4), "4m")],
)
async def test_a_round_that_is_overdue(riverside: World, every: timedelta, limit: timedelta, said: str) -> None:
    """A few may be missed, and one may wait for a platform that hangs; the bot's own clock plays no part."""
    async with over(riverside, every) as watch:
        watch.machine.move_to(MONDAY + limit)
        riverside.clock.move_to(MONDAY + timedelta(days=9))
        assert {} == await watch.unwell()
        watch.machine.move_to(MONDAY + limit + SECOND)
        seconds = int(limit.total_seconds()) + 1
        assert {"rounds": f"The last one ended {seconds}s ago; {said} is the limit."} == await watch.unwell()
        await riverside.jobs.round()
        assert {} == await watch.unwell()


async def test_a_round_that_fails_has_not_ended(watch: Watch, riverside: World) -> None:
    """Rounds that begin and break off are none."""
    async with riverside.database.connect() as conn:
        await conn.execute(text("ALTER TABLE outbox RENAME TO lost"))
    watch.machine.move_to(MONDAY + timedelta(minutes=3))
    with pytest.raises(Exception, match="outbox"):
        await riverside.jobs.round()
    assert {"rounds", "database", "outbox"} == (await watch.unwell()).keys()


async def test_a_platform_that_lost_its_connection(watch: Watch, riverside: World) -> None:
    """It is named, as the check stands under its name."""
    await riverside.platform.close()
    assert {"playground": "It is not connected."} == await watch.unwell()
    assert {"mentorbot": 1, "database": 1, "rounds": 1, "playground": 0, "outbox": 1} == await watch.figures("check")


async def test_a_message_that_is_overdue(watch: Watch, riverside: World) -> None:
    """It may wait for a quarter of an hour from when it could go out; the night before that doesn't count."""
    await waits(riverside, "at ten", MONDAY)
    await waits(riverside, "tomorrow", MONDAY + timedelta(days=1))
    riverside.clock.move_to(MONDAY + QUARTER)
    assert {} == await watch.unwell()
    assert '"is": "What is due has been waiting for 15m.", "seconds": 900.0' in (await watch.get("/readyz"))[1]
    riverside.clock.move_to(MONDAY + QUARTER + SECOND)
    assert {"outbox": "What is due has been waiting for 901s; 15m is the limit."} == await watch.unwell()
    await riverside.jobs.round()
    assert {} == await watch.unwell()


async def test_a_message_in_somebodys_hands_is_overdue_too(watch: Watch, riverside: World) -> None:
    """A process that took it and hangs is no reason to think that it went out."""
    await waits(riverside, "at ten", MONDAY)
    async with riverside.database.work(1) as work:
        assert 1 == len(await work.outbox.claim(Holder("somebody"), 16))
    riverside.clock.move_to(MONDAY + QUARTER + SECOND)
    assert {"outbox"} == (await watch.unwell()).keys()


async def test_a_message_that_is_put_off_is_not_due(watch: Watch, riverside: World) -> None:
    """What was given back for later waits for its time."""
    await waits(riverside, "at ten", MONDAY)
    async with riverside.database.work(1) as work:
        rows = await work.outbox.claim(Holder("somebody"), 16)
        await work.outbox.release(rows, MONDAY + timedelta(days=2))
    riverside.clock.move_to(MONDAY + timedelta(days=1))
    assert {} == await watch.unwell()
    assert [{"": 0}, {"": 0}] == [await watch.figures(f"outbox_{name}") for name in ("due", "oldest_due_seconds")]


async def test_whoever_ends_is_not_ready_at_once(watch: Watch) -> None:
    """While what is under way is finished it is alive, but nothing new should come."""
    watch.health.end()
    assert {"mentorbot": "It is ending."} == await watch.unwell()
    assert (200, "alive\n") == await watch.get("/healthz")


async def test_nobody_keeps_an_answer(watch: Watch) -> None:
    """What was true a minute ago is of no use."""
    for path in ADDRESSES:
        async with watch.session.get(path) as response:
            assert "no-store" == response.headers["Cache-Control"]
