"""A busy hour in which the connection is lost a hundred times: nothing is lost, nothing counts twice."""

from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from bot.members import roster
from storage.schema import metadata
from tests import platforms
from tests.drivers.discord import DiscordDriver
from tests.world import COMMUNITY, LENA, NOOR, World, world

ROUNDS, HOUR = 100, timedelta(hours=1)
PAIR = """
[[people]]
name = "Mentor {number}"
roles = ["mentor"]
accounts = ["playground/riverside/mentor{number}"]

[[people]]
name = "Mentee {number}"
roles = ["mentee"]
accounts = ["playground/riverside/mentee{number}"]

[[pairings]]
mentor = "Mentor {number}"
mentee = "Mentee {number}"
spaces = ["playground/riverside/quiet{number}"]
"""


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


async def test_a_busy_hour_with_quiet_spaces(sqlite_url: str, tmp_path: Path) -> None:
    """Each half minute the connection is lost; each other time it swallows the first words in a space that was quiet.

    Every one of them is waited for, and whoever can answer is reminded once.
    """
    async with world(sqlite_url, tmp_path, on="discord") as there:
        driver = there.driver
        assert isinstance(driver, DiscordDriver)
        await _more_pairs(there, driver)
        gateway = driver.discord.gateway
        for number in range(ROUNDS):
            there.clock.move_to(there.clock.now() + HOUR / ROUNDS)
            who, space = ("lena", LENA) if number % 2 else (f"mentee{number // 2}", f"quiet{number // 2}")
            gateway.swallow(1 - number % 2)
            await driver.person(who).says(driver.channel(space), "Hello", wait=False)
            await gateway.drop(forget=number % 10 == 0)
            await driver.discord.connected()
        assert await driver.discord.settled()
        await there.platform.settled()  # type: ignore[attr-defined]  # it is Discord's
        assert ROUNDS == len(await _kept(there))
        await there.passes(days=2)
        reminders = [await there.inbox(f"mentor{number}") for number in range(ROUNDS // 2)]
        assert [1] * (ROUNDS // 2) == [len(each) for each in reminders]
        assert all(f"Mentee {number}" in each[0].text for number, each in enumerate(reminders))
        assert 1 == len(await there.inbox("amara"))


async def _more_pairs(there: World, driver: DiscordDriver) -> None:
    """Let there be as many pairs more as fall silent in turn, each in a space of their own."""
    discord, guild, written = driver.discord, driver.guild, [COMMUNITY.read_text("utf-8")]
    for number in range(ROUNDS // 2):
        written.append(PAIR.format(number=number))
        both = [
            discord.person(f"{side}{number}", guild, id=platforms.snowflake(f"{side}{number}"))
            for side in ("mentor", "mentee")
        ]
        channel = discord.text_channel(guild, f"quiet{number}", *both, private=True)
        del discord.channels[channel.id]
        channel.id = platforms.snowflake(channel.name)
        discord.channels[channel.id] = channel
    await roster.enrol(there.core, platforms.moved(roster.parse("\n".join(written), "more"), "discord"))
