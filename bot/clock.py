"""Time as a port: nothing in bot/ asks the operating system for it."""

from datetime import UTC, datetime, timedelta
from typing import Protocol


class Clock(Protocol):
    """Tells the time."""

    def now(self) -> datetime:
        """Return this instant, aware, in UTC."""
        ...


class MovableClock:
    """The machine's clock plus a distance that can grow: for the playground."""

    def __init__(self, ahead: timedelta = timedelta(0)) -> None:
        """Start `ahead` of the machine's clock."""
        self.ahead = ahead

    def now(self) -> datetime:
        """Return this instant, aware, in UTC."""
        return datetime.now(UTC) + self.ahead

    def move_to(self, instant: datetime) -> None:
        """Leap ahead to `instant`; a clock never goes back, so an earlier one changes nothing."""
        self.ahead = max(self.ahead, instant - datetime.now(UTC))


class SetClock:
    """A clock that stands still until it is moved: for replays and tests."""

    def __init__(self, instant: datetime) -> None:
        """Stand at `instant`."""
        self._instant = instant

    def now(self) -> datetime:
        """Return the instant at which it stands."""
        return self._instant

    def move_to(self, instant: datetime) -> None:
        """Leap ahead to `instant`; an earlier one changes nothing."""
        self._instant = max(self._instant, instant)
