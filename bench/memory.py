"""What a process needs that serves a million open turns, beside one that serves a thousand."""

import asyncio
import json
import sys
from collections.abc import Sequence
from dataclasses import dataclass

from bench.figures import Figure, at_most
from bench.ground import BIG, Ground

FEW = 1000
IMPORTS = "import bot.__main__; from bench.life import peak; print(peak())"


@dataclass(frozen=True, slots=True)
class Step:
    """How far a process's memory had grown after a step of its life, and which error ended that, if any."""

    name: str
    seconds: float
    kb: int
    failed: str


async def memory(ground: Ground) -> list[Figure]:
    """Compare the two lives on each database."""
    imports = int(await _output("-c", IMPORTS))
    return [await _on(ground, database, imports) for database in ground.databases]


async def _on(ground: Ground, database: str, imports: int) -> Figure:
    small, big = await _life(ground, database, FEW), await _life(ground, database, BIG)
    return Figure(
        row=f"memory of a process that serves {BIG:,} open turns against {FEW:,}",
        database=database,
        ratio=big[-1].kb / small[-1].kb,
        raw=f"{_mb(big[-1].kb)} / {_mb(small[-1].kb)}; imports alone {_mb(imports)}",
        reach=at_most(1.2),
        limits=_most(small, big),
        failed=", ".join(f"{step.name} failed: {step.failed}" for step in big if step.failed),
    )


async def _life(ground: Ground, database: str, size: int) -> list[Step]:
    built = await ground.town(database, size)
    lines = (await _output("-m", "bench.life", built.as_text())).splitlines()
    return [Step(**json.loads(line)) for line in lines]


async def _output(*arguments: str) -> str:
    pipe = asyncio.subprocess.PIPE
    process = await asyncio.create_subprocess_exec(sys.executable, *arguments, stdout=pipe, stderr=pipe)
    out, err = await process.communicate()
    if process.returncode:
        raise RuntimeError(err.decode()[-2000:])
    return out.decode()


def _most(small: Sequence[Step], big: Sequence[Step]) -> str:
    """Name the step in which the larger town's process grew most beyond the smaller one's."""
    beyond = [many.kb - few.kb for few, many in zip(small, big, strict=True)]
    grown = [after - before for before, after in zip([0, *beyond], beyond, strict=False)]
    most = max(range(len(grown)), key=grown.__getitem__)
    return f"{big[most].name} (+{_mb(grown[most])} beyond the small town's)"


def _mb(kb: int) -> str:
    return f"{kb / 1024:.0f} MB"
