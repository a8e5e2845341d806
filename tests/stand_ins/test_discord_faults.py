"""What goes wrong on demand, as the real client meets it."""

import asyncio
import time

import aiohttp
import discord
import pytest

from tests.stand_ins.discord import Discord, Guild
from tests.stand_ins.discord_bot import Bot, failure

POST = "POST /channels/{channel_id}/messages"


async def test_the_client_waits_as_it_is_told(server: Discord, guild: Guild, bot: Bot) -> None:
    """429 with Via: it waits and tries again, and another channel isn't held up."""
    busy, other = server.text_channel(guild, "busy"), server.text_channel(guild, "other")
    server.faults.limits(POST, 0.3, channel=busy.id)
    begun = time.monotonic()
    sending = asyncio.create_task(bot.text(busy.id).send("x"))
    await bot.text(other.id).send("x")
    assert ([], 1) == (busy.messages, len(other.messages))
    await sending
    assert time.monotonic() - begun >= 0.3
    assert [429, 200] == [one.status for one in server.requests if one.path.endswith(f"{busy.id}/messages")]


async def test_a_global_limit_holds_everything_up(server: Discord, guild: Guild, bot: Bot) -> None:
    """Whatever is asked next waits too."""
    town = server.text_channel(guild, "town")
    server.faults.limits(POST, 0.3, everywhere=True)
    sending = asyncio.create_task(bot.text(town.id).send("x"))
    while bot.http._global_over.is_set():  # noqa: ASYNC110, SLF001
        await asyncio.sleep(0)
    begun = time.monotonic()
    await bot.http.get_guild(int(guild.id))
    assert time.monotonic() - begun >= 0.2
    await sending


async def test_without_via_it_gives_up_at_once(server: Discord, guild: Guild, bot: Bot) -> None:
    """So Cloudflare answers to who was banned: the client raises, and knows no code."""
    server.faults.limits(POST, 60, via=False)
    error = await failure(bot.text(server.text_channel(guild, "town").id).send("x"))
    assert (429, 0, "60") == (error.status, error.code, error.response.headers["Retry-After"])


async def test_discord_can_break(server: Discord, guild: Guild, bot: Bot) -> None:
    """500 is tried again by the client, 503 is not; nothing was done."""
    town = server.text_channel(guild, "town")
    server.faults.breaks(POST, 503)
    error = await failure(bot.text(town.id).send("x"))
    assert isinstance(error, discord.DiscordServerError)
    assert [] == town.messages
    server.faults.breaks(POST, 500)
    await bot.text(town.id).send("x")
    assert 1 == len(town.messages)


@pytest.mark.parametrize("after", [False, True])
async def test_a_connection_can_be_dropped(server: Discord, guild: Guild, bot: Bot, after: bool) -> None:
    """Before anything was done, or after: then sending again with the same nonce is still one message."""
    town = server.text_channel(guild, "town")
    server.faults.drops(POST, after=after)
    with pytest.raises((aiohttp.ClientError, OSError)):
        await bot.text(town.id).send("x", nonce="key")
    assert int(after) == len(town.messages)
    await bot.text(town.id).send("x", nonce="key")
    assert 1 == len(town.messages)


async def test_an_answer_can_be_lost_to_an_error(server: Discord, guild: Guild, bot: Bot) -> None:
    """The work is done, and the client that tries again by itself finds it."""
    town = server.text_channel(guild, "town")
    server.faults.breaks(POST, 500, after=True)
    await bot.text(town.id).send("x", nonce="key")
    assert 1 == len(town.messages)


async def test_a_request_can_be_held_up(server: Discord, guild: Guild, bot: Bot) -> None:
    """Until it is let go."""
    town = server.text_channel(guild, "town")
    go_on = server.faults.holds(POST)
    sending = asyncio.create_task(bot.text(town.id).send("x"))
    await bot.http.get_guild(int(guild.id))
    assert not sending.done()
    go_on.set()
    await sending


async def test_what_is_not_there_fails_loudly(server: Discord, bot: Bot) -> None:
    """A route that Discord doesn't have is answered with 404, and complained about."""
    error = await failure(bot.http.request(discord.http.Route("GET", "/nowhere")))
    assert (404, 0) == (error.status, error.code)
    assert ["there is no GET /api/v10/nowhere"] == server.complaints
    server.complaints.clear()
