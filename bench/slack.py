"""Slack's events, durably taken in, against a bare Bolt app that only acknowledges them; and a burst of them."""

import json
from collections.abc import AsyncIterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import asdict
from statistics import median

from sqlalchemy import update

from bench.figures import Figure, at_least, at_most, rate, span
from bench.ground import Built, Ground, build
from bench.slack_server import TEAM, Order, Told
from bench.spoken import Spoken, started
from storage.members import accounts
from storage.pairings import spaces
from storage.programs import workspaces

PAIRINGS = 1000
ROUNDS = 5
EVENTS = 2000  # in a round
PACED = 10_000  # at half load: in two seconds of it a single hitch of the disk is no more than that
IN_FLIGHT = 64
BURST = 30_000  # events: as many as Slack tells of in an hour
GROWS = 2.0  # times as much memory after a burst as before

THROUGHPUT = "Slack events taken in durably, 64 in flight, against a bare Bolt app"
WAITS = "acknowledgement at half load, 99 of 100, against a bare Bolt app"
SHARE = "30,000 Slack events at once: part acknowledged within 3 s"
ALL = "the same: part acknowledged in the end"
MEMORY = "memory after that burst, against before"


class Two:
    """Both apps on one server."""

    def __init__(self, server: Spoken, apps: dict[str, Spoken]) -> None:
        """Order events from `server` for `apps`."""
        self._server = server
        self._apps = apps

    async def told(self, app: str, count: int, *, in_flight: int = 0, rate: float = 0.0) -> Told:
        """Let an app be told of so many events, and wait until it has nothing in hand any more."""
        told = Told(**json.loads(await self._server.asked(json.dumps(asdict(Order(app, count, in_flight, rate))))))
        await self.memory(app)
        return told

    async def memory(self, app: str) -> int:
        """Return how much memory an app has needed so far, in KB."""
        return int(await self._apps[app].asked("settle"))


async def slack(ground: Ground) -> list[Figure]:
    """Measure on each database."""
    return [figure for database in ground.databases for figure in await _on(ground, database)]


async def _on(ground: Ground, database: str) -> list[Figure]:
    async with _both(await _built(ground, database)) as two:
        rates = [(await _throughput(two, "ours"), await _throughput(two, "bare")) for _ in range(ROUNDS + 1)][1:]
        ours, theirs = _medians(rates)
        load = min(ours, theirs) / 2
        waits = [(await _waits(two, "ours", load), await _waits(two, "bare", load)) for _ in range(ROUNDS)]
        mine, bolts = _medians(waits)
        before = await two.memory("ours")
        burst, others = await two.told("ours", BURST), await two.told("bare", BURST)
        after = await two.memory("ours")
    share, bare = burst.in_time / BURST, others.in_time / BURST
    told = f"{burst.again:,} told again; a bare Bolt app {bare:.2f}"
    megabytes = f"{after // 1000} / {before // 1000} MB"
    return [
        Figure(THROUGHPUT, database, ours / theirs, f"{rate(ours)} / {rate(theirs)}", at_least(0.85)),
        Figure(WAITS, database, mine / bolts, f"{span(mine)} / {span(bolts)} at {rate(load)}", at_most(3)),
        Figure(SHARE, database, share, told, at_least(0.95)),
        Figure(ALL, database, burst.in_the_end / BURST, f"{burst.in_the_end:,}", at_least(1)),
        Figure(MEMORY, database, after / before, megabytes, at_most(GROWS)),
    ]


def _medians(rounds: Sequence[tuple[float, float]]) -> tuple[float, float]:
    return median(one for one, _ in rounds), median(other for _, other in rounds)


async def _throughput(two: Two, app: str) -> float:
    return EVENTS / (await two.told(app, EVENTS, in_flight=IN_FLIGHT)).seconds


async def _waits(two: Two, app: str, load: float) -> float:
    return (await two.told(app, PACED, rate=load)).late


async def _built(ground: Ground, database: str) -> Built:
    """Build a town, and let it be on Slack."""
    built = await build(ground.fresh(database), PAIRINGS)
    async with built.opened() as bot, bot.core.at_work(bot.program) as context:
        for table in (workspaces, accounts, spaces):
            await context.work.conn.execute(update(table).values(platform="slack", workspace=TEAM))
    return built


@asynccontextmanager
async def _both(built: Built) -> AsyncIterator[Two]:
    async with AsyncExitStack() as stack:
        server = await stack.enter_async_context(started("bench.slack_server", built.as_text()))
        address = await server.heard()
        apps = {}
        for name in ("ours", "bare"):
            app = started("bench.slack_app", name, built.as_text(), address)
            apps[name] = await stack.enter_async_context(app)
            await apps[name].heard()
        yield Two(server, apps)
