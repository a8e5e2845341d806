"""One APScheduler job for each answer that is awaited, in its own job store: what one would write first."""

import asyncio
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import count
from statistics import median
from time import perf_counter

from apscheduler.jobstores.sqlalchemy import SQLAlchemyJobStore
from apscheduler.schedulers.asyncio import AsyncIOScheduler
from sqlalchemy import Engine, create_engine, event

from bench.chatter import IN_FLIGHT, chatter
from bench.figures import SQLITE, Figure, at_least, rate
from bench.ground import Bot, Ground, build
from bench.ingest import taken_in
from bench.tables import durable
from bench.town import LAST
from storage.due import Setting
from storage.turns import ALARM

PAIRINGS = 1000
ROUNDS = 5
OURS, JOBS = 2000, 100  # questions in a round
LONG = timedelta(days=1)


async def jobs(ground: Ground) -> list[Figure]:
    """Set and silence alarms; the job store knows no driver that is installed here for PostgreSQL."""
    if SQLITE not in ground.databases:
        return []
    built = await build(ground.fresh(SQLITE), PAIRINGS)
    engine = create_engine(ground.fresh(SQLITE).replace("+aiosqlite", ""))
    event.listen(engine, "connect", durable)
    scheduler = _started(engine)
    async with built.opened() as bot:
        rounds = await _rounds(bot, scheduler)
    scheduler.shutdown()
    engine.dispose()
    taking_in, alone, theirs = (median(rates) for rates in zip(*rounds, strict=True))
    return [
        _figure("alarm set and silenced by taking in a question and its answer", taking_in, theirs),
        _figure("alarm set and silenced, alone, 64 in a transaction", alone, theirs),
    ]


def _figure(row: str, ours: float, theirs: float) -> Figure:
    raw = f"{rate(ours)} / {rate(theirs)}"
    return Figure(f"{row}, against an APScheduler job added and removed", SQLITE, ours / theirs, raw, at_least(10))


async def _rounds(bot: Bot, scheduler: AsyncIOScheduler) -> list[tuple[float, float, float]]:
    messages, names = chatter(bot.town, 2 * OURS * (ROUNDS + 1)), map(str, count())
    rounds = [
        # Every other message is a question, whose alarm the next one silences.
        (
            await taken_in(bot, messages, 2 * OURS) / 2,
            await _set_and_silenced(bot),
            await _added_and_removed(scheduler, names),
        )
        for _ in range(ROUNDS + 1)
    ]
    return rounds[1:]


async def _set_and_silenced(bot: Bot) -> float:
    """Set alarms, and silence them, without taking anything in; return how many a second that was."""
    later, begin = bot.clock.now() + LONG, perf_counter()
    for first in range(0, OURS, IN_FLIGHT):
        for at in (later, None):
            settings = [Setting(LAST + number, None, at) for number in range(first, first + IN_FLIGHT)]
            async with bot.core.at_work(bot.program) as context:
                await context.work.due.set(ALARM, settings)
    return OURS / (perf_counter() - begin)


def _started(engine: Engine) -> AsyncIOScheduler:
    scheduler = AsyncIOScheduler(jobstores={"default": SQLAlchemyJobStore(engine=engine)}, timezone="UTC")
    for number in range(PAIRINGS):  # as many answers are awaited there as in the town
        scheduler.add_job(remind, "date", run_date=datetime.now(UTC) + 2 * LONG, args=[str(number)])
    scheduler.start()
    return scheduler


async def _added_and_removed(scheduler: AsyncIOScheduler, names: Iterator[str]) -> float:
    """Add a job for each question and remove it at the answer; return how many a second that was."""
    begin = perf_counter()
    for _ in range(JOBS):
        name = next(names)
        scheduler.add_job(remind, "date", run_date=datetime.now(UTC) + LONG, args=[name], id=name)
        await asyncio.sleep(0)  # as between two events
        scheduler.remove_job(name)
        await asyncio.sleep(0)
    return JOBS / (perf_counter() - begin)


def remind(question: str) -> None:
    """Remind of a question: what the jobs would do."""
