"""A platform whose spaces fail, and a bot on it."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from sqlalchemy import text

from bot.calls import Command, Press
from bot.errors import Gone
from bot.feature import NewSpace
from bot.people import Account, Place
from bot.ports import Sent
from bot.views import Message
from tests.scheduler.flaky import Bot, Flaky

ROSA = Account("playground", "riverside", "rosa")


@dataclass
class WithSpaces(Flaky):
    """A platform that makes spaces, and fails where a test says so."""

    opened: dict[str, NewSpace] = field(default_factory=dict)
    posted: dict[tuple[str, str], str] = field(default_factory=dict)
    closed: list[str] = field(default_factory=list)
    fails: list[BaseException] = field(default_factory=list)
    fails_after: list[BaseException] = field(default_factory=list)
    fails_closing: list[BaseException] = field(default_factory=list)
    gone: set[str] = field(default_factory=set)

    def _fail(self, errors: list[BaseException]) -> None:
        if errors:
            raise errors.pop(0)

    async def open_space(self, workspace: str, space: NewSpace, key: str) -> Place:
        """Make one for each key."""
        self._fail(self.fails)
        self.opened.setdefault(key, space)
        self._fail(self.fails_after)
        return Place("playground", workspace, f"space-{list(self.opened).index(key)}")

    async def close_space(self, place: Place) -> None:
        """Take note."""
        self._fail(self.fails or self.fails_closing)
        self.closed.append(place.channel)

    async def send(self, to: Account | Place, message: Message, key: str) -> Sent:
        """Send, or post."""
        if isinstance(to, Account):
            if to.user in self.gone:
                raise Gone("there is no such account")
            return await super().send(to, message, key)
        self._fail(self.fails)
        self.posted[to.channel, key] = message.plain
        self._fail(self.fails_after)
        return Sent(to, key)

    async def find(self, to: Account | Place, key: str) -> Sent | None:
        """Look for what was sent or posted."""
        if isinstance(to, Account):
            return await super().find(to, key)
        return Sent(to, key) if (to.channel, key) in self.posted else None


@dataclass
class Spaces(Bot):
    """A bot on it; Rosa coordinates, and Ravi is a mentee whom nobody has paired."""

    platform: WithSpaces

    async def asks(self, words: str) -> str:
        """Let Rosa give a command."""
        reply = await self.core.handle(Command(f"{self.clock.now()} {words}", ROSA, "mentor-admin", words))
        assert isinstance(reply, Message)
        return reply.plain

    async def presses(self, action: str) -> str:
        """Let Rosa press a button."""
        reply = await self.core.handle(Press(f"{self.clock.now()} {action}", ROSA, action))
        assert isinstance(reply, Message)
        return reply.plain

    async def of(self, effect: str) -> list[tuple[str, str | None]]:
        """Return state and reason of what was to be done in spaces."""
        async with self.database.connect() as conn:
            query = text("SELECT state, reason FROM outbox WHERE effect = :effect ORDER BY id")
            return [tuple(row) for row in await conn.execute(query, {"effect": effect})]

    async def dead(self) -> int:
        """Return the id of the only row that can't be done."""
        async with self.database.connect() as conn:
            return int(await conn.scalar(text("SELECT id FROM outbox WHERE state = 'dead'")) or 0)

    async def moves(self, user: str, account: Account) -> None:
        """Let somebody be on another platform."""
        async with self.database.connect() as conn:
            to: Mapping[str, str] = {"p": account.platform, "w": account.workspace, "u": user}
            await conn.execute(text('UPDATE account SET platform = :p, workspace = :w WHERE "user" = :u'), to)
