"""Times in which a pairing rests: nobody is reminded in it, and those days count for nobody in it."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Column, ForeignKey, Index, Table, delete, literal, null, or_, select, union_all, update

from storage.members import members
from storage.pairings import pairings, pairings_of
from storage.schema import Id, Instant, metadata
from storage.store import Store

rests = Table(
    "rest",
    metadata,
    Column("id", Id, primary_key=True),
    Column("program_id", ForeignKey("program.id"), nullable=False),
    Column("pairing_id", ForeignKey("pairing.id"), nullable=False),
    Column("since", Instant, nullable=False),
    Column("until", Instant),
    Index("ix_rest_pairing", "pairing_id", "since"),
    sqlite_autoincrement=True,
)


@dataclass(frozen=True, slots=True)
class Rest:
    """A time in which a pairing rests; `until` is None while nobody has said."""

    pairing_id: int
    since: datetime
    until: datetime | None


class Rests(Store):
    """The rests of one program's pairings."""

    async def going_on(self, pairing_ids: Collection[int]) -> dict[int, Rest]:
        """Return the rest in which each of these pairings is now; others are left out.

        A rest always begins at once: one that seems to begin later is on too, the clock was only set back.
        """
        found = await self._find(pairing_ids)
        return {rest.pairing_id: rest for rest in found if rest.until is None or rest.until > self.now}

    async def breaks(self, pairing_ids: Collection[int]) -> dict[int, list[Rest]]:
        """Return when nothing is expected in these pairings: their rests, and from now on if somebody has left."""
        left = (
            select(pairings.c.id, literal(self.now, Instant), null())
            .join(members, or_(members.c.id == pairings.c.mentor_id, members.c.id == pairings.c.mentee_id))
            .where(pairings.c.program_id == self.program, self.among(pairings.c.id, pairing_ids), ~members.c.active)
        )
        query = union_all(self._select(pairing_ids), left)
        found: dict[int, list[Rest]] = {}
        for row in await self.conn.execute(query):
            found.setdefault(row[0], []).append(Rest(*row))
        return found

    async def begin(self, pairing_id: int, until: datetime | None) -> None:
        """Let a pairing rest from now on."""
        mine = select(pairings.c.program_id, pairings.c.id, literal(self.now, Instant), literal(until, Instant)).where(
            pairings.c.program_id == self.program, pairings.c.id == pairing_id
        )
        await self.conn.execute(rests.insert().from_select(["program_id", "pairing_id", "since", "until"], mine))

    async def end(self, pairing_id: int) -> int:
        """End the rest that goes on, also one that begins later because the clock was set back; return how many."""
        lasts = or_(rests.c.until.is_(None), rests.c.until > self.now)
        mine = (rests.c.program_id == self.program, rests.c.pairing_id == pairing_id, lasts)
        never = (await self.conn.execute(delete(rests).where(*mine, rests.c.since >= self.now))).rowcount
        return never + (await self.conn.execute(update(rests).where(*mine).values(until=self.now))).rowcount

    async def _find(self, pairing_ids: Collection[int]) -> list[Rest]:
        return [Rest(*row) for row in await self.conn.execute(self._select(pairing_ids).order_by(rests.c.since))]

    def _select(self, pairing_ids: Collection[int]) -> Any:
        these = (rests.c.program_id == self.program, self.among(rests.c.pairing_id, pairing_ids))
        return select(rests.c.pairing_id, rests.c.since, rests.c.until).where(*these)

    async def of(self, member_id: int) -> dict[str, list[dict[str, Any]]]:
        """Return when a member's pairings rested."""
        return {"rest": await self.rows(rests, rests.c.pairing_id.in_(pairings_of(self.program, member_id)))}

    async def forget(self, member_id: int) -> None:
        """Delete those."""
        await self.delete(rests, rests.c.pairing_id.in_(pairings_of(self.program, member_id)))
