"""Whether the audit log is as it was written: what its chains show, beside the heads that were noted elsewhere."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import Enum, auto

from storage.audit import Chain
from storage.audit_files import Noted
from storage.opening import look_into, open_database
from storage.programs import every_program


class Problem(Enum):
    """What can be wrong with a chain."""

    CHANGED = auto()  # a row or a seal was changed, removed, added or moved
    SEALED_ANEW = auto()  # it fits the key, but not what was noted when it was made
    CUT_OFF = auto()  # the newest seals are missing, with their rows


@dataclass(frozen=True, slots=True)
class Finding:
    """A problem, from which seal on, up to which one that was noted (None: to the end), and when they were made."""

    problem: Problem
    seal: int
    since: datetime | None
    until: datetime | None = None
    last: int | None = None


@dataclass(frozen=True, slots=True)
class Verdict:
    """What there is to say of one program's log; `undone` are seals that a restored backup knows nothing of."""

    name: str
    chain: Chain
    finding: Finding | None
    undone: tuple[int, ...] = ()


async def verify(url: str, now: Callable[[], datetime], key: bytes, noted: Mapping[int, Noted]) -> list[Verdict]:
    """Look through every program's log; `noted` was read before, so that no head in it is newer than what is seen."""
    verdicts = []
    async with look_into(url, now) as database:
        async with database.connect() as conn:
            names = {program.id: program.name for program in await every_program(conn)}
        for program in sorted({*names, *noted}):
            async with database.work(program) as work:
                chain = await work.audit.verify(key)
            mine = noted.get(program, Noted())
            undone = tuple(head.number for head in mine.undone)
            verdicts.append(Verdict(names.get(program, f"Program {program}"), chain, judge(chain, mine), undone))
    return verdicts


def judge(chain: Chain, noted: Noted) -> Finding | None:
    """Return the first thing that is wrong with a chain, None if it is as it was written."""
    made = {head.number: head.at for head in noted.heads}
    holding = len(chain.heads)
    other = (head for head in noted.heads if head.number <= holding and head.mac != chain.heads[head.number - 1])
    if anew := min((head.number for head in other), default=None):
        return Finding(Problem.SEALED_ANEW, anew, made[anew])
    if chain.broken is not None:
        return Finding(Problem.CHANGED, chain.broken, made.get(chain.broken))
    last = max(made, default=0)
    if last > holding:
        return Finding(Problem.CUT_OFF, holding + 1, made.get(holding + 1), made[last], last)
    return None


async def newest_seals(url: str, now: Callable[[], datetime]) -> dict[int, int]:
    """Return the number of each program's newest seal, by the program's id (0: none)."""
    found = {}
    async with look_into(url, now) as database:
        async with database.connect() as conn:
            programs = await every_program(conn)
        for program in programs:
            async with database.work(program.id) as work:
                found[program.id] = int((await work.audit.head() or "0").partition(":")[0])
    return found


async def unseal(url: str, now: Callable[[], datetime]) -> Iterable[int]:
    """Take all seals away, in every program; return the programs' ids."""
    database = await open_database(url, now)
    try:
        async with database.connect() as conn:
            programs = await every_program(conn)
        for program in programs:
            async with database.work(program.id) as work:
                await work.audit.unseal()
    finally:
        await database.close()
    return [program.id for program in programs]
