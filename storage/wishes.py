"""What the two of a pairing ask for: another pace, another partner, an end. Nobody's reasons stand here.

A wish is deleted when it is settled or taken back, a proposed pace when it is answered. One because of safety stays
until somebody has read it, whatever the other side does.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import Column, ForeignKey, Integer, String, Table, UniqueConstraint, or_, select, update

from storage.batches import insert
from storage.pairings import pairings_of
from storage.schema import Id, Instant, metadata
from storage.store import Store

wishes = Table(
    "wish",
    metadata,
    Column("id", Id, primary_key=True),
    Column("program_id", ForeignKey("program.id"), nullable=False),
    Column("pairing_id", ForeignKey("pairing.id")),
    Column("member_id", ForeignKey("member.id"), nullable=False, index=True),
    Column("kind", String, nullable=False),
    Column("talked", String),
    Column("at", Instant, nullable=False),
    UniqueConstraint("pairing_id", "member_id"),
    sqlite_autoincrement=True,
)

proposals = Table(
    "pace_proposal",
    metadata,
    Column("id", Id, primary_key=True),
    Column("program_id", ForeignKey("program.id"), nullable=False),
    Column("pairing_id", ForeignKey("pairing.id"), nullable=False, unique=True),
    Column("member_id", ForeignKey("member.id"), nullable=False, index=True),
    Column("pace_seconds", Integer),
    Column("at", Instant, nullable=False),
    sqlite_autoincrement=True,
)


class Kind(StrEnum):
    """What a member wishes for."""

    END = "end"
    OTHER = "other"
    SAFETY = "safety"


class Talked(StrEnum):
    """Whether they could talk about it with the other side; every answer is fine."""

    YES = "yes"
    NOT_YET = "not_yet"
    RATHER_NOT = "rather_not"


@dataclass(frozen=True, slots=True)
class Wish:
    """A member's wish about a pairing; `talked` is None where it wasn't asked.

    `pairing_id` is None where the other side was forgotten: only a wish because of safety outlives that.
    """

    id: int
    pairing_id: int | None
    member_id: int
    kind: Kind
    talked: Talked | None
    at: datetime


@dataclass(frozen=True, slots=True)
class Proposal:
    """A pace that one side of a pairing proposed; None is the program's."""

    id: int
    pairing_id: int
    member_id: int
    pace: timedelta | None


class Wishes(Store):
    """The open wishes and proposals of one program."""

    async def wish(self, pairing_id: int, member_id: int, kind: Kind, talked: Talked | None) -> Wish:
        """Note a wish; a member has one about a pairing, and the newest word holds. Raises LookupError."""
        values = {"kind": kind, "talked": talked, "at": self.now}
        row = {"program_id": self.program, "pairing_id": pairing_id, "member_id": member_id, **values}
        statement, parameters = insert(self.conn, wishes, [row])
        new = {name: statement.excluded[name] for name in values}
        mine = wishes.c.program_id == self.program
        keys = ["pairing_id", "member_id"]
        await self.conn.execute(statement.on_conflict_do_update(index_elements=keys, set_=new, where=mine), parameters)
        found = await self._wishes(wishes.c.pairing_id == pairing_id, wishes.c.member_id == member_id)
        if not found:
            raise LookupError("this pairing belongs to another program")
        return found[0]

    async def open(self, pairing_ids: Collection[int]) -> list[Wish]:
        """Return the wishes about these pairings, the oldest first."""
        return await self._wishes(self.among(wishes.c.pairing_id, pairing_ids))

    async def get(self, wish_ids: Collection[int]) -> dict[int, Wish]:
        """Return open wishes by id."""
        return {wish.id: wish for wish in await self._wishes(self.among(wishes.c.id, wish_ids))}

    async def _wishes(self, *where: Any) -> list[Wish]:
        columns = [wishes.c[name] for name in Wish.__dataclass_fields__]
        query = select(*columns).where(wishes.c.program_id == self.program, *where).order_by(wishes.c.id)
        rows = [row._asdict() for row in await self.conn.execute(query)]
        return [Wish(**{**r, "kind": Kind(r["kind"]), "talked": r["talked"] and Talked(r["talked"])}) for r in rows]

    async def settle(self, pairing_id: int, member_id: int | None = None) -> None:
        """Delete the wishes about a pairing: one member's, or all but those because of safety."""
        whose = wishes.c.member_id == member_id if member_id is not None else wishes.c.kind != Kind.SAFETY
        await self.delete(wishes, (wishes.c.pairing_id == pairing_id) & whose)

    async def read(self, wish_id: int) -> None:
        """Delete a wish that somebody has read who can do something about it."""
        await self.delete(wishes, wishes.c.id == wish_id)

    async def propose(self, pairing_id: int, member_id: int, pace: timedelta | None) -> int:
        """Note a proposed pace, in the place of an older one; return its id."""
        await self.withdraw(pairing_id)
        seconds = None if pace is None else int(pace.total_seconds())
        row = {"pairing_id": pairing_id, "member_id": member_id, "pace_seconds": seconds, "at": self.now}
        new = proposals.insert().values(program_id=self.program, **row).returning(proposals.c.id)
        return int((await self.conn.execute(new)).scalar_one())

    async def proposals(self, ids: Collection[int]) -> dict[int, Proposal]:
        """Return open proposals by id."""
        columns = (proposals.c.id, proposals.c.pairing_id, proposals.c.member_id, proposals.c.pace_seconds)
        query = select(*columns).where(proposals.c.program_id == self.program, self.among(proposals.c.id, ids))
        rows = await self.conn.execute(query)
        return {r.id: Proposal(*r[:3], None if r[3] is None else timedelta(seconds=r[3])) for r in rows}

    async def withdraw(self, pairing_id: int) -> None:
        """Delete what was proposed in a pairing."""
        await self.delete(proposals, proposals.c.pairing_id == pairing_id)

    async def of(self, member_id: int) -> dict[str, list[dict[str, Any]]]:
        """Return what a member wished for and proposed. What others wish is theirs."""
        return {
            "wish": await self.rows(wishes, wishes.c.member_id == member_id),
            "pace_proposal": await self.rows(proposals, proposals.c.member_id == member_id),
        }

    async def forget(self, member_id: int) -> None:
        """Delete those, and what others asked for in the same pairings; but what is about safety isn't theirs."""
        theirs = pairings_of(self.program, member_id)
        safety = (wishes.c.kind == Kind.SAFETY) & (wishes.c.member_id != member_id)
        others = wishes.c.pairing_id.in_(theirs)
        await self.delete(wishes, or_(wishes.c.member_id == member_id, others & ~safety))
        kept = update(wishes).where(wishes.c.program_id == self.program, others, safety)
        await self.conn.execute(kept.values(pairing_id=None))
        await self.delete(proposals, or_(proposals.c.member_id == member_id, proposals.c.pairing_id.in_(theirs)))
