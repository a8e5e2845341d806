"""Sessions, the times that are proposed for them, their goals, and what each side says afterwards: tables, records.

Their queries are in storage/sessions.py and storage/session_words.py.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from sqlalchemy import Boolean, Column, ForeignKey, Index, Integer, String, Table

from storage.schema import Id, Instant, metadata

sessions = Table(
    "session",
    metadata,
    Column("id", Id, primary_key=True),
    Column("program_id", ForeignKey("program.id"), nullable=False),
    Column("pairing_id", ForeignKey("pairing.id"), nullable=False),
    Column("by_id", ForeignKey("member.id"), nullable=False),
    Column("state", String, nullable=False),
    Column("starts_at", Instant),
    Column("minutes", Integer, nullable=False),
    Column("link", String),
    Column("agenda", String, nullable=False),
    Column("prepare", String, nullable=False),
    Column("replaces_id", ForeignKey("session.id")),
    Column("uid", String, nullable=False, unique=True),
    Column("sequence", Integer, nullable=False),
    Column("round", Integer, nullable=False),
    Column("made_at", Instant, nullable=False),
    Column("sent_at", Instant),
    Column("asked_at", Instant),
    Column("answer_by", Instant),
    Column("approved_by_id", ForeignKey("member.id")),
    Column("booked_at", Instant),
    Column("moved_by_id", ForeignKey("member.id")),
    Column("moved_at", Instant),
    Column("ended_by_id", ForeignKey("member.id")),
    Column("ended_at", Instant),
    Column("ended_words", String, nullable=False),
    Column("short_notice", Boolean, nullable=False),
    Column("logged", Boolean, nullable=False),
    Column("recording_mentor_at", Instant),
    Column("recording_mentee_at", Instant),
    Column("held_at", Instant),
    Column("decided_by_id", ForeignKey("member.id")),
    Column("decided_at", Instant),
    Column("talks_id", ForeignKey("member.id")),
    Index("ix_session_pairing", "pairing_id", "starts_at"),
    Index("ix_session_state", "program_id", "state", "starts_at"),
    Index("ix_session_replaces", "replaces_id"),
    sqlite_autoincrement=True,
)

times = Table(
    "session_time",
    metadata,
    Column("id", Id, primary_key=True),
    Column("program_id", ForeignKey("program.id"), nullable=False),
    Column("session_id", ForeignKey("session.id"), nullable=False, index=True),
    Column("place", Integer, nullable=False),
    Column("starts_at", Instant, nullable=False),
    Column("typed", String, nullable=False),
    sqlite_autoincrement=True,
)

session_goals = Table(
    "session_goal",
    metadata,
    Column("session_id", ForeignKey("session.id"), primary_key=True),
    Column("goal_id", ForeignKey("goal.id"), primary_key=True),
    Column("program_id", ForeignKey("program.id"), nullable=False),
    Index("ix_session_goal_goal", "goal_id"),
)

words = Table(
    "session_word",
    metadata,
    Column("session_id", ForeignKey("session.id"), primary_key=True),
    Column("member_id", ForeignKey("member.id"), primary_key=True),
    Column("program_id", ForeignKey("program.id"), nullable=False),
    Column("answer", String),
    Column("reason", String),
    Column("late_minutes", Integer),
    Column("at", Instant, nullable=False),
    Index("ix_session_word_member", "member_id", "at"),
)

ALARMS = "sessions."  # what the kinds of all alarms begin with whose subject is a session
ANSWER_ALARM = "sessions.answer"


class State(StrEnum):
    """Where a session stands; which steps there are is said by bot/sessions/rules.py.

    Draft: typed, not yet confirmed. Approval: it waits for a coordinator's yes. Agreed: a proposal of other times for
    a session that is booked, which has them by now. Unclear: the two say different things, a coordinator decides.
    """

    DRAFT = "draft"
    APPROVAL = "approval"
    PROPOSED = "proposed"
    AGREED = "agreed"
    BOOKED = "booked"
    DECLINED = "declined"
    EXPIRED = "expired"
    CANCELLED = "cancelled"
    HELD = "held"
    NOT_HELD = "not_held"
    UNCLEAR = "unclear"


OPEN = frozenset({State.APPROVAL, State.PROPOSED})


class Answer(StrEnum):
    """What one side says to "Did you two meet today?"."""

    YES = "yes"
    MOVED = "moved"
    NO = "no"


class Reason(StrEnum):
    """Why it was no meeting, seen by coordinators alone: I couldn't, I waited, technical problem, rather not say."""

    COULDNT = "couldnt"
    WAITED = "waited"
    TECHNICAL = "technical"
    UNSAID = "unsaid"


@dataclass(frozen=True, slots=True)
class NewSession:
    """What somebody typed to propose a session, or to log one. `replaces_id`: the proposal or session to be changed."""

    pairing_id: int
    by_id: int
    minutes: int
    link: str | None = None
    agenda: str = ""
    prepare: str = ""
    replaces_id: int | None = None


@dataclass(frozen=True, slots=True)
class Session:
    """A session, from its proposal on. Its agenda, and the words of a cancellation, are not in it: `Sessions.texts`.

    `by_id` proposed it, or the times that are proposed now, which are in `session_time`; the other side is asked.
    `replaces_id`: it proposes other times for that session, which is booked (as a draft: or for a proposal).
    `round` counts how often times were proposed, `sequence` how often the booked time changed (RFC 5545), `uid` is the
    calendar's name for it. `asked_at`: when the proposal reached whoever is asked; `answer_by`: when it expires.
    `approved_by_id`: the coordinator who let it go on. `ended_by_id`, `ended_at`: who declined, withdrew or cancelled
    it, and when; `short_notice`: later than the policy asks for. `logged`: it was never booked. `recording_…_at`: since
    when that side agrees to a recording. `held_at`: when it was first said that they met. `decided_by_id`: the
    coordinator who decided whether they did. `talks_id`: the one who talks to the two before a proposal goes on.
    """

    id: int
    pairing_id: int
    by_id: int
    state: State
    starts_at: datetime | None
    minutes: int
    link: str | None
    replaces_id: int | None
    uid: str
    sequence: int
    round: int
    made_at: datetime
    sent_at: datetime | None
    asked_at: datetime | None
    answer_by: datetime | None
    approved_by_id: int | None
    booked_at: datetime | None
    moved_by_id: int | None
    moved_at: datetime | None
    ended_by_id: int | None
    ended_at: datetime | None
    short_notice: bool
    logged: bool
    recording_mentor_at: datetime | None
    recording_mentee_at: datetime | None
    held_at: datetime | None
    decided_by_id: int | None
    decided_at: datetime | None
    talks_id: int | None = None

    @property
    def length(self) -> timedelta:
        """How long it lasts."""
        return timedelta(minutes=self.minutes)

    @property
    def ends_at(self) -> datetime | None:
        """When it ends; None before it has a time."""
        return None if self.starts_at is None else self.starts_at + self.length

    @property
    def is_recorded(self) -> bool:
        """Whether both sides agree to a recording."""
        return self.recording_mentor_at is not None and self.recording_mentee_at is not None


@dataclass(frozen=True, slots=True)
class Texts:
    """What the two wrote about a session; the link is in `Session`."""

    agenda: str
    prepare: str
    ended_words: str = ""


@dataclass(frozen=True, slots=True)
class NewTime:
    """A time to propose: which of the three it is, and what was typed.

    While it isn't clear which time is meant there are several of one place.
    """

    place: int
    starts_at: datetime
    typed: str


@dataclass(frozen=True, slots=True)
class Time:
    """A proposed time of a session."""

    id: int
    session_id: int
    place: int
    starts_at: datetime
    typed: str


@dataclass(frozen=True, slots=True)
class Word:
    """What one side says of a session that is over: whether they met, if not why, and how late they were themselves."""

    session_id: int
    member_id: int
    answer: Answer | None
    reason: Reason | None
    late_minutes: int | None
    at: datetime
