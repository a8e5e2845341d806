"""A session that is booked is reminded of a day and an hour before, and never when it is no longer to come."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.policy import load
from bot.sessions.reminding import next_reminder
from storage.members import Members
from storage.pairings import Pairings
from storage.rests import Rests
from storage.sessions import Sessions, State
from tests.platforms import on_each_platform
from tests.sessions.having import AGENDA, LINK, PREPARE, THURSDAY, books, moves
from tests.sessions.test_invites import booked
from tests.world import MONDAY, World, world

DAY, HOUR = timedelta(days=1), timedelta(hours=1)


async def until(riverside: World, at: datetime) -> None:
    """Let time pass until an instant."""
    await riverside.jobs.leap(riverside.clock, at)


@on_each_platform
async def test_a_day_and_an_hour_before(riverside: World) -> None:
    """Both are reminded twice, with the other's name, the time, and all that the two wrote about it."""
    await books(riverside)
    await until(riverside, THURSDAY - DAY - timedelta(minutes=1))
    assert [] == await riverside.inbox("amara")
    await until(riverside, THURSDAY - DAY + timedelta(minutes=1))
    for user, name in (("amara", "Lena Vogt"), ("lena", "Amara Okafor")):
        (seen,) = await riverside.inbox(user)
        assert f"In 24 hours you meet {name}: Thursday 5 March, 18:00 (UTC)." == seen.texts[0]
        for text in (AGENDA, PREPARE, LINK):
            assert text in seen.text
    await until(riverside, THURSDAY - HOUR + timedelta(minutes=1))
    assert ["In 24 hours", "In 60 minutes"] == [
        seen.text.partition(" you meet")[0] for seen in await riverside.inbox("lena")
    ]
    await until(riverside, THURSDAY)
    assert 2 == len(await riverside.inbox("lena"))
    assert [] == await riverside.inbox("noor")


async def test_outside_hours_and_budget(riverside: World) -> None:
    """It is their own appointment: neither the night nor a full budget holds it back."""
    await books(riverside, datetime(2026, 3, 7, 4, 0, tzinfo=UTC))
    await until(riverside, datetime(2026, 3, 7, 3, 1, tzinfo=UTC))
    assert 2 == len(await riverside.inbox("amara"))


async def test_each_in_their_own_zone(riverside: World) -> None:
    """Each reads their own time first, and then the other's."""
    async with riverside.database.work(1) as work:
        await work.of(Members).change(await riverside.member(work, "lena"), zone="Asia/Kolkata")
    await books(riverside)
    await until(riverside, THURSDAY - DAY + timedelta(minutes=1))
    (lena,), (amara,) = await riverside.inbox("lena"), await riverside.inbox("amara")
    assert "Thursday 5 March, 23:30 (Asia/Kolkata); for Amara Okafor it's Thursday 5 March, 18:00 (UTC)." in lena.text
    assert "Thursday 5 March, 18:00 (UTC); for Lena Vogt it's Thursday 5 March, 23:30 (Asia/Kolkata)." in amara.text


async def test_booked_at_short_notice(riverside: World) -> None:
    """What would have been said before it was booked isn't said."""
    await books(riverside, MONDAY + timedelta(hours=3))
    await until(riverside, MONDAY + timedelta(hours=2, minutes=1))
    assert 1 == len(await riverside.inbox("amara"))
    assert 1 == await books(riverside, MONDAY + timedelta(hours=2, minutes=30), mentee="noor") - 1
    await until(riverside, MONDAY + timedelta(hours=2, minutes=31))
    assert [] == await riverside.inbox("noor")


async def test_a_session_that_is_moved(riverside: World) -> None:
    """The reminders go with it; what was said of the old time isn't said again."""
    await books(riverside)
    await moves(riverside, THURSDAY + timedelta(days=7))
    await until(riverside, THURSDAY + timedelta(days=5))
    assert [] == await riverside.inbox("amara")
    await until(riverside, THURSDAY + timedelta(days=7))
    assert 2 == len(await riverside.inbox("amara"))


async def test_a_session_that_is_called_off(riverside: World) -> None:
    """Nobody is reminded, nor asked about it."""
    await books(riverside)
    async with riverside.database.work(1) as work:
        await work.of(Sessions).change(1, state=State.CANCELLED)
    await riverside.passes(days=10)
    assert [] == await riverside.inbox("amara")


@pytest.mark.parametrize("how", ["rests", "ended"])
async def test_a_pairing_that_goes_on_no_more(riverside: World, how: str) -> None:
    """While it rests, and after it has ended, nothing is said."""
    await books(riverside)
    async with riverside.database.work(1) as work:
        if how == "rests":
            await work.of(Rests).begin(1, None)
        else:
            await work.of(Pairings).change(1, ended_at=work.now)
    await riverside.passes(days=10)
    assert [] == await riverside.inbox("amara")


async def test_the_bot_was_away(database_url: str, tmp_path: Path) -> None:
    """After a restart one reminder goes out where two would have; none once the session has begun."""
    async with world(database_url, tmp_path) as before:
        await books(before)
        await books(before, THURSDAY - timedelta(hours=5), mentee="noor")
    async with world(database_url, tmp_path, at=THURSDAY - timedelta(minutes=30)) as after:
        await after.jobs.round()
        assert 1 == len([seen for seen in await after.inbox("lena") if "you meet" in seen.text])
        assert [] == [seen for seen in await after.inbox("noor") if "you meet" in seen.text]


@given(st.integers(-3000, 3000), st.sampled_from(State))
@example(-60, State.BOOKED)
@example(-24 * 60, State.BOOKED)
def test_when_it_is_next(minutes: int, state: State) -> None:
    """It is one of the two times before the beginning, and to come; none of a session that isn't booked."""
    figures = load().before
    one = booked(starts_at=THURSDAY, state=state)
    now = THURSDAY + timedelta(minutes=minutes)
    found = next_reminder(one, now, figures)
    expected = [at for at in (THURSDAY - DAY, THURSDAY - HOUR) if at > now and state is State.BOOKED]
    assert (expected[0] if expected else None) == found
