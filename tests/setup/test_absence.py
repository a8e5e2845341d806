"""After the bot was away each coordinator is told once."""

from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from datetime import timedelta
from pathlib import Path

import pytest

from bot.absence import absences, at_work, came_back
from storage.presence import Presence
from tests.platforms import on_each_platform
from tests.setup.empty import made_ready
from tests.storage.programs import HOUR, two_programs
from tests.world import MONDAY, World, world

At = Callable[[timedelta], AbstractAsyncContextManager[World]]


@pytest.fixture
def at(database_url: str, tmp_path: Path) -> At:
    """Return what opens the program so long after Monday, 10:00: a restart."""

    @asynccontextmanager
    async def opened(later: timedelta) -> AsyncIterator[World]:
        async with world(database_url, tmp_path, at=MONDAY + later) as there:
            yield there

    return opened


async def told(there: World, user: str = "rosa") -> list[str]:
    """Return what somebody was told of the bot's absence."""
    return [seen.text for seen in await there.inbox(user) if "I was away" in seen.text]


@on_each_platform
async def test_from_when_to_when_and_what_was_late(at: At) -> None:
    """How many messages were read up on, and how many reminders fell due meanwhile."""
    async with at(timedelta(0)) as there:
        await there.says("lena")
        there.ears.deaf = True  # the bot is away from here on, and the platform goes on without it
        there.clock.move_to(MONDAY + timedelta(hours=3))
        await there.says("noor", "amara-noor")
        await there.says("noor", "amara-noor")
    async with at(timedelta(days=2)) as there:
        (text,) = await told(there)
        assert "I was away from Monday 2 March, 10:00 to Wednesday 4 March, 10:00." in text
        assert "I have read up on 3 messages." in text
        assert "2 of my own messages fell due meanwhile" in text
        assert 1 == len(await there.inbox("amara"))
        for user in ("amara", "lena", "noor", "ravi"):
            assert [] == await told(there, user)
        await there.passes(days=1)
        assert 1 == len(await told(there))


async def test_once_however_often_it_starts(at: At) -> None:
    """Another start soon after tells nobody anything."""
    async with at(timedelta(0)):
        pass
    async with at(timedelta(hours=3)) as there:
        assert ["None of my own messages fell due meanwhile." in text for text in await told(there)] == [True]
    async with at(timedelta(hours=3, minutes=10)) as there:
        assert 1 == len(await told(there))


@pytest.mark.parametrize(("minutes", "count"), [(15, 0), (16, 1)])
async def test_a_short_absence_is_nothing_to_tell(at: At, minutes: int, count: int) -> None:
    """More than a quarter of an hour is."""
    async with at(timedelta(0)):
        pass
    async with at(timedelta(minutes=minutes)) as there:
        assert count == len(await told(there))


async def test_at_an_hour_that_suits(at: At) -> None:
    """At night nobody is woken for it."""
    async with at(timedelta(0)):
        pass
    async with at(timedelta(hours=15)) as there:  # 01:00
        assert [] == await told(there)
        await there.passes(hours=8)
        assert 1 == len(await told(there))


async def test_a_clock_that_leaps_is_no_absence(at: At) -> None:
    """While it runs it is there, however fast the time goes."""
    async with at(timedelta(0)) as there:
        await there.passes(days=9)
    async with at(timedelta(days=9, minutes=1)) as there:
        assert [] == await told(there)


async def test_before_start_nobody_is_told(database_url: str, tmp_path: Path) -> None:
    """Nobody missed anything."""
    async with world(database_url, tmp_path, empty=True) as there:
        await made_ready(there)
    async with world(database_url, tmp_path, empty=True, at=MONDAY + timedelta(days=3)) as there:
        assert [] == await told(there)


async def test_several_processes_tell_it_once(at: At) -> None:
    """Of two that start at the same time after an absence one tells."""
    async with at(timedelta(0)):
        pass
    async with at(timedelta(minutes=1)) as there:
        there.clock.move_to(MONDAY + timedelta(hours=5))
        first, second = await absences(there.core), await absences(there.core)
        assert 1 == len(first) == len(second)
        await came_back(there.core, second)
        await came_back(there.core, first)
        assert 1 == len(await told(there))


async def test_who_starts_beside_others_tells_nothing(at: At) -> None:
    """Another process was at work, or is by now."""
    async with at(timedelta(0)):
        pass
    async with at(timedelta(minutes=1)) as there:
        there.clock.move_to(MONDAY + timedelta(hours=5))
        found = await absences(there.core)
        await at_work(there.core)
        await came_back(there.core, found)
        assert {} == await absences(there.core)
        assert [] == await told(there)


async def test_being_there_is_noted_and_never_set_back(database_url: str) -> None:
    """A process whose clock is behind changes nothing."""
    async with two_programs(database_url) as two:
        earlier = two.clock.now()
        two.clock.move_to(earlier + HOUR)
        async with two.work() as work:
            await work.of(Presence).note()
            await Presence(work.conn, work.program, earlier).note()
            assert earlier + HOUR == await work.of(Presence).alive_at()
