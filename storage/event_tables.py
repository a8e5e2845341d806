"""Community events, and who says that they come, and who was there: tables and records.

Their queries are in storage/events.py.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from sqlalchemy import Boolean, Column, ForeignKey, Index, Integer, String, Table

from storage.schema import Id, Instant, metadata

events = Table(
    "event",
    metadata,
    Column("id", Id, primary_key=True),
    Column("program_id", ForeignKey("program.id"), nullable=False),
    Column("by_id", ForeignKey("member.id")),
    Column("replaces_id", ForeignKey("event.id")),
    Column("state", String, nullable=False),
    Column("kind", String, nullable=False),
    Column("title", String, nullable=False),
    Column("about", String, nullable=False),
    Column("venue", String, nullable=False),
    Column("typed", String, nullable=False),
    Column("starts_at", Instant),
    Column("minutes", Integer, nullable=False),
    Column("code", String, nullable=False),
    Column("uid", String, nullable=False),
    Column("changes", Integer, nullable=False),
    Column("sequence", Integer, nullable=False),
    Column("made_at", Instant, nullable=False),
    Column("announced_at", Instant),
    Column("ended_at", Instant),
    Column("ended_words", String, nullable=False),
    Index("ix_event_program_id_starts_at", "program_id", "starts_at"),
    Index("ix_event_replaces", "replaces_id"),
    sqlite_autoincrement=True,
)

guests = Table(
    "event_guest",
    metadata,
    Column("event_id", ForeignKey("event.id"), primary_key=True),
    Column("member_id", ForeignKey("member.id"), primary_key=True),
    Column("program_id", ForeignKey("program.id"), nullable=False),
    Column("made_at", Instant, nullable=False),
    Column("coming", Boolean),
    Column("attended_at", Instant),
    Column("decided", Boolean, nullable=False),
    Column("wrong_codes", Integer, nullable=False),
    Index("ix_event_guest_member", "member_id"),
)


class Kind(StrEnum):
    """What sort of event it is."""

    CIRCLE = "circle"
    TRAINING = "training"
    WEBINAR = "webinar"
    OTHER = "other"


class State(StrEnum):
    """Where an event stands. A draft is a new one, or one that is to be put in the place of another."""

    DRAFT = "draft"
    ANNOUNCED = "announced"
    CALLED_OFF = "called_off"


@dataclass(frozen=True, slots=True)
class Plan:
    """What a coordinator says of an event. `typed` is its time as it was written; `starts_at` None: not clear yet."""

    kind: Kind
    title: str
    about: str
    venue: str
    typed: str
    starts_at: datetime | None
    minutes: int


@dataclass(frozen=True, slots=True)
class Event:
    """A community event.

    `changes` counts all its changes, `sequence` those of which whoever comes is told: another time or place. A draft
    that `replaces_id` has the `changes` of that event as they were when it was opened. `by_id` is None once whoever
    announced it is forgotten.
    """

    id: int
    by_id: int | None
    replaces_id: int | None
    state: State
    kind: Kind
    title: str
    about: str
    venue: str
    typed: str
    starts_at: datetime | None
    minutes: int
    code: str
    uid: str
    changes: int
    sequence: int
    made_at: datetime
    announced_at: datetime | None
    ended_at: datetime | None
    ended_words: str

    @property
    def ends_at(self) -> datetime | None:
        """When it is over."""
        return None if self.starts_at is None else self.starts_at + timedelta(minutes=self.minutes)


@dataclass(frozen=True, slots=True)
class Guest:
    """Whether a member says that they come (None: they said nothing), and since when it is noted that they were there.

    `decided`: by a coordinator, so that no code changes it. `wrong_codes`: how often they typed one that wasn't right.
    """

    event_id: int
    member_id: int
    made_at: datetime
    coming: bool | None
    attended_at: datetime | None
    decided: bool
    wrong_codes: int
