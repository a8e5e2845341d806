"""The team's requests, whom they went to and the reminders of them: tables and records.

Their queries are in storage/asks.py.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import Boolean, Column, ForeignKey, Index, Integer, String, Table, UniqueConstraint

from storage.schema import Id, Instant, metadata

asks = Table(
    "ask",
    metadata,
    Column("id", Id, primary_key=True),
    Column("program_id", ForeignKey("program.id"), nullable=False, index=True),
    Column("by_id", ForeignKey("member.id")),
    Column("audience", String, nullable=False),
    Column("to_id", ForeignKey("member.id")),
    Column("text", String, nullable=False),
    Column("in_words", Boolean, nullable=False),
    Column("made_at", Instant, nullable=False),
    Column("sent_at", Instant),
    Column("closed_at", Instant),
    Column("tell_at", Instant),
    sqlite_autoincrement=True,
)

recipients = Table(
    "ask_recipient",
    metadata,
    Column("id", Id, primary_key=True),
    Column("program_id", ForeignKey("program.id"), nullable=False),
    Column("ask_id", ForeignKey("ask.id"), nullable=False),
    Column("member_id", ForeignKey("member.id"), nullable=False),
    Column("delivered_at", Instant),
    Column("failed_at", Instant),
    Column("answered_at", Instant),
    Column("answer", String),
    Column("text", String),
    Column("limit_at", Instant),
    Column("version", Integer),
    Column("told_at", Instant),
    UniqueConstraint("ask_id", "member_id"),
    Index("ix_ask_recipient_member", "member_id"),
    sqlite_autoincrement=True,
)

reminders = Table(
    "ask_reminder",
    metadata,
    Column("recipient_id", ForeignKey("ask_recipient.id"), primary_key=True),
    Column("rung", Integer, primary_key=True),
    Column("program_id", ForeignKey("program.id"), nullable=False),
    Column("sent_at", Instant),
    Column("failed_at", Instant),
)

RECIPIENT_ALARM = "asks.recipient"  # the kind of the alarms whose subject is a recipient
ASK_ALARM = "asks.ask"  # … and whose subject is a request


class Audience(StrEnum):
    """To whom a request goes."""

    EVERYBODY = "everybody"
    MENTORS = "mentors"
    MENTEES = "mentees"
    ONE = "one"


class Answer(StrEnum):
    """What somebody answered: that it is done, in words, or that they can't."""

    DONE = "done"
    WORDS = "words"
    CANNOT = "cannot"


@dataclass(frozen=True, slots=True)
class NewAsk:
    """What a coordinator asks for, and of whom; `to_id` belongs to `ONE`. `in_words`: a tap is no answer."""

    by_id: int
    audience: Audience
    to_id: int | None
    text: str
    in_words: bool


@dataclass(frozen=True, slots=True)
class Ask:
    """A request of the team. Until it was sent it is a draft. `by_id` is None once that coordinator was forgotten."""

    id: int
    by_id: int | None
    audience: Audience
    to_id: int | None
    text: str
    in_words: bool
    made_at: datetime
    sent_at: datetime | None
    closed_at: datetime | None
    tell_at: datetime | None


@dataclass(frozen=True, slots=True)
class Recipient:
    """Somebody whom a request went to, and what came of it; the words of the answer are not in it.

    `failed_at`: it turned out that they can't be reached. `limit_at`: from when on an answer is late, by the figures
    of the program's `version`. `told_at`: when whoever asked learned that the reminders were in vain.
    """

    id: int
    ask_id: int
    member_id: int
    delivered_at: datetime | None
    failed_at: datetime | None
    answered_at: datetime | None
    answer: Answer | None
    limit_at: datetime | None
    version: int | None
    told_at: datetime | None
    by_id: int | None
    sent_at: datetime
    closed_at: datetime | None

    @property
    def waits(self) -> bool:
        """Whether an answer is still to come."""
        return self.answered_at is None and self.closed_at is None


@dataclass(frozen=True, slots=True)
class Counts:
    """How many a request went to who are still here, how many of them have answered, and can't be reached."""

    all: int
    answered: int
    failed: int


@dataclass(frozen=True, slots=True)
class Answered:
    """What one person answered, by name; None: nothing so far."""

    name: str
    answer: Answer | None
    text: str | None
    at: datetime | None
    failed: bool


_OF_ASK = ("by_id", "sent_at", "closed_at")
RECIPIENT = tuple((asks if name in _OF_ASK else recipients).c[name] for name in Recipient.__dataclass_fields__)
_ANSWER = list(Recipient.__dataclass_fields__).index("answer")


def read_recipient(row: Sequence[Any]) -> Recipient:
    """Return the recipient of a row of the columns `RECIPIENT`, of both tables."""
    values = list(row)
    values[_ANSWER] = values[_ANSWER] and Answer(values[_ANSWER])
    return Recipient(*values)
