"""The bot's process: the real core, jobs and storage, on a wire to the receiver. It may be killed at any moment."""

import asyncio
import os
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path

import aiohttp
import dateparser  # noqa: F401 - half a second once, instead of in each life
import structlog

from bot import logs
from bot.calls import Observation
from bot.core import Core
from bot.features import FEATURES
from bot.members import roster, wording
from bot.people import Account, Place
from bot.ports import Sent
from bot.views import Message
from scheduler.jobs import Jobs
from scheduler.sealing import Sealer
from storage.opening import open_database
from storage.outbox import Holder
from tests.drivers.for_people import ForPeople, person
from tests.torture.leases import holder
from tests.torture.people import PLATFORM
from tests.torture.shared_clock import SharedClock
from tests.torture.wire import Item, Reply, ask, rendered, session

SECRET = bytes(32)  # the same for all processes, and after a kill

log = structlog.get_logger("bot.torture")

EARS = 4  # things that are taken in at the same time
SEAL_EVERY = 5  # rounds
FAULT = wording.FAULT.split("{", maxsplit=1)[0]


@dataclass(frozen=True, slots=True)
class Settings:
    """What a process is told when it begins. `patience`: seconds that its adapter waits for the platform."""

    url: str
    folder: Path
    lease: timedelta
    patience: float = 30


class Line(ForPeople):
    """The adapter: every method is a request to the receiver."""

    name = PLATFORM
    connected = True

    def __init__(self, line: aiohttp.ClientSession, patience: float) -> None:
        """Speak over `line`; a platform that says nothing for `patience` seconds is busy."""
        self._line = line
        self._patience = patience

    async def send(self, to: Account | Place, message: Message, key: str) -> Sent:
        """Send a message."""
        sent: Sent = await ask(self._line, "send", person(to), rendered(message), key, patience=self._patience)
        return sent

    async def find(self, to: Account | Place, key: str) -> Sent | None:
        """Look a message up."""
        found: Sent | None = await ask(self._line, "find", person(to), key, patience=self._patience)
        return found

    async def edit(self, sent: Sent, message: Message) -> None:
        """Change a message."""
        await ask(self._line, "edit", sent, rendered(message), patience=self._patience)

    async def history(self, place: Place, since: datetime) -> Sequence[Observation]:
        """Read a channel."""
        found: list[Observation] = await ask(self._line, "history", place, since, patience=self._patience)
        return found

    def link(self, place: Place, message: str) -> str:
        """Return where a place is found."""
        return f"{place.channel}/{message}"

    async def close(self) -> None:
        """Its session is closed by whoever opened it."""


def main(settings: Settings) -> None:
    """Live until the receiver says that all is over, or until somebody ends this process."""
    with (settings.folder / "bots.log").open("a", buffering=1) as stream:
        os.dup2(stream.fileno(), 1)
        os.dup2(stream.fileno(), 2)
        logs.configure("warning", "text", stream)
        structlog.contextvars.bind_contextvars(process=os.getpid())
        asyncio.run(_live(settings))


async def _live(settings: Settings) -> None:
    clock = SharedClock(settings.folder / "clock")
    async with session(settings.folder / "receiver", os.getpid()) as line:
        database = await open_database(settings.url, clock.now)
        try:
            core = Core(database, FEATURES, secret=SECRET)
            await roster.enrol(core, roster.read(settings.folder / "roster.toml"))
            me = Holder(holder(os.getpid()), settings.lease)
            jobs = Jobs(core, {PLATFORM: Line(line, settings.patience)}, me)
            work = _Work(core, jobs, Sealer(core, settings.folder / "audit.key"), line, clock)
            await jobs.resume()
            await asyncio.gather(work.rounds(), *(work.hear() for _ in range(EARS)))
            await jobs.stop()
        finally:
            await database.close()


@dataclass
class _Work:
    """What a life consists of."""

    core: Core
    jobs: Jobs
    sealer: Sealer
    line: aiohttp.ClientSession
    clock: SharedClock
    tidied: date | None = None

    async def hear(self) -> None:
        """Take in what happens: an item is done when it is committed, and comes again otherwise."""
        items: list[Item] | None
        while (items := await ask(self.line, "take")) is not None:
            seen = [item.what for item in items if isinstance(item.what, Observation)]
            try:
                await self.core.ingest(seen)
                replies = [await self._reply(item) for item in items]
            except Exception:
                log.exception("not taken in")
                await ask(self.line, "failed", [item.id for item in items])
            else:
                await ask(self.line, "done", replies)

    async def _reply(self, item: Item) -> Reply:
        if isinstance(item.what, Observation):
            return Reply(item.id)
        answer = await self.core.handle(item.what)
        text = answer.plain if isinstance(answer, Message) else None
        if text is not None and text.startswith(FAULT):
            raise RuntimeError
        return Reply(item.id, text)

    async def rounds(self) -> None:
        """Ring and deliver, at first beside catching up, then whenever the receiver says so; seal and tidy between."""
        catching_up = asyncio.create_task(self._tried("catching up", self.jobs.catch_up))
        while not catching_up.done():
            await self._tried("round", self.jobs.round)
        beat: int | None = 0
        while (beat := await ask(self.line, "rest", beat)) is not None:
            await self._tried("round", self.jobs.round)
            if beat % SEAL_EVERY == 0:
                await self._tried("seal", self.sealer.seal)
            if self.tidied != self.clock.now().date():
                self.tidied = self.clock.now().date()
                await self._tried("tidying", self.core.daily)
        await self.sealer.seal()

    async def _tried(self, what: str, work: Callable[[], Awaitable[object]]) -> None:
        try:
            await work()
        except Exception:
            log.exception("this failed, and is tried again the next time", work=what)
            await ask(self.line, "trouble", what)
