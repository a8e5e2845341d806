"""Taking messages in on a slow disk: two milliseconds are added to every sync."""

from collections.abc import Iterator
from statistics import median

from bench.chatter import chatter
from bench.figures import POSTGRES, SQLITE, Figure, at_least, rate
from bench.ground import Bot, Ground, build
from bench.ingest import OURS, PAIRINGS, ROUNDS, taken_in
from bench.slow_sync import SlowSync
from bench.tables import connect
from bot.calls import Posted

PAUSE = 0.002


async def slow_disk(ground: Ground) -> list[Figure]:
    """Take messages in at the disk's own pace and at the slower one, in turns."""
    measured = {SQLITE: _on_sqlite, POSTGRES: _on_postgres}
    return [await measured[database](ground) for database in ground.databases]


async def _on_sqlite(ground: Ground) -> Figure:
    disk, rates = SlowSync(), []
    built = await build(ground.fresh(SQLITE), PAIRINGS)
    messages = chatter(built.town, 2 * OURS * (ROUNDS + 1))
    with disk.in_force():
        async with built.opened() as bot:
            for _ in range(ROUNDS + 1):
                disk.seconds = 0.0
                quick = await taken_in(bot, messages, OURS)
                disk.seconds = PAUSE
                rates.append((quick, await taken_in(bot, messages, OURS)))
    return _figure(SQLITE, rates[1:])


async def _on_postgres(ground: Ground) -> Figure:
    quick, slow = [await build(ground.fresh(POSTGRES), PAIRINGS) for _ in range(2)]
    connection = await connect(slow.url)
    name = await connection.fetchval("SELECT current_database()")
    # It waits so many microseconds before it syncs, for at least so many others that want to commit.
    await connection.execute(f"ALTER DATABASE {name} SET commit_delay = {PAUSE * 1e6:.0f}")
    await connection.execute(f"ALTER DATABASE {name} SET commit_siblings = 0")
    await connection.close()
    async with quick.opened() as first, slow.opened() as second:
        both = [(bot, chatter(bot.town, OURS * (ROUNDS + 1))) for bot in (first, second)]
        rates = [await _both(both) for _ in range(ROUNDS + 1)]
    return _figure(POSTGRES, rates[1:])


async def _both(bots: list[tuple[Bot, Iterator[Posted]]]) -> tuple[float, float]:
    (quick, some), (slow, others) = bots
    return await taken_in(quick, some, OURS), await taken_in(slow, others, OURS)


def _figure(database: str, rates: list[tuple[float, float]]) -> Figure:
    quick, slow = (median(each) for each in zip(*rates, strict=True))
    raw = f"{rate(slow)} / {rate(quick)}"
    row = "ingest on a slow disk (2 ms more a sync) against its own rate"
    return Figure(row, database, slow / quick, raw, at_least(0.8))
