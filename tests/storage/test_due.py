"""Alarms: set, moved, silenced; rung when they are due, once, whoever rings."""

import asyncio
from datetime import datetime, timedelta

import pytest

from storage.due import Alarm, Setting
from tests.storage.programs import HOUR, MONDAY, Two

KIND = "test.kind"


async def set_(two: Two, alarms: dict[int, datetime | None], kind: str = KIND) -> None:
    """Set alarms, by subject."""
    async with two.work() as work:
        await work.due.set(kind, [Setting(subject, two.one.mentor, at) for subject, at in alarms.items()])


async def ring(two: Two, limit: int = 1000) -> list[int]:
    """Ring; return the subjects."""
    async with two.work() as work:
        return [alarm.subject for alarm in await work.due.ring(limit)]


async def test_only_what_is_due_rings_earliest_first(two: Two) -> None:
    """At its very instant, not a microsecond before; a silent one never."""
    await set_(two, {1: MONDAY, 2: MONDAY + timedelta(microseconds=1), 3: MONDAY - HOUR, 4: None})
    assert [3, 1] == await ring(two)
    two.clock.move_to(MONDAY + timedelta(microseconds=1))
    assert [2] == await ring(two)


async def test_what_rang_is_silent(two: Two) -> None:
    """Until it is set again."""
    await set_(two, {1: MONDAY})
    assert [1] == await ring(two)
    assert [] == await ring(two)
    await set_(two, {1: MONDAY})
    assert [1] == await ring(two)


async def test_a_ring_takes_no_more_than_it_wants(two: Two) -> None:
    """The rest rings next."""
    await set_(two, {subject: MONDAY - timedelta(minutes=subject) for subject in range(1, 6)})
    assert [[5, 4], [3, 2], [1], []] == [await ring(two, 2) for _ in range(4)]


async def test_an_alarm_is_moved_and_silenced(two: Two) -> None:
    """There is one of each kind on each subject."""
    await set_(two, {1: MONDAY, 2: MONDAY})
    await set_(two, {1: MONDAY + HOUR, 2: None})
    await set_(two, {2: MONDAY}, "another.kind")
    async with two.work() as work:
        assert MONDAY == await work.due.next_at()
        assert [Alarm("another.kind", 2, MONDAY)] == await work.due.ring()
        assert MONDAY + HOUR == await work.due.next_at()


async def test_what_is_idle_is_waited_for_only_once_it_is_due(two: Two) -> None:
    """Then it rings like all others; what isn't idle comes before."""
    await set_(two, {1: MONDAY, 2: MONDAY + 2 * HOUR})
    await set_(two, {3: MONDAY + HOUR}, "idle.kind")
    async with two.work() as work:
        assert MONDAY == await work.due.next_at(idle=["idle.kind", KIND])
        await work.due.ring()
        assert MONDAY + 2 * HOUR == await work.due.next_at(idle=["idle.kind"])
        assert None is await work.due.next_at(idle=["idle.kind", KIND])


async def test_the_alarms_of_a_member_between_two_instants(two: Two) -> None:
    """Neither end belongs to it, nor what is silent, nor what hangs on somebody else."""
    await set_(two, {1: MONDAY, 2: MONDAY + HOUR, 3: MONDAY + 2 * HOUR, 4: None})
    async with two.work() as work:
        await work.due.set(KIND, [Setting(5, two.one.mentee, MONDAY + HOUR), Setting(6, None, MONDAY + HOUR)])
        assert [MONDAY + HOUR] == await work.due.between(two.one.mentor, MONDAY, MONDAY + 2 * HOUR)


async def test_nothing_to_set_is_no_fault(two: Two) -> None:
    """An empty set of alarms changes nothing."""
    await set_(two, {})
    async with two.work() as work:
        await work.due.put_back([])
        assert None is await work.due.next_at()


async def test_an_alarm_that_is_put_back_rings_again(two: Two) -> None:
    """When it was due, or at another time."""
    await set_(two, {1: MONDAY, 2: MONDAY})
    async with two.work() as work:
        first, second = await work.due.ring()
        await work.due.put_back([first])
        await work.due.put_back([second], MONDAY + HOUR)
    assert [1] == await ring(two)
    two.clock.move_to(MONDAY + HOUR)
    assert [2] == await ring(two)


async def test_an_alarm_is_taken_once(two: Two) -> None:
    """And only as it was when it was seen: one that was moved meanwhile is another."""
    await set_(two, {1: MONDAY})
    seen = Alarm(KIND, 1, MONDAY)
    async with two.work() as work:
        assert not await work.due.take(Alarm(KIND, 1, MONDAY + HOUR))
        assert not await work.due.take(Alarm("another.kind", 1, MONDAY))
        assert await work.due.take(seen)
        assert not await work.due.take(seen)


async def test_many_ring_at_once(two: Two) -> None:
    """However many processes ring side by side, each alarm rings once."""
    await set_(two, dict.fromkeys(range(60), MONDAY))

    async def take() -> list[int]:
        mine: list[int] = []
        for _ in range(4):
            async with two.work() as work:
                mine += [alarm.subject for alarm in await work.due.ring(5)]
                await asyncio.sleep(0.01)
        return mine

    rung = [subject for subjects in await asyncio.gather(*(take() for _ in range(6))) for subject in subjects]
    assert list(range(60)) == sorted(rung)


async def test_a_ring_that_is_undone_rings_again(two: Two) -> None:
    """An error before the commit loses no alarm."""
    await set_(two, {1: MONDAY})
    with pytest.raises(ZeroDivisionError):
        async with two.work() as work:
            assert 1 / (len(await work.due.ring()) - 1)
    assert [1] == await ring(two)
