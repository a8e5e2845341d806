"""From the command to "mentorbot is ready", on a database with a million turns, beside the imports alone."""

import asyncio
import os
import signal
import sys
from asyncio.subprocess import PIPE, STDOUT, Process
from collections.abc import Mapping, Sequence
from math import inf
from pathlib import Path
from statistics import median
from time import perf_counter

from bench.figures import NONE, Figure, at_most, span
from bench.ground import BIG, Ground

ROUNDS = 5
PATIENCE = 30.0  # seconds
END = 15.0
LONGEST_LINE = 2**26  # a traceback may show a statement with very many parameters
READY = b"mentorbot is ready"
RUN = (str(Path(sys.executable).with_name("mentorbot")), "run")
IMPORTED = b"imported"
IMPORTS = (sys.executable, "-c", "import bot.__main__; print('imported', flush=True)")


async def start(ground: Ground) -> list[Figure]:
    """Start the real program on each database, and only import it, in turns."""
    return [await _on(ground, database) for database in ground.databases]


async def _on(ground: Ground, database: str) -> Figure:
    built = await ground.town(database, BIG)
    where = (ground.folder, {**os.environ, **_settings(built.url)})
    row, reach = f"start to ready, {BIG:,} turns, against imports alone", at_most(3)
    try:
        rounds = [(await _timed(RUN, READY, *where), await _timed(IMPORTS, IMPORTED, *where)) for _ in range(ROUNDS)]
    except StartError as error:
        return Figure(row, database, inf, NONE, reach, failed=str(error))
    started, imported = (median(times) for times in zip(*rounds, strict=True))
    return Figure(row, database, started / imported, f"{span(started)} / {span(imported)}", reach)


class StartError(Exception):
    """It didn't start; the text says how it ended."""


def _settings(url: str) -> dict[str, str]:
    return {
        "MENTORBOT_STORAGE__URL": url.replace("+aiosqlite", "").replace("+asyncpg", ""),
        "MENTORBOT_PLAYGROUND__PORT": "0",
        "MENTORBOT_PLAYGROUND__OPEN_BROWSER": "false",
        "MENTORBOT_PLAYGROUND__STATE": "playground.json",
        "MENTORBOT_AUDIT__KEY_FILE": "audit.key",
        "MENTORBOT_LOGS__LEVEL": "error",
    }


async def _timed(command: Sequence[str], expected: bytes, folder: Path, environment: Mapping[str, str]) -> float:
    """Return how long a program took until it said a line, and end it."""
    begin = perf_counter()
    process = await asyncio.create_subprocess_exec(
        *command, cwd=folder, env=environment, stdout=PIPE, stderr=STDOUT, limit=LONGEST_LINE
    )
    try:
        async with asyncio.timeout(PATIENCE):
            await _said(process, expected)
        return perf_counter() - begin
    except TimeoutError:
        raise StartError(f"not ready after {span(PATIENCE)}") from None
    finally:
        await _end(process)


async def _said(process: Process, expected: bytes) -> None:
    last = b""
    while line := await _line(process):
        if line.startswith(expected):
            return
        last = line
    raise StartError(f"it ended: {last.decode(errors='replace').strip()[:80]}")


async def _line(process: Process) -> bytes:
    return b"" if process.stdout is None else await process.stdout.readline()


async def _end(process: Process) -> None:
    if process.returncode is None:
        process.send_signal(signal.SIGTERM)
    try:
        await asyncio.wait_for(process.communicate(), END)
    except TimeoutError:
        process.kill()
        await process.wait()
