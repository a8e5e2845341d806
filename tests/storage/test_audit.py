"""The audit log shows when it was tampered with, to whoever has the key and the last head."""

import asyncio

import pytest
from sqlalchemy import func, select, text

from storage.audit import audit, seals
from tests.storage.programs import HOUR, Ids, Two

KEY = b"a key that lies outside the database"


async def note(two: Two, *actions: str, ids: Ids | None = None) -> None:
    """Note what somebody did."""
    async with two.work(ids) as work:
        for action in actions:
            await work.audit.add("5ca1ab1e", action, "about")


async def seal(two: Two, key: bytes = KEY, ids: Ids | None = None) -> str | None:
    """Seal what was noted; return the head."""
    async with two.work(ids) as work:
        return await work.audit.seal(key)


async def broken(two: Two, key: bytes = KEY, ids: Ids | None = None) -> int | None:
    """Return the first seal that doesn't hold."""
    async with two.work(ids) as work:
        return await work.audit.broken_seal(key)


async def three_seals(two: Two) -> list[str | None]:
    """Note and seal three times, in two programs by turns; return the first program's heads."""
    heads = []
    for round_ in range(3):
        await note(two, f"first {round_}", f"second {round_}")
        await note(two, f"elsewhere {round_}", ids=two.other)
        heads.append(await seal(two))
        await seal(two, ids=two.other)
        two.clock.move_to(two.clock.now() + HOUR)
    return heads


async def test_a_chain_that_nobody_touched_holds(two: Two) -> None:
    """What is sealed holds, with or without rows behind it; nothing new is no new seal."""
    assert None is await broken(two)
    heads = await three_seals(two)
    assert ["1", "2", "3"] == [str(head).partition(":")[0] for head in heads]
    assert None is await seal(two)
    await note(two, "not sealed yet")
    assert (None, None) == (await broken(two), await broken(two, ids=two.other))


@pytest.mark.parametrize(
    ("sql", "expected"),
    [
        ("UPDATE audit SET action = 'nothing' WHERE action = 'second 0'", 1),
        ("UPDATE audit SET actor = 'somebody else' WHERE action = 'first 1'", 2),
        ("UPDATE audit SET subject = '' WHERE action = 'first 1'", 2),
        ("UPDATE audit SET at = at + 1 WHERE action = 'first 2'", 3),
        ("UPDATE audit SET program_id = 2 WHERE action = 'first 1'", 2),
        ("UPDATE audit SET program_id = 1 WHERE action = 'elsewhere 1'", 2),
        ("UPDATE audit SET seal = 1 WHERE action = 'first 1'", 1),
        ("UPDATE audit SET seal = NULL WHERE action = 'second 1'", 2),
        ("UPDATE audit SET seal = NULL WHERE program_id = 1 AND seal = 2", 2),
        ("DELETE FROM audit WHERE action = 'first 0'", 1),
        ("DELETE FROM audit WHERE action LIKE '% 1' AND program_id = 1", 2),
        ("DELETE FROM seal WHERE number = 1 AND program_id = 1", 1),
        ("DELETE FROM seal WHERE number = 2 AND program_id = 1", 2),
        ("DELETE FROM seal WHERE number = 3 AND program_id = 1", 3),
    ],
)
async def test_what_was_changed_is_found(two: Two, sql: str, expected: int) -> None:
    """A row or seal that was changed, moved or removed breaks the chain there."""
    await three_seals(two)
    await two.run(sql)
    assert expected == await broken(two)


async def test_rows_in_another_order_are_found(two: Two) -> None:
    """Two rows that changed places say something else."""
    await three_seals(two)
    for old, new in (("first 1", "x"), ("second 1", "first 1"), ("x", "second 1")):
        await two.run("UPDATE audit SET action = :new WHERE action = :old", old=old, new=new)
    assert 2 == await broken(two)


async def test_a_row_that_was_slipped_in_is_found(two: Two) -> None:
    """A gap in the numbers is no place for one more."""
    await three_seals(two)
    await two.run("UPDATE audit SET id = 3000 WHERE action = 'elsewhere 0'")
    await two.run(
        "INSERT INTO audit (id, program_id, at, actor, action, subject, seal) "
        "SELECT 3, 1, at, actor, action, subject, seal FROM audit WHERE action = 'first 1'"
    )
    assert 2 == await broken(two)


async def test_a_chain_made_anew_without_the_key_is_found(two: Two) -> None:
    """Whoever has the database alone can't make seals that hold."""
    await three_seals(two)
    await two.run("UPDATE audit SET action = 'nothing' WHERE action = 'first 0'")
    await two.run("DELETE FROM seal WHERE program_id = 1")
    await two.run("UPDATE audit SET seal = NULL WHERE program_id = 1")
    await seal(two, b"a guess")
    assert 1 == await broken(two)
    assert None is await broken(two, b"a guess")


async def test_a_cut_tail_shows_only_beside_the_head(two: Two) -> None:
    """The chain before it holds: that is why each head is written outside the database as well."""
    *_, second, third = await three_seals(two)
    await two.run("DELETE FROM audit WHERE action LIKE '% 2' AND program_id = 1")
    await two.run("DELETE FROM seal WHERE number = 3 AND program_id = 1")
    assert None is await broken(two)
    async with two.database.connect() as conn:
        newest = select(func.max(seals.c.number)).where(seals.c.program_id == 1).scalar_subquery()
        query = select(seals.c.mac).where(seals.c.program_id == 1, seals.c.number == newest)
        head = f"2:{(await conn.execute(query)).scalar_one().hex()}"
    assert second == head
    assert third != head


async def test_heads_differ_between_programs_and_keys(two: Two) -> None:
    """A head tells nothing of another chain."""
    await note(two, "same")
    await note(two, "same", ids=two.other)
    assert await seal(two) != await seal(two, ids=two.other)
    assert 1 == await broken(two, b"another key")


async def test_a_row_that_is_committed_late_is_no_tampering(two: Two, database_url: str) -> None:
    """A transaction that began before a seal and ends after it is sealed later, or waited for."""
    if database_url.startswith("sqlite"):  # one writer: nothing is side by side
        return
    slow, go_on = asyncio.Event(), asyncio.Event()

    async def slowly() -> None:
        async with two.work() as work:
            await work.audit.add("5ca1ab1e", "slow")
            slow.set()
            await go_on.wait()

    task = asyncio.create_task(slowly())
    await slow.wait()
    await note(two, "quick")
    sealing = asyncio.create_task(seal(two))
    await asyncio.wait([sealing], timeout=0.3)
    go_on.set()
    await asyncio.gather(task, sealing)
    await seal(two)
    assert None is await broken(two)


async def test_whoever_is_forgotten_stays_a_key(two: Two) -> None:
    """Forgetting somebody changes no row of the log, so the chain holds."""
    await three_seals(two)
    async with two.work() as work:
        assert {} == await work.audit.of(two.one.mentor)
        await work.audit.forget(two.one.mentor)
    assert None is await broken(two)


async def test_the_log_keeps_no_id_of_a_member(two: Two) -> None:
    """Its rows hold a key that the members' store resolves, and nothing that points at a row of theirs."""
    assert {"program_id"} == {key.parent.name for key in audit.foreign_keys}
    await note(two, "done")
    async with two.database.connect() as conn:
        assert [("5ca1ab1e",)] == [tuple(row) for row in await conn.execute(text("SELECT actor FROM audit"))]
