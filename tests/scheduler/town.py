"""A platform with channels that fails where a test says so, and a feature that speaks in them."""

from collections import defaultdict
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from sqlalchemy import text

from bot.calls import Call, Command, Press
from bot.clock import SetClock
from bot.context import Context
from bot.core import Core
from bot.feature import Feature
from bot.features import FEATURES
from bot.members import roster
from bot.people import Account, Place
from bot.ports import Sent
from bot.views import Message, message
from scheduler.jobs import Jobs
from storage.channels import Channels
from storage.opening import open_database
from storage.outbox import Effect, NewRow, OutboxRow, Urgency
from storage.programs import State
from storage.settings import Settings
from tests.scheduler.flaky import Bot, Flaky
from tests.world import COMMUNITY, MONDAY

ROSA = Account("playground", "riverside", "rosa")
ANNOUNCED = "trying.announced"
SAID = (Effect.ANNOUNCE, Urgency.AT_ONCE)
NEEDLESS = 0  # the argument of an announcement that is no longer needed

feature = Feature("trying")


class Killed(BaseException):
    """What no error handling catches: the process is no more."""


@feature.announcer(ANNOUNCED)
async def announced(context: Context, row: OutboxRow) -> Message | None:
    """Say which it is."""
    return None if row.args == (NEEDLESS,) else message(f"Announcement {row.args[0]}.")


@dataclass
class Town(Flaky):
    """A platform with channels; `failing` holds what goes wrong next in each, `afterwards` after it was posted."""

    posted: list[tuple[str, str]] = field(default_factory=list)
    failing: defaultdict[str, list[BaseException]] = field(default_factory=lambda: defaultdict(list))
    afterwards: list[BaseException] = field(default_factory=list)
    keys: set[tuple[str, str]] = field(default_factory=set)

    async def send(self, to: Account | Place, message: Message, key: str) -> Sent:
        """Post, unless a test says otherwise."""
        if isinstance(to, Account):
            return await super().send(to, message, key)
        if self.failing[to.channel]:
            raise self.failing[to.channel].pop(0)
        self.posted.append((to.channel, message.plain))
        self.keys.add((to.channel, key))
        if self.afterwards:
            raise self.afterwards.pop(0)
        return Sent(to, key)

    async def find(self, to: Account | Place, key: str) -> Sent | None:
        """Look for what was posted."""
        if isinstance(to, Account):
            return await super().find(to, key)
        return Sent(to, key) if (to.channel, key) in self.keys else None


@dataclass
class Crier(Bot):
    """A bot in it, of which Rosa asks things."""

    platform: Town

    async def has_channels(self, *names: str) -> None:
        """Let these be the program's channels, each in a workspace of its own."""
        async with self.database.work(1) as work:
            for number, name in enumerate(names):
                await work.of(Channels).put(Place("playground", f"workspace {number}", name))

    async def is_in(self, state: State) -> None:
        """Let the program be in a state."""
        async with self.database.work(1) as work:
            await work.of(Settings).put(state=state)

    async def announces(self, *numbers: int) -> None:
        """Have something announced, and wait for it."""
        await self.does(*(NewRow(f"said:{one}", ANNOUNCED, (one,), None, MONDAY, *SAID) for one in numbers))

    async def does(self, *rows: NewRow) -> None:
        """Ask for effects, and let the bot go through them."""
        async with self.database.work(1) as work:
            await work.outbox.add(rows)
        await self.jobs.round()

    async def ends_leases(self) -> None:
        """Let what another process held be free again, as after a while."""
        async with self.database.connect() as conn:
            await conn.execute(text("UPDATE outbox SET lease_until = 0"))

    async def stand(self, *effects: Effect) -> list[tuple[str, str | None]]:
        """Return state and reason of what was to be done."""
        async with self.database.connect() as conn:
            rows = await conn.execute(text("SELECT effect, state, reason FROM outbox ORDER BY id"))
            return [(row.state, row.reason) for row in rows if row.effect in effects]

    async def asks(self, words: str) -> str:
        """Let Rosa give a command."""
        return await self._answer(Command(f"{self.clock.now()} {words}", ROSA, "mentor-admin", words))

    async def presses(self, action: str) -> str:
        """Let Rosa press a button."""
        return await self._answer(Press(f"{self.clock.now()} {action}", ROSA, action))

    async def _answer(self, call: Call) -> str:
        reply = await self.core.handle(call)
        assert isinstance(reply, Message)
        return reply.plain


@asynccontextmanager
async def crier(url: str) -> AsyncIterator[Crier]:
    """Start a bot with the program of tests/community.toml."""
    clock = SetClock(MONDAY)
    database = await open_database(url, clock.now)
    core, platform = Core(database, (*FEATURES, feature)), Town(clock)
    await roster.enrol(core, roster.read(COMMUNITY))
    try:
        yield Crier(core, Jobs(core, {"playground": platform}), clock, platform, database)
    finally:
        await database.close()
