"""What was missed is read from the channels, also when Discord doesn't tell at once, or tells of something newer."""

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from adapters.discord.stream import Stream
from storage.schema import metadata
from tests.drivers.discord import DiscordDriver
from tests.stand_ins.discord import Discord
from tests.world import LENA, NOOR, World, world

HISTORY = "GET /channels/{channel_id}/messages"


@pytest.fixture
async def there(sqlite_url: str, tmp_path: Path) -> AsyncIterator[World]:
    """Open the program of tests/community.toml on Discord."""
    async with world(sqlite_url, tmp_path, on="discord") as opened:
        yield opened


async def known(there: World) -> set[str]:
    """Return the messages that the bot knows of."""
    table = metadata.tables["message"]
    async with there.database.connect() as conn:
        return set((await conn.execute(select(table.c.external))).scalars())


def server(there: World) -> tuple[DiscordDriver, Discord]:
    """Return Discord, and who uses it."""
    assert isinstance(there.driver, DiscordDriver)
    return there.driver, there.driver.discord


async def broken(there: World) -> None:
    """Lose the connection, and let the bot work out what was missed."""
    _, discord = server(there)
    await discord.gateway.drop()
    await discord.connected()
    await discord.settled()
    await there.platform.settled()  # type: ignore[attr-defined]  # it is Discord's
    await there.core.settled()


@pytest.mark.parametrize("space", [LENA, NOOR])
async def test_what_came_before_something_newer(there: World, space: str) -> None:
    """The first message in a quiet space is swallowed, and a second one arrives before the history is read."""
    driver, discord = server(there)
    if space == LENA:
        await there.says("amara", LENA)
        await there.passes(days=3)
    who = driver.person("lena" if space == LENA else "noor")
    discord.gateway.swallow()
    written = await who.says(there.channel(space), "Hello", wait=False)
    there.clock.move_to(there.clock.now() + timedelta(seconds=5))
    newer = await driver.says(who.id, "Are you there?", space)
    await there.core.settled()
    assert {newer} == {written, newer} & await known(there)
    await broken(there)
    assert {written, newer} <= await known(there)


@pytest.mark.parametrize("status", [429, 503])
async def test_a_space_that_could_not_be_read_is_read_later(there: World, status: int) -> None:
    """Discord is busy just when its turn comes: it isn't forgotten, and others are read."""
    driver, discord = server(there)
    written = []
    for user, space in (("lena", LENA), ("noor", NOOR)):
        discord.gateway.swallow()
        written.append(await driver.person(user).says(there.channel(space), "Hello", wait=False))
    if status == 429:
        discord.faults.limits(HISTORY, 90, channel=there.channel(LENA))
    else:
        discord.faults.breaks(HISTORY, status, channel=there.channel(LENA))
    await broken(there)
    assert {written[1]} == await known(there)
    assert 1 == await there.jobs.catch_up_rest()
    await there.core.settled()
    assert {*written} == await known(there)
    assert 0 == await there.jobs.catch_up_rest()


async def test_a_reading_that_fails_is_done_again() -> None:
    """The database was away just after the connection came back."""
    read, failures = asyncio.Event(), [RuntimeError("away")] * 3

    async def missed() -> None:
        if failures:
            raise failures.pop()
        read.set()

    async def nothing(_: object) -> None:
        raise AssertionError

    stream = Stream(nothing, missed, 0.001)
    stream.behind()
    await asyncio.wait_for(read.wait(), 30)
    await stream.close()
