"""Deliveries: each takes its place in the budget once, and what can't go out frees it."""

import asyncio
from datetime import date

from storage.outbox import Delivery, Effect, Urgency
from tests.storage.outbox import found
from tests.storage.programs import HOUR, ME, MONDAY, Two, add_rows, edit, row

DAY = date(2026, 3, 2)


async def begun(two: Two, key: str = "day:0", rows: tuple[str, ...] = ("a",)) -> Delivery:
    """Claim rows and begin a delivery that carries them."""
    async with two.work() as work:
        mine = await work.outbox.claim(ME)
        assert set(rows) == {one.key for one in mine}
        delivery = await work.outbox.open_delivery(two.one.mentor, key, DAY, mine)
        assert delivery is not None
        return delivery


async def days(two: Two) -> list[date]:
    """Return what counts in the mentor's budget."""
    async with two.work() as work:
        return await work.outbox.days(two.one.mentor, DAY)


async def test_a_delivery_takes_its_place_in_the_budget_once(two: Two) -> None:
    """A second one of the same key is none: whoever began it first carries it."""
    await add_rows(two, "a")
    delivery = await begun(two)
    assert [DAY] == await days(two)
    await add_rows(two, "b")
    late = await found(two, "b")
    async with two.work() as work:
        assert None is await work.outbox.open_delivery(two.one.mentor, "day:0", DAY, [late])
    assert (delivery.id, None) == ((await found(two, "a")).delivery_id, (await found(two, "b")).delivery_id)


async def test_deliveries_begun_side_by_side_are_one(two: Two) -> None:
    """Of many processes that want the same place in the budget, one gets it."""
    await add_rows(two, *"abcd")

    async def begin(key: str) -> Delivery | None:
        async with two.work() as work:
            mine = await work.outbox.by_keys([key])
            return await work.outbox.open_delivery(two.one.mentor, "day:0", DAY, mine)

    deliveries = await asyncio.gather(*map(begin, "abcd"))
    assert 3 == deliveries.count(None)
    assert [DAY] == await days(two)


async def test_what_is_killed_frees_the_budget(two: Two) -> None:
    """A message that never went out doesn't count as one, and its place can be taken."""
    await add_rows(two, "a")
    await begun(two)
    async with two.work() as work:
        await work.outbox.kill(await work.outbox.by_keys(["a"]), "gone")
    assert [] == await days(two)
    await add_rows(two, "b")
    await begun(two, rows=("b",))
    assert [DAY] == await days(two)


async def test_a_delivery_that_is_called_off_frees_its_rows(two: Two) -> None:
    """They belong to none, and can be carried by the next."""
    await add_rows(two, "a", "b")
    delivery = await begun(two, rows=("a", "b"))
    async with two.work() as work:
        await work.outbox.cancel_delivery(delivery.id)
    assert [] == await days(two)
    assert None is (await found(two, "a")).delivery_id


async def test_an_edit_that_is_killed_leaves_the_message(two: Two) -> None:
    """A message that was sent counts, though bringing it up to date failed."""
    await add_rows(two, "a")
    delivery = await begun(two)
    async with two.work() as work:
        await work.outbox.close_delivery(delivery, await work.outbox.by_keys(["a"]))
        await work.outbox.add([edit("edit", two.one, delivery.id)])
        await work.outbox.kill(await work.outbox.by_keys(["edit"]), "gone")
        assert ["a"] == [row.key for row in await work.outbox.carried(delivery.id)]
    assert [DAY] == await days(two)


async def test_each_change_is_an_edit_of_its_own(two: Two) -> None:
    """Two at one instant are two edits: the first may be under way already. What waits has nothing to be edited."""
    await add_rows(two, "a", "b")
    delivery = await begun(two, rows=("a", "b"))
    await add_rows(two, "waits")
    async with two.work() as work:
        await work.outbox.close_delivery(delivery, await work.outbox.by_keys(["a", "b"]))
        for _ in range(2):
            await work.outbox.edit(["a", "b", "waits"])
        edits = [row for row in await work.outbox.claim(ME) if row.key != "waits"]
    assert [(Effect.EDIT, Urgency.AT_ONCE, delivery.id)] * 2 == [
        (one.effect, one.urgency, one.delivery_id) for one in edits
    ]


async def test_what_keeps_to_no_budget_does_not_count(two: Two) -> None:
    """Only messages that nobody asked for take up room."""
    async with two.work() as work:
        await work.outbox.add([row("a", two.one, urgency=Urgency.AT_ONCE)])
    await begun(two)
    assert [] == await days(two)


async def test_a_delivery_can_be_found_again(two: Two) -> None:
    """Where a message was put stands with it, for edits."""
    await add_rows(two, "a")
    delivery = await begun(two)
    async with two.work() as work:
        (mine,) = await work.outbox.by_keys(["a"])
        sent = Delivery(delivery.id, delivery.member_id, delivery.key, "slack", "one", "D1", "17.1")
        await work.outbox.close_delivery(sent, [mine])
        known = await work.outbox.delivery(mine)
    assert ("slack", "one", "D1", "17.1", MONDAY) == (
        known.platform,
        known.workspace,
        known.channel,
        known.message,
        known.sent_at,
    )


async def test_old_rows_are_deleted(two: Two) -> None:
    """What ended long ago goes; what waits, and the message that it hangs on, stays."""
    await add_rows(two, "a", "b")
    delivery = await begun(two, rows=("a", "b"))
    async with two.work() as work:
        await work.outbox.close_delivery(delivery, await work.outbox.by_keys(["a", "b"]))
        await work.outbox.add([row("waits", two.one)])
        await work.outbox.add([edit("edit", two.one, delivery.id)])
        await work.outbox.purge(MONDAY)
        assert 4 == len(await work.outbox.by_keys(["a", "b", "waits", "edit"]))
        await work.outbox.purge(MONDAY + HOUR)
        assert ["edit", "waits"] == sorted(row.key for row in await work.outbox.by_keys(["a", "b", "waits", "edit"]))
        await work.outbox.close(await work.outbox.by_keys(["edit"]))
        await work.outbox.purge(MONDAY + HOUR)
    assert [] == await days(two)
