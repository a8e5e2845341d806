"""Two people, or two windows of one, at the same moment: on PostgreSQL both transactions really run at once."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from sqlalchemy import text

from bot.calls import Call, Press, Submit
from storage.pairings import Pairings
from storage.sessions import Sessions, State
from storage.work import Work
from tests.core.scene import said
from tests.sessions.booking import newest, proposes, types
from tests.world import World, world

WAITING = text("SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'")


@pytest.fixture
async def there(postgres_url: str, tmp_path: Path) -> AsyncIterator[World]:
    """Open a program on PostgreSQL."""
    async with world(postgres_url, tmp_path) as riverside:
        yield riverside


async def asks(riverside: World, *calls: Call) -> list[str]:
    """Let calls come in at the same moment; return the answers."""
    replies = await asyncio.gather(*map(riverside.core.handle, calls))
    return [said(reply) for reply in replies if reply is not None]


async def booked(work: Work) -> int:
    """Return how many sessions are booked."""
    return len(await work.of(Sessions).in_state([1, 2], {State.BOOKED}))


async def test_two_mentees_take_overlapping_times_at_once(there: World) -> None:
    """Whoever comes a moment later is told that it isn't free any more: nobody is booked twice."""
    for day in range(10, 14):
        first, second = f"{day} March 2026 18:00", f"{day} March 2026 18:30"
        await proposes(there, "amara", **{"with": "1", "time1": first})
        await proposes(there, "amara", **{"with": "2", "time1": second})
        async with there.database.work(1) as work:
            before = await booked(work)
        asked = [await newest(there, user) for user in ("lena", "noor")]
        calls = [
            Press(f"{user} {day}", there.account(user), next(iter(seen.buttons.values())))
            for user, seen in zip(("lena", "noor"), asked, strict=True)
        ]
        answers = await asks(there, *calls)
        assert [1, 1] == [sum(words in one for one in answers) for words in ("Lovely!", "something else")]
        async with there.database.work(1) as work:
            assert before + 1 == await booked(work)
        waits = next(user for user, one in zip(("lena", "noor"), answers, strict=True) if "Lovely!" not in one)
        await there.presses(waits, "Not now", await newest(there, waits))


async def test_a_draft_is_changed_while_it_goes_out(there: World) -> None:
    """What has gone out stays as it went out; whoever changed it a moment later is told."""
    echo = await types(there)
    change = Submit("change", there.account("lena"), "sessions.changed:1", {"time1": "Friday 9:00", "minutes": "30"})
    async with there.database.work(1) as work:
        await work.of(Pairings).lock([1])  # as sending does
        await work.of(Sessions).change(1, state=State.PROPOSED, sent_at=work.now)
        late = asyncio.create_task(there.core.handle(change))
        await _waits(there)
    reply = await late
    assert reply is not None
    assert "isn't there any more" in said(reply)
    async with there.database.work(1) as work:
        (one,) = (await work.of(Sessions).get([1])).values()
        times = (await work.of(Sessions).times([1]))[1]
    assert (60, ["Thursday 18:00"]) == (one.minutes, [time.typed for time in times])
    assert "isn't there any more" in await there.presses("lena", "Send it", echo)


async def _waits(riverside: World) -> None:
    """Return when some transaction waits for another one."""
    for _ in range(500):
        if await _waiting(riverside):
            return
        await asyncio.sleep(0.02)
    pytest.fail("nobody waits")


async def _waiting(riverside: World) -> bool:
    async with riverside.database.connect() as conn:
        return bool(await conn.scalar(WAITING))
