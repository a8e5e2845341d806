"""The main story on each platform: from whoever manages it, set-up, Start and a nudge, to the first answer."""

import time
from pathlib import Path

import pytest

from tests.drivers.discord import DiscordDriver
from tests.drivers.slack import SlackDriver
from tests.platforms import PLATFORMS
from tests.setup.empty import code, go_without
from tests.stand_ins import discord, slack
from tests.world import World, world

PATIENCE = 60  # seconds


@pytest.mark.parametrize("platform", PLATFORMS, indirect=True)
async def test_from_set_up_to_the_first_answer(database_url: str, tmp_path: Path, platform: str) -> None:
    """Whoever manages it needs no code; the pair's channel is made; a nudge leads to an answer, within a minute."""
    began = time.monotonic()
    async with world(database_url, tmp_path, empty=True, on=platform) as there:
        first_word = await _first_word(there)
        assert "the code that mentorbot printed" in await there.asks("amara", "/mentor-admin setup")
        assert "You're this program's coordinator now" in await there.asks("rosa", first_word)
        await _people(there)
        channel = await _start(there)
        _look_at(there, channel)
        await _nudged(there, channel)
        _check_wire(there)
    assert time.monotonic() - began < PATIENCE


async def _first_word(there: World) -> str:
    """Let Rosa manage the workspace or server, where somebody can, and return how she begins."""
    match there.driver:
        case SlackDriver():
            there.driver.slack.workspace.users["rosa"].is_admin = True
        case DiscordDriver():
            there.driver.guild.owner = there.account("rosa").user
        case _:
            return f"/mentor-admin setup {await code(there)}"
    return "/mentor-admin setup"


async def _people(there: World) -> None:
    """Rosa adds two people, by their handles and their zones as the platform knows them, and pairs them."""
    assert "is in the program now" in await there.asks("rosa", "/mentor-admin add @amara mentor")
    assert "is in the program now" in await there.asks("rosa", "/mentor-admin add @lena mentee")
    assert "are paired" in await there.asks("rosa", "/mentor-admin pair @amara with @lena")
    await there.asks("rosa", "/mentor-admin contact @rosa")
    (asked,) = await there.inbox("rosa")
    await there.presses("rosa", "Yes, I'm the contact", asked)


async def _start(there: World) -> str:
    """Nothing is made and nobody written to before Start."""
    assert ({}, []) == (await there.driver.spaces("lena"), await there.inbox("lena"))
    await go_without(there)
    asked = await there.driver.commands("rosa", "/mentor-admin start")
    assert "is running" in await there.presses("rosa", "Start now", asked)
    ((channel, people),) = (await there.driver.spaces("lena")).items()
    assert {there.account(user).user for user in ("amara", "lena")} == set(people)
    (welcome,) = await there.driver.posts("amara", channel)
    assert "Welcome, Amara Okafor and Lena Vogt!" in welcome.text
    return channel


def _look_at(there: World, channel: str) -> None:
    """See that the channel is the pair's own, and what it is called."""
    match there.driver:
        case SlackDriver():
            made = there.driver.slack.workspace.channels[channel]
            assert ("group", True) == (made.kind, made.name.startswith("mentoring-amara-lena-"))
        case DiscordDriver():
            guilds = there.driver.discord
            assert guilds.channels[channel].name.startswith("mentoring-amara-lena-")
            for user in ("noor", "ravi"):
                assert not guilds.sees(guilds.channels[channel], there.account(user).user)


async def _nudged(there: World, channel: str) -> None:
    """Lena's message waits, Amara is reminded with a link to it, and answers; the reminder then says so."""
    written = await there.says("lena", channel, "heliotrope")
    await there.passes(days=1)
    nudge = (await there.inbox("amara"))[-1]
    assert "Lena Vogt wrote to you yesterday and may be waiting for an answer." in nudge.text
    assert "heliotrope" not in nudge.text
    assert (channel, written) in nudge.links.values()
    await there.says("amara", channel, "Sorry, here it is", reply_to=written)
    await there.passes(days=7)
    (after,) = [seen for seen in await there.inbox("amara") if seen.id == nudge.id]
    assert (True, True) == (after.edited, after.text != nudge.text)
    assert not [seen for seen in await there.inbox("amara") if seen.id > nudge.id and "may be waiting" in seen.text]


def _check_wire(there: World) -> None:
    """Check every request against the platform's own description, where that is at hand."""
    match there.driver:
        case SlackDriver() if slack.described() is not None:
            assert [] == slack.check_against_wire(there.driver.slack.requests)
        case DiscordDriver() if discord.described() is not None:
            assert [] == discord.check_against_wire(there.driver.discord.requests)
