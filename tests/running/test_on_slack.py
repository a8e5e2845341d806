"""`mentorbot run` with Slack's tokens, as a process of its own: an administrator sets the program up."""

import asyncio
import os
import re
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path

from adapters.slack.manifest import manifest
from bot.features import FEATURES
from tests.stand_ins.slack import Slack, readable

READY, ENOUGH = 60, 10  # seconds, as in test_process.py


@asynccontextmanager
async def running(slack: Slack, folder: Path, **more: str) -> AsyncIterator[asyncio.subprocess.Process]:
    """Run mentorbot on Slack."""
    settings = {
        "MENTORBOT_STORAGE__URL": f"sqlite:///{folder}/mentorbot.db",
        "MENTORBOT_AUDIT__KEY_FILE": str(folder / "audit.key"),
        "MENTORBOT_PLAYGROUND__STATE": str(folder / "playground.json"),
        "MENTORBOT_SLACK__API_URL": slack.api_url,
        "MENTORBOT_SCHEDULER__EVERY": "1s",
        "SLACK_BOT_TOKEN": slack.app.bot_token,
        "SLACK_APP_TOKEN": slack.app.app_token,
        **more,
    }
    pipe = asyncio.subprocess.PIPE
    command = (sys.executable, "-m", "bot", "run")
    process = await asyncio.create_subprocess_exec(*command, stdout=pipe, stderr=pipe, env={**os.environ, **settings})
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


async def test_an_empty_program_on_slack(tmp_path: Path) -> None:
    """It begins with nobody, under the workspace's name, by the real clock and without the playground.

    Whoever manages the workspace needs no code; everybody else does.
    """
    async with Slack(manifest(FEATURES)) as slack, running(slack, tmp_path) as process:
        assert "mentorbot is ready. It is connected to Slack." in await line(process)
        assert "Riverside has no coordinator yet." in await line(process)
        found = re.search(r"/mentor-admin setup \S+", await line(process))
        assert found
        amara, rosa = slack.person("amara"), slack.person("rosa", real_name="Rosa Delgado", is_admin=True)
        asked = await amara.commands("/mentor-admin setup")
        assert "the code that mentorbot printed" in readable(asked.ephemerals[0])
        welcome = await rosa.commands("/mentor-admin setup")
        assert "Welcome, Rosa Delgado" in readable(welcome.ephemerals[0])
        process.terminate()
        _, errors = await asyncio.wait_for(process.communicate(), ENOUGH)
        assert (0, []) == (process.returncode, re.findall(rb".*(?:rror|Traceback).*", errors))
        assert [] == slack.complaints
    assert not (tmp_path / "playground.json").exists()


PEOPLE = """
[program]
name = "Riverside Mentoring"

[[people]]
name = "Amara Okafor"
roles = ["mentor"]
accounts = ["slack/{team}/{amara}"]

[[people]]
name = "Lena Vogt"
roles = ["mentee"]
accounts = ["slack/{team}/{lena}"]

[[people]]
name = "Noor Haddad"
roles = ["mentee"]
accounts = ["slack/{team}/{noor}"]

[[people]]
name = "Rosa Delgado"
roles = ["coordinator"]
accounts = ["slack/{team}/{rosa}"]

[[pairings]]
mentor = "Amara Okafor"
mentee = "Lena Vogt"
spaces = ["slack/{team}/{channel}"]

[[pairings]]
mentor = "Amara Okafor"
mentee = "Noor Haddad"
spaces = []
"""


async def test_people_from_a_file(tmp_path: Path) -> None:
    """The program runs at once, with those whom the file names by ids; a pair without a channel can be given one."""
    async with Slack(manifest(FEATURES)) as slack:
        names = ("amara", "lena", "noor", "rosa")
        people = {name: slack.person(name) for name in names}
        channel = slack.channel("amara-and-lena", people["amara"], people["lena"], kind="group")
        ids = {name: person.id for name, person in people.items()}
        file = tmp_path / "people.toml"
        file.write_text(PEOPLE.format(team=slack.workspace.team, channel=channel.id, **ids))
        async with running(slack, tmp_path, MENTORBOT_PROGRAM__FILE=str(file)) as process:
            assert "mentorbot is ready. It is connected to Slack." in await line(process)
            await people["lena"].says(channel.id, "Hello there")
            waiting = await people["amara"].commands("/mentor waiting")
            assert "Lena Vogt" in readable(waiting.ephemerals[0])
            card = await people["rosa"].commands("/mentor-admin pairing @amara @noor")
            await people["rosa"].presses(card.ephemerals[0], "Make the space")
            assert await slack.changes.until(lambda: bool(people["noor"].channels), READY)
        assert [] == slack.complaints


async def test_a_wrong_token_ends_it_with_a_word(tmp_path: Path) -> None:
    """In plain words, and without a traceback."""
    async with Slack(manifest(FEATURES), lambda: datetime.now(UTC)) as slack:
        async with running(slack, tmp_path, SLACK_BOT_TOKEN="xoxb-wrong") as process:
            _, errors = await asyncio.wait_for(process.communicate(), READY)
        assert (1, True) == (process.returncode, b"SLACK_BOT_TOKEN: Slack doesn't take it." in errors)
        assert b"xoxb-wrong" not in errors
        assert b"Traceback" not in errors
        async with running(slack, tmp_path, SLACK_APP_TOKEN="") as process:
            _, errors = await asyncio.wait_for(process.communicate(), READY)
        assert (1, True) == (process.returncode, b"SLACK_APP_TOKEN: Slack needs both" in errors)
