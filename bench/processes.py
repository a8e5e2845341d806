"""A second process on the same PostgreSQL: how much more the two take in, and what keeps them from twice as much."""

import asyncio
import sys
from asyncio.subprocess import PIPE, Process
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from statistics import median

from bench import cores
from bench.cores import Cores
from bench.figures import POSTGRES, Figure, at_least, rate
from bench.ground import SMALL, Built, Ground

ROUNDS = 5
SATURATED = 0.9  # of what all processors can do
QUIET = 0.25  # processors that others may use meanwhile
PATIENCE = 60.0
RESTING = 2.0


async def processes(ground: Ground) -> list[Figure]:
    """Take messages in with one process and with two, in turns."""
    if POSTGRES not in ground.databases:
        return []
    built = await ground.town(POSTGRES, SMALL)
    async with _writing(built, 1) as first, _writing(built, 2) as second:
        others = await _used_by_others()
        rounds = [(await _together(first), await _together(first, second)) for _ in range(ROUNDS)]
    (one, one_used), (two, two_used) = (_medians(runs) for runs in zip(*rounds, strict=True))
    busy = f"{two_used:.1f} of {cores.number()} cores busy"
    raw = f"{rate(two)} with {busy} / {rate(one)} with {one_used:.1f}; {others:.1f} with other work"
    row, alone = "two processes on one PostgreSQL against one, ingest", others <= QUIET
    full = "all cores are busy" if alone and two_used >= SATURATED * cores.number() else ""
    disturbed = "" if alone else "other work on this machine: measure again when it is quiet"
    return [Figure(row, POSTGRES, two / one, raw, at_least(1.5), limits=disturbed, instead=full)]


def _medians(runs: Sequence[tuple[float, float]]) -> tuple[float, float]:
    return median(run[0] for run in runs), median(run[1] for run in runs)


async def _used_by_others() -> float:
    """Return how many cores are busy while nobody writes here."""
    before = Cores.now()
    await asyncio.sleep(RESTING)
    return Cores.now().used_since(before)


@asynccontextmanager
async def _writing(built: Built, seed: int) -> AsyncIterator[Process]:
    arguments = ("-m", "bench.writer", built.as_text(), str(seed))
    process = await asyncio.create_subprocess_exec(sys.executable, *arguments, stdin=PIPE, stdout=PIPE)
    try:
        await _heard(process)
        yield process
    finally:
        await process.communicate(b"")  # the end of its input is the end of its work


async def _together(*writers: Process) -> tuple[float, float]:
    """Let processes write at the same time; return how much they took in a second, and how many cores were busy."""
    before = Cores.now()
    rates = await asyncio.gather(*map(_once, writers))
    return sum(rates), Cores.now().used_since(before)


async def _once(writer: Process) -> float:
    if writer.stdin is not None:
        writer.stdin.write(b"go\n")
    return float(await _heard(writer))


async def _heard(writer: Process) -> bytes:
    if writer.stdout is None:
        return b""
    line = await asyncio.wait_for(writer.stdout.readline(), PATIENCE)
    if not line:
        raise RuntimeError("a writing process has ended")
    return line
