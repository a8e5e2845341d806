"""What the two of a pairing want to reach, and what they said of it on the way: tables and records.

Their queries are in storage/goals.py.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import Boolean, Column, ForeignKey, Index, Integer, String, Table

from storage.schema import Id, Instant, metadata

PARTS = ("specific", "measurable", "achievable", "relevant", "timed")

goals = Table(
    "goal",
    metadata,
    Column("id", Id, primary_key=True),
    Column("program_id", ForeignKey("program.id"), nullable=False, index=True),
    Column("pairing_id", ForeignKey("pairing.id"), nullable=False),
    Column("by_id", ForeignKey("member.id"), nullable=False),
    Column("text", String, nullable=False),
    *(Column(part, String) for part in PARTS),
    Column("state", String, nullable=False),
    Column("percent", Integer, nullable=False),
    Column("made_at", Instant, nullable=False),
    Column("moved_at", Instant, nullable=False),
    Column("closed_at", Instant),
    Column("closed_by", ForeignKey("member.id")),
    Column("heard_at", Instant, nullable=False),
    Column("reminded_at", Instant),
    Column("reminder", Integer, nullable=False),
    Column("in_vain", Integer, nullable=False),
    Column("pending", Boolean, nullable=False),
    Index("ix_goal_pairing", "pairing_id"),
    sqlite_autoincrement=True,
)

updates = Table(
    "goal_update",
    metadata,
    Column("id", Id, primary_key=True),
    Column("program_id", ForeignKey("program.id"), nullable=False),
    Column("goal_id", ForeignKey("goal.id"), nullable=False),
    Column("member_id", ForeignKey("member.id"), nullable=False),
    Column("percent", Integer, nullable=False),
    Column("line", String),
    Column("at", Instant, nullable=False),
    Index("ix_goal_update_goal", "goal_id"),
    sqlite_autoincrement=True,
)

ALARM = "goals.pairing"  # the kind of the alarms whose subject is a pairing with goals

Smart = tuple[str | None, str | None, str | None, str | None, str | None]
NOTHING: Smart = (None, None, None, None, None)


class State(StrEnum):
    """How it stands with a goal."""

    ACTIVE = "active"
    DONE = "done"
    DROPPED = "dropped"


@dataclass(frozen=True, slots=True)
class Goal:
    """What a pairing wants to reach. `smart` are the texts of `PARTS`, None where nothing was said yet.

    `moved_at`: when it was made, or last moved on. `closed_at`: when it was done or dropped.
    """

    id: int
    pairing_id: int
    by_id: int
    text: str
    smart: Smart
    state: State
    percent: int
    made_at: datetime
    moved_at: datetime
    closed_at: datetime | None
    closed_by: int | None

    @property
    def missing(self) -> tuple[str, ...]:
        """The parts that nothing was said of yet."""
        return tuple(part for part, text in zip(PARTS, self.smart, strict=True) if not text)


@dataclass(frozen=True, slots=True)
class Update:
    """How far a goal was when somebody said so, and their line about it if there is one."""

    goal_id: int
    member_id: int
    percent: int
    line: str | None
    at: datetime


@dataclass(frozen=True, slots=True)
class Reminding:
    """What the reminders of an active goal hang on; no text of it.

    `heard_at`: the last sign of life: made, moved on, changed, or "not just now". `reminded_at`: when the last
    reminder went out. `reminder` numbers it, and one that is `pending` hasn't gone out yet. `in_vain`: how many went
    out since the last sign of life.
    """

    goal_id: int
    pairing_id: int
    heard_at: datetime
    reminded_at: datetime | None
    reminder: int
    in_vain: int
    pending: bool


@dataclass(frozen=True, slots=True)
class Counts:
    """How many goals a pairing has, and when one last moved on: all that coordinators see."""

    active: int
    done: int
    dropped: int
    moved_at: datetime
