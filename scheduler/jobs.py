"""What the wall clock starts: ring and deliver, and the day's tidying. It remembers nothing; the database does."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from typing import Any, Protocol

import structlog
from apscheduler.schedulers.asyncio import AsyncIOScheduler

from bot.absence import Absence, absences, at_work, came_back
from bot.clock import Clock
from bot.core import Core
from bot.ports import Platform
from scheduler.delivery import Courier
from scheduler.reading import Reader
from storage.outbox import Holder

log = structlog.get_logger(__name__)

Work = Callable[[], Awaitable[object]]

MOMENT = timedelta(seconds=1.5)  # for each of the last things that are done at an end
GRACE = timedelta(seconds=6)  # whoever stops a service kills it after ten
STUCK = timedelta(minutes=1)  # what can't be done now is looked at again after this


class Leapable(Clock, Protocol):
    """A clock that can be moved ahead."""

    def move_to(self, instant: datetime) -> None:
        """Stand at `instant`, if that is later."""
        ...


class Jobs:
    """Ringing and delivering, each one at a time, however they are started."""

    def __init__(self, core: Core, platforms: Mapping[str, Platform], me: Holder | None = None) -> None:
        """Work for `core` over `platforms`, by name; a process that hangs loses what it claimed as `me`."""
        self._core = core
        self._courier = Courier(core, platforms, me)
        self._reader = Reader(core, platforms)
        self._one_round = asyncio.Lock()
        self._under_way: asyncio.Task[Any] | None = None
        self._catching_up: asyncio.Task[None] | None = None
        self._away: Mapping[int, Absence] | None = None  # what coordinators are to be told of
        self._has_read = False
        self._ending = False
        self._seal: Work = _nothing
        self._scheduler = AsyncIOScheduler(timezone="UTC")

    async def catch_up(self) -> int:
        """Read what happened while the bot was away; return how many spaces could be read.

        Rounds need not wait for it: what a message is about is read once more before it goes out. Afterwards
        coordinators are told, if the bot was away for long.
        """
        self._away = await absences(self._core) if self._away is None else self._away
        try:
            return await self._reader.catch_up()
        finally:
            self._has_read = not self._ending
            await self._note()

    async def catch_up_rest(self) -> int:
        """Read the spaces of which the platform didn't tell then; return how many could be read."""
        return await self._reader.catch_up_rest()

    async def _note(self) -> None:
        """Note that the bot is at work; before it has caught up, it is to be known how long it wasn't."""
        if self._has_read and self._away is not None:
            await came_back(self._core, self._away)
            self._away = None
        elif self._has_read:
            await at_work(self._core)

    async def resume(self) -> None:
        """Let what was under way when the bot was ended be taken up at once, if nobody else can hold it."""
        if not self._core.database.alone:
            return
        for program in await self._core.programs():
            async with self._core.at_work(program) as context:
                await context.work.outbox.free()

    async def round(self) -> None:
        """Ring what is due and deliver what is due, until nothing is left.

        Always in this order: what falls due for a person at the same time is to be one message.
        """
        async with self._alone():
            await self._round()

    async def _round(self) -> None:
        while await self._ring_and_deliver():
            pass

    async def _ring_and_deliver(self) -> int:
        with self._core.telemetry.one_round():
            return await self._core.ring() + await self._courier.deliver()

    async def leap(self, clock: Leapable, target: datetime) -> None:
        """Move a clock to `target`, from alarm to alarm, doing on the way what is due."""
        async with self._alone():
            await self._core.settled()
            while (at := await self._core.next_at()) is not None and at <= target:
                clock.move_to(max(at, clock.now() + STUCK) if at <= clock.now() else at)
                if clock.now() > target:
                    break
                await self._round()
            clock.move_to(target)
            await self._round()
            await self._note()

    async def start(self, every: timedelta, seal: Work) -> None:
        """Start the rounds, catching up beside them, sealing the audit log every hour, and tidying every night."""
        await self.resume()
        self._seal = seal
        self._away = await absences(self._core)  # before a round begins: what is late rings in the first one
        self._catching_up = asyncio.create_task(_guarded(self.catch_up))
        self._add(self.round, "interval", seconds=every.total_seconds(), next_run_time=datetime.now(UTC))
        self._add(self.catch_up_rest, "interval", minutes=1)
        self._add(self._note, "interval", minutes=1)
        self._add(seal, "interval", hours=1)
        self._add(self._core.daily, "cron", hour=4, minute=10)
        self._scheduler.start()

    def _add(self, work: Work, trigger: str, **when: object) -> None:
        common = {"coalesce": True, "max_instances": 1, "misfire_grace_time": None}
        self._scheduler.add_job(_guarded, trigger, [work], **when, **common)

    async def stop(self, grace: timedelta = GRACE) -> None:
        """End the rounds. What is under way may end within `grace`; then nothing is held any more, and all is sealed.

        A database that is gone delays this for a moment only: what was held is free when its lease ends.
        """
        self._ending = True
        if self._scheduler.running:
            self._scheduler.pause()  # to shut it down would cancel at once what is under way
        self._courier.take_nothing_more()
        self._reader.read_nothing_more()
        under_way = {task for task in (self._catching_up, self._under_way) if task is not None and not task.done()}
        if under_way:
            _, late = await asyncio.wait(under_way, timeout=grace.total_seconds())
            await _cancelled(late)
        if self._scheduler.running:
            self._scheduler.shutdown(wait=False)
        await _guarded(lambda: _briefly(self._courier.give_back))
        await _guarded(lambda: _briefly(self._seal))

    @asynccontextmanager
    async def _alone(self) -> AsyncIterator[None]:
        async with self._one_round:
            self._under_way = asyncio.current_task()
            try:
                yield
            finally:
                self._under_way = None


async def _nothing() -> None:
    """Seal nothing: no round was started."""


async def _guarded(work: Work) -> None:
    try:
        await work()
    except Exception:
        log.exception("this failed, and is tried again the next time")


async def _briefly(work: Work) -> None:
    """Do something at the end: a database that is gone must not keep the process."""
    async with asyncio.timeout(MOMENT.total_seconds()):
        await work()


async def _cancelled(tasks: set[asyncio.Task[Any]]) -> None:
    """Cancel tasks, and wait a moment for them to tidy up."""
    for task in tasks:
        task.cancel()
    if tasks:
        await asyncio.wait(tasks, timeout=1)
