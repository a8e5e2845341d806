"""The outbox: claims are leases, keys are unique, and what ended is not taken up again."""

import asyncio
from datetime import date, timedelta

import pytest

from storage.outbox import Holder, Move, State, Urgency
from tests.storage.outbox import claim, found
from tests.storage.programs import HOUR, ME, MONDAY, Two, add_rows, row

DAY = date(2026, 3, 2)
ANOTHER = Holder("another")


async def test_only_what_is_due_is_claimed_the_oldest_first(two: Two) -> None:
    """A row waits until its time, and goes at that very instant."""
    async with two.work() as work:
        await work.outbox.add(
            [row("later", two.one, MONDAY + HOUR), row("now", two.one), row("early", two.one, MONDAY - HOUR)]
        )
    assert ["early", "now"] == await claim(two)
    two.clock.move_to(MONDAY + HOUR)
    assert ["later"] == await claim(two)


async def test_a_claim_takes_no_more_than_it_wants(two: Two) -> None:
    """What is left is there for the next one."""
    await add_rows(two, "a", "b", "c")
    assert ["a", "b"] == await claim(two, 2)
    assert ["c"] == await claim(two, 2)


async def test_what_is_claimed_is_given_to_nobody_else(two: Two) -> None:
    """However far the bot's own clock is moved: a lease runs in the database's time."""
    await add_rows(two, "a")
    assert ["a"] == await claim(two)
    two.clock.move_to(MONDAY + timedelta(days=300))
    assert [] == await claim(two)


async def test_a_process_that_hangs_loses_its_claim(two: Two) -> None:
    """When the lease is over, and not before, the row is taken up again."""
    await add_rows(two, "a")
    await claim(two)
    await two.run("UPDATE outbox SET lease_until = lease_until - 119 * 1000000")
    assert [] == await claim(two)
    await two.run("UPDATE outbox SET lease_until = lease_until - 2 * 1000000")
    assert ["a"] == await claim(two)


async def test_a_process_that_wakes_up_again_holds_nothing_any_more(two: Two) -> None:
    """Nothing that it does to a row counts once another process has taken the row over."""
    await add_rows(two, "a", "b")
    async with two.work() as work:
        mine = await work.outbox.claim(ME)
    await two.run("UPDATE outbox SET lease_until = 0 WHERE key = 'a'")
    assert ["a"] == await claim(two, holder=ANOTHER)
    async with two.work() as work:
        assert ["b"] == [row.key for row in await work.outbox.hold(ME, mine)]
        await work.outbox.release(mine[:1], MONDAY - HOUR)
        await work.outbox.retry(mine[:1], MONDAY - HOUR)
        await work.outbox.drop(mine[:1])
        assert [] == await work.outbox.kill(mine[:1], "a reason")
    row = await found(two, "a")
    assert (State.WAITING, 0, ANOTHER.name) == (row.state, row.attempts, row.held_by)
    assert [] == await claim(two)


async def test_a_lease_that_ended_is_renewed_if_nobody_else_came(two: Two) -> None:
    """Whoever was only slow goes on."""
    await add_rows(two, "a")
    async with two.work() as work:
        mine = await work.outbox.claim(ME)
    await two.run("UPDATE outbox SET lease_until = 0")
    async with two.work() as work:
        assert mine == await work.outbox.hold(ME, mine)
    assert [] == await claim(two, holder=ANOTHER)


async def test_one_message_says_it_all_whoever_holds_a_part(two: Two) -> None:
    """What another process has claimed, but not begun to send, travels along; what it has begun stays with it."""
    async with two.work() as work:
        await work.outbox.add([row(key, two.one) for key in ("mine", "theirs", "begun")])
        mine = await work.outbox.claim(ME, 1)
        theirs = await work.outbox.claim(ANOTHER)
        await work.outbox.open_delivery(two.one.mentor, "day:0", DAY, [one for one in theirs if one.key == "begun"])
    async with two.work() as work:
        assert ["theirs"] == [one.key for one in await work.outbox.claim_companions(ME, two.one.mentor)]
        assert mine == await work.outbox.hold(ME, mine)
        assert ["begun"] == [one.key for one in await work.outbox.hold(ANOTHER, theirs)]


async def test_whoever_ends_gives_back_what_is_theirs_alone(two: Two) -> None:
    """A process that stops leaves the others' rows with them."""
    await add_rows(two, "a", "b")
    assert ["a"] == await claim(two, 1)
    assert ["b"] == await claim(two, 1, ANOTHER)
    async with two.work() as work:
        await work.outbox.free(ME)
    assert ["a"] == await claim(two, holder=ANOTHER)


async def test_what_failed_is_tried_again_and_counted(two: Two) -> None:
    """Only failures count as attempts: being given back for lack of a place is none."""
    await add_rows(two, "a")
    for attempt in range(3):
        assert ["a"] == await claim(two)
        row = await found(two, "a")
        assert attempt == row.attempts
        async with two.work() as work:
            await work.outbox.release([row])
            (row,) = await work.outbox.claim(ME)
            await work.outbox.retry([row], two.clock.now() + HOUR)
        assert [] == await claim(two)
        two.clock.move_to(two.clock.now() + HOUR)


async def test_many_claim_at_once(two: Two) -> None:
    """However many processes claim side by side, each row is given to one of them."""
    await add_rows(two, *map(str, range(60)))

    async def take() -> list[str]:
        mine: list[str] = []
        for _ in range(4):
            async with two.work() as work:
                mine += [row.key for row in await work.outbox.claim(ME, 5)]
                await asyncio.sleep(0.01)  # the others claim while this one has not committed yet
        return mine

    taken = [key for keys in await asyncio.gather(*(take() for _ in range(6))) for key in keys]
    assert sorted(map(str, range(60))) == sorted(taken)


async def test_a_claim_that_is_undone_leaves_the_row(two: Two) -> None:
    """An error before the commit gives back what was claimed."""
    await add_rows(two, "a")
    with pytest.raises(ZeroDivisionError):
        async with two.work() as work:
            assert 1 / (len(await work.outbox.claim(ME)) - 1)
    assert ["a"] == await claim(two)


async def test_a_key_is_unique(two: Two) -> None:
    """The same effect asked for twice is one effect; what was dropped as needless may be asked for anew."""
    async with two.work() as work:
        assert 1 == await work.outbox.add([row("a", two.one), row("a", two.one)])
        assert 1 == await work.outbox.add([row("a", two.one), row("b", two.one)])
        await work.outbox.drop(await work.outbox.by_keys(["a"]))
        assert 1 == await work.outbox.add([row("a", two.one)])


async def test_a_key_is_unique_side_by_side(two: Two) -> None:
    """Many that ask at once for the same effect get one."""

    async def ask() -> int:
        async with two.work() as work:
            return await work.outbox.add([row("a", two.one)])

    assert [0, 0, 0, 1] == sorted(await asyncio.gather(*(ask() for _ in range(4))))


async def test_a_row_that_is_given_back_waits_until_then(two: Two) -> None:
    """Its lease is gone with that."""
    await add_rows(two, "a", "b")
    await claim(two)
    async with two.work() as work:
        rows = {row.key: row for row in await work.outbox.by_keys(["a", "b"])}
        await work.outbox.release([rows["a"]], MONDAY + HOUR)
        await work.outbox.release([rows["b"]])
        assert MONDAY == await work.outbox.next_at()
    assert ["b"] == await claim(two)
    two.clock.move_to(MONDAY + HOUR)
    assert ["a"] == await claim(two)


async def test_rows_that_ended_are_not_taken_up_again(two: Two) -> None:
    """Sent and dead say so, and wait no more; what was dropped is gone."""
    await add_rows(two, "sent", "dropped", "dead", "waiting")
    async with two.work() as work:
        rows = {row.key: row for row in await work.outbox.by_keys(["sent", "dropped", "dead"])}
        await work.outbox.close([rows["sent"]])
        await work.outbox.drop([rows["dropped"]])
        await work.outbox.kill([rows["dead"]], "the platform refused")
        assert ["dead", "sent"] == sorted([row.state for row in await work.outbox.by_keys(["sent", "dropped", "dead"])])
        for key in rows:
            await work.outbox.move([Move(key, MONDAY - HOUR, Urgency.SOON)])
    assert ["waiting"] == await claim(two)
    assert State.DEAD is (await found(two, "dead")).state


async def test_only_what_waits_is_moved(two: Two) -> None:
    """A row goes out at its new time, earlier or later."""
    await add_rows(two, "a")
    async with two.work() as work:
        await work.outbox.move([Move("a", MONDAY + HOUR, Urgency.SOON)])
        assert MONDAY + HOUR == await work.outbox.next_at()
    assert [] == await claim(two)
    async with two.work() as work:
        await work.outbox.move([Move("a", MONDAY - HOUR, Urgency.SOON)])
    assert ["a"] == await claim(two)


async def test_what_is_let_go_is_looked_at_at_once(two: Two) -> None:
    """However far off it was; what was dropped, or never asked for, is no matter."""
    async with two.work() as work:
        await work.outbox.add([row("far", two.one, MONDAY + HOUR), row("other", two.one, MONDAY + HOUR)])
        await work.outbox.let_go(["far", "never asked for"])
    assert ["far"] == await claim(two)
    assert Urgency.AT_ONCE is (await found(two, "far")).urgency


async def test_what_has_its_time_already_keeps_what_it_was_put_off_to(two: Two) -> None:
    """A row that had to wait for a place isn't pulled forward by being told its own time again."""
    await add_rows(two, "a")
    await claim(two)
    async with two.work() as work:
        await work.outbox.release(await work.outbox.by_keys(["a"]), MONDAY + HOUR)
        await work.outbox.move([Move("a", MONDAY, Urgency.SOON)])
        assert MONDAY + HOUR == await work.outbox.next_at()


async def test_what_was_put_off_travels_with_the_next_message(two: Two) -> None:
    """Of one member what is due, keeps to the budget and is in no message yet; and nobody else's."""
    async with two.work() as work:
        await work.outbox.add([row("put off", two.one), row("taken", two.one, urgency=Urgency.PATIENT)])
        await work.outbox.add([row("at once", two.one, urgency=Urgency.AT_ONCE), row("free", two.one)])
        await work.outbox.add([row("not due", two.one, MONDAY + HOUR)])
        theirs = {row.key: row for row in await work.outbox.claim(ME)}
        await work.outbox.release([theirs[key] for key in ("put off", "taken", "at once")], MONDAY + 2 * HOUR)
        await work.outbox.release([theirs["free"]])
        assert [] == await work.outbox.claim_companions(ME, two.one.mentee)
        taken = await work.outbox.claim_companions(ME, two.one.mentor)
        assert {"free", "put off", "taken"} == {row.key for row in taken}
        assert [] == await work.outbox.claim_companions(ME, two.one.mentor)
