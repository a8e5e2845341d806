"""Private reports, as they lie at rest: sealed, with times cut to the hour and ids that tell no order; and their keys.

Tables and records; their queries are in storage/cases.py and storage/responders.py.
"""

import secrets
from dataclasses import dataclass
from datetime import datetime
from enum import IntEnum

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    String,
    Table,
    UniqueConstraint,
)

from storage.schema import Instant, metadata

RECOVERY = "recovery"  # the readers of a wrapped secret who are no members
OUTSIDE = "outside"
IDS = 10**18  # ids are drawn by lot below this, so that neither they nor the order of rows tell what came first
ALPHABET = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"  # none that looks like another one: no I, L, O, 0, 1
NAME = 6  # letters and digits behind the R-

responder_keys = Table(
    "responder_key",
    metadata,
    Column("program_id", ForeignKey("program.id"), nullable=False),
    Column("member_id", ForeignKey("member.id"), primary_key=True, autoincrement=False),
    Column("public", String, nullable=False),
    Column("sealed", LargeBinary, nullable=False),
    Column("rank", Integer, nullable=False),
    Column("wrong", Integer, nullable=False),
    Column("locked_until", Instant),
)

too_close = Table(
    "too_close",
    metadata,
    Column("program_id", ForeignKey("program.id"), primary_key=True),
    Column("member_id", ForeignKey("member.id"), primary_key=True),
    Column("other_id", ForeignKey("member.id"), primary_key=True, index=True),
)

unlocks = Table(
    "report_unlock",
    metadata,
    Column("program_id", ForeignKey("program.id"), nullable=False),
    Column("id", String, primary_key=True),
    Column("member_id", ForeignKey("member.id"), nullable=False, index=True),
    Column("sealed", LargeBinary, nullable=False),
    Column("until", Instant, nullable=False),
    sqlite_with_rowid=False,
)

report_contacts = Table(
    "report_contact",
    metadata,
    Column("program_id", ForeignKey("program.id"), primary_key=True, autoincrement=False),
    Column("recovery", String),
    Column("outside", String),
    Column("without", Boolean, nullable=False),
)

cases = Table(
    "report_case",
    metadata,
    Column("id", BigInteger, primary_key=True, autoincrement=False),
    Column("program_id", ForeignKey("program.id"), nullable=False),
    Column("name", String, nullable=False),
    Column("public", String, nullable=False),
    Column("hour", Instant, nullable=False),
    Column("receipt", LargeBinary, nullable=False),
    Column("coded", LargeBinary, nullable=False),
    Column("hidden", LargeBinary, nullable=False),
    Column("state", Integer, nullable=False),
    Column("told", Boolean, nullable=False),
    Column("taken_by_id", ForeignKey("member.id"), index=True),
    Column("acknowledged_at", Instant),
    Column("answered_at", Instant),
    Column("closed_at", Instant),
    Column("since", Instant),
    UniqueConstraint("program_id", "name"),
    UniqueConstraint("program_id", "receipt"),
    sqlite_with_rowid=False,
)

wraps = Table(
    "report_wrap",
    metadata,
    Column("program_id", ForeignKey("program.id"), primary_key=True),
    Column("case_id", ForeignKey("report_case.id"), primary_key=True),
    Column("reader", String, primary_key=True),
    Column("sealed", LargeBinary, nullable=False),
    Index("ix_report_wrap_case", "case_id"),
    sqlite_with_rowid=False,
)

entries = Table(
    "report_entry",
    metadata,
    Column("id", BigInteger, primary_key=True, autoincrement=False),
    Column("program_id", ForeignKey("program.id"), nullable=False),
    Column("case_id", ForeignKey("report_case.id"), nullable=False),
    Column("hour", Instant, nullable=False),
    Column("sealed", LargeBinary, nullable=False),
    Index("ix_report_entry_case", "case_id"),
    sqlite_with_rowid=False,
)


class State(IntEnum):
    """How it stands with a report."""

    NEW = 1
    TAKEN = 2  # acknowledged by a person
    ASKED = 3  # waits for whoever reported
    ANSWERED = 4
    CLOSED = 5


@dataclass(frozen=True, slots=True)
class Key:
    """A responder's key: `public` for whoever seals, the secret one `sealed` with their passphrase.

    `rank` is the order of reading: the least is the main reader. `wrong` counts passphrases that were wrong, one after
    the other, and until `locked_until` none is tried.
    """

    member_id: int
    public: str
    sealed: bytes
    rank: int
    wrong: int
    locked_until: datetime | None


@dataclass(frozen=True, slots=True)
class ReportContact:
    """The recipients who are no members: age's public keys; `without`: a coordinator chose to have no outside one."""

    recovery: str | None = None
    outside: str | None = None
    without: bool = False


@dataclass(frozen=True, slots=True)
class NewCase:
    """A report that is to be kept: `receipt` finds it, `coded` is its secret under the reporter's code.

    `told`: nobody waits for the hour to be over, for somebody is in danger and the notices are on their way.
    """

    id: int
    public: str
    receipt: bytes
    coded: bytes
    hidden: bytes
    told: bool = False


@dataclass(frozen=True, slots=True)
class Case:
    """A report; every time is cut to the hour. `told`: there was a notice of its newest entry.

    `since`: whoever made it wrote something after an answer, and that waits since then to be read and answered.
    """

    id: int
    name: str
    public: str
    hour: datetime
    receipt: bytes
    coded: bytes
    hidden: bytes
    state: State
    told: bool
    taken_by_id: int | None
    acknowledged_at: datetime | None
    answered_at: datetime | None
    closed_at: datetime | None
    since: datetime | None

    @property
    def waits_since(self) -> datetime:
        """The hour from which on its time counts."""
        return self.since or self.hour


@dataclass(frozen=True, slots=True)
class Entry:
    """Something that was said in a case, sealed to the case's key."""

    id: int
    case_id: int
    hour: datetime
    sealed: bytes


def new_id() -> int:
    """Return an id for a case or an entry, drawn by lot."""
    return secrets.randbelow(IDS)


def new_name() -> str:
    """Return a name for a case, drawn by lot: `R-7K2M9Q`."""
    return "R-" + "".join(secrets.choice(ALPHABET) for _ in range(NAME))


def to_hour(instant: datetime) -> datetime:
    """Return the hour in which an instant lies: nothing finer is kept of a report."""
    return instant.replace(minute=0, second=0, microsecond=0)


def reader(member_id: int) -> str:
    """Return how a member is called among the readers of a wrapped secret."""
    return f"m{member_id}"


def reading_member(name: str) -> int | None:
    """Return the member whom a reader's name means; None for those who are none."""
    return int(name[1:]) if name[:1] == "m" and name[1:].isdecimal() else None
