"""Whether the bot is well: what has to be so for people's messages to be taken in, answered and sent."""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta

from bot import durations
from bot.clock import Clock
from bot.core import Core
from bot.ports import Platform
from storage.health import Backlog, backlog
from storage.outbox import LEASE

__all__ = ["Backlog", "Check", "Health", "Report"]

PATIENCE = timedelta(seconds=2)  # platforms wait three seconds for an answer
GIVE_UP = timedelta(seconds=15)  # longer than SQLite itself waits for a lock, so that none is left half taken
MISSED = 4  # rounds that may be missed
LATE = timedelta(minutes=15)  # a busy morning takes its time: platforms let only so many messages through


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that has to be well, how it stands in plain words, and the figure in seconds behind it, if any."""

    name: str
    well: bool
    told: str
    seconds: float | None = None


@dataclass(frozen=True, slots=True)
class Report:
    """All checks at one moment; `backlog` is None if the database didn't answer in time."""

    checks: tuple[Check, ...]
    backlog: Backlog | None

    @property
    def ready(self) -> bool:
        """Whether everything is well."""
        return all(check.well for check in self.checks)


class Health:
    """Looks at a core, its database and its platforms; a look never takes longer than `patience`."""

    def __init__(
        self,
        core: Core,
        clock: Clock,
        platforms: Mapping[str, Platform],
        every: timedelta,
        patience: timedelta = PATIENCE,
    ) -> None:
        """Watch `core` with its `clock`, the `platforms` by name, and rounds that begin `every` so often."""
        self._core = core
        self._clock = clock
        self._platforms = platforms
        # A delivery may wait for a platform that hangs, for nearly a lease.
        self._longest_round = max(MISSED * every, LEASE)
        self.patience = patience
        self._ending = False
        self._look: asyncio.Task[Backlog | None] | None = None

    def end(self) -> None:
        """From now on nothing is well: the bot is being ended."""
        self._ending = True

    async def report(self) -> Report:
        """Look at everything."""
        found = await self._backlog()
        told = "It is ending." if self._ending else "It is running."
        checks = (
            Check("mentorbot", not self._ending, told),
            _database(found),
            _rounds(self._core.telemetry.since_round(), self._longest_round),
            *_connections(self._platforms),
            _outbox(found),
        )
        return Report(checks, found)

    async def _backlog(self) -> Backlog | None:
        # One look at a time, however many ask: a database that hangs is not asked ever more. It isn't cancelled when
        # patience ends either, as tidying up would wait for the database too.
        if self._look is None or self._look.done():
            self._look = asyncio.create_task(self._count(), name="health")
        look = self._look
        await asyncio.wait({look}, timeout=self.patience.total_seconds())
        return look.result() if look.done() else None

    async def _count(self) -> Backlog | None:
        try:
            async with asyncio.timeout(GIVE_UP.total_seconds()), self._core.database.connect() as conn:
                return await backlog(conn, self._clock.now())
        except Exception:  # noqa: BLE001 - whatever it is, the database can't be used
            return None


def _database(found: Backlog | None) -> Check:
    return Check("database", found is not None, "It does not answer." if found is None else "It answers.")


def _rounds(age: timedelta | None, limit: timedelta) -> Check:
    if age is None:
        return Check("rounds", well=False, told="None has ended yet: mentorbot is starting.")
    return _aged("rounds", "The last one ended {} ago", age, limit)


def _connections(platforms: Mapping[str, Platform]) -> list[Check]:
    if not platforms:
        return [Check("platforms", well=False, told="None is connected yet.")]
    told = {True: "It is connected.", False: "It is not connected."}
    return [Check(name, platform.connected, told[platform.connected]) for name, platform in platforms.items()]


def _outbox(found: Backlog | None) -> Check:
    if found is None:
        return Check("outbox", well=False, told="Nobody can tell while the database does not answer.")
    if not found.due:
        return Check("outbox", well=True, told="Nothing is due.", seconds=0.0)
    return _aged("outbox", "What is due has been waiting for {}", found.oldest, LATE)


def _aged(name: str, told: str, age: timedelta, limit: timedelta) -> Check:
    well = age <= limit
    end = "." if well else f"; {durations.say(limit)} is the limit."
    seconds = max(0, round(age.total_seconds()))
    return Check(name, well, told.format(durations.say(timedelta(seconds=seconds))) + end, age.total_seconds())
