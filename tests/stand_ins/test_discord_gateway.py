"""The gateway of the stand-in: sessions that are resumed or lost, intents, shards, what closes a connection."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import aiohttp
import discord
import pytest
import yarl
from discord.gateway import DiscordWebSocket
from discord.http import Route

from tests.stand_ins.discord import Discord, Guild, Json
from tests.stand_ins.discord_bot import UNPRIVILEGED, Bot


@asynccontextmanager
async def raw(server: Discord, path: str = "") -> AsyncIterator[aiohttp.ClientWebSocketResponse]:
    """Open a connection without any library."""
    async with aiohttp.ClientSession() as session, session.ws_connect(server.gateway.url(path) + "?v=10") as wire:
        yield wire


async def until(wire: aiohttp.ClientWebSocketResponse, event: str) -> Json:
    """Return what an event tells, and skip what comes before."""
    while True:
        frame: Json = await wire.receive_json()
        if frame["t"] == event:
            return frame


def identify(server: Discord, **more: object) -> Json:
    """Return what one logs in with."""
    return {"op": 2, "d": {"token": server.app.token, "intents": UNPRIVILEGED.value, "properties": {}, **more}}


async def test_hello_and_ready(server: Discord, guild: Guild) -> None:
    """HELLO with the pause between heartbeats, READY with the session, then each server whole."""
    async with raw(server) as wire:
        hello = await wire.receive_json()
        assert (10, 41250) == (hello["op"], hello["d"]["heartbeat_interval"])
        await wire.send_json({"op": 1, "d": None})
        assert 11 == (await wire.receive_json())["op"]
        await wire.send_json(identify(server))
        ready = await until(wire, "READY")
        assert (1, [{"id": guild.id, "unavailable": True}]) == (ready["s"], ready["d"]["guilds"])
        assert [0, 1] == ready["d"]["shard"]
        told = (await until(wire, "GUILD_CREATE"))["d"]
        assert (["general"], 2) == ([one["name"] for one in told["channels"]], told["member_count"])
        assert [server.app.bot] == [one["user"]["id"] for one in told["members"]]


@pytest.mark.parametrize(
    ("frame", "close"),
    [
        ({"op": 2, "d": {"token": "wrong", "intents": 1}}, 4004),
        ({"op": 2, "d": {"intents": 1 << 15}}, 4014),
        ({"op": 2, "d": {"intents": 1 << 40}}, 4013),
        ({"op": 2, "d": {"shard": [2, 2]}}, 4010),
        ({"op": 8, "d": {}}, 4003),
        ({"op": 6, "d": {"token": "wrong", "session_id": "x", "seq": 1}}, 4004),
        ("nonsense", 4002),
    ],
)
async def test_what_closes_a_connection(server: Discord, frame: Json | str, close: int) -> None:
    """A wrong token, an intent that isn't switched on, a shard that isn't there, orders before the login."""
    async with raw(server) as wire:
        await wire.receive_json()
        if isinstance(frame, str):
            await wire.send_str(frame)
        else:
            full = identify(server)
            await wire.send_json({"op": frame["op"], "d": {**(full["d"] if frame["op"] == 2 else {}), **frame["d"]}})
        assert aiohttp.WSMsgType.CLOSE == (await wire.receive()).type
        assert (close, [close]) == (wire.close_code, server.gateway.closed)


async def test_the_real_client_says_what_is_wrong(server: Discord) -> None:
    """An intent that isn't switched on and a wrong token end it for good."""
    Route.BASE, DiscordWebSocket.DEFAULT_GATEWAY = server.api_url, yarl.URL(server.gateway_url)
    async with Bot(server, discord.Intents(message_content=True)) as curious:
        with pytest.raises(discord.PrivilegedIntentsRequired):
            await curious.start(server.app.token)
    async with Bot(server) as forgetful:
        with pytest.raises(discord.LoginFailure):
            await forgetful.start("wrong")


async def test_a_lost_connection_is_resumed(server: Discord, guild: Guild, bot: Bot) -> None:
    """What happened in between is told again, in order, and nothing twice."""
    amara, town = server.person("amara", guild), server.text_channel(guild, "town")
    ids = [await amara.says(town.id, "one")]
    for _ in range(3):
        await server.gateway.drop()
        ids += [await amara.says(town.id, "in between", wait=False) for _ in range(3)]
        assert await server.connected()
        ids.append(await amara.says(town.id, "after"))
    assert ids == [one["id"] for one in bot.of("MESSAGE_CREATE")]
    assert (1, 3) == (server.gateway.identified, server.gateway.resumed)


async def test_it_can_be_asked_to_connect_again(server: Discord, guild: Guild, bot: Bot) -> None:
    """Op 7, and op 9 with a session that may be resumed."""
    amara, town = server.person("amara", guild), server.text_channel(guild, "town")
    server.gateway.reconnect()
    assert await server.changes.until(lambda: server.gateway.resumed == 1, 30)
    server.gateway.invalidate(resumable=True)
    assert await server.changes.until(lambda: server.gateway.resumed == 2, 30)
    await amara.says(town.id, "still there")
    assert (1, 1) == (len(bot.of("MESSAGE_CREATE")), server.gateway.identified)


async def test_a_session_can_be_lost(server: Discord, guild: Guild, bot: Bot) -> None:
    """Op 9, or a session that is forgotten: what happened in between is only in the history."""
    amara, town = server.person("amara", guild), server.text_channel(guild, "town")
    server.gateway.invalidate()
    assert await server.changes.until(lambda: server.gateway.identified == 2, 30)
    await server.gateway.drop(forget=True)
    id_ = await amara.says(town.id, "unheard", wait=False)
    assert await server.changes.until(lambda: server.gateway.identified == 3, 30)
    await amara.says(town.id, "heard")
    assert 1 == len(bot.of("MESSAGE_CREATE"))
    assert id_ in [str(one.id) async for one in bot.text(town.id).history()]


async def test_an_event_can_be_swallowed(server: Discord, guild: Guild, bot: Bot) -> None:
    """It is never told, not even when the session is resumed; what comes after it is."""
    amara, town = server.person("amara", guild), server.text_channel(guild, "town")
    server.gateway.swallow()
    await amara.says(town.id, "unheard")
    await server.gateway.drop()
    assert await server.connected()
    id_ = await amara.says(town.id, "heard")
    assert [id_] == [one["id"] for one in bot.of("MESSAGE_CREATE")]
    assert 2 == len([one async for one in bot.text(town.id).history()])


async def test_only_what_is_asked_for_is_told(server: Discord, guild: Guild) -> None:
    """Without the intents for messages and reactions there are none."""
    amara, town = server.person("amara", guild), server.text_channel(guild, "town")
    async with Bot(server, discord.Intents(guilds=True, dm_messages=True)).connected() as bot:
        id_ = await amara.says(town.id, "Hello")
        await amara.reacts(town.id, id_, "👍")
        direct = await amara.says(amara.dm.id, "Hello")
        await amara.reacts(amara.dm.id, direct, "👍")
        assert ["MESSAGE_CREATE"] == bot.events


async def test_what_the_bot_does_not_see_is_not_told(server: Discord, guild: Guild, bot: Bot) -> None:
    """A channel that is hidden from it, and its end."""
    amara = server.person("amara", guild)
    hidden = server.text_channel(guild, "hidden", amara, private=True, bot=False)
    await amara.says(hidden.id, "Hello")
    server.delete_channel(hidden)
    assert await server.settled()
    assert [] == bot.events


async def test_servers_are_spread_over_shards(server: Discord) -> None:
    """Each connection hears of its own servers, the first of direct messages too."""
    guilds = [server.guild(f"Town {number}") for number in range(4)]
    amara = server.person("amara", *guilds)
    heard: list[list[str]] = []
    for number in range(2):
        async with raw(server) as wire:
            await wire.send_json(identify(server, shard=[number, 2]))
            heard.append([one["id"] for one in (await until(wire, "READY"))["d"]["guilds"]])
            direct = await amara.says(amara.dm.id, "Hello", wait=False)
            town = next(one for one in server.channels.values() if one.guild == heard[number][0])
            public = await amara.says(town.id, "Hello", wait=False)
            assert (public if number else direct) == (await until(wire, "MESSAGE_CREATE"))["d"]["id"]
    assert ([2, 2], {one.id for one in guilds}) == ([len(one) for one in heard], {*heard[0], *heard[1]})


async def test_the_real_client_can_have_shards(server: Discord) -> None:
    """One process with two shards of two hears everything once."""
    guilds = [server.guild(f"Town {number}") for number in range(4)]
    amara = server.person("amara", *guilds)
    Route.BASE, DiscordWebSocket.DEFAULT_GATEWAY = server.api_url, yarl.URL(server.gateway_url)

    class Sharded(discord.AutoShardedClient):
        heard: list[int]

        async def before_identify_hook(self, shard_id: int | None, *, initial: bool = False) -> None:
            pass

        async def on_message(self, message: discord.Message) -> None:
            self.heard.append(message.id)

    client = Sharded(intents=UNPRIVILEGED, shard_count=2, chunk_guilds_at_startup=False)
    client.heard = []
    running = asyncio.create_task(client.start(server.app.token))
    assert await server.connected(2)
    await client.wait_until_ready()
    towns = [one for one in server.channels.values() if one.guild]
    ids = [int(await amara.says(one.id, "Hello")) for one in towns]
    assert ids == client.heard
    await client.close()
    await running


async def test_a_token_can_be_taken_away(server: Discord, guild: Guild, bot: Bot) -> None:
    """The connection is closed with 4004 for good, and REST answers 401."""
    old = {"Authorization": f"Bot {server.app.token}"}
    await server.revoke()
    async with (
        aiohttp.ClientSession() as session,
        session.get(f"{server.api_url}/guilds/{guild.id}", headers=old) as answer,
    ):
        assert (401, "application/json") == (answer.status, answer.headers["Content-Type"])
    assert await server.changes.until(lambda: not server.gateway.open, 30)
    assert bot.is_closed()


async def test_who_sends_too_much_is_cut_off(server: Discord) -> None:
    """120 frames a minute, and no more."""
    async with raw(server) as wire:
        await wire.receive_json()
        for _ in range(121):
            await wire.send_json({"op": 1, "d": None})
        assert [11] * 120 == [(await wire.receive_json())["op"] for _ in range(120)]
        assert aiohttp.WSMsgType.CLOSE == (await wire.receive()).type
        assert 4008 == wire.close_code


async def test_who_logs_in_too_soon_is_sent_back(server: Discord) -> None:
    """Two logins need a pause between them: the second is no session."""
    server.gateway.pace = 60
    async with raw(server) as first, raw(server) as second:
        await first.send_json(identify(server, shard=[0, 2]))
        await until(first, "READY")
        await second.receive_json()
        await second.send_json(identify(server, shard=[1, 2]))
        sent_back = await second.receive_json()
        assert (9, False) == (sent_back["op"], sent_back["d"])
