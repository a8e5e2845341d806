"""One run of the week: time goes on when nothing is left to do, and not before."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from random import Random
from secrets import token_bytes
from time import monotonic

from bot.calls import Command, Observation, Press, Shortcut
from tests.torture.bot import Settings
from tests.torture.herd import Herd
from tests.torture.leases import LASTING, Leases
from tests.torture.look import Look
from tests.torture.mishaps import Mishaps
from tests.torture.people import account, roster
from tests.torture.pretended import Pretended
from tests.torture.receiver import Receiver, listening
from tests.torture.script import Script, Step, Wish
from tests.torture.shared_clock import SharedClock
from tests.torture.wire import Item

AGAIN = 0.1  # seconds until what is still due is looked at once more
GLANCE = 0.005  # seconds between two looks at who rests
STUCK = 120.0  # seconds after which a step that doesn't end is a failure
BUTTONS = {  # by what stands on them: the action in the reminder, and the one that is pressed in the end
    "No reply needed": ("nudges.not_needed", "nudges.not_needed", ""),
    "I answered elsewhere": ("nudges.elsewhere", "nudges.elsewhere", ""),
    "In three hours": ("nudges.later", "nudges.put_off", ":0"),
    "Tomorrow": ("nudges.later", "nudges.put_off", ":1"),
}


class Stuck(Exception):
    """A step does not come to its end."""


@dataclass
class Run:
    """What disturbances get into their hands.

    `leases`: those that last, if they do; `buttons`: whether people press them; `wrong`: how far the bots' clock is
    ahead; `done`: the share of the week that is over; `stuck`: why the run came to no end.
    """

    script: Script
    receiver: Receiver
    herd: Herd
    look: Look
    random: Random
    leases: Leases | None = None
    buttons: bool = True
    wrong: timedelta = timedelta(0)
    done: float = 0
    calls: int = 0
    hangs: int = 0
    stuck: str = ""
    under_way: asyncio.Event = field(default_factory=asyncio.Event)
    _went_on: asyncio.Event = field(default_factory=asyncio.Event)

    async def live(self) -> None:
        """Live through the week and the time after it."""
        for number, step in enumerate(self.script.week):
            await self._step(step, number)
            self.done = (number + 1) / len(self.script.week)
            self._went_on.set()
        for at in self.script.after:
            self._at(at)
            await self._until_quiet()

    async def reaches(self, share: float) -> None:
        """Wait until a share of the week is over."""
        while self.done < share:
            self._went_on.clear()
            await self._went_on.wait()

    async def _step(self, step: Step, number: int) -> None:
        """First what falls due by itself, then what happens meanwhile, then what people ask for.

        Each has an end before the next begins, so that every run decides alike. Rounds go on all the time.
        """
        self._at(step.at)
        await self._until_quiet()
        for seen in step.seen:
            self.receiver.platform.show(seen)
        await self._hand_out(Item(f"event-{number}-{n}", told) for n, told in enumerate(step.told))
        self._at(step.at, right=True)
        await self._hand_out(item for wish in step.wishes if (item := self._call(wish)) is not None)

    def _at(self, instant: datetime, *, right: bool = False) -> None:
        """Put all clocks at an instant: that of the bots is wrong for a while, but never when somebody asks them."""
        self.receiver.now = instant
        self.receiver.clock.set(instant if right else instant + self.wrong)

    async def _hand_out(self, items: Iterable[Item]) -> None:
        given = list(items)
        if given:
            self.calls += sum(not isinstance(item.what, Observation) for item in given)
            self.receiver.counter.offer(given)
            await self._until_quiet()

    async def _until_quiet(self) -> None:
        """Wait until everything is taken in, every process rests, and nothing is due."""
        if await self._quiet():
            return
        begun = monotonic()
        self.under_way.set()
        self.receiver.rouse()
        while not await self._quiet():
            if monotonic() - begun > STUCK:
                raise Stuck(
                    f"nothing goes on at {self.receiver.now}, with {len(self.receiver.counter.open)} items open"
                )
            if self._at_rest():
                await asyncio.sleep(AGAIN)
                await self._end_leases()
                self.receiver.rouse()
            self.receiver.counter.hurry()
            await asyncio.sleep(GLANCE)
        self.under_way.clear()

    async def _quiet(self) -> bool:
        return self._at_rest() and await self.look.nothing_due(self.receiver.clock.now())

    async def _end_leases(self) -> None:
        if self.leases is not None:
            await self.leases.end(self.herd.gone | self.herd.stopped)

    def _at_rest(self) -> bool:
        here = self.herd.running if self.herd.complete else []
        return bool(here) and not self.receiver.counter.open and all(map(self.receiver.at_rest, here))

    def _call(self, wish: Wish) -> Item | None:
        """Make a call of a wish; None for a press while there is no reminder."""
        who = account(wish.user)
        match wish.kind:
            case "command":
                return Item(wish.id, Command(wish.id, who, "mentor", wish.what))
            case "shortcut":
                place = next(p.place for p in self.script.town.pairs if p.channel == wish.channel)
                return Item(wish.id, Shortcut(wish.id, who, wish.what, place, wish.message))
        action = self._button(wish) if self.buttons else None
        return Item(wish.id, Press(wish.id, who, action)) if action is not None else None

    def _button(self, wish: Wish) -> str | None:
        """Return what a button of the newest reminder carries; "Tomorrow" is one that comes after "Later"."""
        name, pressed, more = BUTTONS[wish.what]
        messages = [one.now for one in self.receiver.platform.once() if one.user == wish.user]
        found = [action for message in messages[-1:] for action in message.actions if action.startswith(name)]
        return found[0].replace(name, pressed) + more if found else None


Disturbance = Callable[[Run], Awaitable[None]]


@dataclass(frozen=True)
class Plan:
    """How a run is to be made."""

    url: str
    processes: int = 1
    seed: int = 1
    lookup: bool = True
    buttons: bool = True
    lease: timedelta = LASTING
    patience: float = 30
    disturbances: Sequence[Disturbance] = ()


@asynccontextmanager
async def running(script: Script, plan: Plan, folder: Path) -> AsyncIterator[Run]:
    """Begin the receiver and the bots in a folder; end them all afterwards."""
    (folder / "roster.toml").write_text(roster(script.town))
    (folder / "audit.key").write_bytes(token_bytes(32))
    clock = SharedClock(folder / "clock")
    clock.set(script.week[0].at - (script.week[1].at - script.week[0].at))
    random = Random(plan.seed)  # noqa: S311 - no secret
    receiver = Receiver(clock, Mishaps(random), Pretended(plan.lookup))
    herd = Herd(Settings(plan.url, folder, plan.lease, plan.patience), plan.processes, receiver.lost)
    receiver.counter.hanging = herd.stopped
    receiver.mishaps.kill, receiver.mishaps.stop = herd.kill, herd.stop
    leases = Leases(plan.url) if plan.lease == LASTING else None
    run = Run(script, receiver, herd, Look(plan.url), random, leases, plan.buttons)
    async with listening(receiver, folder / "receiver"):
        try:
            herd.begin()
            yield run
        finally:
            receiver.close()
            await herd.end()


async def live(script: Script, plan: Plan, folder: Path) -> Run:
    """Live through a week, disturbed as planned; the bots have ended when this returns."""
    async with running(script, plan, folder) as run:
        tasks = [asyncio.ensure_future(disturb(run)) for disturb in plan.disturbances]
        try:
            await run.live()
        except Stuck as stuck:
            run.stuck = str(stuck)
        finally:
            for task in tasks:
                task.cancel()
            _look_at(await asyncio.gather(*tasks, return_exceptions=True))
    return run


def _look_at(ends: Iterable[BaseException | None]) -> None:
    """Raise what a disturbance failed with: one that does nothing proves nothing."""
    for end in ends:
        if isinstance(end, Exception):
            raise end
