"""Lists for a spreadsheet: what a process needs to write a long one, and how long others wait meanwhile."""

import asyncio
import json
import sys
from dataclasses import dataclass

from bench.figures import Figure, at_most, span
from bench.ground import SMALL, Built, Ground
from bench.meetings import build

MANY = 100_000
MEMORY = f"export of {MANY:,} sessions as a workbook against of {SMALL:,}: memory of the process"
WAITS = f"the slowest command of others while {MANY:,} sessions are exported: seconds"


@dataclass(frozen=True, slots=True)
class Written:
    """How a list was written: seconds, the process's peak in KB, the file's size, and how long each other call took."""

    seconds: float
    kb: int
    size: int
    calls: list[float]


async def exports(ground: Ground) -> list[Figure]:
    """Measure on each database."""
    return [figure for database in ground.databases for figure in await _on(ground, database)]


async def _on(ground: Ground, database: str) -> list[Figure]:
    few, many = [await _written(await build(ground.fresh(database), size)) for size in (SMALL, MANY)]
    mb = 1024
    sizes = f"{many.kb / mb:.0f} / {few.kb / mb:.0f} MB; {span(many.seconds)}, a file of {many.size / mb / mb:.1f} MB"
    slowest, usual = max(many.calls), sorted(many.calls)[len(many.calls) // 2]
    waits = f"{len(many.calls)} commands, in the middle {span(usual)}"
    return [
        Figure(MEMORY, database, many.kb / few.kb, sizes, at_most(1.5)),
        Figure(WAITS, database, slowest, waits, at_most(0.5)),
    ]


async def _written(built: Built) -> Written:
    pipe = asyncio.subprocess.PIPE
    arguments = (sys.executable, "-m", "bench.spreadsheet", built.as_text())
    process = await asyncio.create_subprocess_exec(*arguments, stdout=pipe, stderr=pipe)
    out, err = await process.communicate()
    if process.returncode:
        raise RuntimeError(err.decode()[-2000:])
    return Written(**json.loads(out))
