"""Alarms: what is to be looked at again, and when. One table for all features, so one sweep rings them all."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import (
    Column,
    ColumnElement,
    ForeignKey,
    Index,
    String,
    Table,
    UniqueConstraint,
    func,
    select,
    update,
)

from storage.batches import insert
from storage.schema import Id, Instant, metadata
from storage.store import Store

due = Table(
    "due",
    metadata,
    Column("id", Id, primary_key=True),
    Column("program_id", ForeignKey("program.id"), nullable=False),
    Column("kind", String, nullable=False),
    Column("subject", Id, nullable=False),
    Column("member_id", ForeignKey("member.id"), index=True),
    Column("at", Instant),
    UniqueConstraint("kind", "subject"),
    sqlite_autoincrement=True,
)
RINGING = 0x72696E67  # "ring": any number will do, as long as all processes use the same

# The sweep's cost grows with what rings, not with what exists.
SET = due.c.at.is_not(None)
Index("ix_due_at", due.c.program_id, due.c.at, postgresql_where=SET, sqlite_where=SET)


@dataclass(frozen=True, slots=True)
class Alarm:
    """An alarm that rings: its kind names the function, its subject what it is about."""

    kind: str
    subject: int
    at: datetime


@dataclass(frozen=True, slots=True)
class Setting:
    """When an alarm is to ring next; None keeps it silent. `member_id` is whose calendar it hangs on."""

    subject: int
    member_id: int | None
    at: datetime | None


class Due(Store):
    """The alarms of one program."""

    async def set(self, kind: str, settings: Collection[Setting]) -> None:
        """Set, move or silence alarms of one kind, in one statement."""
        if not settings:
            return
        rows = [
            {
                "program_id": self.program,
                "kind": kind,
                "subject": s.subject,
                "member_id": s.member_id,
                "at": s.at,
            }
            for s in settings
        ]
        new, parameters = insert(self.conn, due, rows)
        await self.conn.execute(_or_moved(new), parameters)

    async def ring(self, limit: int = 1000, kinds: Collection[str] | None = None) -> list[Alarm]:
        """Take what is due by now, of `kinds` alone, earliest first, and silence it.

        What somebody else is changing is skipped.

        One process rings at a time: when another one goes on to deliver, all that rang is there to travel together.
        """
        if self.conn.dialect.name == "postgresql":
            await self.conn.execute(select(func.pg_advisory_xact_lock(RINGING, self.program)))
        query = (
            select(due.c.id, due.c.kind, due.c.subject, due.c.at)
            .where(due.c.program_id == self.program, due.c.at <= self.now, *_of(kinds))
            .order_by(due.c.at, due.c.id)
            .limit(limit)
            .with_for_update(skip_locked=True)
        )
        rows = list(await self.conn.execute(query))
        if rows:
            await self.conn.execute(update(due).where(self.among(due.c.id, [row.id for row in rows])).values(at=None))
        return [Alarm(row.kind, row.subject, row.at) for row in rows]

    async def put_back(self, alarms: Collection[Alarm], at: datetime | None = None) -> None:
        """Let alarms ring again: when they were due, or at `at`."""
        for alarm in alarms:
            one = (due.c.program_id == self.program, due.c.kind == alarm.kind, due.c.subject == alarm.subject)
            await self.conn.execute(update(due).where(*one).values(at=at or alarm.at))

    async def take(self, alarm: Alarm) -> bool:
        """Silence one alarm; False if somebody else took it."""
        one = (due.c.program_id == self.program, due.c.kind == alarm.kind, due.c.subject == alarm.subject)
        result = await self.conn.execute(update(due).where(*one, due.c.at == alarm.at).values(at=None))
        return result.rowcount == 1

    async def next_at(self, kinds: Collection[str] | None = None, idle: Collection[str] = ()) -> datetime | None:
        """Return when the next alarm rings, of `kinds` alone; of those that are `idle`, one that is due by now."""
        busy = (due.c.kind.not_in(idle) | (due.c.at <= self.now),) if idle else ()
        query = select(func.min(due.c.at)).where(due.c.program_id == self.program, SET, *_of(kinds), *busy)
        at: datetime | None = await self.conn.scalar(query)
        return at

    async def between(self, member_id: int, begin: datetime, end: datetime) -> list[datetime]:
        """Return when alarms ring that hang on a member's calendar, after `begin` and before `end`."""
        mine = (due.c.program_id == self.program, due.c.member_id == member_id)
        query = select(due.c.at).where(*mine, due.c.at > begin, due.c.at < end)
        return [row.at for row in await self.conn.execute(query)]

    async def of(self, member_id: int) -> dict[str, list[dict[str, Any]]]:
        """Return the alarms that hang on a member's calendar."""
        return {"due": await self.rows(due, due.c.member_id == member_id)}

    async def forget(self, member_id: int) -> None:
        """Delete those alarms."""
        await self.delete(due, due.c.member_id == member_id)


@cache  # composing it takes longer than running it
def _or_moved(new: Any) -> Any:
    values = {"at": new.excluded.at, "member_id": new.excluded.member_id}
    mine = due.c.program_id == new.excluded.program_id
    return new.on_conflict_do_update(index_elements=["kind", "subject"], set_=values, where=mine)


def _of(kinds: Collection[str] | None) -> tuple[ColumnElement[bool], ...]:
    return () if kinds is None else (due.c.kind.in_(kinds),)
