"""The counter at which things are handed out to the bots: each comes again until somebody says that it is done."""

import asyncio
from collections import deque
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from time import monotonic

from tests.torture.wire import Item, Reply

AT_ONCE = 5
PATIENCE = 3.0  # seconds after which something is handed out again, as Slack does


@dataclass
class Counter:
    """What is handed out, to which process, and what came of it."""

    open: dict[str, Item] = field(default_factory=dict)
    replies: dict[str, str] = field(default_factory=dict)
    failed: int = 0
    hanging: Collection[int] = ()  # they get nothing more: it would only have to come again
    _queue: deque[str] = field(default_factory=deque)
    _given: dict[str, tuple[int, float]] = field(default_factory=dict)
    _gone: set[int] = field(default_factory=set)
    _news: asyncio.Event = field(default_factory=asyncio.Event)
    _handed: asyncio.Event = field(default_factory=asyncio.Event)
    _over: bool = False

    def offer(self, items: Iterable[Item]) -> None:
        """Hand things out."""
        for item in items:
            self.open[item.id] = item
            self._again([item.id])

    async def take(self, process: int) -> list[Item] | None:
        """Give a process some of what waits, as soon as there is something; None when all is over."""
        while (not self._queue or process in self.hanging) and not self._over:
            self._news.clear()
            await self._news.wait()
        if self._over or process in self._gone:
            return None
        ids = [self._queue.popleft() for _ in range(min(AT_ONCE, len(self._queue)))]
        self._given |= {id_: (process, monotonic()) for id_ in ids}
        self._handed.set()
        return [self.open[id_] for id_ in ids if id_ in self.open]

    async def handed_out(self) -> None:
        """Wait until something is handed out."""
        self._handed.clear()
        await self._handed.wait()

    def done(self, replies: Iterable[Reply]) -> None:
        """Take things as done."""
        for reply in replies:
            self.open.pop(reply.item, None)
            self._given.pop(reply.item, None)
            if reply.text is not None:
                self.replies[reply.item] = reply.text

    def not_done(self, ids: Collection[str]) -> None:
        """Hand out again what a bot could not do."""
        self.failed += 1
        self._again(ids)

    def lost(self, process: int) -> None:
        """Hand out again what a process had that is no more."""
        self._gone.add(process)
        self._again([id_ for id_, (whose, _) in self._given.items() if whose == process])

    def hurry(self) -> None:
        """Hand out again what somebody has had for too long."""
        late = monotonic() - PATIENCE
        self._again([id_ for id_, (_, since) in self._given.items() if since < late])

    def close(self) -> None:
        """Tell everybody that all is over."""
        self._over = True
        self._news.set()

    def _again(self, ids: Collection[str]) -> None:
        for id_ in ids:
            self._given.pop(id_, None)
            if id_ in self.open and id_ not in self._queue:
                self._queue.append(id_)
        self._news.set()
