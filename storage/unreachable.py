"""Whom direct messages don't reach: since one was refused, until one went through again."""

from collections.abc import Collection
from typing import Any

from sqlalchemy import Column, ForeignKey, Table, UniqueConstraint, select

from storage.schema import Id, Instant, metadata
from storage.store import Store

unreachables = Table(
    "unreachable",
    metadata,
    Column("id", Id, primary_key=True),
    Column("program_id", ForeignKey("program.id"), nullable=False),
    Column("member_id", ForeignKey("member.id"), nullable=False),
    Column("since", Instant, nullable=False),
    UniqueConstraint("member_id"),
    sqlite_autoincrement=True,
)


class Unreachable(Store):
    """Whom direct messages don't reach in one program. Each time somebody can't be reached has an id of its own."""

    async def note(self, member_id: int) -> int:
        """Note that a member can't be reached, if that isn't known; return the id of this time."""
        await self.add_new(unreachables, [{"program_id": self.program, "member_id": member_id, "since": self.now}])
        query = select(unreachables.c.id).where(
            unreachables.c.program_id == self.program, unreachables.c.member_id == member_id
        )
        return int((await self.conn.execute(query)).scalar_one())

    async def get(self, ids: Collection[int]) -> dict[int, int]:
        """Return whom these times are of, by id; those that are over are left out."""
        query = select(unreachables.c.id, unreachables.c.member_id).where(
            unreachables.c.program_id == self.program, self.among(unreachables.c.id, ids)
        )
        return {row.id: row.member_id for row in await self.conn.execute(query)}

    async def reached(self, member_ids: Collection[int]) -> None:
        """Note that members can be reached."""
        await self.delete(unreachables, self.among(unreachables.c.member_id, member_ids))

    async def of(self, member_id: int) -> dict[str, list[dict[str, Any]]]:
        """Return whether a member can't be reached."""
        return {"unreachable": await self.rows(unreachables, unreachables.c.member_id == member_id)}

    async def forget(self, member_id: int) -> None:
        """Delete that."""
        await self.reached([member_id])
