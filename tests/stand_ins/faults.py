"""What goes wrong on demand, on whichever stand-in."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Generic, TypeVar

A = TypeVar("A")


@dataclass
class Fault:
    """Befalls the next `times` requests of a name (`*`: of any) that are about a channel or person (None: any).

    With a `status` it is an HTTP error, without one a lost connection: `after` the work was done, so that only the
    answer is lost, or before. `hold` lets the request wait until it is set, before the work or `after`.
    """

    name: str
    status: int = 0
    retry_after: float = 0
    channel: str | None = None
    times: int = 1
    after: bool = False
    hold: asyncio.Event | None = None

    def befalls(self, name: str, about: tuple[str | None, ...]) -> bool:
        """Tell whether it is this request's turn."""
        return self.times > 0 and self.name in ("*", name) and self.channel in (None, *about)


F = TypeVar("F", bound=Fault)


class Faults(Generic[F]):
    """The faults that are yet to come, of a stand-in's `kind`."""

    kind: type[F]

    def __init__(self) -> None:
        """Begin without any."""
        self.coming: list[F] = []

    async def around(
        self, name: str, *about: str | None, work: Callable[[], Awaitable[A]], broken: Callable[[F], A]
    ) -> A:
        """Do what a request asks for, unless a fault befalls it; `broken` is then its answer."""
        fault = self._take(name, about)
        if fault is None:
            return await work()
        answer = await work() if fault.after else None
        if fault.hold is not None:
            await fault.hold.wait()
            return await work() if answer is None else answer
        return broken(fault)

    def breaks(
        self, name: str, status: int = 500, *, after: bool = False, channel: str | None = None, times: int = 1
    ) -> F:
        """Answer 500, 502, 503 or 504, without JSON; `after` the work was done, or before."""
        return self._add(self.kind(name, status, after=after, channel=channel, times=times))

    def drops(self, name: str, *, after: bool = False, channel: str | None = None, times: int = 1) -> F:
        """Drop the connection, before anything was done or after."""
        return self._add(self.kind(name, after=after, channel=channel, times=times))

    def holds(self, name: str, *, after: bool = False, channel: str | None = None, times: int = 1) -> asyncio.Event:
        """Let requests wait until the event that is returned is set; `after` the work was done, or before."""
        until = asyncio.Event()
        self._add(self.kind(name, after=after, channel=channel, times=times, hold=until))
        return until

    def clear(self) -> None:
        """Let everything go well from now on."""
        self.coming.clear()

    def _take(self, name: str, about: tuple[str | None, ...]) -> F | None:
        """Return what befalls a request, and count it."""
        found = next((fault for fault in self.coming if fault.befalls(name, about)), None)
        if found is not None:
            found.times -= 1
        return found

    def _add(self, fault: F) -> F:
        self.coming.append(fault)
        return fault
