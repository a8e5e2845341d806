"""What no platform may leave behind of a call to an unseen feature, not even where the bot itself breaks over it.

Each adapter passes all of this; one joins by a line in PLATFORMS, in `tests/drivers/worlds.py`.
"""

import io
from collections.abc import Awaitable, Callable
from contextlib import suppress

import pytest

from tests.drivers.discord import DiscordDriver
from tests.drivers.driver import Rejected, Seen
from tests.drivers.slack import SlackDriver
from tests.drivers.worlds import World

WORD = "heliotrope"
CALLBACK = "POST /interactions/{interaction_id}/{interaction_token}/callback"

Act = Callable[[World, str], Awaitable[Seen]]
ACTS: dict[str, Act] = {
    "command": lambda world, _: world.driver.commands(world.lena.user, "/mentor whisper"),
    "press": lambda world, _: world.driver.presses(world.lena.user, f"unheard.a:{WORD}"),
    "form": lambda world, _: world.driver.submits(world.lena.user, "unheard.sent", {"words": WORD}),
    "shortcut": lambda world, written: world.driver.shortcut(
        world.lena.user, "unheard.this", world.space.channel, written
    ),
}


@pytest.mark.parametrize("act", ACTS)
async def test_a_fault_is_told_later(world: World, log: io.StringIO, act: str) -> None:
    """Whatever breaks: nothing is logged now, and whoever asked is told without a reference; the log has it later."""
    written = await world.driver.says(world.lena.user, "Hello", world.space.channel)
    world.core.fault = KeyError(WORD)
    before, told = log.getvalue(), ""
    try:
        told = (await ACTS[act](world, written)).text
    except Rejected as rejected:  # the platform itself says that there was no answer
        told = str(rejected)
    assert before == log.getvalue()
    assert told
    assert "log" not in told
    assert "coordinator" not in told
    world.core.unseen.tell()
    assert "KeyError" in log.getvalue()
    assert WORD not in log.getvalue()


def _break(world: World, status: int) -> None:
    """Let the next answer not arrive, also if it is sent again."""
    match world.driver:
        case SlackDriver() as driver:
            driver.slack.faults.breaks("response_url", status, times=3)
        case DiscordDriver() as driver:
            driver.discord.faults.breaks(CALLBACK, status)


@pytest.mark.parametrize(("act", "status"), [("command", 500), ("press", 400)])
async def test_an_answer_that_does_not_arrive_is_not_logged(
    world: World, log: io.StringIO, act: str, status: int
) -> None:
    """Neither by the adapter nor by what repeats it; and it goes nowhere else."""
    written = await world.driver.says(world.lena.user, "Hello", world.space.channel)
    inbox, before = await world.driver.inbox(world.lena.user), log.getvalue()
    _break(world, status)
    with suppress(Rejected):
        await ACTS[act](world, written)
    assert before == log.getvalue()
    assert inbox == await world.driver.inbox(world.lena.user)
