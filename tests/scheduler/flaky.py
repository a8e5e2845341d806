"""A bot on a platform that fails where a test says so."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from sqlalchemy import text

from bot.calls import Observation, Posted
from bot.clock import SetClock
from bot.core import Core
from bot.errors import Gone
from bot.people import Account, Place
from bot.ports import Sent
from bot.views import Message
from scheduler.jobs import Jobs
from storage.engine import Database
from tests.drivers.for_people import ForPeople, person


class Killed(BaseException):
    """What no error handling catches: the process is no more."""


@dataclass
class Flaky(ForPeople):
    """A platform that does what it is told, and fails where a test says so: a fake of our own port."""

    clock: SetClock
    name: str = "playground"
    connected: bool = True
    sent: list[tuple[str, str, datetime]] = field(default_factory=list)
    said: list[str] = field(default_factory=list)
    edited: list[str] = field(default_factory=list)
    seen: list[Observation] = field(default_factory=list)
    before_send: list[BaseException] = field(default_factory=list)
    after_send: list[BaseException] = field(default_factory=list)
    gone: set[str] = field(default_factory=set)
    while_sending: Callable[[], Awaitable[None]] | None = None
    while_answering: Callable[[], Awaitable[None]] | None = None
    while_reading: Callable[[], Awaitable[None]] | None = None

    async def send(self, to: Account | Place, message: Message, key: str) -> Sent:
        """Send, unless a test says otherwise."""
        to = person(to)
        if self.before_send:
            raise self.before_send.pop(0)
        if to.user in self.gone:
            raise Gone("the account is gone")
        if self.while_sending is not None:
            await self.while_sending()
        self.sent.append((to.user, key, self.clock.now()))
        self.said.append(message.plain)
        if self.while_answering is not None:
            await self.while_answering()
        if self.after_send:
            raise self.after_send.pop(0)
        return self._sent(to, key)

    async def find(self, to: Account | Place, key: str) -> Sent | None:
        """Look for what was sent."""
        to = person(to)
        return self._sent(to, key) if (to.user, key) in [(user, known) for user, known, _ in self.sent] else None

    async def edit(self, sent: Sent, message: Message) -> None:
        """Take note."""
        self.edited.append(message.plain)

    async def history(self, place: Place, since: datetime) -> Sequence[Observation]:
        """Return what was seen."""
        if place.channel in self.gone:
            raise Gone("the channel is gone")
        found = [seen for seen in self.seen if seen.place == place and seen.at >= since]
        if self.while_reading is not None:
            await self.while_reading()
        return found

    def link(self, place: Place, message: str) -> str:
        """Return where a place is found."""
        return f"{self.name}://{place.workspace}/{place.channel}/{message}"

    async def close(self) -> None:
        """There is nothing to end."""

    def _sent(self, to: Account, key: str) -> Sent:
        return Sent(Place(to.platform, to.workspace, f"dm-{to.user}"), key)


@dataclass
class Bot:
    """A bot on a flaky platform."""

    core: Core
    jobs: Jobs
    clock: SetClock
    platform: Flaky
    database: Database

    async def says(self, user: str, space: str = "amara-lena") -> None:
        """Let somebody write."""
        place = Place("playground", "riverside", space)
        posted = Posted(place, f"m{len(self.platform.seen)}", user, self.clock.now())
        self.platform.seen.append(posted)
        await self.core.ingest([posted])

    async def passes(self, **span: float) -> None:
        """Let time pass."""
        await self.jobs.leap(self.clock, self.clock.now() + timedelta(**span))

    async def rows(self) -> list[tuple[str, str | None]]:
        """Return state and reason of what was to be sent."""
        async with self.database.connect() as conn:
            query = text("SELECT state, reason FROM outbox WHERE effect = 'send' ORDER BY id")
            return [tuple(row) for row in await conn.execute(query)]
