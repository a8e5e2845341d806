"""What the gateway told, on its way to the core: many at once, in their order, and again if the database was away.

The gateway acknowledges nothing: what was told and isn't committed when the bot is ended is found in the history.
"""

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable, Sequence

import structlog

from adapters.discord import limits
from bot.calls import Observation

log = structlog.get_logger(__name__)

Note = Callable[[Sequence[Observation]], Awaitable[None]]
Missed = Callable[[], Awaitable[object]]

AT_ONCE = 1_000
LONGEST_PAUSE = 30.0


class Stream:
    """Takes observations to the core; has what was missed read from the history."""

    def __init__(self, note: Note, missed: Missed, pause: float) -> None:
        """After a failure `pause` seconds go by, and more with each further one."""
        self._note = note
        self._missed = missed
        self._pause = pause
        self._waiting: deque[Observation] = deque()
        self._worker: asyncio.Task[None] | None = None
        self._reader: asyncio.Task[None] | None = None
        self._again = False  # what was missed has to be read once more
        self._overflowed = False
        self._is_closed = False

    def put(self, seen: Sequence[Observation]) -> None:
        """Take what was told; returns at once."""
        if self._is_closed or not seen:
            return
        self._waiting.extend(seen)
        if len(self._waiting) > limits.WAITING:
            self._waiting.clear()
            self._overflowed = True
        if self._worker is None or self._worker.done():
            self._worker = asyncio.create_task(self._work())

    def behind(self) -> None:
        """Have read what was missed; while that goes on, once more when it has ended."""
        if self._is_closed:
            return
        self._again = True
        if self._reader is None or self._reader.done():
            self._reader = asyncio.create_task(self._read())

    async def settled(self) -> None:
        """Wait until all that was told is committed."""
        while self._worker is not None and not self._worker.done():
            await asyncio.wait({self._worker})

    async def caught_up(self) -> None:
        """Wait until what was missed is read."""
        while self._reader is not None and not self._reader.done():
            await asyncio.wait({self._reader})

    async def close(self) -> None:
        """End; what isn't committed is left to the history."""
        self._is_closed = True
        tasks = [task for task in (self._worker, self._reader) if task is not None]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    async def _work(self) -> None:
        failures = 0
        while self._waiting:
            batch = [self._waiting.popleft() for _ in range(min(len(self._waiting), AT_ONCE))]
            try:
                await self._note(batch)
            except Exception:
                log.exception("what happened could not be taken in; it is tried again")
                self._waiting.extendleft(reversed(batch))
                await asyncio.sleep(min(self._pause * 2**failures, LONGEST_PAUSE))
                failures = min(failures + 1, 10)
                continue
            failures = 0
        if self._overflowed:
            self._overflowed = False
            self.behind()

    async def _read(self) -> None:
        failures = 0
        while self._again:
            self._again = False
            try:
                await self._missed()
            except Exception:
                log.exception("what was missed could not be read; it is tried again")
                self._again = True
                await asyncio.sleep(min(self._pause * 2**failures, LONGEST_PAUSE))
                failures = min(failures + 1, 10)
