"""What is said to all, in each of the program's channels: once, whatever one of them does."""

from collections.abc import AsyncIterator
from datetime import timedelta

import pytest

from bot.deliveries.reasons import Reason
from bot.errors import Busy, Forbidden, Gone, PlatformError
from storage.outbox import Effect
from storage.programs import State
from tests.scheduler.flaky import Killed
from tests.scheduler.town import NEEDLESS, Crier, crier

BOTH = [("hall", "Announcement 1."), ("lobby", "Announcement 1.")]


@pytest.fixture
async def bot(database_url: str) -> AsyncIterator[Crier]:
    """Start a bot in a town."""
    async with crier(database_url) as opened:
        yield opened


async def test_said_in_each_channel(bot: Crier) -> None:
    """Once in each, and what is no longer needed in none."""
    await bot.has_channels("hall", "lobby")
    await bot.announces(1, NEEDLESS)
    await bot.passes(hours=1)
    assert BOTH == bot.platform.posted
    assert [("sent", None)] == await bot.stand(Effect.ANNOUNCE)


@pytest.mark.parametrize("end", [Killed(), ConnectionResetError()])
async def test_cut_off_before_it_is_noted(bot: Crier, end: BaseException) -> None:
    """What is there already isn't said again, and the other channel still gets it."""
    await bot.has_channels("hall", "lobby")
    bot.platform.afterwards = [end]
    try:
        await bot.announces(1)
    except Killed:
        await bot.ends_leases()
    await bot.passes(hours=1)
    assert BOTH == bot.platform.posted


@pytest.mark.parametrize(
    ("error", "reason", "told"),
    [
        (Gone("not_in_channel"), Reason.CHANNEL_GONE, "a channel of the program is gone, or I'm not in it."),
        (Forbidden("50013"), Reason.CHANNEL_SHUT, "I may not write in a channel of the program."),
    ],
)
async def test_a_channel_that_fails_holds_nothing_up(
    bot: Crier, error: PlatformError, reason: Reason, told: str
) -> None:
    """The other channel gets it, the next announcement is said in both; coordinators see why, and can try again."""
    await bot.has_channels("hall", "lobby")
    bot.platform.failing["hall"] = [error]
    await bot.announces(1, 2)
    assert 3 == len(bot.platform.posted)
    assert ["lobby"] == [channel for channel, said in bot.platform.posted if said == "Announcement 1."]
    assert [("dead", reason), ("sent", None)] == await bot.stand(Effect.ANNOUNCE)
    shown = await bot.asks("undelivered")
    assert "To the program's channels, since Monday 2 March, 10:00: an announcement." in shown
    assert told in shown
    await bot.presses("deliveries.all_again")
    await bot.passes(minutes=1)
    assert 4 == len(bot.platform.posted)


async def test_a_busy_channel_is_asked_again_when_it_said(bot: Crier) -> None:
    """Although another one is gone for good, and nothing is said twice."""
    await bot.has_channels("hall", "lobby")
    bot.platform.failing |= {"hall": [Gone("gone"), Gone("gone")], "lobby": [Busy(timedelta(minutes=7))]}
    await bot.announces(1)
    await bot.passes(minutes=6)
    assert [] == bot.platform.posted
    await bot.passes(minutes=1)
    assert BOTH[1:] == bot.platform.posted
    assert [("dead", Reason.CHANNEL_GONE)] == await bot.stand(Effect.ANNOUNCE)


async def test_a_program_without_a_channel(bot: Crier) -> None:
    """Coordinators see what to do."""
    await bot.announces(1)
    assert [("dead", Reason.NO_CHANNEL)] == await bot.stand(Effect.ANNOUNCE)
    assert "Write /mentor-admin channel in the one" in await bot.asks("undelivered")


@pytest.mark.parametrize(("state", "row"), [(State.SET_UP, "waiting"), (State.SHADOW, "sent")])
async def test_before_the_program_runs(bot: Crier, state: State, row: str) -> None:
    """Nothing is said: it waits for Start, or is noted as what would have been said."""
    await bot.has_channels("hall", "lobby")
    await bot.is_in(state)
    await bot.announces(1)
    assert [] == bot.platform.posted
    assert [(row, None)] == await bot.stand(Effect.ANNOUNCE)
