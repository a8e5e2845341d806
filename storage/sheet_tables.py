"""Sheets: one person's copies of a form to fill in after a session; what follows from them. Tables and records.

Their queries are in storage/sheets.py, storage/next_steps.py and storage/totals.py.
"""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Boolean, Column, ForeignKey, Index, Integer, String, Table, UniqueConstraint

from storage.schema import Id, Instant, metadata

sheets = Table(
    "sheet",
    metadata,
    Column("id", Id, primary_key=True),
    Column("program_id", ForeignKey("program.id"), nullable=False),
    Column("session_id", ForeignKey("session.id"), nullable=False),
    Column("pairing_id", ForeignKey("pairing.id"), nullable=False),
    Column("member_id", ForeignKey("member.id"), nullable=False),
    Column("form_id", ForeignKey("form.id"), nullable=False),
    Column("form", String, nullable=False),
    Column("made_at", Instant, nullable=False),
    Column("delivered_at", Instant),
    Column("failed_at", Instant),
    Column("remind_at", Instant),
    Column("limit_at", Instant),
    Column("version", Integer),
    Column("done_at", Instant),
    Column("empty", Boolean, nullable=False),
    Column("withdrawn_at", Instant),
    UniqueConstraint("session_id", "member_id", "form"),
    Index("ix_sheet_member_made", "member_id", "made_at"),
    Index("ix_sheet_pairing", "pairing_id"),
    sqlite_autoincrement=True,
)
OPEN = sheets.c.done_at.is_(None) & sheets.c.withdrawn_at.is_(None)
Index("ix_sheet_open", sheets.c.program_id, sheets.c.id, postgresql_where=OPEN, sqlite_where=OPEN)
DONE = sheets.c.done_at.is_not(None)
Index("ix_sheet_done", sheets.c.program_id, sheets.c.done_at, sheets.c.id, postgresql_where=DONE, sqlite_where=DONE)

sheet_answers = Table(
    "sheet_answer",
    metadata,
    Column("sheet_id", ForeignKey("sheet.id"), primary_key=True),
    Column("question", String, primary_key=True),
    Column("program_id", ForeignKey("program.id"), nullable=False),
    Column("value", String, nullable=False),
    Column("counted", Boolean, nullable=False),
)

sheet_reminders = Table(
    "sheet_reminder",
    metadata,
    Column("sheet_id", ForeignKey("sheet.id"), primary_key=True),
    Column("rung", Integer, primary_key=True),
    Column("program_id", ForeignKey("program.id"), nullable=False),
    Column("by_id", ForeignKey("member.id")),
    Column("sent_at", Instant),
    Column("failed_at", Instant),
)

# What several people said of somebody, added up and parted from who they were: it stays when one of them is forgotten.
totals = Table(
    "sheet_total",
    metadata,
    Column("id", Id, primary_key=True),
    Column("program_id", ForeignKey("program.id"), nullable=False),
    Column("member_id", ForeignKey("member.id"), nullable=False),
    Column("form", String, nullable=False),
    Column("question", String, nullable=False),
    Column("choice", String, nullable=False),
    Column("people", Integer, nullable=False),
    Column("total", Integer, nullable=False),
    Index("ix_sheet_total_member", "member_id"),
    sqlite_autoincrement=True,
)

next_steps = Table(
    "next_step",
    metadata,
    Column("id", Id, primary_key=True),
    Column("program_id", ForeignKey("program.id"), nullable=False),
    Column("session_id", ForeignKey("session.id"), nullable=False),
    Column("pairing_id", ForeignKey("pairing.id"), nullable=False),
    Column("text", String, nullable=False),
    Column("member_id", ForeignKey("member.id")),
    Column("due_day", String),
    Column("done_at", Instant),
    Index("ix_next_step_pairing", "pairing_id"),
    Index("ix_next_step_session", "session_id"),
    sqlite_autoincrement=True,
)

ALARM = "feedback.sheet"  # the kind of the alarms whose subject is a sheet


@dataclass(frozen=True, slots=True)
class NewSheet:
    """A form that somebody is to fill in after a session."""

    session_id: int
    pairing_id: int
    member_id: int
    form_id: int
    form: str


@dataclass(frozen=True, slots=True)
class Sheet:
    """Somebody's copy of a form, and what became of it; what was written is not in it.

    `delivered_at`: when they were asked for it, where their clock begins; `failed_at`: they can't be reached.
    `remind_at`: when they want to be asked again. `limit_at`: from when on it is late, by the figures of the program's
    `version`. `empty`: they said that there is nothing to add. `withdrawn_at`: the session wasn't held after all.
    """

    id: int
    session_id: int
    pairing_id: int
    member_id: int
    form_id: int
    form: str
    made_at: datetime
    delivered_at: datetime | None = None
    failed_at: datetime | None = None
    remind_at: datetime | None = None
    limit_at: datetime | None = None
    version: int | None = None
    done_at: datetime | None = None
    empty: bool = False
    withdrawn_at: datetime | None = None

    @property
    def waits(self) -> bool:
        """Whether it is still to be filled in."""
        return self.done_at is None and self.withdrawn_at is None

    @property
    def late(self) -> bool:
        """Whether it was filled in after the time that the program gives."""
        return self.done_at is not None and self.limit_at is not None and self.done_at > self.limit_at


@dataclass(frozen=True, slots=True)
class Reminder:
    """A reminder of a sheet, for a coordinator (`by_id`) or by itself: when it went out, or turned out impossible."""

    rung: int
    by_id: int | None = None
    sent_at: datetime | None = None
    failed_at: datetime | None = None

    @property
    def pending(self) -> bool:
        """Whether it is still to go out."""
        return self.sent_at is None and self.failed_at is None


@dataclass(frozen=True, slots=True)
class Given:
    """An answer that hasn't gone into any total: whose, in which sheet, by which version of its form."""

    sheet_id: int
    member_id: int
    form_id: int
    value: str


@dataclass(frozen=True, slots=True)
class Total:
    """What so many people said together: the sum of a rating, or how many took a choice (of one that has choices)."""

    form: str
    question: str
    choice: str
    people: int
    total: int


@dataclass(frozen=True, slots=True)
class NextStep:
    """What one side of a pairing is to do, or both (`member_id` None), and by which day, as `due_day` in ISO 8601."""

    id: int
    session_id: int
    pairing_id: int
    text: str
    member_id: int | None
    due_day: str | None
    done_at: datetime | None

    @property
    def day(self) -> date | None:
        """By when."""
        return None if self.due_day is None else date.fromisoformat(self.due_day)


@dataclass(frozen=True, slots=True)
class NewStep:
    """A next step that is to be kept."""

    text: str
    member_id: int | None
    due_day: str | None
