"""`mentorbot doctor` as docs/slack.md has it: typed in a second window, beside the bot that runs in the first."""

import asyncio
import os
import sys
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from adapters.slack.manifest import manifest
from bot.features import FEATURES
from tests.doctor.practice import APP_TOKEN, BOT_TOKEN, variables
from tests.stand_ins.slack import Slack
from tests.storage.bots import url_of

ROOT = Path(__file__).parents[2]
PATIENCE = 60  # seconds: a slow machine's for a start


def environment(slack: Slack, folder: Path) -> Mapping[str, str]:
    """Return with which variables both are started."""
    ours = ("MENTORBOT_", "SLACK_", "DISCORD_")
    kept = {name: value for name, value in os.environ.items() if not name.startswith(ours)}
    more = {"SLACK_BOT_TOKEN": BOT_TOKEN, "SLACK_APP_TOKEN": APP_TOKEN, "MENTORBOT_SLACK__API_URL": slack.api_url}
    return kept | variables(url_of(folder / "data" / "mentorbot.db"), more) | {"PYTHONPATH": str(ROOT)}


async def started(slack: Slack, folder: Path, word: str) -> asyncio.subprocess.Process:
    """Start a command in a folder."""
    return await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "bot", word),
        cwd=folder,
        env=environment(slack, folder),
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )


async def asked(slack: Slack, folder: Path) -> tuple[int | None, list[str]]:
    """Type `mentorbot doctor`; return how it ended, and what it said."""
    process = await started(slack, folder, "doctor")
    said, errors = await asyncio.wait_for(process.communicate(), PATIENCE)
    assert b"" == errors
    assert not any(token[5:].encode() in said for token in (BOT_TOKEN, APP_TOKEN))
    return process.returncode, said.decode().splitlines()


@asynccontextmanager
async def running(slack: Slack, folder: Path) -> AsyncIterator[None]:
    """Run mentorbot."""
    process = await started(slack, folder, "run")
    try:
        assert await slack.connected(seconds=PATIENCE)
        yield
        assert process.returncode is None
        process.terminate()
        await asyncio.wait_for(process.communicate(), PATIENCE)
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()


@pytest.fixture
async def riverside_new(tmp_path: Path) -> AsyncIterator[Slack]:
    """Open a workspace into which the app was just installed."""
    async with Slack(manifest(FEATURES)) as slack:
        slack.app.bot_token, slack.app.app_token = BOT_TOKEN, APP_TOKEN
        yield slack


async def test_from_nothing_to_a_running_bot(riverside_new: Slack, tmp_path: Path) -> None:
    """Before the first start, after it, with a first coordinator: what is still to be done is what is said."""
    code, lines = await asked(riverside_new, tmp_path)
    assert (1, False) == (code, (tmp_path / "data").exists())
    assert ["✗ Database:"] == [line[:11] for line in lines if line[0] == "✗"]
    async with running(riverside_new, tmp_path):
        code, lines = await asked(riverside_new, tmp_path)
        assert 1 == code
        assert ["✗ Contact for worries", "✗ Coordinators"] == [line.split(":")[0] for line in lines if line[0] != "✓"]
        rosa = riverside_new.person("rosa", is_admin=True)
        answer = await rosa.commands("/mentor-admin setup")
        assert answer.messages
        code, lines = await asked(riverside_new, tmp_path)
        assert (1, ["✗ Contact for worries"]) == (code, [line.split(":")[0] for line in lines if line[0] != "✓"])
        assert "✓ State of the program: Riverside hasn't been started yet" in lines[-1]
