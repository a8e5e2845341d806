"""What is to be done on the outside: tables and records; queries are in storage/outbox.py, leases in storage/claims.py.

A row names the composer and ids, never a text: what is said is made when it is sent. Rows of one member that are due
together travel as one delivery. Claims are leases in the database's own time, so a process that hangs loses them:
when it wakes up, it no longer holds what somebody else has taken over.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from secrets import token_hex

from sqlalchemy import Boolean, Column, ForeignKey, Index, Integer, String, Table

from storage.schema import Id, Instant, metadata

LEASE = timedelta(minutes=2)

deliveries = Table(
    "delivery",
    metadata,
    Column("id", Id, primary_key=True),
    Column("program_id", ForeignKey("program.id"), nullable=False),
    Column("member_id", ForeignKey("member.id"), nullable=False),
    Column("key", String, nullable=False, unique=True),
    Column("day", String, nullable=False),
    Column("budgeted", Boolean, nullable=False),
    Column("platform", String, nullable=False),
    Column("workspace", String, nullable=False),
    Column("channel", String, nullable=False),
    Column("message", String, nullable=False),
    Column("sent_at", Instant),
    Index("ix_delivery_member_day", "member_id", "day"),
    sqlite_autoincrement=True,
)

outbox = Table(
    "outbox",
    metadata,
    Column("id", Id, primary_key=True),
    Column("program_id", ForeignKey("program.id"), nullable=False),
    Column("key", String, nullable=False, unique=True),
    Column("kind", String, nullable=False),
    Column("args", String, nullable=False),
    Column("member_id", ForeignKey("member.id")),
    Column("pairing_id", ForeignKey("pairing.id")),
    Column("effect", String, nullable=False),
    Column("urgency", String, nullable=False),
    Column("due_at", Instant, nullable=False),
    Column("not_before", Instant, nullable=False),
    Column("state", String, nullable=False),
    Column("delivery_id", ForeignKey("delivery.id"), index=True),
    Column("lease_until", Id),
    Column("held_by", String),
    Column("attempts", Integer, nullable=False),
    Column("reason", String),
    Index("ix_outbox_member", "member_id"),
    Index("ix_outbox_pairing", "pairing_id"),
    sqlite_autoincrement=True,
)
WAITING = outbox.c.state == "waiting"
DEAD = outbox.c.state == "dead"
Index("ix_outbox_dead", outbox.c.program_id, postgresql_where=DEAD, sqlite_where=DEAD)
Index("ix_outbox_waiting", outbox.c.program_id, outbox.c.not_before, postgresql_where=WAITING, sqlite_where=WAITING)


class Effect(StrEnum):
    """What a row asks for.

    Of a member: a message to them, a delivery of theirs composed anew, a title beside their name, or no longer. Of a
    pairing: its space made, a message in
    it, the space closed. Of neither: a message in each of the program's channels.
    """

    SEND = "send"
    EDIT = "edit"
    OPEN = "open"
    POST = "post"
    CLOSE = "close"
    ANNOUNCE = "announce"
    WEAR = "wear"
    TAKE_OFF = "take_off"


class Urgency(StrEnum):
    """How a row stands to the member's hours and budget.

    At once: it keeps to neither. Asked: the member asked for it, so it keeps to the hours alone. Soon: it keeps to
    both. Patient: it also leaves the week's last place to others, and travels with the next message that goes out.
    """

    AT_ONCE = "at_once"
    ASKED = "asked"
    SOON = "soon"
    PATIENT = "patient"


AT_PLACES = frozenset({Effect.OPEN, Effect.POST, Effect.CLOSE, Effect.ANNOUNCE})
OF_TITLES = frozenset({Effect.WEAR, Effect.TAKE_OFF})
BUDGETED = frozenset({Urgency.SOON, Urgency.PATIENT})


class State(StrEnum):
    """Where a row stands. Dead: it can't be done; the reason stands beside it. What is needless is deleted."""

    WAITING = "waiting"
    SENT = "sent"
    DEAD = "dead"


@dataclass(frozen=True, slots=True)
class Holder:
    """Who claims rows, under a name of its own, and for how long: one that doesn't come back loses them."""

    name: str
    lease: timedelta = LEASE


@dataclass(frozen=True, slots=True)
class NewRow:
    """An effect to come, due at `due_at` at the earliest: for a member, a pairing, or all. `args` are ids, figures."""

    key: str
    kind: str
    args: tuple[int, ...]
    member_id: int | None
    due_at: datetime
    effect: Effect = Effect.SEND
    urgency: Urgency = Urgency.SOON
    delivery_id: int | None = None
    pairing_id: int | None = None


@dataclass(frozen=True, slots=True)
class Move:
    """When the row with a key is due now, and how it stands to hours and budget now."""

    key: str
    due_at: datetime
    urgency: Urgency


@dataclass(frozen=True, slots=True)
class OutboxRow:
    """An effect that is under way, held by a process. `attempts`: how often it has failed for no known reason."""

    id: int
    key: str
    kind: str
    args: tuple[int, ...]
    member_id: int | None
    effect: Effect
    urgency: Urgency
    delivery_id: int | None
    attempts: int
    state: State
    not_before: datetime
    held_by: str | None
    pairing_id: int | None

    @property
    def is_out(self) -> bool:
        """Whether it went out in a message, which can be edited now."""
        return self.state is State.SENT and self.delivery_id is not None

    def edit(self, now: datetime) -> NewRow:
        """Return an editing of the message in which it went out; of several at one instant, each is its own."""
        key = f"edit:{self.delivery_id}:{token_hex(8)}"
        return NewRow(key, self.kind, self.args, self.member_id, now, Effect.EDIT, Urgency.AT_ONCE, self.delivery_id)


@dataclass(frozen=True, slots=True)
class Delivery:
    """One message to a member: on which day of theirs, and where it can be found once it was sent."""

    id: int
    member_id: int
    key: str
    platform: str = ""
    workspace: str = ""
    channel: str = ""
    message: str = ""
    sent_at: datetime | None = None
