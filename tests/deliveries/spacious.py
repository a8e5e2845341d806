"""A bot on a platform that fails where a test says so, and that has spaces."""

from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from itertools import count

from bot.calls import Call, Command, Press, Submit
from bot.clock import SetClock
from bot.core import Core
from bot.errors import Closed
from bot.feature import NewSpace
from bot.features import FEATURES
from bot.members import roster
from bot.people import Account, Place
from bot.ports import Sent
from bot.views import Actions, Button, Message, Reply
from scheduler.jobs import Jobs
from storage.opening import open_database
from tests.scheduler.flaky import Bot, Flaky
from tests.world import COMMUNITY, MONDAY, SECRET

_NUMBERS = count(1)


@dataclass
class Spacious(Flaky):
    """A platform with spaces. Who is in `private` takes no direct messages; `refusing` is why a space isn't closed."""

    posted: list[tuple[str, str]] = field(default_factory=list)
    closed: list[str] = field(default_factory=list)
    private: set[str] = field(default_factory=set)
    refusing: list[Exception] = field(default_factory=list)
    while_opening: Callable[[], Awaitable[object]] | None = None

    async def open_space(self, workspace: str, space: NewSpace, key: str) -> Place:
        """Make one, while something else happens that a test wants."""
        if self.while_opening is not None:
            await self.while_opening()
        return Place("playground", workspace, "new space")

    async def send(self, to: Account | Place, message: Message, key: str) -> Sent:
        """Send, unless a test says otherwise."""
        if isinstance(to, Place):
            self.posted.append((to.channel, message.plain))
            return Sent(to, key)
        if to.user in self.private:
            raise Closed("this person takes no direct messages")
        return await super().send(to, message, key)

    async def find(self, to: Account | Place, key: str) -> Sent | None:
        """Look for what was sent."""
        return None if isinstance(to, Place) else await super().find(to, key)

    async def close_space(self, place: Place) -> None:
        """Take note."""
        if self.refusing:
            raise self.refusing.pop(0)
        self.closed.append(place.channel)


@dataclass
class Spoken(Bot):
    """A bot that a test speaks to without a wire."""

    platform: Spacious

    async def asks(self, user: str, text: str) -> Message:
        """Write a command; return the answer."""
        root, _, rest = text.removeprefix("/").partition(" ")
        return _message(await self._call(Command(_id(), _at(user), root, rest)))

    async def presses(self, user: str, button: str, on: Message, which: int = 0) -> str:
        """Press a button with this label: the first, or a further one; return the answer's text."""
        items = [item for block in on.blocks if isinstance(block, Actions) for item in block.items]
        mine = [item.action for item in items if isinstance(item, Button) and item.label == button]
        return _message(await self._call(Press(_id(), _at(user), mine[which]))).plain

    async def presses_action(self, user: str, action: str) -> str:
        """Press a button with this action; return the answer's text."""
        return _message(await self._call(Press(_id(), _at(user), action))).plain

    async def submits(self, user: str, action: str, values: Mapping[str, str]) -> Reply | None:
        """Send a form off."""
        return await self._call(Submit(_id(), _at(user), action, values))

    async def _call(self, call: Call) -> Reply | None:
        return await self.core.handle(call)

    def inbox(self, user: str) -> list[str]:
        """Return what the bot wrote to somebody."""
        return [said for (who, _, _), said in zip(self.platform.sent, self.platform.said, strict=True) if who == user]


def _id() -> str:
    return f"call {next(_NUMBERS)}"


def _at(user: str) -> Account:
    return Account("playground", "riverside", user)


def _message(reply: Reply | None) -> Message:
    assert isinstance(reply, Message)
    return reply


@asynccontextmanager
async def spoken(url: str, changes: Mapping[str, str] | None = None) -> AsyncIterator[Spoken]:
    """Start a bot with the program of tests/community.toml."""
    clock = SetClock(MONDAY)
    database = await open_database(url, clock.now)
    core, platform = Core(database, FEATURES, changes, secret=SECRET), Spacious(clock)
    await roster.enrol(core, roster.read(COMMUNITY))
    core.platforms["playground"] = platform
    try:
        yield Spoken(core, Jobs(core, core.platforms), clock, platform, database)
    finally:
        await database.close()
