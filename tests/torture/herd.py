"""The bots' processes: begun, killed, begun again. Each is forked from a parent that has imported everything."""

import asyncio
import os
import signal
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from multiprocessing import get_context
from multiprocessing.context import ForkServerProcess

from tests.torture import bot
from tests.torture.bot import Settings

AGAIN_AFTER = 0.3  # seconds: whoever ended by itself would end again at once
GRACE = 20.0

_context = get_context("forkserver")
_context.set_forkserver_preload(["tests.torture.bot"])


@dataclass
class Herd:
    """So many processes, however often they die.

    `stopped`: those that hang; `gone`: those that are no more; `deaths`: exit codes of those that ended by themselves.
    """

    settings: Settings
    size: int
    lost: Callable[[int], None]
    kills: int = 0
    stopped: set[int] = field(default_factory=set)
    deaths: list[int | None] = field(default_factory=list)
    gone: set[int] = field(default_factory=set)
    _alive: dict[int, ForkServerProcess] = field(default_factory=dict)
    _meant: set[int] = field(default_factory=set)
    _hanging: asyncio.Event = field(default_factory=asyncio.Event)
    _nobody: asyncio.Event = field(default_factory=asyncio.Event)
    _ending: bool = False

    def begin(self) -> None:
        """Begin all of them."""
        for _ in range(self.size):
            self._begin_one()

    @property
    def running(self) -> list[int]:
        """The processes that are alive and don't hang."""
        return [process for process in self._alive if process not in self.stopped | self._meant]

    @property
    def complete(self) -> bool:
        """Whether none is missing just now."""
        return len(self._alive) == self.size

    def kill(self, process: int) -> None:
        """Kill one process, as nothing can prevent."""
        if process in self._alive and process not in self._meant:
            self.kills += 1
            self._meant.add(process)
            os.kill(process, signal.SIGKILL)

    def stop(self, process: int) -> None:
        """Let a process hang."""
        os.kill(process, signal.SIGSTOP)
        self.stopped.add(process)
        self._hanging.set()

    async def somebody_hangs(self) -> int:
        """Return a process that hangs, as soon as there is one."""
        while not self.stopped:
            self._hanging.clear()
            await self._hanging.wait()
        return next(iter(self.stopped))

    def go_on(self, process: int) -> None:
        """Let a process that hangs go on."""
        self.stopped.discard(process)
        with suppress(ProcessLookupError):
            os.kill(process, signal.SIGCONT)

    async def end(self) -> None:
        """Wait until all have ended, as they were told to; end those that don't."""
        self._ending = True
        self._see_who_is_left()
        for process in tuple(self.stopped):
            self.go_on(process)
        with suppress(TimeoutError):
            async with asyncio.timeout(GRACE):
                await self._nobody.wait()
        for process in tuple(self._alive):
            self.kill(process)
        await self._nobody.wait()

    def _see_who_is_left(self) -> None:
        if self._ending and not self._alive:
            self._nobody.set()

    def _begin_one(self) -> None:
        process = _context.Process(target=bot.main, args=(self.settings,), daemon=True)
        process.start()
        if process.pid is not None:
            self._alive[process.pid] = process
            asyncio.get_running_loop().add_reader(process.sentinel, self._ended, process, process.pid)

    def _ended(self, process: ForkServerProcess, id_: int) -> None:
        loop = asyncio.get_running_loop()
        loop.remove_reader(process.sentinel)
        process.join()
        del self._alive[id_]
        self.gone.add(id_)
        self.stopped.discard(id_)
        self.lost(id_)
        self._see_who_is_left()
        if self._ending:
            return
        if id_ in self._meant:
            self._begin_one()
        else:
            self.deaths.append(process.exitcode)
            loop.call_later(AGAIN_AFTER, self._begin_again)

    def _begin_again(self) -> None:
        if not self._ending:
            self._begin_one()
