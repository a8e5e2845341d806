"""`mentorbot run` with Discord's token, as a process of its own: whoever manages the server sets the program up."""

import asyncio
import re
from pathlib import Path

import pytest

from tests.running.at_work import ENOUGH, last_words, line, read, running, server, with_discord
from tests.stand_ins.discord import Can, Discord

REAL = 30.0  # seconds for an answer: what is tested isn't how fast it comes


async def test_an_empty_program_on_discord(tmp_path: Path) -> None:
    """It begins with nobody, under the server's name, by the real clock and without the playground.

    Whoever manages the server needs no code; everybody else does.
    """
    async with Discord(patience=REAL, within=REAL) as discord:
        guild, general = server(discord)
        async with running(tmp_path, with_discord(discord)) as process:
            assert "mentorbot is ready. It is connected to Discord." in await line(process)
            assert "Riverside has no coordinator yet." in await line(process)
            assert re.search(r"/mentor-admin setup \S+", await line(process))
            amara = discord.person("amara", guild)
            role = discord.role(guild, "team", Can.MANAGE_GUILD)
            rosa = discord.person("rosa", guild, roles=[role], display="Rosa Delgado")
            asked = await amara.commands("/mentor-admin setup", general.id)
            assert "the code that mentorbot printed" in read(asked)
            assert "Welcome, Rosa Delgado" in read(await rosa.commands("/mentor-admin setup", general.id))
            process.terminate()
            errors = await last_words(process, ENOUGH)
        assert (0, []) == (process.returncode, re.findall(r".*(?:rror|Traceback).*", errors))
        assert [] == discord.complaints
    assert not (tmp_path / "playground.json").exists()


async def test_a_server_to_which_it_is_invited_later(tmp_path: Path) -> None:
    """It begins a program there at once: whoever manages the server sets it up; the other one knows nothing of it."""
    async with Discord(patience=REAL, within=REAL) as discord:
        guild, general = server(discord)
        async with running(tmp_path, with_discord(discord)) as process:
            await line(process)
            other, there = server(discord, "Hillside")
            role = discord.role(other, "team", Can.MANAGE_GUILD)
            rosa = discord.person("rosa", guild, display="Rosa Delgado")
            discord.person("rosa", other, roles=[role])
            assert await discord.settled()
            assert "Welcome, Rosa Delgado" in read(await rosa.commands("/mentor-admin setup", there.id))
            assert "Rosa" in read(await rosa.commands("/mentor-admin people", there.id))
            assert "I don't know you yet." in read(await rosa.commands("/mentor-admin people", general.id))
            process.terminate()
            errors = await last_words(process, ENOUGH)
        assert [] == re.findall(r".*(?:rror|Traceback).*", errors)
        assert [] == discord.complaints


async def test_the_code_that_is_printed(tmp_path: Path) -> None:
    """It makes somebody the first coordinator who may do nothing else in the server, and nobody the second."""
    async with Discord(patience=REAL, within=REAL) as discord:
        guild, general = server(discord)
        async with running(tmp_path, with_discord(discord)) as process:
            _, _, printed = [await line(process) for _ in range(3)]
            code = printed.split()[-1]
            amara = discord.person("amara", guild, display="Amara Okafor")
            tomas = discord.person("tomas", guild, display="Tomas Lind")
            welcome = await amara.commands("/mentor-admin setup", general.id, {"code": code})
            assert "Welcome, Amara Okafor" in read(welcome)
            refused = await tomas.commands("/mentor-admin setup", general.id, {"code": code})
            assert "Welcome" not in read(refused)
        assert [] == discord.complaints


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({"DISCORD_TOKEN": "a-wrong-one"}, "DISCORD_TOKEN: Discord doesn't take it."),
        ({"MENTORBOT_DISCORD__SHARD_IDS": "0"}, "should be numbers from 0 to one less than shard_count"),
        ({"MENTORBOT_DISCORD__API_URL": "http://127.0.0.1:9/api"}, "Discord can't be reached at http://127.0.0.1:9"),
        ({"MENTORBOT_DISCORD__GATEWAY_URL": "ws://discord.example/"}, "should be an address that begins with wss://"),
    ],
)
async def test_what_is_wrong_ends_it_with_a_word(tmp_path: Path, given: dict[str, str], told: str) -> None:
    """A token, or a setting."""
    async with Discord() as discord:
        server(discord)
        async with running(tmp_path, with_discord(discord) | given) as process:
            _ended_with(told, process, await last_words(process))


async def test_no_server_yet(tmp_path: Path) -> None:
    """Whoever starts it reads how the bot comes into one; nothing is begun."""
    async with Discord() as discord, running(tmp_path, with_discord(discord)) as process:
        errors = await last_words(process)
        _ended_with("The bot isn't in any Discord server yet.", process, errors)
        assert "mentorbot discord invite" in errors
    assert not (tmp_path / "mentorbot.db").exists()


@pytest.mark.parametrize(
    ("code", "told"),
    [
        (4004, "DISCORD_TOKEN: Discord doesn't take it."),
        (4011, "[discord] shard_count, shard_ids: Discord doesn't take them."),
        (4014, "Discord doesn't allow an intent that mentorbot asks for."),
    ],
)
async def test_what_the_gateway_refuses_ends_it_with_a_word(tmp_path: Path, code: int, told: str) -> None:
    """What Discord accepted a second before, it may refuse when the bot comes in."""
    async with Discord() as discord:
        server(discord)
        discord.gateway.refuses = code
        async with running(tmp_path, with_discord(discord)) as process:
            _ended_with(told, process, await last_words(process))
        assert [code] == discord.gateway.closed


def _ended_with(told: str, process: asyncio.subprocess.Process, errors: str) -> None:
    """Hold against what whoever started it reads: plain words, no traceback, and nothing of the token."""
    assert (1, True) == (process.returncode, told in errors), errors
    assert [] == [one for one in ("Traceback", "a-wrong-one") if one in errors]
