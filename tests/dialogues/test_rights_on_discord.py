"""What the bot was allowed to do in a Discord server is taken away: it goes on with the rest, and says so once."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.people import Role
from tests.dialogues.test_trouble_on_discord import posts, server, told
from tests.pairings.people import change
from tests.stand_ins.discord import Can
from tests.world import LENA, World, world

LOST = "I no longer see the conversation of Amara Okafor and Lena Vogt"


@pytest.fixture
async def there(sqlite_url: str, tmp_path: Path) -> AsyncIterator[World]:
    """Open the program of tests/community.toml on Discord."""
    async with world(sqlite_url, tmp_path, on="discord") as opened:
        yield opened


def forbid(there: World, *what: Can, space: str = LENA) -> None:
    """Take something away from the bot in a channel."""
    discord, _ = server(there)
    mine = discord.channels[there.channel(space)].overwrites[discord.app.bot]
    for one in what:
        mine.allow &= ~int(one)
        mine.deny |= int(one)


def strip(there: World) -> None:
    """Take everything away from the bot in the whole server, but what everybody has."""
    discord, guild = server(there)
    for role in guild.roles.values():
        if role.managed == discord.app.bot:
            role.permissions = 0


async def test_it_may_not_read_what_was_written(there: World) -> None:
    """Discord then shows an empty channel: nothing counts as deleted, and Rosa is told."""
    await there.says("lena")
    forbid(there, Can.READ_MESSAGE_HISTORY)
    await there.passes(days=6)
    assert "Lena Vogt" in await there.asks("amara", "/mentor waiting")
    assert 1 == await told(there, LOST)
    discord, _ = server(there)
    before = len(discord.requests)
    await there.passes(days=12)
    assert len(discord.requests) - before < 60
    assert 1 == await told(there, LOST)


async def test_an_empty_channel_is_no_lost_one(there: World) -> None:
    """Where everything that was written is deleted, or nothing was, there is nothing wrong."""
    discord, _ = server(there)
    channel = discord.channels[there.channel(LENA)]
    await there.says("lena")
    discord.gateway.swallow(1, "MESSAGE_DELETE")
    await there.driver.person("lena").deletes(channel.id, channel.messages[-1].id)  # type: ignore[attr-defined]  # it is Discord's
    await there.jobs.catch_up()
    await there.passes(days=6)
    assert 0 == await told(there, LOST)
    assert "Lena Vogt" not in await there.asks("amara", "/mentor waiting")


async def test_it_may_not_write(there: World) -> None:
    """Amara takes no direct messages, and she can't be asked in the channel: she reads it when she looks."""
    discord, _ = server(there)
    forbid(there, Can.SEND_MESSAGES)
    there.driver.person("amara").closes_dms()  # type: ignore[attr-defined]  # it is Discord's
    await there.says("lena")
    await there.passes(days=1)
    before = len(discord.requests)
    await there.passes(days=12)
    assert len(discord.requests) - before < 60
    assert [] == await posts(there, LENA, "")
    assert 1 == await told(there, "Amara Okafor takes no direct messages from me")
    assert "Lena Vogt" in await there.asks("amara", "/mentor waiting")


async def test_it_may_do_nothing_any_more(there: World) -> None:
    """No channel for a new pairing: whoever looks after it is told once, and has it tried again."""
    discord, guild = server(there)
    await change(there, "ravi", roles=frozenset({Role.MENTEE}))
    strip(there)
    guild.everyone.permissions &= ~int(Can.MANAGE_CHANNELS)
    assert "are paired" in await there.asks("rosa", "/mentor-admin pair @amara with @ravi")
    await there.passes(days=1)
    before = len(discord.requests)
    await there.passes(days=12)
    assert len(discord.requests) - before < 60
    spaces = await there.driver.spaces("ravi")
    assert {} == spaces
    cards = [one for one in await there.inbox("rosa") if "Ravi Menon" in one.text]
    assert 1 == len(cards)


async def test_people_go_on_writing_where_it_may_not_read(there: World) -> None:
    """Each message shows that the channel is there, and each reading that it isn't: Rosa isn't told each time."""
    await there.says("lena")
    forbid(there, Can.READ_MESSAGE_HISTORY)
    for _ in range(8):
        await there.passes(days=1)
        await there.says("amara")
        await there.says("lena")
    assert 1 == await told(there, LOST)
