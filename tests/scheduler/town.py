"""A platform with channels that fails where a test says so, and a feature that speaks in them."""

from collections import defaultdict
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from itertools import count

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
from scheduler.delivery import Courier
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
WORN = "trying.worn"
NEEDLESS = 0  # the argument of an announcement that is no longer needed

TITLE = "Good Listener"
AMARA, LENA = 1, 2  # the ids of members
EARNED: set[int] = set()

feature = Feature("trying")


_NUMBERS = count(1)


@feature.announcer(ANNOUNCED)
async def announced(context: Context, row: OutboxRow) -> Message | None:
    """Say which it is."""
    return None if row.args == (NEEDLESS,) else message(f"Announcement {row.args[0]}.")


@feature.wearer(WORN)
async def worn(context: Context, row: OutboxRow) -> str | None:
    """Say how it stands by now: `EARNED` holds who has earned the title."""
    return TITLE if (row.member_id in EARNED) is (row.effect is Effect.WEAR) else None


@dataclass
class Town(Flaky):
    """A platform with channels and titles.

    `failing` holds what goes wrong next in each channel, or for each person, `afterwards` after it was done.
    """

    posted: list[tuple[str, str]] = field(default_factory=list)
    failing: defaultdict[str, list[BaseException]] = field(default_factory=lambda: defaultdict(list))
    afterwards: list[BaseException] = field(default_factory=list)
    keys: set[tuple[str, str]] = field(default_factory=set)
    titles: set[tuple[str, str]] = field(default_factory=set)
    while_wearing: Callable[[], Awaitable[object]] | None = None

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

    async def wear(self, account: Account, title: str, *, on: bool) -> None:
        """Give a title or take it, unless a test says otherwise."""
        if self.failing[account.user]:
            raise self.failing[account.user].pop(0)
        during, self.while_wearing = self.while_wearing, None
        if during is not None:
            await during()
        (self.titles.add if on else self.titles.discard)((account.user, title))
        if self.afterwards:
            raise self.afterwards.pop(0)

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

    async def earns(self, *members: int, elsewhere: bool = False) -> None:
        """Let these, and nobody else, have earned a title, and have it put beside their names.

        `elsewhere`: another process does so, beside this one.
        """
        changes = [(one, Effect.WEAR) for one in members] + [(one, Effect.TAKE_OFF) for one in EARNED - {*members}]
        EARNED.clear()
        EARNED.update(members)
        rows = [
            NewRow(f"{effect}:{one}:{next(_NUMBERS)}", WORN, (), one, self.clock.now(), effect, Urgency.AT_ONCE)
            for one, effect in changes
        ]
        await self.does(*rows, elsewhere=elsewhere)

    async def does(self, *rows: NewRow, elsewhere: bool = False) -> None:
        """Ask for effects, and let the bot go through them."""
        async with self.database.work(1) as work:
            await work.outbox.add(rows)
        if elsewhere:
            await Courier(self.core, {"playground": self.platform}).deliver()
        else:
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
    EARNED.clear()
    await roster.enrol(core, roster.read(COMMUNITY))
    try:
        yield Crier(core, Jobs(core, {"playground": platform}), clock, platform, database)
    finally:
        await database.close()
