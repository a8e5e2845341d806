"""Moving the clock, and what happened on the way."""

import asyncio
from datetime import datetime, timedelta

import pytest

from bot.views import message
from tests.drivers.driver import Rejected
from tests.playground.conftest import TUESDAY, Desk


async def test_the_clock_moves_as_far_as_it_was_asked(desk: Desk) -> None:
    """Two days are two days."""
    await desk.driver.moves(48)
    assert timedelta(0) <= desk.clock.now() - (TUESDAY + timedelta(hours=48)) < timedelta(seconds=10)


async def test_what_happened_on_the_way_is_told(desk: Desk) -> None:
    """To whom the bot wrote and when, with the message to look at; not what it says."""
    at = TUESDAY + timedelta(hours=24)
    desk.way.append((at, "amara", message("A friendly reminder")))
    [event] = await desk.driver.moves(48)
    [seen] = await desk.driver.inbox("amara")
    told = datetime.fromisoformat(event.pop("at"))
    assert {"what": "sent", "user": "amara", "channel": "dm-amara", "message": seen.id} == event
    assert timedelta(0) <= told - at < timedelta(seconds=10)
    assert "reminder" not in str(event)


async def test_messages_carry_the_moved_clocks_time(desk: Desk) -> None:
    """What is written after two days was written two days later."""
    await desk.driver.moves(48)
    await desk.driver.says("lena", "Hello", "amara-lena")
    [row] = (await desk.driver.state())["messages"]
    assert datetime.fromisoformat(row["at"]) >= TUESDAY + timedelta(hours=48)


async def test_what_happens_by_itself_is_not_on_the_way(desk: Desk) -> None:
    """The list holds what happened while the clock moved, and begins anew each time."""
    await desk.platform.send(desk.account("amara"), message("Before"), "before")
    desk.way.append((TUESDAY + timedelta(hours=1), "lena", message("On the way")))
    assert ["lena"] == [event["user"] for event in await desk.driver.moves(2)]
    assert [] == await desk.driver.moves(2)


async def test_the_clock_moves_once_at_a_time(desk: Desk) -> None:
    """A second push while it moves is refused in words, and one can go on writing meanwhile."""
    desk.go_on.clear()
    moving = asyncio.create_task(desk.driver.moves(48))
    await desk.driver.says("lena", "Hello", "amara-lena")
    assert (await desk.driver.state())["clock"]["moving"]
    with pytest.raises(Rejected, match="already moving"):
        await desk.driver.moves(1)
    desk.go_on.set()
    await moving
    assert not (await desk.driver.state())["clock"]["moving"]


@pytest.mark.parametrize("hours", [0, -1, 24 * 32])
async def test_the_clock_never_goes_back_nor_too_far(desk: Desk, hours: float) -> None:
    """What it can't do is refused, and it stays where it is."""
    with pytest.raises(Rejected):
        await desk.driver.moves(hours)
    assert desk.clock.now() - TUESDAY < timedelta(seconds=10)
