"""`mentorbot run --empty`: a newcomer tries the set-up."""

import asyncio
import os
import re
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from tests.drivers.playground import PlaygroundDriver

READY, ENOUGH = 60, 10  # seconds, as in tests/running


@asynccontextmanager
async def running(folder: Path, lines: int) -> AsyncIterator[str]:
    """Run mentorbot with an empty program; give the first lines that it prints."""
    settings = {
        "STORAGE__URL": f"sqlite:///{folder}/mentorbot.db",
        "PLAYGROUND__PORT": "0",
        "PLAYGROUND__OPEN_BROWSER": "false",
        "PLAYGROUND__STATE": str(folder / "playground.json"),
        "AUDIT__KEY_FILE": str(folder / "audit.key"),
    }
    environment = {**os.environ, **{f"MENTORBOT_{name}": value for name, value in settings.items()}}
    command = (sys.executable, "-m", "bot", "run", "--empty")
    process = await asyncio.create_subprocess_exec(*command, stdout=asyncio.subprocess.PIPE, env=environment)
    try:
        assert process.stdout is not None
        said = [await asyncio.wait_for(process.stdout.readline(), READY) for _ in range(lines)]
        yield b"".join(said).decode()
        process.terminate()
        rest, _ = await asyncio.wait_for(process.communicate(), ENOUGH)
        assert b"setup" not in rest
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()


def names(folder: Path) -> set[str]:
    """Return what is in a folder."""
    return {file.name for file in folder.iterdir()}


async def test_from_the_console_to_the_chat(tmp_path: Path) -> None:
    """What the console says can be typed; the next start goes on, says no code, and all is in its own folder."""
    async with running(tmp_path, 4) as said:
        address, typed = re.findall(r"http://\S+", said)[0], re.findall(r"/mentor-admin setup \S+", said)[0]
        async with PlaygroundDriver(address) as driver:
            assert "the code that mentorbot printed" in (await driver.commands("rosa", "/mentor-admin setup")).text
            assert "Welcome, Rosa Delgado" in (await driver.commands("rosa", typed)).text
            assert "I don't know you yet" in (await driver.commands("amara", "/mentor waiting")).text
    async with running(tmp_path, 2) as said, PlaygroundDriver(re.findall(r"http://\S+", said)[0]) as driver:
        assert "○ People: 0 mentors, 0 mentees" in (await driver.commands("rosa", "/mentor-admin setup")).text
    assert {"empty"} == names(tmp_path)
    assert {"mentorbot.db", "playground.json", "audit.key"} <= names(tmp_path / "empty")
