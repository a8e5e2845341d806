"""Turns, what people said about them, and the nudges that were sent for them: tables and records.

Their queries are in storage/nudges.py.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import (
    Boolean,
    Column,
    ColumnElement,
    ForeignKey,
    FromClause,
    Index,
    Integer,
    String,
    Table,
    UniqueConstraint,
    func,
    literal_column,
)

from storage.schema import Id, Instant, metadata

turns = Table(
    "turn",
    metadata,
    Column("id", Id, primary_key=True),
    Column("program_id", ForeignKey("program.id"), nullable=False),
    Column("pairing_id", ForeignKey("pairing.id"), nullable=False),
    Column("space_id", ForeignKey("space.id"), nullable=False),
    Column("opener", String, nullable=False),
    Column("asker_id", ForeignKey("member.id"), nullable=False),
    Column("answerer_id", ForeignKey("member.id"), nullable=False),
    Column("opened_at", Instant, nullable=False),
    Column("waiting_since", Instant, nullable=False),
    Column("closed_at", Instant),
    Column("outcome", String, nullable=False),
    Column("put_off_at", Instant),
    Column("remind_at", Instant),
    Column("reopened", Integer, nullable=False),
    Column("wanted", Boolean, nullable=False),
    Column("fresh", Boolean, nullable=False),
    Column("limit_at", Instant),
    Column("version", Integer),
    Column("told_at", Instant),
    UniqueConstraint("space_id", "opener"),
    Index("ix_turn_pairing_opened", "pairing_id", "opened_at"),
    Index("ix_turn_answerer_opened", "answerer_id", "opened_at"),
    sqlite_autoincrement=True,
)
Index(
    "ix_turn_open",
    turns.c.answerer_id,
    postgresql_where=turns.c.closed_at.is_(None),
    sqlite_where=turns.c.closed_at.is_(None),
)

marks = Table(
    "mark",
    metadata,
    Column("id", Id, primary_key=True),
    Column("program_id", ForeignKey("program.id"), nullable=False),
    Column("pairing_id", ForeignKey("pairing.id"), nullable=False),
    Column("space_id", ForeignKey("space.id"), nullable=False),
    Column("external", String, nullable=False),
    Column("member_id", ForeignKey("member.id"), nullable=False),
    Column("kind", String, nullable=False),
    Column("at", Instant, nullable=False),
    Column("until", Instant),
    Index("ix_mark_pairing_at", "pairing_id", "at"),
    sqlite_autoincrement=True,
)

nudges = Table(
    "nudge",
    metadata,
    Column("turn_id", ForeignKey("turn.id"), primary_key=True),
    Column("reopened", Integer, primary_key=True),
    Column("rung", Integer, primary_key=True),
    Column("program_id", ForeignKey("program.id"), nullable=False),
    Column("sent_at", Instant),
    Column("failed_at", Instant),
)


def until(table: FromClause) -> ColumnElement[datetime]:
    """Return until when a turn of this table, or alias of it, waited: for ever if it is open."""
    return func.coalesce(table.c.closed_at, literal_column("9223372036854775807"), type_=Instant)


Index("ix_turn_pairing_until", turns.c.pairing_id, until(turns))

JUST_AFTER = timedelta(microseconds=1)  # a turn that a message opened is known from then on
ALARM = "nudges.turn"  # the kind of the alarms whose subject is a turn


class Outcome(StrEnum):
    """How a turn stands, or ended."""

    OPEN = "open"
    ANSWERED = "answered"
    REACTED = "reacted"
    NOT_NEEDED = "not_needed"
    ELSEWHERE = "elsewhere"
    NO_HURRY = "no_hurry"
    WITHDRAWN = "withdrawn"
    ENDED = "ended"


class Mark(StrEnum):
    """What somebody said about a message that waits."""

    WANTED = "wanted"
    NO_HURRY = "no_hurry"
    NOT_NEEDED = "not_needed"
    ELSEWHERE = "elsewhere"
    LATER = "later"
    ENDED = "ended"


@dataclass(frozen=True, slots=True)
class TurnFacts:
    """What the messages of a pairing say of one turn: all that is worked out anew when a message changes.

    `opener` is the platform's id of the message that opened it, `waiting_since` the start of its clock (later than
    `opened_at` if it was reopened), `put_off_at` when the other side said "seen", `remind_at` when they asked to be
    reminded. `wanted`: its writer said that it waits. `fresh`: it began after a full quiet time, so that nothing
    before it plays a part in it or after it.
    """

    pairing_id: int
    space_id: int
    opener: str
    asker_id: int
    answerer_id: int
    opened_at: datetime
    waiting_since: datetime
    closed_at: datetime | None = None
    outcome: Outcome = Outcome.OPEN
    put_off_at: datetime | None = None
    remind_at: datetime | None = None
    reopened: int = 0
    wanted: bool = False
    fresh: bool = False


@dataclass(frozen=True, slots=True)
class Turn:
    """A turn: its facts, when an answer would be late (None until a reminder was sent), when coordinators were told.

    `version` is that of the figures by which `limit_at` was worked out.
    """

    id: int
    facts: TurnFacts
    limit_at: datetime | None
    told_at: datetime | None
    version: int | None = None


@dataclass(frozen=True, slots=True)
class NudgeRow:
    """A nudge of a turn: which one since the turn was last reopened, and when it went out or turned out impossible."""

    reopened: int
    rung: int
    sent_at: datetime | None = None
    failed_at: datetime | None = None

    @property
    def pending(self) -> bool:
        """Whether it is still to go out."""
        return self.sent_at is None and self.failed_at is None


@dataclass(frozen=True, slots=True)
class MarkRow:
    """What a member said about the message `external`, and when; `until` belongs to `LATER`."""

    pairing_id: int
    space_id: int
    external: str
    member_id: int
    kind: Mark
    at: datetime
    until: datetime | None = None


_FACTS = tuple(TurnFacts.__dataclass_fields__)
_OUTCOME = _FACTS.index("outcome")
JUDGED = (turns.c.limit_at, turns.c.told_at, turns.c.version)
TURN = (turns.c.id, *JUDGED, *(turns.c[name] for name in _FACTS))


def read_turn(row: Sequence[Any]) -> Turn:
    """Return the turn of a row of the columns `TURN`."""
    id_, limit_at, told_at, version, *facts = row
    facts[_OUTCOME] = Outcome(facts[_OUTCOME])
    return Turn(id_, TurnFacts(*facts), limit_at, told_at, version)
