"""What is to become of sessions, notes and feedback, said simply: a model that knows nothing of the bot's own rules.

Time goes in steps of ten minutes, and whatever is counted is counted step by step.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

STEP = timedelta(minutes=10)
DAY = timedelta(days=1)
HORIZON = timedelta(days=75)
FORMS = {"mentor": ("mentor-feedback", "notes"), "mentee": ("feedback",)}
OPEN = ("approval", "proposed")
OVER = ("booked", "held", "not_held", "unclear")
Span = tuple[datetime, datetime | None]


@lru_cache(maxsize=200_000)
def local(zone: str, at: datetime) -> datetime:
    """Return what a clock shows somewhere."""
    return at.astimezone(ZoneInfo(zone)).replace(tzinfo=None)


@dataclass
class Person:
    """Somebody who welcomes reminders from nine to half past seven on some days."""

    zone: str
    days: frozenset[int]
    pauses: list[Span] = field(default_factory=list)

    def welcomes(self, at: datetime) -> bool:
        """Tell whether a reminder is welcome."""
        clock = local(self.zone, at)
        hours = (9, 0) <= (clock.hour, clock.minute) < (19, 30)
        return hours and clock.weekday() in self.days and is_free(at, self.pauses)

    def welcome(self, begin: datetime, end: datetime) -> datetime | None:
        """Return the first time in a span at which a reminder is welcome."""
        return next((at for at in steps(begin, end) if self.welcomes(at)), None)

    def later(self, begin: datetime, span: timedelta, rests: list[Span]) -> datetime | None:
        """Return when so much time has passed, less days off and pauses."""
        at, end = begin, begin + HORIZON
        while span > timedelta(0):
            if at >= end:
                return None
            if local(self.zone, at).weekday() in self.days and is_free(at, self.pauses) and is_free(at, rests):
                span -= STEP
            at += STEP
        return at

    def midnight(self, at: datetime) -> datetime:
        """Return when the day ends in which somebody is."""
        while True:
            at += STEP
            if local(self.zone, at).time() < time(0, 10):
                return at


def is_free(at: datetime, pauses: list[Span]) -> bool:
    """Tell whether it is no pause."""
    return not any(since <= at and (until is None or at < until) for since, until in pauses)


def steps(begin: datetime, end: datetime) -> Iterator[datetime]:
    """Return all times from one to another, both included."""
    while begin <= end:
        yield begin
        begin += STEP


@dataclass
class Pair:
    """A mentor and a mentee."""

    mentor: str
    mentee: str
    ended: bool = False
    rests: list[Span] = field(default_factory=list)

    @property
    def sides(self) -> tuple[str, str]:
        """Both."""
        return self.mentor, self.mentee

    def other(self, user: str) -> str:
        """Return the other one."""
        return self.mentee if user == self.mentor else self.mentor


@dataclass
class Figures:
    """The figures of a policy that matter here."""

    answer_within: timedelta = timedelta(hours=48)
    notice: timedelta = timedelta(hours=3)
    missed: int = 2
    first: timedelta = DAY
    last: timedelta = timedelta(hours=1)
    asked_after: timedelta = STEP
    within: timedelta = timedelta(hours=48)
    first_after: timedelta = DAY
    last_after: timedelta = 3 * DAY


@dataclass
class Session:
    """A session, a proposal or a draft."""

    id: int
    pairing: int
    by: str
    times: list[datetime]
    minutes: int
    made: datetime
    replaces: int | None = None
    state: str = "draft"
    start: datetime | None = None
    round: int = 1
    sent: datetime | None = None
    asked: datetime | None = None
    sequence: int = 0
    short: bool = False
    approved: bool = False
    decided: bool = False
    words: dict[str, tuple[str, str | None]] = field(default_factory=dict)
    logger: str | None = None

    @property
    def end(self) -> datetime:
        """When it ends, if it has a time."""
        assert self.start is not None
        return self.start + timedelta(minutes=self.minutes)

    def is_over(self, now: datetime) -> bool:
        """Tell whether it is over."""
        return self.start is not None and self.end <= now

    def begins_after(self, now: datetime) -> bool:
        """Tell whether it is booked and hasn't begun."""
        return self.state == "booked" and self.start is not None and self.start > now

    def is_coming(self, now: datetime) -> bool:
        """Tell whether it is booked and not over."""
        return self.state == "booked" and not self.is_over(now)


@dataclass
class Sheet:
    """What somebody is to write about a session."""

    number: int
    made: datetime
    delivered: datetime | None = None
    reminders: list[datetime] = field(default_factory=list)
    done: datetime | None = None
    empty: bool = False
    draft: bool = False
    withdrawn: bool = False
    due: datetime | None = None
    by: Figures | None = None

    @property
    def waits(self) -> bool:
        """Whether it is still to be written."""
        return self.done is None and not self.withdrawn
