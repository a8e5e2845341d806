"""What goes wrong on Discord: closed direct messages, people who leave, channels and servers that are gone."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

import adapters.discord
from adapters.discord.invite import permissions
from tests.drivers.discord import DiscordDriver
from tests.drivers.driver import Rejected, Seen
from tests.stand_ins.discord import Discord, Guild, Person
from tests.world import LENA, NOOR, World, world

ASKED = "I have a note for you and can't write to you directly."


@pytest.fixture
async def there(database_url: str, tmp_path: Path) -> AsyncIterator[World]:
    """Open the program of tests/community.toml on Discord."""
    async with world(database_url, tmp_path, on="discord") as opened:
        yield opened


def server(there: World) -> tuple[Discord, Guild]:
    """Return the server in which all are."""
    assert isinstance(there.driver, DiscordDriver)
    return there.driver.discord, there.driver.guild


def person(there: World, user: str) -> Person:
    """Return somebody with Discord's client."""
    assert isinstance(there.driver, DiscordDriver)
    return there.driver.person(user)


async def settled(there: World) -> None:
    """Wait until the bot has worked out what it was told."""
    assert isinstance(there.platform, adapters.discord.Discord)
    await server(there)[0].settled()
    await there.platform.settled()
    await there.core.settled()


async def told(there: World, text: str, user: str = "rosa") -> int:
    """Return in how many messages somebody was told of something."""
    return sum(text in seen.text for seen in await there.inbox(user))


async def posts(there: World, space: str, text: str) -> list[Seen]:
    """Return what the bot wrote in a channel with this in it."""
    return [seen for seen in await there.driver.posts("lena", there.channel(space)) if text in seen.text]


async def nudge_of(there: World, user: str = "amara") -> Seen:
    """Return the newest reminder of somebody's."""
    return [seen for seen in await there.inbox(user) if "may be waiting" in seen.text][-1]


async def test_closed_direct_messages(there: World) -> None:
    """Amara is asked in her channel, Rosa is told once; when they are open again, the next reminder arrives."""
    person(there, "amara").closes_dms()
    await there.says("lena")
    await there.passes(days=1)
    assert 1 == len(await posts(there, LENA, ASKED))
    assert [] == person(there, "amara").pings
    assert 1 == await told(there, "Amara Okafor takes no direct messages from me")
    await there.passes(days=3)
    assert 1 == await told(there, "Amara Okafor takes no direct messages from me")
    assert [] == await there.inbox("amara")
    assert "Lena Vogt" in await there.asks("amara", "/mentor waiting")
    person(there, "amara").closes_dms(back=True)
    await there.presses("rosa", "Try again", await there.driver.commands("rosa", "/mentor-admin undelivered"))
    assert 1 == len(await there.inbox("amara"))


@pytest.mark.parametrize("how", ["leaves", "is banned"])
async def test_somebody_is_not_there_any_more(there: World, how: str) -> None:
    """It is noticed when a reminder is due; Rosa hears of it once, nothing is tried for ever, and nothing is lost."""
    discord, guild = server(there)
    await there.says("lena")
    discord.kick(guild, person(there, "amara").id, banned=how == "is banned")
    await there.passes(days=1)
    before = len(discord.requests)
    await there.passes(days=12)
    assert 1 == await told(there, "Amara Okafor")
    assert len(discord.requests) - before < 60
    assert "their account is gone" in await there.asks("rosa", "/mentor-admin undelivered")
    assert "I couldn't reach them; a coordinator knows" in await there.asks("lena", "/mentor waiting")


async def test_who_comes_back_goes_on(there: World) -> None:
    """What waited for Amara still does, and the next reminder finds her."""
    discord, guild = server(there)
    amara = person(there, "amara")
    await there.says("lena")
    discord.kick(guild, amara.id)
    await there.passes(days=1)
    await amara.joins(guild)
    await there.presses("rosa", "Try again", await there.driver.commands("rosa", "/mentor-admin undelivered"))
    assert 1 == len(await there.inbox("amara"))
    assert "Lena Vogt" in await there.asks("amara", "/mentor waiting")


@pytest.mark.parametrize("seen", [True, False])
async def test_a_channel_is_deleted_by_hand(there: World, *, seen: bool) -> None:
    """Rosa is told once, at once or when something is due there, and has a new one made with one press."""
    discord, _ = server(there)
    await there.says("lena")
    if not seen:
        discord.gateway.swallow(1, "CHANNEL_DELETE")
    discord.delete_channel(discord.channels[there.channel(LENA)])
    await settled(there)
    await there.jobs.round()
    assert int(seen) == await told(there, "Amara Okafor and Lena Vogt")
    await there.passes(days=12)
    assert 1 == await told(there, "Amara Okafor and Lena Vogt")
    card = next(one for one in await there.inbox("rosa") if "Amara Okafor and Lena Vogt" in one.text)
    await there.presses("rosa", next(iter(card.buttons)), card)
    spaces = await there.driver.spaces("lena")
    assert 1 == len(spaces)


async def test_the_bot_is_kicked_and_comes_back(there: World) -> None:
    """Meanwhile nothing is tried for ever; afterwards all is as it was, and what was written meanwhile counts."""
    discord, guild = server(there)
    await there.says("lena")
    discord.kick(guild, discord.app.bot)
    await discord.settled()
    await there.passes(days=1)
    before = len(discord.requests)
    await there.passes(days=11)
    await there.says("noor", NOOR)
    await there.passes(days=1)
    assert len(discord.requests) - before < 60
    assert [] == await there.inbox("amara")
    discord.invite(guild, permissions("channel").value)
    await settled(there)
    await there.passes(minutes=1)
    waiting = await there.asks("amara", "/mentor waiting")
    assert ["Lena Vogt", "Noor Haddad"] == [name for name in ("Lena Vogt", "Noor Haddad") if name in waiting]
    assert "Amara Okafor" in await there.asks("rosa", "/mentor-admin people")
    await there.passes(days=3)
    assert "Noor Haddad" in (await nudge_of(there)).text


async def test_what_is_not_theirs(there: World) -> None:
    """An outsider, a former member and a member of another pairing see no channel, and press nothing of it."""
    await there.says("lena")
    await there.passes(days=1)
    nudge = await nudge_of(there)
    done = nudge.buttons["No reply needed"]
    discord, guild = server(there)
    outsider = discord.person("tomas", guild)
    told = {outsider.id: "I don't know you yet", "noor": "somebody else's reminder. Nothing was changed."}
    for user, why in told.items():
        assert there.channel(LENA) not in await there.driver.spaces(user)
        with pytest.raises(Rejected):
            await there.driver.posts(user, there.channel(LENA))
        answer = await there.driver.presses(user, done)
        assert (True, False) == (why in answer.text, "Lena Vogt" in answer.text)
    assert "Lena Vogt" in await there.asks("amara", "/mentor waiting")
    assert there.channel(NOOR) in await there.driver.spaces("noor")


async def test_a_former_member(there: World) -> None:
    """Whoever left the server, or was taken out of the program, is told so by a button that they still have."""
    discord, guild = server(there)
    await there.says("lena")
    await there.passes(days=1)
    nudge, amara = await nudge_of(there), person(there, "amara")
    discord.kick(guild, amara.id)
    answer = await there.driver.presses("amara", "No reply needed", nudge)
    assert "You are not in the server any more, so I can't do that for you." == answer.text
    assert there.channel(LENA) not in await there.driver.spaces("amara")
    await amara.joins(guild)
    assert "Lena Vogt" in await there.asks("amara", "/mentor waiting")
    card = await there.driver.commands("rosa", "/mentor-admin person @amara")
    asked = await there.driver.presses("rosa", _action(card), None)
    if _action(asked):
        await there.driver.presses("rosa", _action(asked), None)
    answer = await there.driver.presses("amara", "No reply needed", nudge)
    assert "I don't know you yet" in answer.text


def _action(seen: Seen) -> str:
    return next((action for action in seen.buttons.values() if action.startswith("community.deactivate")), "")
