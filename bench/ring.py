"""The sweep: its cost is to grow with what rings, not with what is set."""

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median
from time import perf_counter

from bench.figures import SQLITE, Figure, at_most, span
from bench.ground import BIG, SMALL, Bot, Ground

DUE = 100
ROUNDS = 40
IDLE = 5  # rings of a round that find nothing
WARMING = 2  # rounds that are not counted: connections, caches and compiled statements are made in them


async def ring(ground: Ground) -> list[Figure]:
    """Ring 100 alarms among a million and among ten thousand; and ring when nothing is due."""
    return [figure for database in ground.databases for figure in await _on(ground, database)]


async def _on(ground: Ground, database: str) -> list[Figure]:
    few, many = await ground.town(database, SMALL), await ground.town(database, BIG)
    async with few.opened() as small, many.opened() as big:
        rounds = [(await one_round(small, DUE), await one_round(big, DUE)) for _ in range(WARMING + ROUNDS)][WARMING:]
    busy = ([one.busy for one, _ in rounds], [two.busy for _, two in rounds])
    idle = ([took for one, _ in rounds for took in one.idle], [took for _, two in rounds for took in two.idle])
    reach = 1.6 if database == SQLITE else 2
    what = f"{DUE} due of {BIG:,} alarms against of {SMALL:,}"
    return [_figure(f"ring: {what}", database, *busy, reach), _figure("ring: nothing due", database, *idle, 2)]


def _figure(row: str, database: str, small: Sequence[float], big: Sequence[float], reach: float) -> Figure:
    ratio = median(big) / median(small)
    return Figure(row, database, ratio, f"{span(median(big))} / {span(median(small))}", at_most(reach))


@dataclass(frozen=True, slots=True)
class Round:
    """How long it took to ring what was due, and then, several times, to find nothing due: in seconds."""

    busy: float
    idle: list[float]


async def one_round(bot: Bot, due: int) -> Round:
    """Let so many alarms be due, which are a step of the town apart; return how long it took to ring them."""
    async with bot.core.at_work(bot.program) as context:
        first = await context.work.due.next_at()
    if first is None:
        raise RuntimeError("no alarm is set any more")
    bot.clock.move_to(first + (due - 1) * bot.town.step)
    return Round(await _timed(bot, due), [await _timed(bot, 0) for _ in range(IDLE)])


async def _timed(bot: Bot, expected: int) -> float:
    begin = perf_counter()
    rang = await bot.core.ring()
    took = perf_counter() - begin
    if rang != expected:
        raise RuntimeError(f"{rang} alarms rang instead of {expected}")
    return took
