"""Deadlines of notes and feedback: what it takes to remind people is to grow with what is due, not with what exists."""

from statistics import median

from bench.figures import Figure, at_most, span
from bench.ground import BIG, SMALL, Ground
from bench.meetings import build
from bench.ring import one_round

DUE = 1000
ROUNDS = 7
WARMING = 2
REACH = 1.6


async def deadlines(ground: Ground) -> list[Figure]:
    """Let a thousand be due among a million, and among ten thousand."""
    return [await _on(ground, database) for database in ground.databases]


async def _on(ground: Ground, database: str) -> Figure:
    few, many = await build(ground.fresh(database), SMALL), await build(ground.fresh(database), BIG)
    async with few.opened() as small, many.opened() as big:
        rounds = [(await one_round(small, DUE), await one_round(big, DUE)) for _ in range(WARMING + ROUNDS)][WARMING:]
    ours, theirs = median(two.busy for _, two in rounds), median(one.busy for one, _ in rounds)
    row = f"{DUE:,} feedback deadlines due of {BIG:,} against of {SMALL:,}"
    return Figure(row, database, ours / theirs, f"{span(ours)} / {span(theirs)}", at_most(REACH))
