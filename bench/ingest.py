"""Taking messages in: durable, without doubles, turns opened and closed, alarms set, committed; then acknowledged."""

from collections.abc import Iterator
from itertools import islice
from statistics import median

from bench.chatter import chatter, handed_over
from bench.figures import Figure, at_least, rate
from bench.ground import Bot, Built, Ground, build
from bench.naive import Naive
from bot.calls import Posted

PAIRINGS = 1000
ROUNDS = 5
OURS, NAIVE = 4000, 400  # messages in a round


async def ingest(ground: Ground) -> list[Figure]:
    """Take messages in, 64 in flight, and do the same in one ORM transaction a message."""
    return [await _on(ground, database) for database in ground.databases]


async def _on(ground: Ground, database: str) -> Figure:
    built = await build(ground.fresh(database), PAIRINGS)
    naive = Naive((await build(ground.fresh(database), PAIRINGS)).url)
    async with built.opened() as bot:
        ours, theirs = await _compared(bot, naive, built)
    await naive.close()
    raw = f"{rate(ours)} / {rate(theirs)}"
    return Figure("durable ingest against one ORM transaction a message", database, ours / theirs, raw, at_least(15))


async def _compared(bot: Bot, naive: Naive, built: Built) -> tuple[float, float]:
    mine = chatter(built.town, OURS * (ROUNDS + 1))
    others = chatter(built.town, NAIVE * (ROUNDS + 1))
    ours, theirs = [], []
    for _ in range(ROUNDS + 1):
        ours.append(await taken_in(bot, mine, OURS))
        theirs.append(NAIVE / await handed_over(islice(others, NAIVE), naive.take))
    return median(ours[1:]), median(theirs[1:])


async def taken_in(bot: Bot, messages: Iterator[Posted], count: int) -> float:
    """Let the core take in the next `count` messages; return how many a second that was."""
    return count / await handed_over(islice(messages, count), lambda message: bot.core.ingest([message]))
