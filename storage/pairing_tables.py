"""Pairings and their spaces: tables and records; the queries are in storage/pairings.py."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Column, ForeignKey, Index, Integer, Select, String, Table, UniqueConstraint, or_, select

from storage.schema import Id, Instant, metadata

pairings = Table(
    "pairing",
    metadata,
    Column("id", Id, primary_key=True),
    Column("program_id", ForeignKey("program.id"), nullable=False, index=True),
    Column("mentor_id", ForeignKey("member.id"), nullable=False),
    Column("mentee_id", ForeignKey("member.id"), nullable=False),
    Column("coordinator_id", ForeignKey("member.id")),
    Column("pace_seconds", Integer),
    Column("made_at", Instant),
    Column("ended_at", Instant),
    UniqueConstraint("program_id", "mentor_id", "mentee_id"),
    Index("ix_pairing_mentee", "mentee_id"),
    Index("ix_pairing_mentor", "mentor_id"),
    sqlite_autoincrement=True,
)

spaces = Table(
    "space",
    metadata,
    Column("id", Id, primary_key=True),
    Column("program_id", ForeignKey("program.id"), nullable=False),
    Column("pairing_id", ForeignKey("pairing.id"), nullable=False, index=True),
    Column("platform", String, nullable=False),
    Column("workspace", String, nullable=False),
    Column("channel", String, nullable=False),
    Column("closed_at", Instant),
    Column("lost_at", Instant),
    UniqueConstraint("platform", "workspace", "channel"),
    sqlite_autoincrement=True,
)


@dataclass(frozen=True, slots=True)
class Place:
    """A channel or thread on a platform."""

    platform: str
    workspace: str
    channel: str


@dataclass(frozen=True, slots=True)
class Space:
    """A place that belongs to a pairing. `lost_at`: since when the bot doesn't see it any more."""

    id: int
    pairing: "Pairing"
    place: Place
    lost_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Pairing:
    """One mentor and one mentee. `pace` is the time to answer that they agreed on; None stands for the policy's."""

    id: int
    mentor_id: int
    mentee_id: int
    coordinator_id: int | None = None
    pace: timedelta | None = None
    ended_at: datetime | None = None
    made_at: datetime | None = None

    @property
    def sides(self) -> tuple[int, int]:
        """The mentor and the mentee."""
        return self.mentor_id, self.mentee_id

    def other(self, member_id: int) -> int | None:
        """Return the other side of the pairing; None for whoever is no side of it."""
        return {self.mentor_id: self.mentee_id, self.mentee_id: self.mentor_id}.get(member_id)


@dataclass(frozen=True, slots=True)
class NewPairing:
    """A pairing to be made."""

    mentor_id: int
    mentee_id: int
    coordinator_id: int | None = None


def pairings_of(program: int, member_id: int) -> Select[tuple[int]]:
    """Select the ids of the pairings that a member is a side of: what hangs on them goes when the member goes."""
    sides = or_(pairings.c.mentor_id == member_id, pairings.c.mentee_id == member_id)
    return select(pairings.c.id).where(pairings.c.program_id == program, sides)
