"""Badges, who earned them, and what members chose about them: tables and records.

Their queries are in storage/badges.py, storage/awards.py and storage/badge_choices.py.
"""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Boolean, Column, ForeignKey, Index, String, Table

from storage.editions import editions
from storage.schema import Id, Instant, metadata

badges = editions("badge")

awards = Table(
    "award",
    metadata,
    Column("id", Id, primary_key=True),
    Column("program_id", ForeignKey("program.id"), nullable=False),
    Column("member_id", ForeignKey("member.id"), nullable=False),
    Column("badge", String, nullable=False),
    Column("badge_id", ForeignKey("badge.id"), nullable=False),
    Column("key", String, nullable=False, unique=True),
    Column("made_at", Instant, nullable=False),
    Column("by_id", ForeignKey("member.id"), index=True),
    Column("by_hand", Boolean, nullable=False),
    Column("reason", String),
    Column("evidence", String, nullable=False),
    Column("words", String, nullable=False),
    Column("post_asked_at", Instant),
    Column("posted_at", Instant),
    Column("warned_at", Instant),
    Column("warned_until", Instant),
    Column("kept_until", Instant),
    Column("proposed_at", Instant),
    Column("proposal", String),
    Column("ended_at", Instant),
    Column("ended_by_id", ForeignKey("member.id"), index=True),
    Column("ended_reason", String),
    Index("ix_award_member", "member_id"),
    sqlite_autoincrement=True,
)
HELD = awards.c.ended_at.is_(None)
# However many processes judge at once, nobody has a badge twice.
Index(
    "ix_award_held",
    awards.c.program_id,
    awards.c.member_id,
    awards.c.badge,
    unique=True,
    postgresql_where=HELD,
    sqlite_where=HELD,
)

choices = Table(
    "badge_choice",
    metadata,
    Column("member_id", ForeignKey("member.id"), primary_key=True),
    Column("program_id", ForeignKey("program.id"), nullable=False),
    Column("post", Boolean),
    Column("asked_at", Instant),
)

days = Table(
    "badge_day",
    metadata,
    Column("member_id", ForeignKey("member.id"), primary_key=True),
    Column("day", String, primary_key=True),
    Column("program_id", ForeignKey("program.id"), nullable=False),
)

LOOK = "badges.look"  # the kind of the alarms whose subject is a member who is to be looked at


@dataclass(frozen=True, slots=True)
class NewAward:
    """A badge that somebody gets. `by_id` gives it by hand, for a `reason`; None: the figures did.

    `evidence` is what it rests on, `words` how the badge and its criteria were said then, both as JSON.
    """

    member_id: int
    badge: str
    badge_id: int
    evidence: str
    words: str
    by_id: int | None = None
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class Award:
    """A badge that somebody has, or had.

    `badge_id` is the version of the badge, `key` names its files. `by_hand`: a coordinator gave it, `by_id`, unless
    they were forgotten. `post_asked_at`: when its member was asked whether the others may hear of it; `posted_at`: when
    they did. `warned_at`: its member was told what is missing, and has time until `warned_until`. `proposed_at`:
    coordinators are asked whether it should end, on the evidence of `proposal`. `kept_until`: they kept it, and nobody
    is warned before then. `ended_at`: it was withdrawn, or given back.
    """

    id: int
    member_id: int
    badge: str
    badge_id: int
    key: str
    made_at: datetime
    by_id: int | None
    by_hand: bool
    reason: str | None
    evidence: str
    words: str
    post_asked_at: datetime | None = None
    posted_at: datetime | None = None
    warned_at: datetime | None = None
    warned_until: datetime | None = None
    kept_until: datetime | None = None
    proposed_at: datetime | None = None
    proposal: str | None = None
    ended_at: datetime | None = None
    ended_by_id: int | None = None
    ended_reason: str | None = None


@dataclass(frozen=True, slots=True)
class Choice:
    """What a member said of their badges: whether the others may hear of them (None: nothing), and when I asked."""

    post: bool | None = None
    asked_at: datetime | None = None
