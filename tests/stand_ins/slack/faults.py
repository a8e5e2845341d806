"""What goes wrong on demand."""

import asyncio
from dataclasses import dataclass

from tests.stand_ins.slack.errors import Json


@dataclass
class Fault:
    """Befalls the next `times` calls of a method (`*`: of any) that concern a channel, or a person (None: any).

    With a `status` it is an HTTP error, with a `code` an answer that isn't ok, with neither a lost connection:
    `after` the work was done, so that only the answer is lost, or before. `hold` lets the call wait until it is set.
    """

    method: str
    status: int = 0
    code: str = ""
    retry_after: int = 0
    channel: str | None = None
    times: int = 1
    after: bool = False
    hold: asyncio.Event | None = None

    def befalls(self, method: str, arguments: Json) -> bool:
        """Tell whether it is this call's turn."""
        about = (arguments.get(name) for name in ("channel", "channel_id", "users"))
        same = self.channel in (None, *about)
        return self.times > 0 and self.method in ("*", method) and same


class Faults:
    """The faults that are yet to come. Methods are called as in the Web API; a response_url is `response_url`."""

    def __init__(self) -> None:
        """Begin without any."""
        self.coming: list[Fault] = []

    def take(self, method: str, arguments: Json) -> Fault | None:
        """Return what befalls a call, and count it."""
        found = next((fault for fault in self.coming if fault.befalls(method, arguments)), None)
        if found is not None:
            found.times -= 1
        return found

    def limits(self, method: str, seconds: int = 1, *, channel: str | None = None, times: int = 1) -> Fault:
        """Answer 429 with Retry-After."""
        return self._add(Fault(method, status=429, retry_after=seconds, channel=channel, times=times))

    def breaks(self, method: str, status: int = 500, *, channel: str | None = None, times: int = 1) -> Fault:
        """Answer 500 or 503, without JSON."""
        return self._add(Fault(method, status=status, channel=channel, times=times))

    def fails(self, method: str, code: str, *, channel: str | None = None, times: int = 1) -> Fault:
        """Answer `ok: false` with a code."""
        return self._add(Fault(method, code=code, channel=channel, times=times))

    def drops(self, method: str, *, after: bool = False, channel: str | None = None, times: int = 1) -> Fault:
        """Drop the connection, before anything was done or after."""
        return self._add(Fault(method, after=after, channel=channel, times=times))

    def holds(self, method: str, *, channel: str | None = None, times: int = 1) -> asyncio.Event:
        """Let calls wait until the event that is returned is set."""
        until = asyncio.Event()
        self._add(Fault(method, channel=channel, times=times, hold=until))
        return until

    def clear(self) -> None:
        """Let everything go well from now on."""
        self.coming.clear()

    def _add(self, fault: Fault) -> Fault:
        self.coming.append(fault)
        return fault
