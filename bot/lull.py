"""Doing something when there is a lull: what comes in meanwhile isn't held up by it."""

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress

import structlog

log = structlog.get_logger(__name__)

LULL = 0.25  # seconds in which nothing comes
LONGEST = 30.0  # seconds after which it is done all the same


class Lull:
    """Starts `work` some moments after it was told that there is something to do."""

    def __init__(self, work: Callable[[], Awaitable[None]], lull: float = LULL, longest: float = LONGEST) -> None:
        """Wait until nothing comes for `lull` seconds, but not longer than `longest`."""
        self._work = work
        self._lull = lull
        self._longest = longest
        self._told = 0
        self._done = 0  # of what was told
        self._hurried = asyncio.Event()
        self._round = asyncio.Event()  # that one has ended
        self._worker: asyncio.Task[None] | None = None

    def tell(self) -> None:
        """Say that there is something to do."""
        self._told += 1
        if self._worker is None or self._worker.done():
            self._worker = asyncio.create_task(self._wait_and_work())

    async def hurry(self) -> None:
        """Wait for no lull; return when all was tried that was told of before."""
        told = self._told
        while self._done < told:
            self._hurried.set()
            await self._round.wait()

    async def _wait_and_work(self) -> None:
        while self._done < self._told:
            await self._until_lull()
            self._hurried.clear()
            told = self._told
            try:
                await self._work()
            except Exception:
                log.exception("what was noted could not be worked out; the next round tries again")
            self._done = told
            self._round.set()
            self._round = asyncio.Event()

    async def _until_lull(self) -> None:
        clock = asyncio.get_running_loop().time
        end, told = clock() + self._longest, -1
        while told != self._told and not self._hurried.is_set() and (left := end - clock()) > 0:
            told = self._told
            with suppress(TimeoutError):
                async with asyncio.timeout(min(self._lull, left)):
                    await self._hurried.wait()
