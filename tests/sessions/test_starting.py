"""What was asked while a program was only tried out reaches people once it starts."""

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest

from storage.programs import State
from storage.sessions import State as SessionState
from tests.pairings.people import moves_to
from tests.sessions import having
from tests.sessions.booking import proposes
from tests.sessions.having import session
from tests.sessions.test_approving import proposes as proposes_to_a_coordinator
from tests.sessions.test_lapsing import LATER
from tests.world import MONDAY, World, world

DAY = timedelta(days=1)


@pytest.fixture
async def tried(database_url: str, tmp_path: Path) -> AsyncIterator[World]:
    """Open a program that is being tried out."""
    async with world(database_url, tmp_path, state=State.SET_UP) as riverside:
        await moves_to(riverside, State.SHADOW)
        yield riverside


async def test_what_waits_is_asked_at_start(tried: World) -> None:
    """Proposals, bookings, sessions that are over, and what coordinators are to decide: each once."""
    await proposes(tried, time1=LATER)
    await proposes(tried, time1="Friday 18:00")
    await tried.passes(minutes=1)
    assert "Lovely!" in await tried.presses("amara", "sessions.accept:2")
    await having.books(tried, MONDAY + timedelta(hours=2))
    await having.books(tried, MONDAY + timedelta(hours=4), mentee="noor")
    await tried.passes(hours=6)
    await tried.presses("amara", "sessions.met:3:yes")
    await tried.presses("lena", "sessions.met:3:no")
    await proposes_to_a_coordinator(tried, MONDAY + 20 * DAY)
    await tried.passes(minutes=1)
    assert SessionState.PROPOSED is (await session(tried, 1)).state
    before = {user: len(await tried.inbox(user)) for user in ("amara", "lena", "noor", "rosa")}
    assert {"amara": 0, "lena": 0, "noor": 0, "rosa": 0} == before
    await moves_to(tried, State.RUNNING)
    await tried.passes(hours=1)
    seen = {user: repr((await tried.inbox(user))[before[user] :]) for user in before}
    asked = {
        ("amara", "Lena Vogt proposes a session"),
        ("amara", "It's settled"),
        ("lena", "It's settled"),
        ("amara", "Your session with Noor"),
        ("noor", "Your session with Amara"),
        ("lena", "Let's plan the next one together"),
        ("rosa", "would like to meet Lena Vogt again"),
        ("rosa", "needs your eye"),
    }
    assert dict.fromkeys(asked, 1) == {(user, words): seen[user].count(words) for user, words in asked}
    assert "lapses by itself" in seen["amara"]
    assert SessionState.PROPOSED is (await session(tried, 1)).state
