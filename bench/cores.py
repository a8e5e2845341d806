"""How busy this machine's processors are."""

import os
from dataclasses import dataclass
from pathlib import Path

_IDLE = (3, 4)  # the columns of /proc/stat: idle, and waiting for a disk
_TIMES = 8  # user, nice, system, idle, iowait, irq, softirq, steal


@dataclass(frozen=True, slots=True)
class Cores:
    """What all processors have done since the machine was started, in ticks."""

    busy: int
    all: int

    @classmethod
    def now(cls) -> "Cores":
        """Read it."""
        times = [int(word) for word in Path("/proc/stat").read_text("ascii").split("\n", 1)[0].split()[1 : _TIMES + 1]]
        return cls(sum(times) - sum(times[column] for column in _IDLE), sum(times))

    def used_since(self, before: "Cores") -> float:
        """Return how many processors were busy on average since then."""
        return number() * (self.busy - before.busy) / max(1, self.all - before.all)


def number() -> int:
    """Return how many processors there are."""
    return os.cpu_count() or 1
