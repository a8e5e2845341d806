"""A turn as a replay tells it."""

from dataclasses import dataclass
from datetime import datetime, timedelta


@dataclass(frozen=True, slots=True)
class TurnStory:
    """One turn in Slack's own ids: `author` opened it in `channel`, and it waited for `waiting_for`.

    `opened` is the opening message's own time, exact to the microsecond; `answered` is None if no answer ever
    came; `outcome` is the core's word for how it ended; `nudges` are the times at which a reminder went out.
    """

    channel: str
    author: str
    waiting_for: str
    opened: datetime
    answered: datetime | None
    outcome: str
    nudges: tuple[datetime, ...] = ()

    @property
    def took(self) -> timedelta | None:
        """How long the answer took, by the wall clock; None if none came."""
        return None if self.answered is None else self.answered - self.opened
