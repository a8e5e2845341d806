"""Changes of figures that somebody has been shown and may still carry out: for a day, and once."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Column, ForeignKey, Index, Integer, String, Table, delete

from storage.schema import Id, Instant, metadata
from storage.store import Store

proposals = Table(
    "proposal",
    metadata,
    Column("id", Id, primary_key=True),
    Column("program_id", ForeignKey("program.id"), nullable=False),
    Column("member_id", ForeignKey("member.id"), nullable=False),
    Column("at", Instant, nullable=False),
    Column("version", Integer, nullable=False),
    Column("changes", String, nullable=False),
    Index("ix_proposal_member", "member_id"),
    sqlite_autoincrement=True,
)


@dataclass(frozen=True, slots=True)
class Proposal:
    """What was shown: new values by figure (None: the preset's), and for which version of the figures."""

    at: datetime
    version: int
    changes: Mapping[str, str | None]


class Proposals(Store):
    """The proposals of one program."""

    async def add(self, member_id: int, version: int, changes: Mapping[str, str | None]) -> int:
        """Remember what a member has been shown; return its id."""
        row = {"program_id": self.program, "member_id": member_id, "at": self.now, "version": version}
        new = proposals.insert().values(**row, changes=json.dumps(dict(changes)))
        return int((await self.conn.execute(new.returning(proposals.c.id))).scalar_one())

    async def take(self, id_: int) -> Proposal | None:
        """Take a proposal away and return it; None if it is there no longer."""
        this = (proposals.c.program_id == self.program, proposals.c.id == id_)
        query = delete(proposals).where(*this).returning(proposals.c.at, proposals.c.version, proposals.c.changes)
        row = (await self.conn.execute(query)).first()
        return row and Proposal(row.at, row.version, json.loads(row.changes))

    async def purge(self, before: datetime) -> None:
        """Delete what was shown before an instant."""
        await self.delete(proposals, proposals.c.at < before)

    async def of(self, member_id: int) -> dict[str, list[dict[str, Any]]]:
        """Return what a member has been shown."""
        return {"proposal": await self.rows(proposals, proposals.c.member_id == member_id)}

    async def forget(self, member_id: int) -> None:
        """Delete that."""
        await self.delete(proposals, proposals.c.member_id == member_id)
