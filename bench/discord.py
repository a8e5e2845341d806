"""Discord's messages, durably taken in, against a bare client of discord.py with an empty `on_message`."""

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from statistics import median
from time import perf_counter

from sqlalchemy import select, update

from bench.discord_server import GUILD, snowflake
from bench.figures import Figure, at_least, rate
from bench.ground import Built, Ground, build
from bench.spoken import Spoken, started
from storage.members import accounts
from storage.pairings import spaces
from storage.programs import workspaces

PAIRINGS = 1000
ROUNDS = 5
MESSAGES = 5000  # in a round


@dataclass
class Two:
    """Both clients on one server."""

    server: Spoken
    apps: dict[str, Spoken]

    async def rate(self, app: str) -> float:
        """Let a client be told of messages; return how many a second it took, and wait until nothing is in hand."""
        await self.apps[app].asked(str(MESSAGES))
        await self.server.asked(f"{app} {MESSAGES}")
        begin = perf_counter()
        await self.server.asked("now")
        await self.apps[app].heard()
        seconds = perf_counter() - begin
        await self.apps[app].heard()
        return MESSAGES / seconds


async def discord(ground: Ground) -> list[Figure]:
    """Measure on each database."""
    return [await _on(ground, database) for database in ground.databases]


async def _on(ground: Ground, database: str) -> Figure:
    async with _both(await _built(ground, database)) as two:
        rates = [(await two.rate("ours"), await two.rate("bare")) for _ in range(ROUNDS + 1)][1:]
    ours, theirs = median(one for one, _ in rates), median(other for _, other in rates)
    row = "Discord messages taken in durably, against a bare client with an empty on_message"
    return Figure(row, database, ours / theirs, f"{rate(ours)} / {rate(theirs)}", at_least(0.35))


async def _built(ground: Ground, database: str) -> Built:
    """Build a town, and let it be on Discord."""
    built = await build(ground.fresh(database), PAIRINGS)
    async with built.opened() as bot, bot.core.at_work(bot.program) as context:
        conn = context.work.conn
        await conn.execute(update(workspaces).values(platform="discord", workspace=GUILD))
        for table, column in ((accounts, accounts.c.user), (spaces, spaces.c.channel)):
            await conn.execute(update(table).values(platform="discord", workspace=GUILD))
            for name in (await conn.scalars(select(column).where(column.regexp_match("^[UC][0-9]{7}$")))).all():
                await conn.execute(update(table).where(column == name).values({column.name: snowflake(name)}))
    return built


@asynccontextmanager
async def _both(built: Built) -> AsyncIterator[Two]:
    async with AsyncExitStack() as stack:
        server = await stack.enter_async_context(started("bench.discord_server", built.as_text()))
        address = await server.heard()
        apps = {}
        for name in ("ours", "bare"):
            app = started("bench.discord_app", name, built.as_text(), address)
            apps[name] = await stack.enter_async_context(app)
            await apps[name].heard()
        yield Two(server, apps)
