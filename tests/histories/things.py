"""What there is in the model: pairings, sessions, what is to be written about them, goals."""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from bot.calendar import Pause

Key = tuple[int, str, str]  # of a sheet: its session, who is to write, the form

HOUR = timedelta(hours=1)
LENGTH = HOUR  # of all sessions
NEVER = datetime(9000, 1, 1, tzinfo=UTC)
OPEN, OVER = ("approval", "proposed"), ("booked", "held", "not_held", "unclear")
FORMS = (("mentor-feedback", "notes"), ("feedback",))  # of the mentor, of the mentee


@dataclass
class Pair:
    """A mentor and a mentee."""

    id: int
    sides: tuple[str, str]
    ended: bool = False
    rests: list[Pause] = field(default_factory=list)

    def other(self, user: str) -> str:
        """Return the other one."""
        return self.sides[user == self.sides[0]]

    def rests_at(self, at: datetime) -> bool:
        """Tell whether nothing is asked of them."""
        return any(rest.since <= at and (rest.until is None or at < rest.until) for rest in self.rests)


@dataclass
class Session:
    """A proposal, and what becomes of it; `replaces` is what it is to move."""

    id: int
    pair: Pair
    by: str
    made: datetime
    times: tuple[datetime, ...] = ()
    state: str = "proposed"
    replaces: "Session | None" = None
    start: datetime = NEVER
    round: int = 1
    sequence: int = 0
    short: bool = False
    approved: bool = False
    decided: bool = False
    noted: bool = False
    words: dict[str, tuple[str, str]] = field(default_factory=dict)  # of each: the answer, and the reason

    @property
    def end(self) -> datetime:
        """When a session is over that has a time."""
        return self.start + LENGTH

    def comes(self, now: datetime) -> bool:
        """Tell whether it is booked and not over."""
        return self.state == "booked" and self.end > now

    def is_open_to_answers(self, now: datetime) -> bool:
        """Tell whether the two may say how it was."""
        return self.state in OVER and self.start <= now and not self.decided and not self.pair.ended

    def needs_decision(self) -> bool:
        """Tell whether a coordinator is asked: they differ, or one waited and the other says nothing to that."""
        answers, reasons = {answer for answer, _ in self.words.values()}, {reason for _, reason in self.words.values()}
        waited = self.state == "not_held" and "waited" in reasons and "couldnt" not in reasons
        return not self.decided and (self.state == "unclear" or (waited and "moved" not in answers))

    def missed_by(self) -> set[str]:
        """Return who missed it without notice."""
        if self.state != "not_held" or any(answer == "moved" for answer, _ in self.words.values()):
            return set()
        missed, waited = ({user for user, (_, why) in self.words.items() if why == of} for of in ("couldnt", "waited"))
        return set(self.pair.sides) - waited if self.decided and waited and not missed else missed


@dataclass
class Sheet:
    """Something to be written: from `due` on its writer is asked, `at_once` if they said that they met."""

    due: datetime
    at_once: bool
    done: datetime | None = None
    withdrawn: bool = False

    @property
    def waits(self) -> bool:
        """Whether it is still to be written."""
        return self.done is None and not self.withdrawn


@dataclass
class Goal:
    """A goal, and when it was last heard of."""

    id: int
    pair: Pair
    heard: datetime
    active: bool = True
