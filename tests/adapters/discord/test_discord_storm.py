"""A busy hour in which the connection is lost a hundred times: nothing is lost, nothing counts twice."""

from pathlib import Path

import pytest
from sqlalchemy import select

from storage.schema import metadata
from tests.drivers.discord import DiscordDriver
from tests.world import LENA, NOOR, World, world

ROUNDS = 100


async def _kept(there: World) -> list[str]:
    table = metadata.tables["message"]
    async with there.database.connect() as conn:
        return list((await conn.execute(select(table.c.external))).scalars())


@pytest.mark.parametrize("forgetful", [False, True], ids=["resumed", "begun anew"])
async def test_a_hundred_drops(sqlite_url: str, tmp_path: Path, forgetful: bool) -> None:
    """Half of them swallow a message, the first in a quiet space too: it is read from the channel afterwards."""
    async with world(sqlite_url, tmp_path, on="discord") as there:
        driver = there.driver
        assert isinstance(driver, DiscordDriver)
        gateway, written = driver.discord.gateway, list[str]()
        for number in range(ROUNDS):
            if number % 2:
                gateway.swallow()
            who, space = (("lena", LENA), ("noor", NOOR), ("amara", LENA))[number % 3]
            person = driver.person(who)
            written.append(await person.says(driver.channel(space), f"Hello {number}", wait=False))
            await gateway.drop(forget=forgetful and number % 10 == 0)
            await driver.discord.connected()
        assert await driver.discord.settled()
        await there.platform.settled()  # type: ignore[attr-defined]  # it is Discord's
        assert sorted(written) == sorted(await _kept(there))
        assert ROUNDS == gateway.resumed + gateway.identified - 1
