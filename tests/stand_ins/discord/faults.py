"""What goes wrong on demand."""

import asyncio
from dataclasses import dataclass


@dataclass
class Fault:
    """Befalls the next `times` requests to a route (`*`: to any) that concern a channel (None: any).

    With a `status` it is an HTTP error, without one a lost connection: `after` the work was done, so that only the
    answer is lost, or before. `hold` lets the request wait until it is set.
    """

    route: str
    status: int = 0
    retry_after: float = 0
    via: bool = True
    everywhere: bool = False
    channel: str | None = None
    times: int = 1
    after: bool = False
    hold: asyncio.Event | None = None

    def befalls(self, route: str, channel: str | None) -> bool:
        """Tell whether it is this request's turn."""
        return self.times > 0 and self.route in ("*", route) and self.channel in (None, channel)


class Faults:
    """The faults that are yet to come. A route is called as Discord describes it: `GET /channels/{channel_id}`."""

    def __init__(self) -> None:
        """Begin without any."""
        self.coming: list[Fault] = []

    def take(self, route: str, channel: str | None) -> Fault | None:
        """Return what befalls a request, and count it."""
        found = next((fault for fault in self.coming if fault.befalls(route, channel)), None)
        if found is not None:
            found.times -= 1
        return found

    def limits(
        self,
        route: str,
        seconds: float = 1,
        *,
        via: bool = True,
        everywhere: bool = False,
        channel: str | None = None,
        times: int = 1,
    ) -> Fault:
        """Answer 429; without `via` as Cloudflare does to those it has banned, `everywhere` as the global limit."""
        return self._add(Fault(route, 429, seconds, via, everywhere, channel, times))

    def breaks(
        self, route: str, status: int = 500, *, after: bool = False, channel: str | None = None, times: int = 1
    ) -> Fault:
        """Answer 500, 502, 503 or 504, without JSON; `after` the work was done, or before."""
        return self._add(Fault(route, status, after=after, channel=channel, times=times))

    def drops(self, route: str, *, after: bool = False, channel: str | None = None, times: int = 1) -> Fault:
        """Drop the connection, before anything was done or after."""
        return self._add(Fault(route, after=after, channel=channel, times=times))

    def holds(self, route: str, *, after: bool = False, channel: str | None = None, times: int = 1) -> asyncio.Event:
        """Let requests wait until the event that is returned is set; `after` the work was done, or before."""
        until = asyncio.Event()
        self._add(Fault(route, channel=channel, times=times, after=after, hold=until))
        return until

    def clear(self) -> None:
        """Let everything go well from now on."""
        self.coming.clear()

    def _add(self, fault: Fault) -> Fault:
        self.coming.append(fault)
        return fault
