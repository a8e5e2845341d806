"""Lets an export happen again, on a clock that leaps from alarm to alarm."""

from bisect import bisect_left
from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime, timedelta
from operator import attrgetter
from typing import Protocol

from adapters.replay.export import Export
from bot.calls import Observation
from bot.clock import SetClock

BATCH = 500  # observations in one transaction
LONGEST = timedelta(days=400)  # nothing waits so long after the last message
PATIENCE = 20  # leaps to the same instant

Leap = Callable[[datetime], Awaitable[None]]
NextAt = Callable[[], Awaitable[datetime | None]]


class Core(Protocol):
    """What a replay needs of the core."""

    async def ingest(self, batch: Sequence[Observation], /) -> object:
        """Take observations in."""
        ...


async def replay(
    export: Export,
    core: Core,
    clock: SetClock,
    leap: Leap,
    next_at: NextAt,
    *,
    window: timedelta,
    progress: Callable[[int], None],
) -> None:
    """Feed an export to the core and let everything ring that is due on the way, at last until nothing is.

    `leap(instant)` moves the clock there and lets ring and go out what is due until then; `next_at()` is when
    something will be due. `window`: no observation sets an alarm earlier than this after itself, so that what
    happens within it can be taken in at once. `progress` is told how many observations were taken in since it
    was last told.
    """
    seen, done = export.observations, 0
    while done < len(seen):
        first = seen[done].at
        alarm = await _rung(first, leap, next_at)
        end = _end(seen, done, first + window if alarm is None else min(first + window, alarm))
        clock.move_to(seen[end - 1].at)
        await core.ingest(seen[done:end])
        progress(end - done)
        done = end
    if seen:
        await _ring_out(seen[-1].at + LONGEST, leap, next_at)


def _end(seen: Sequence[Observation], start: int, before: datetime) -> int:
    """Return where the batch from `start` on ends: before an instant, but never empty."""
    end = bisect_left(seen, before, start + 1, len(seen), key=attrgetter("at"))
    return min(end, start + BATCH)


async def _rung(instant: datetime, leap: Leap, next_at: NextAt) -> datetime | None:
    """Let ring what is due until `instant`; return when something is due after that."""
    alarm = await next_at()
    if alarm is None or alarm > instant:
        return alarm
    await leap(instant)
    return await next_at()


async def _ring_out(last: datetime, leap: Leap, next_at: NextAt) -> None:
    """Leap on until nothing is due. Raises RuntimeError if an alarm rings for ever."""
    before, still = None, 0
    while (at := await next_at()) is not None and at <= last:
        still = still + 1 if at == before else 0
        if still > PATIENCE:
            raise RuntimeError(f"what was due at {at} is still due")
        before = at
        await leap(at)
