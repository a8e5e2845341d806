"""mentorbot at work as a process of its own, on stand-ins of the real platforms."""

import asyncio
import os
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from adapters.discord.invite import permissions
from adapters.discord.tree import ADMIN
from tests.adapters.discord.markdown import shown
from tests.stand_ins.discord import Channel, Discord, Guild
from tests.stand_ins.discord.components import texts
from tests.stand_ins.discord.interactions import Answer
from tests.stand_ins.slack import Slack

READY, ENOUGH = 60, 10  # seconds, as in test_process.py


def with_slack(slack: Slack) -> dict[str, str]:
    """Return the variables by which a bot is on Slack."""
    return {
        "MENTORBOT_SLACK__API_URL": slack.api_url,
        "SLACK_BOT_TOKEN": slack.app.bot_token,
        "SLACK_APP_TOKEN": slack.app.app_token,
    }


def with_discord(discord: Discord) -> dict[str, str]:
    """Return the variables by which a bot is on Discord."""
    return {
        "MENTORBOT_DISCORD__API_URL": discord.api_url,
        "MENTORBOT_DISCORD__GATEWAY_URL": discord.gateway_url,
        "DISCORD_TOKEN": discord.app.token,
    }


@asynccontextmanager
async def running(folder: Path, settings: dict[str, str]) -> AsyncIterator[asyncio.subprocess.Process]:
    """Run mentorbot with all of its files in a folder."""
    usual = {
        "MENTORBOT_STORAGE__URL": f"sqlite:///{folder}/mentorbot.db",
        "MENTORBOT_AUDIT__KEY_FILE": str(folder / "audit.key"),
        "MENTORBOT_PLAYGROUND__STATE": str(folder / "playground.json"),
        "MENTORBOT_SCHEDULER__EVERY": "1s",
    }
    pipe = asyncio.subprocess.PIPE
    command = (sys.executable, "-m", "bot", "run")
    env = {**os.environ, **usual, **settings}
    process = await asyncio.create_subprocess_exec(*command, stdout=pipe, stderr=pipe, env=env)
    try:
        yield process
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()


async def line(process: asyncio.subprocess.Process) -> str:
    """Return the next line that it prints."""
    assert process.stdout is not None
    return (await asyncio.wait_for(process.stdout.readline(), READY)).decode()


async def last_words(process: asyncio.subprocess.Process, seconds: float = READY) -> str:
    """Return what it has written to standard error by its end."""
    _, errors = await asyncio.wait_for(process.communicate(), seconds)
    return errors.decode()


def server(discord: Discord, name: str = "Riverside") -> tuple[Guild, Channel]:
    """Return a server, in which all may use coordinators' commands, and a channel in which everybody is.

    The bot has the permissions that its invitation asks for, and no others.
    """
    guild = discord.guild(name, permissions=permissions("channel").value)
    guild.opened.add(ADMIN)
    return guild, next(one for one in discord.channels.values() if one.guild == guild.id)


def read(answer: Answer) -> str:
    """Return all that a person reads in an answer that they alone see."""
    assert answer.error == ""
    return "\n".join(shown(text) for message in answer.ephemerals for text in texts(message.components))
