"""The people of a program: tables and records. Their queries are in storage/members.py."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, time
from enum import StrEnum
from typing import Any

from sqlalchemy import Boolean, Column, ForeignKey, Index, Row, String, Table

from storage.schema import Id, Instant, metadata

members = Table(
    "member",
    metadata,
    Column("id", Id, primary_key=True),
    Column("program_id", ForeignKey("program.id"), nullable=False, index=True),
    Column("key", String, nullable=False, unique=True),
    Column("name", String, nullable=False),
    Column("roles", String, nullable=False),
    Column("zone", String, nullable=False),
    Column("country", String),
    Column("days", String),
    Column("opens", String),
    Column("closes", String),
    Column("language", String),
    Column("badges", Boolean, nullable=False, default=True),
    Column("celebrations", Boolean, nullable=False, default=True),
    Column("welcomed_at", Instant),
    Column("active", Boolean, nullable=False, default=True),
    sqlite_autoincrement=True,
)

accounts = Table(
    "account",
    metadata,
    Column("platform", String, primary_key=True),
    Column("workspace", String, primary_key=True),
    Column("user", String, primary_key=True),
    Column("program_id", ForeignKey("program.id"), nullable=False),
    Column("member_id", ForeignKey("member.id"), nullable=False, index=True),
    Column("used_at", Instant),
)

pauses = Table(
    "pause",
    metadata,
    Column("id", Id, primary_key=True),
    Column("program_id", ForeignKey("program.id"), nullable=False),
    Column("member_id", ForeignKey("member.id"), nullable=False),
    Column("since", Instant, nullable=False),
    Column("until", Instant),
    Column("lighter", Boolean, nullable=False, default=False),
    Column("left", Boolean, nullable=False, default=False),  # not their own: they were deactivated
    Column("announced", Boolean, nullable=False, default=False),  # it was to begin later when it was said
    Index("ix_pause_member", "member_id", "since"),
    sqlite_autoincrement=True,
)


class Role(StrEnum):
    """What a member is in a program; one person may be several of these."""

    MENTOR = "mentor"
    MENTEE = "mentee"
    COORDINATOR = "coordinator"
    RESPONDER = "responder"


@dataclass(frozen=True, slots=True)
class Account:
    """A person on a platform."""

    platform: str
    workspace: str
    user: str


@dataclass(frozen=True, slots=True)
class Member:
    """A person in a program.

    `days` (weekdays, Monday is 0), `opens` and `closes` are when this person likes to be reminded, in their `zone`;
    None stands for the policy's. `country` is an ISO 3166 code, `language` an ISO 639 one; None stands for the
    program's. `key` names the member in the audit log. `badges` and `celebrations`: whether they want any.
    `welcomed_at` is when they were asked what they like, None: not yet.
    """

    id: int
    key: str
    name: str
    roles: frozenset[Role]
    zone: str
    country: str | None = None
    days: frozenset[int] | None = None
    opens: time | None = None
    closes: time | None = None
    language: str | None = None
    badges: bool = True
    celebrations: bool = True
    active: bool = True
    welcomed_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class NewMember:
    """What is known of somebody who is added to a program, or changed: see `Member`."""

    name: str
    roles: frozenset[Role]
    accounts: tuple[Account, ...]
    zone: str = "UTC"
    country: str | None = None
    days: frozenset[int] | None = None
    opens: time | None = None
    closes: time | None = None
    language: str | None = None

    def columns(self) -> dict[str, Any]:
        """Return the columns of its row."""
        names = ("name", "roles", "zone", "country", "days", "opens", "closes", "language")
        return columns_of({name: getattr(self, name) for name in names})


@dataclass(frozen=True, slots=True)
class PauseRow:
    """A time in which a member is not to be disturbed; `until` is None while they haven't said.

    In a `lighter` one clocks run at half speed: every other day counts. One that wasn't `announced` began when it was
    said, also where that is later than now, because the clock was set back.
    """

    id: int
    member_id: int
    since: datetime
    until: datetime | None
    lighter: bool = False
    announced: bool = False


def columns_of(values: Mapping[str, Any]) -> dict[str, Any]:
    """Return values as they stand in a member's row."""
    written: dict[str, Callable[[Any], Any]] = {
        "roles": lambda roles: ",".join(sorted(roles)),
        "days": lambda days: "".join(map(str, sorted(days))),
        "opens": lambda at: at.isoformat("minutes"),
        "closes": lambda at: at.isoformat("minutes"),
    }
    return {
        name: written[name](value) if name in written and value is not None else value for name, value in values.items()
    }


def roles_of(text: str) -> frozenset[Role]:
    """Return the roles of a member's row."""
    return frozenset(map(Role, filter(None, text.split(","))))


def member_of(row: Row[Any]) -> Member:
    """Return the member of a row."""
    return Member(
        id=row.id,
        key=row.key,
        name=row.name,
        roles=roles_of(row.roles),
        zone=row.zone,
        country=row.country,
        days=None if row.days is None else frozenset(map(int, row.days)),
        opens=row.opens and time.fromisoformat(row.opens),
        closes=row.closes and time.fromisoformat(row.closes),
        language=row.language,
        badges=row.badges,
        celebrations=row.celebrations,
        active=row.active,
        welcomed_at=row.welcomed_at,
    )
