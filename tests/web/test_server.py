"""The addresses as a person gets them: switched on by a setting, told at the start, there until the very end."""

import asyncio
import json
import re
import socket
import sys
from asyncio.subprocess import PIPE, Process
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from aiohttp import ClientSession

from adapters import web
from bot.clock import SetClock
from bot.errors import UserError
from bot.health import Health
from tests.web.watching import ADDRESSES, EVERY, held
from tests.world import MONDAY, World

CONFIG = """
[storage]
url = "sqlite:///{folder}/mentorbot.db"
[web]
enabled = {enabled}
port = {port}
[playground]
port = 0
open_browser = false
state = "{folder}/playground.json"
[audit]
key_file = "{folder}/audit.key"
"""


@asynccontextmanager
async def running(folder: Path, *, enabled: bool = True, port: int = 0) -> AsyncIterator[Process]:
    """Run mentorbot as a program of its own."""
    config = folder / "config.toml"
    config.write_text(CONFIG.format(folder=folder, enabled=str(enabled).lower(), port=port))
    command = (sys.executable, "-m", "bot", "run", "--config", str(config))
    process = await asyncio.create_subprocess_exec(*command, stdout=PIPE, stderr=PIPE)
    try:
        yield process
    finally:
        if process.returncode is None:
            process.kill()
        await process.communicate()


async def line(process: Process) -> str:
    """Return the next line that it prints."""
    assert process.stdout is not None
    return (await asyncio.wait_for(process.stdout.readline(), 30)).decode()


async def becomes_well(session: ClientSession, path: str) -> None:
    """Wait until an address answers that all is well: the first round may still be under way."""
    async with asyncio.timeout(30):
        while True:
            async with session.get(path) as response:
                if response.status == 200:
                    return
            await asyncio.sleep(0.05)


async def test_from_the_start_to_the_very_end(tmp_path: Path) -> None:
    """The address is printed; whoever is told to end says at once that it is ending, and ends."""
    async with running(tmp_path) as process:
        found = re.fullmatch(r"Health and metrics are at (http://127\.0\.0\.1:\d+/) .*\n", await line(process))
        assert found
        assert "mentorbot is ready" in await line(process)
        async with ClientSession(found[1]) as session:
            for path in ADDRESSES:
                await becomes_well(session, path)
            async with held(f"sqlite+aiosqlite:///{tmp_path}/mentorbot.db"):  # so that ending takes a while
                process.terminate()
                assert "Ending" in await line(process)
                async with session.get("/readyz") as response:
                    told = json.loads(await response.text())
                    assert (503, "It is ending.") == (response.status, told["mentorbot"]["is"])
        assert 0 == await asyncio.wait_for(process.wait(), 30)


async def test_nothing_is_served_unasked(tmp_path: Path) -> None:
    """Without the setting there is no second port."""
    async with running(tmp_path, enabled=False) as process:
        assert "mentorbot is ready" in await line(process)


async def test_a_port_in_use_is_told_at_the_start(tmp_path: Path) -> None:
    """One sentence that names the setting, no traceback, exit code 1."""
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        async with running(tmp_path, port=port) as process:
            _, told = await asyncio.wait_for(process.communicate(), 30)
            assert 1 == process.returncode
    assert told.decode().startswith(f"Health and metrics can't be served on 127.0.0.1, port {port}: ")
    assert "choose another one ([web] port in config.toml), or 0 for any that is free" in told.decode()


@pytest.mark.parametrize("host", ["192.0.2.1", "nowhere.invalid", "a..b"])
async def test_an_address_of_another_machine_is_told(riverside: World, host: str) -> None:
    """So is one that nobody has."""
    health = Health(riverside.core, SetClock(MONDAY), {}, EVERY)
    with pytest.raises(UserError, match=r"\[web\] host should be an address of this machine"):
        await web.connect(health, riverside.core.telemetry, host=host, port=0)
