"""The gateway: how it begins, breaks and ends; and that nothing is lost in between."""

import asyncio
import io
from collections.abc import Callable
from dataclasses import replace

import pytest

from adapters import discord as on_discord
from adapters.discord.stream import Stream
from bot.calls import Observation, Posted
from bot.config import ConfigError
from bot.errors import Busy, UserError
from bot.views import message
from tests.adapters.discord.community import Scene, SlowCore, feature, scene
from tests.drivers.discord import QUICK
from tests.stand_ins.discord import Discord


async def _soon(is_so: Callable[[], bool]) -> bool:
    for _ in range(200):
        if is_so():
            return True
        await asyncio.sleep(0.02)
    return False


GONE = on_discord.Where("http://127.0.0.1:9/api/v10", "ws://127.0.0.1:9/")


async def test_a_wrong_token_is_told_in_plain_words() -> None:
    """At the start, by REST; nothing stays open."""
    async with Discord() as discord:
        where = on_discord.Where(discord.api_url, discord.gateway_url)
        with pytest.raises(ConfigError, match="DISCORD_TOKEN"):
            await on_discord.connect(SlowCore(feature()), token="wrong", where=where, timing=QUICK)
        with pytest.raises(ConfigError, match="DISCORD_TOKEN"):
            await on_discord.guilds_of("wrong", where)


async def test_a_discord_that_is_not_there_is_told() -> None:
    """Whoever starts the bot reads what to look at."""
    with pytest.raises(UserError, match="can't be reached"):
        await on_discord.connect(SlowCore(feature()), token="any", where=GONE, timing=QUICK)


async def test_the_servers_are_told() -> None:
    """Before anything is connected."""
    async with Discord() as discord:
        guilds = [discord.guild(name) for name in ("Riverside", "Hillside")]
        discord.guild("Elsewhere", bot=False)
        found = await on_discord.guilds_of(discord.app.token, on_discord.Where(discord.api_url, discord.gateway_url))
        assert {(one.id, one.name) for one in guilds} == {(one.id, one.name) for one in found}


async def test_nothing_privileged_is_asked_for(riverside_discord: Scene) -> None:
    """The app has no privileged intent, and the gateway lets the bot in."""
    (session,) = riverside_discord.discord.gateway.sessions.values()
    assert 0 == session.intents & (1 << 1 | 1 << 8 | 1 << 15)
    assert riverside_discord.platform.connected


async def test_a_short_break_loses_nothing(riverside_discord: Scene) -> None:
    """What is said meanwhile comes again, once; and to be sure the channels are read."""
    there = riverside_discord
    await there.discord.gateway.drop()
    written = await there.lena.says(there.channel.id, "Hello", wait=False)
    await there.discord.connected()
    await there.discord.settled()
    await there.platform.settled()
    assert [written] == [seen.message for seen in there.observed() if isinstance(seen, Posted)]
    async with asyncio.timeout(30):
        await there.missed.acquire()
    assert 1 == there.discord.gateway.resumed


async def test_a_lost_session_is_read_again(riverside_discord: Scene) -> None:
    """Discord has forgotten it: what was missed is read from the channels."""
    there = riverside_discord
    await there.discord.gateway.drop(forget=True)
    await there.lena.says(there.channel.id, "Hello", wait=False)
    await there.discord.connected()
    async with asyncio.timeout(30):
        await there.missed.acquire()
    assert 2 == there.discord.gateway.identified
    assert there.platform.connected


@pytest.mark.parametrize("code", [1000, 4000, 4001, 4002, 4003, 4005, 4007, 4008, 4009])
async def test_what_ends_a_connection_ends_nothing_else(riverside_discord: Scene, code: int) -> None:
    """Whatever Discord says at the end of one, the bot comes back, hears on, and reads what it missed."""
    there = riverside_discord
    await there.discord.gateway.drop(code=code)
    assert await there.discord.connected(seconds=30)
    async with asyncio.timeout(30):
        await there.missed.acquire()
    there.observed()
    await there.driver.says(there.lena.id, "Hello", there.channel.id)
    assert 1 == len([seen for seen in there.observed() if isinstance(seen, Posted)])
    assert there.platform.connected


async def test_a_session_that_is_over_is_begun_anew(riverside_discord: Scene) -> None:
    """Away for too long (4009): it isn't asked for again and again, and what was missed is read."""
    there = riverside_discord
    there.discord.gateway.expires = 0
    await there.discord.gateway.drop()
    assert await there.discord.changes.until(lambda: there.discord.gateway.identified == 2, 30)
    assert await there.discord.connected(seconds=30)
    async with asyncio.timeout(30):
        await there.missed.acquire()
    assert [4009] == there.discord.gateway.closed


async def test_shards_log_in_one_after_the_other() -> None:
    """With the pause that Discord wants between them; nobody is sent back."""
    async with Discord() as discord:
        discord.gateway.pace = 0.3
        where = on_discord.Where(discord.api_url, discord.gateway_url, 3)
        timing = replace(QUICK, identify=0.35)
        core, token = SlowCore(feature()), discord.app.token
        platform = await on_discord.connect(core, token=token, where=where, timing=timing)
        assert (3, 3) == (discord.gateway.identified, len(discord.gateway.sessions))
        await platform.close()


async def test_it_is_asked_to_come_again(riverside_discord: Scene) -> None:
    """Discord moves a session, or lets it begin anew: the bot does as it is told."""
    there = riverside_discord
    there.discord.gateway.reconnect()
    await there.discord.connected()
    there.discord.gateway.invalidate()
    assert await there.discord.changes.until(lambda: there.discord.gateway.identified == 2, 30)
    await there.discord.connected()
    await there.driver.says(there.lena.id, "Hello", there.channel.id)
    assert 1 == len([seen for seen in there.observed() if isinstance(seen, Posted)])


async def test_a_token_that_is_reset_ends_it(riverside_discord: Scene, log: io.StringIO) -> None:
    """It is said once, what is to be sent waits long, and nothing goes round in circles."""
    there = riverside_discord
    await there.discord.revoke()
    assert await _soon(lambda: not there.platform.connected)
    with pytest.raises(Busy):
        await there.platform.send(there.space, message("Hello."), "k1")
    assert 1 == log.getvalue().count("no longer lets mentorbot in")


async def test_what_people_write_is_nowhere_in_the_log(log: io.StringIO) -> None:
    """Also when everything is logged: direct messages have their texts."""
    async with scene() as there:
        await there.driver.tells(there.amara.id, "heliotrope")
        await there.driver.says(there.lena.id, "heliotrope", there.channel.id)
        await there.driver.commands(there.lena.id, "/mentor try heliotrope")
        there.core.fault = RuntimeError("away")
        await there.amara.presses(custom_id="trying.a", wait=0)
        there.core.fault = None
    assert "heliotrope" not in log.getvalue()
    assert "token-of" not in log.getvalue()


async def test_shards_are_served_by_several() -> None:
    """Each process hears of its own servers; both may write everywhere."""
    async with Discord() as discord:
        guilds = [discord.guild(f"Server {number}") for number in range(4)]
        cores = [SlowCore(feature()), SlowCore(feature())]
        platforms = [
            await on_discord.connect(
                core,
                token=discord.app.token,
                where=on_discord.Where(discord.api_url, discord.gateway_url, 2, (number,)),
                timing=QUICK,
                now=discord.now,
            )
            for number, core in enumerate(cores)
        ]
        for guild in guilds:
            amara = discord.person("amara", guild)
            channel = discord.text_channel(guild, "pair", amara, private=True)
            await amara.says(channel.id, "Hello")
        for platform in platforms:
            await platform.settled()
        heard = [{seen.place.workspace for seen in core.observed} for core in cores]
        assert {guild.id for guild in guilds} == heard[0] | heard[1]
        assert set() == heard[0] & heard[1]
        assert [True, True] == [platform.connected for platform in platforms]
        for platform in platforms:
            await platform.close()
        assert [] == discord.complaints


async def test_the_tree_is_put_once() -> None:
    """A second start finds it there."""
    async with scene() as there:
        await there.platform.close()
        where = on_discord.Where(there.discord.api_url, there.discord.gateway_url)
        again = await on_discord.connect(there.core, token=there.discord.app.token, where=where, timing=QUICK)
        await again.close()
        put = [one for one in there.discord.requests if one.method == "PUT" and one.name.endswith("/commands")]
        assert 1 == len(put)


# What was told, on its way to the core.


async def test_a_database_that_is_away_is_waited_for() -> None:
    """What was told is kept, in its order, until it can be committed."""
    taken: list[object] = []
    failures = [RuntimeError("away")] * 3

    async def ingest(batch: list[Observation]) -> None:
        if failures:
            raise failures.pop()
        taken.extend(batch)

    async def missed() -> None:
        raise AssertionError

    stream = Stream(ingest, missed, 0.001)  # type: ignore[arg-type]  # it is given lists
    stream.put([1, 2])  # type: ignore[list-item]  # they are only passed on
    await asyncio.sleep(0)
    stream.put([3])  # type: ignore[list-item]
    await stream.settled()
    assert [1, 2, 3] == taken
    await stream.close()


async def test_what_is_too_much_is_read_again(monkeypatch: pytest.MonkeyPatch) -> None:
    """Memory has an end: what is beyond it is found in the channels."""
    monkeypatch.setattr("adapters.discord.limits.WAITING", 5)
    read = asyncio.Event()
    taken: list[Observation] = []

    async def ingest(batch: list[Observation]) -> None:
        taken.extend(batch)

    async def missed() -> None:
        read.set()

    stream = Stream(ingest, missed, 0.001)  # type: ignore[arg-type]  # it is given lists
    stream.put([1] * 6)  # type: ignore[list-item]
    await stream.settled()
    await asyncio.wait_for(read.wait(), 30)
    assert [] == taken
    await stream.close()


async def test_what_is_missed_is_read_once_at_a_time() -> None:
    """Ten breaks while it is read are one more reading."""
    go, count = asyncio.Event(), [0]

    async def ingest(batch: list[Observation]) -> None:
        raise AssertionError

    async def missed() -> None:
        count[0] += 1
        await go.wait()
        if count[0] == 1:
            raise RuntimeError("away")

    stream = Stream(ingest, missed, 0.001)  # type: ignore[arg-type]
    stream.behind()
    await asyncio.sleep(0)
    for _ in range(10):
        stream.behind()
    go.set()
    await asyncio.sleep(0.01)
    assert [2] == count
    await stream.close()
