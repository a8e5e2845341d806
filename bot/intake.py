"""Taking in together what comes in side by side: a commit costs the same for one observation and for a thousand."""

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass

from bot.calls import Observation

AT_ONCE = 1000  # observations in one transaction: others wait for as long as it takes

Workspace = tuple[str, str]
TakeIn = Callable[[Workspace, Sequence[Observation]], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class _Waiting:
    batch: Sequence[Observation]
    done: asyncio.Future[None]


class Intake:
    """A queue for each workspace. While one transaction is at work, the next one fills."""

    def __init__(self, take_in: TakeIn) -> None:
        """`take_in` is one transaction with observations of one workspace; it raises if the database is gone."""
        self._take_in = take_in
        self._queues: dict[Workspace, deque[_Waiting]] = {}
        self._workers: set[asyncio.Task[None]] = set()

    async def take(self, workspace: Workspace, batch: Sequence[Observation]) -> None:
        """Return when a batch is committed; raise what its transaction raised."""
        done: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        if workspace in self._queues:
            self._queues[workspace].append(_Waiting(batch, done))
        else:
            self._queues[workspace] = deque([_Waiting(batch, done)])
            # A task of its own: whoever came first may go away without the others noticing.
            worker = asyncio.create_task(self._work_off(workspace))
            self._workers.add(worker)
            worker.add_done_callback(self._workers.discard)
        await done

    async def settled(self) -> None:
        """Wait until nothing waits."""
        if self._workers:
            await asyncio.wait(self._workers)

    async def _work_off(self, workspace: Workspace) -> None:
        queue = self._queues[workspace]
        while queue:
            await self._together(workspace, _next(queue))
        del self._queues[workspace]

    async def _together(self, workspace: Workspace, waiting: Sequence[_Waiting]) -> None:
        batch = [seen for one in waiting for seen in one.batch]
        try:
            for begin in range(0, len(batch), AT_ONCE):
                await self._take_in(workspace, batch[begin : begin + AT_ONCE])
        except Exception as error:  # noqa: BLE001 - whoever waits is told, and says so
            _tell(waiting, error)
        else:
            _tell(waiting, None)


def _next(queue: deque[_Waiting]) -> list[_Waiting]:
    """Take from a queue what fits into one transaction, and at least the first."""
    found = [queue.popleft()]
    room = AT_ONCE - len(found[0].batch)
    while queue and len(queue[0].batch) <= room:
        room -= len(queue[0].batch)
        found.append(queue.popleft())
    return found


def _tell(waiting: Sequence[_Waiting], error: Exception | None) -> None:
    """Let those go on who still wait."""
    for one in waiting:
        if one.done.done():
            continue
        if error is None:
            one.done.set_result(None)
        else:
            one.done.set_exception(error)
