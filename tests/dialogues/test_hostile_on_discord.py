"""Names that try something, people who press twice or from elsewhere, and a clock that goes back, on Discord."""

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest

from bot.people import Role
from tests.adapters.discord.markdown import shown
from tests.databases import at_once
from tests.dialogues.test_trouble_on_discord import nudge_of, person, server, settled
from tests.pairings.people import change
from tests.stand_ins.discord.components import texts
from tests.world import LENA, World, world

NAMES = (
    "@everyone @here <@&100000000000000001>",
    "**Lena** [here](http://example.org) `x` ||y||",
    "\u202eanel\u202c \u05dc\u05e0\u05d4 \u0644\u064a\u0646\u0627",
    "\U0001f9d1\u200d\U0001f91d\u200d\U0001f9d1" * 10,
    "# Lena\u2028> said",
    "L" * 80,
)


@pytest.fixture
async def there(sqlite_url: str, tmp_path: Path) -> AsyncIterator[World]:
    """Open the program of tests/community.toml on Discord."""
    async with world(sqlite_url, tmp_path, on="discord") as opened:
        yield opened


@pytest.mark.parametrize("name", NAMES)
async def test_a_name_does_nothing(there: World, name: str) -> None:
    """Wherever it is said, it is seen as it is, and nobody is told of it."""
    discord, _ = server(there)
    await change(there, "lena", name=name)
    await change(there, "ravi", roles=frozenset({Role.MENTEE}), name=name[::-1])
    await there.says("lena")
    await there.asks("rosa", "/mentor-admin pair @amara with @ravi")
    await there.passes(days=1)
    assert name in (await nudge_of(there)).text.replace("\n", "\u2028")
    for user, command in (
        ("amara", "/mentor waiting"),
        ("amara", "/mentor data"),
        ("rosa", "/mentor-admin people"),
        ("rosa", "/mentor-admin waiting"),
        ("rosa", "/mentor-admin pairs"),
        ("rosa", "/mentor-admin person @lena"),
    ):
        assert await there.asks(user, command)
    person(there, "lena").closes_dms()
    await there.says("amara")
    await there.passes(days=12)
    everywhere = [message for channel in discord.channels.values() for message in channel.messages]
    ours = [one for one in everywhere if one.author == discord.app.bot]
    assert [] == [one for one in ours if one.pings or one.everyone or one.roles]
    sent = [one.body for one in discord.requests if isinstance(one.body, dict) and "components" in one.body]
    told = [one.body["data"] for one in discord.requests if isinstance(one.body, dict) and "data" in one.body]
    said = [*sent, *(one for one in told if one and "components" in one and "title" not in one)]
    assert [] == [one for one in said if one.get("allowed_mentions") != {"parse": []}]
    assert all(shown(text) is not None for one in ours for text in texts(one.components))


@at_once
async def test_two_clicks_at_once(there: World) -> None:
    """The same button twice at the same moment: both are answered, and it is done once."""
    await there.says("lena")
    await there.passes(days=1)
    nudge, amara = await nudge_of(there), person(there, "amara")
    on = next(one for one in amara.inbox if one.id == nudge.id)
    answers = await asyncio.gather(*(amara.presses(on, "No reply needed") for _ in range(5)))
    await settled(there)
    assert [""] * 5 == [one.error for one in answers]
    assert all(one.to == amara.id for answer in answers for one in answer.messages if one.id != on.id)
    assert "Lena Vogt" not in await there.asks("amara", "/mentor waiting")


async def test_a_server_that_is_no_program(there: World) -> None:
    """Whatever is asked there, nobody hears a word about anybody; what is written there isn't looked at."""
    discord, _ = server(there)
    other = discord.guild("Elsewhere")
    amara = person(there, "amara")
    await amara.joins(other)
    channel = next(one for one in discord.channels.values() if one.guild == other.id)
    await there.says("lena")
    await there.passes(days=1)
    nudge = await nudge_of(there)
    forged = nudge.buttons["No reply needed"]
    asked = [
        await amara.commands("/mentor waiting", channel.id),
        await amara.commands("/mentor help", channel.id),
        await amara.presses(custom_id=f"0{forged}", channel=channel.id),
    ]
    await settled(there)
    for answer in asked:
        assert "" == answer.error
        read = "\n".join(shown(text) for one in answer.messages for text in texts(one.components))
        assert "I don't know you yet" in read
        assert "Lena" not in read
        assert all(one.to == amara.id for one in answer.messages)
    assert [] == [one for one in channel.messages if one.author == discord.app.bot]
    assert "Lena Vogt" in await there.asks("amara", "/mentor waiting")


async def test_nobody_learns_names_by_typing(there: World) -> None:
    """What completes the options of commands names nobody, to whomever it is offered."""
    discord, guild = server(there)
    outsider, channel = discord.person("tomas", guild), there.channel("general")
    names = ("amara", "lena", "noor", "rosa", "ravi", "okafor", "vogt", "haddad")
    tried = 0
    for root, command in (one for one in outsider.menu(channel).items() if one[1]["type"] == 1):
        for sub in command["options"]:
            for option in sub.get("options", []):
                if not option.get("autocomplete"):
                    continue
                for typed in ("", "a", "le", "@"):
                    answer = await outsider.suggests(f"/{root} {sub['name']}", option["name"], typed, channel)
                    assert "" == answer.error
                    offered = " ".join(f"{one['name']} {one['value']}" for one in answer.choices).casefold()
                    assert [] == [name for name in names if name in offered.split()]
                    tried += 1
    assert tried


async def test_a_clock_that_goes_back(there: World) -> None:
    """The bot's clock is put back by an hour, Discord's isn't: nothing is lost, and nothing is sent twice."""
    discord, _ = server(there)
    await there.says("lena")
    await there.passes(days=1)
    assert 1 == len(await there.inbox("amara"))
    ahead = there.clock.now()
    there.clock._instant = ahead - timedelta(hours=1)  # noqa: SLF001 - it only goes ahead
    assert ahead > there.clock.now()
    discord.gateway.swallow()
    noor = person(there, "noor")
    await noor.says(there.channel("amara-noor"), "Hello", wait=False)
    await discord.gateway.drop()
    await discord.connected()
    await settled(there)
    await there.says("lena", LENA)
    assert "Noor Haddad" in await there.asks("amara", "/mentor waiting")
    await there.passes(hours=2)
    assert 1 == len(await there.inbox("amara"))
    await there.passes(days=1)
    assert 2 == len(await there.inbox("amara"))
