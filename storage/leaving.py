"""Who is being forgotten: their pairings are closed and the others told first, then they are deleted.

The row stays for a while without the member, until also the traces in the database's file are gone.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Column, ForeignKey, Table, UniqueConstraint, or_, select, update

from storage.due import due
from storage.effects import WAITING, Effect, outbox
from storage.pairings import pairings, pairings_of
from storage.schema import Id, Instant, metadata
from storage.store import Store

leavings = Table(
    "leaving",
    metadata,
    Column("id", Id, primary_key=True),
    Column("program_id", ForeignKey("program.id"), nullable=False),
    Column("member_id", ForeignKey("member.id")),
    Column("at", Instant, nullable=False),
    UniqueConstraint("member_id"),
    sqlite_autoincrement=True,
)
ALARM = "mydata.forget"  # the kind of the alarms whose subject is a leaving


@dataclass(frozen=True, slots=True)
class Leaving:
    """Somebody who is being forgotten, since an instant; `member_id` is None once they are."""

    id: int
    member_id: int | None
    at: datetime


_LEAVING = tuple(leavings.c[name] for name in Leaving.__dataclass_fields__)


class Leavings(Store):
    """Who is being forgotten in one program."""

    async def begin(self, member_id: int) -> Leaving | None:
        """Note that a member is to be forgotten; None if that was noted before."""
        row = {"program_id": self.program, "member_id": member_id, "at": self.now}
        if not await self.add_new(leavings, [row]):
            return None
        return (await self._find(leavings.c.member_id == member_id))[0]

    async def get(self, ids: Collection[int]) -> dict[int, Leaving]:
        """Return these leavings by id."""
        return {leaving.id: leaving for leaving in await self._find(self.among(leavings.c.id, ids))}

    async def among_members(self, member_ids: Collection[int]) -> set[int]:
        """Return who of these members is being forgotten."""
        found = await self._find(self.among(leavings.c.member_id, member_ids))
        return {leaving.member_id for leaving in found if leaving.member_id is not None}

    async def lock(self, ids: Collection[int]) -> list[Leaving]:
        """Return leavings; others who want to end them wait until this transaction ends."""
        mine = (leavings.c.program_id == self.program, self.among(leavings.c.id, ids))
        query = select(*_LEAVING).where(*mine).order_by(leavings.c.id).with_for_update(key_share=True)
        return [Leaving(*row) for row in await self.conn.execute(query)]

    async def end_pairings(self, member_id: int) -> list[int]:
        """End the pairings of a member that go on; return their ids."""
        side = or_(pairings.c.mentor_id == member_id, pairings.c.mentee_id == member_id)
        mine = (pairings.c.program_id == self.program, pairings.c.ended_at.is_(None), side)
        ended = update(pairings).where(*mine).values(ended_at=self.now).returning(pairings.c.id)
        return sorted(row.id for row in await self.conn.execute(ended))

    async def pairings(self, member_id: int) -> list[int]:
        """Return the ids of all pairings that a member is a side of, ended or not."""
        return sorted(row.id for row in await self.conn.execute(pairings_of(self.program, member_id)))

    async def opening(self, member_id: int) -> set[int]:
        """Return the pairings of a member for which a space may be made at this moment."""
        opens = (outbox.c.effect == Effect.OPEN, outbox.c.pairing_id.in_(pairings_of(self.program, member_id)))
        query = select(outbox.c.pairing_id).where(outbox.c.program_id == self.program, WAITING, *opens)
        return {row.pairing_id for row in await self.conn.execute(query)}

    async def unsaid(self, kinds: Collection[str]) -> set[int]:
        """Return the leavings of which something is still to be told or closed: rows of these kinds name them first."""
        query = select(outbox.c.args).where(outbox.c.program_id == self.program, WAITING, outbox.c.kind.in_(kinds))
        return {int(row.args.partition(":")[0]) for row in await self.conn.execute(query)}

    async def going_on(self) -> list[int]:
        """Return the leavings of those who aren't forgotten yet."""
        return [leaving.id for leaving in await self._find(leavings.c.member_id.is_not(None))]

    async def forgotten(self) -> list[int]:
        """Return the leavings of those who are forgotten, and of whom the file may still have traces."""
        return [leaving.id for leaving in await self._find(leavings.c.member_id.is_(None))]

    async def clear(self, ids: Collection[int]) -> None:
        """Delete leavings of whom there is no trace any more."""
        await self.delete(leavings, self.among(leavings.c.id, ids) & leavings.c.member_id.is_(None))

    async def _find(self, *where: Any) -> list[Leaving]:
        query = select(*_LEAVING).where(leavings.c.program_id == self.program, *where).order_by(leavings.c.id)
        return [Leaving(*row) for row in await self.conn.execute(query)]

    async def of(self, member_id: int) -> dict[str, list[dict[str, Any]]]:
        """Return whether a member is being forgotten."""
        return {"leaving": await self.rows(leavings, leavings.c.member_id == member_id)}

    async def forget(self, member_id: int) -> None:
        """Keep nothing but that somebody was forgotten."""
        mine = (leavings.c.program_id == self.program, leavings.c.member_id == member_id)
        ids = select(leavings.c.id).where(*mine)
        await self.delete(due, (due.c.kind == ALARM) & due.c.subject.in_(ids))
        await self.conn.execute(update(leavings).where(*mine).values(member_id=None))
