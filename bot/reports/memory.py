"""What the reports keep in memory alone, for each bot of its own: messages in hand, and how often somebody tried."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from weakref import WeakKeyDictionary

from bot.context import House
from bot.reports.held import Held
from bot.reports.limits import Limits, Rate

SENT = Rate(5, timedelta(days=1))
ADDED = Rate(20, timedelta(hours=1))
TRIED = Rate(10, timedelta(hours=1))  # wrong codes; there are 10²⁵


@dataclass(frozen=True, slots=True)
class Memory:
    """What is in memory: messages that are to be reported, how often reports were sent or added to, and codes tried.

    `written`: what responders wrote while somebody else wrote.
    """

    messages: Held = field(default_factory=Held)
    written: Held = field(default_factory=Held)
    sent: Limits = field(default_factory=lambda: Limits(SENT))
    added: Limits = field(default_factory=lambda: Limits(ADDED))
    tried: Limits = field(default_factory=lambda: Limits(TRIED))

    def tidy(self, now: datetime) -> None:
        """Keep nothing that is too old."""
        for one in (self.messages, self.written, self.sent, self.added, self.tried):
            one.tidy(now)


_MEMORIES: WeakKeyDictionary[House, Memory] = WeakKeyDictionary()


def memory(house: House) -> Memory:
    """Return the memory of a bot."""
    return _MEMORIES.setdefault(house, Memory())
