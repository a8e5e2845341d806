"""What goes wrong on demand. A request is called as its method; others `response_url`, `upload` and `download`."""

from dataclasses import dataclass

from tests.stand_ins import faults


@dataclass
class Fault(faults.Fault):
    """With a `code` it is an answer that isn't ok."""

    code: str = ""


class Faults(faults.Faults[Fault]):
    """The faults that are yet to come."""

    kind = Fault

    def limits(self, name: str, seconds: int = 1, *, channel: str | None = None, times: int = 1) -> Fault:
        """Answer 429 with Retry-After."""
        return self._add(Fault(name, 429, seconds, channel, times))

    def fails(self, name: str, code: str, *, channel: str | None = None, times: int = 1) -> Fault:
        """Answer `ok: false` with a code."""
        return self._add(Fault(name, code=code, channel=channel, times=times))
