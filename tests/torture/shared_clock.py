"""One clock for all processes, as a machine has: eight bytes of a file that everybody maps."""

import mmap
import struct
from datetime import UTC, datetime, timedelta
from pathlib import Path

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_INSTANT = struct.Struct("q")


class SharedClock:
    """A clock that stands where the driver of the torture has put it; it can go back, as clocks do."""

    def __init__(self, file: Path) -> None:
        """Look at the clock in `file`, which is made if it isn't there."""
        if not file.exists():
            file.write_bytes(_INSTANT.pack(0))
        with file.open("r+b") as opened:
            self._memory = mmap.mmap(opened.fileno(), _INSTANT.size)

    def now(self) -> datetime:
        """Return the instant at which it stands."""
        (micros,) = _INSTANT.unpack_from(self._memory)
        return EPOCH + timedelta(microseconds=micros)

    def set(self, instant: datetime) -> None:
        """Put it at an instant, for all processes at once."""
        _INSTANT.pack_into(self._memory, 0, (instant - EPOCH) // timedelta(microseconds=1))
