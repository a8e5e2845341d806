"""What goes wrong on demand. A request is called as Discord describes it: `GET /channels/{channel_id}`."""

from dataclasses import dataclass

from tests.stand_ins import faults


@dataclass
class Fault(faults.Fault):
    """A limit is told `via` Discord's own servers or by Cloudflare, and holds for one route or `everywhere`."""

    via: bool = True
    everywhere: bool = False


class Faults(faults.Faults[Fault]):
    """The faults that are yet to come."""

    kind = Fault

    def limits(
        self,
        name: str,
        seconds: float = 1,
        *,
        via: bool = True,
        everywhere: bool = False,
        channel: str | None = None,
        times: int = 1,
    ) -> Fault:
        """Answer 429; without `via` as Cloudflare does to those it has banned, `everywhere` as the global limit."""
        return self._add(Fault(name, 429, seconds, channel, times, via=via, everywhere=everywhere))
