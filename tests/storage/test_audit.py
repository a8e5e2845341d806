"""The audit log shows when it was tampered with, to whoever has the key and the last head."""

import asyncio

import pytest
from sqlalchemy import func, select, text

from storage.audit import Chain, Unsealable, audit, seals
from tests.storage.programs import HOUR, MONDAY, Ids, Two

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


async def chain(two: Two, key: bytes = KEY, ids: Ids | None = None) -> Chain:
    """Look through the log of a program."""
    async with two.work(ids) as work:
        return await work.audit.verify(key)


async def broken(two: Two, key: bytes = KEY, ids: Ids | None = None) -> int | None:
    """Return the first seal that doesn't hold."""
    return (await chain(two, key, ids)).broken


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
    found = await chain(two)
    assert heads == [f"{number}:{mac}" for number, mac in enumerate(found.heads, start=1)]
    assert (6, 1, MONDAY + 2 * HOUR) == (found.rows, found.unsealed, found.until)


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
        ("UPDATE seal SET number = 7 WHERE number = 3 AND program_id = 1", 3),
        ("UPDATE audit SET seal = 0 WHERE action = 'first 2'", 3),
        ("UPDATE audit SET seal = 1000000000000 WHERE action = 'first 2'", 3),
        ("UPDATE seal SET mac = (SELECT mac FROM seal WHERE number = 1 AND program_id = 1) WHERE number = 2", 2),
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


async def test_a_removed_round_is_found(two: Two) -> None:
    """A seal that is missing with all of its rows is told by its number."""
    await three_seals(two)
    await two.run("DELETE FROM audit WHERE seal = 2 AND program_id = 1")
    await two.run("DELETE FROM seal WHERE number = 2 AND program_id = 1")
    assert 2 == await broken(two)


async def test_two_that_seal_at_once(two: Two) -> None:
    """One of them seals what is there, the others find nothing left or what came since; the chain holds."""
    for round_ in range(5):
        await note(two, f"first {round_}", f"second {round_}")
        heads = await asyncio.gather(*(seal(two) for _ in range(4)))
        assert 3 == heads.count(None)
    found = await chain(two)
    assert (5, 10, None, 0) == (len(found.heads), found.rows, found.broken, found.unsealed)


async def test_sealing_beside_writers(two: Two) -> None:
    """Rows that are committed while others are sealed get their own seal; none is left out, and nothing breaks."""

    async def write(count: int) -> None:
        for number in range(count):
            async with two.work() as work:
                await work.audit.add("5ca1ab1e", f"{number}")
                await asyncio.sleep(0.002 * (number % 3))
                await work.audit.add("5ca1ab1e", f"{number} again")

    writing = asyncio.gather(*(write(20) for _ in range(4)))
    while not writing.done():
        await asyncio.gather(seal(two), seal(two))
    await seal(two)
    found = await chain(two)
    assert (160, None, 0) == (found.rows, found.broken, found.unsealed)
    assert len(found.heads) > 1


async def test_many_rows_are_sealed_in_parts(two: Two) -> None:
    """However many were noted, a seal has a bounded number of them."""
    await note(two, *map(str, range(7)))
    heads = []
    for _ in range(4):
        async with two.work() as work:
            heads.append(await work.audit.seal(KEY, limit=3))
    assert ["1", "2", "3", "None"] == [str(head).partition(":")[0] for head in heads]
    found = await chain(two)
    assert (7, None) == (found.rows, found.broken)


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE audit SET action = 'nothing' WHERE action = 'second 2'",
        "DELETE FROM audit WHERE action = 'second 2'",
        "UPDATE seal SET mac = (SELECT mac FROM seal WHERE number = 1 AND program_id = 1) WHERE number = 3",
    ],
)
async def test_nothing_is_sealed_on_top_of_what_does_not_hold(two: Two, sql: str) -> None:
    """Not where the newest seal was tampered with, and not with another key; what was noted waits."""
    await three_seals(two)
    await note(two, "later")
    with pytest.raises(Unsealable, match="mentorbot audit verify"):
        await seal(two, b"another key")
    await two.run(sql)
    with pytest.raises(Unsealable, match="mentorbot audit verify"):
        await seal(two)
    assert (3, 1) == (await broken(two), (await chain(two)).unsealed)


async def test_a_log_can_be_sealed_anew(two: Two) -> None:
    """When the key is lost, another one seals the whole log; the other program's is left alone."""
    *_, newest = await three_seals(two)
    async with two.work() as work:
        assert newest == await work.audit.head()
        await work.audit.unseal()
        assert None is await work.audit.head()
    assert 6 == (await chain(two)).unsealed
    await seal(two, b"a new key")
    assert (None, 1) == (await broken(two, b"a new key"), await broken(two))
    assert None is await broken(two, ids=two.other)


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
