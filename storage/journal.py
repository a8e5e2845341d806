"""What was noted and isn't worked out yet: a message's time and who wrote it, for as long as that takes."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Column, ForeignKey, String, Table, func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.programs import COLUMNS, Program, program_from, programs
from storage.schema import Id, metadata
from storage.store import Store

journal = Table(
    "journal",
    metadata,
    Column("id", Id, primary_key=True),
    Column("program_id", ForeignKey("program.id"), nullable=False),
    Column("platform", String, nullable=False),
    Column("workspace", String, nullable=False),
    Column("seen", String, nullable=False),
    sqlite_autoincrement=True,
)


@dataclass(frozen=True, slots=True)
class Page:
    """What was noted together in a workspace. How `seen` is to be read, whoever wrote it knows."""

    id: int
    platform: str
    workspace: str
    seen: str


# A page of the program that a workspace belongs to, if it belongs to one: `Database.jot` commits it.
ADD = """
    INSERT INTO journal (program_id, platform, workspace, seen)
    SELECT program_id, platform, workspace, :seen FROM workspace
    WHERE platform = :platform AND workspace = :workspace
"""
_PAGE = tuple(journal.c[name] for name in Page.__dataclass_fields__)
_NEWEST = (  # asked in every round, so it is composed once
    select(func.max(journal.c.id), *COLUMNS)
    .join_from(journal, programs)
    .group_by(programs.c.id)
    .order_by(programs.c.id)
)


async def noted(conn: AsyncConnection) -> dict[Program, int]:
    """Return the programs in which something was noted, each with the id of its newest page."""
    rows = await conn.execute(_NEWEST)
    return {program_from(values): newest for newest, *values in rows}


class Journal(Store):
    """The pages of one program. None is kept longer than until it is worked out."""

    async def oldest(self, limit: int, last: int) -> list[Page]:
        """Return the oldest pages up to the id `last`. Whoever asks meanwhile waits for this transaction's end."""
        mine = select(*_PAGE).where(journal.c.program_id == self.program, journal.c.id <= last)
        rows = await self.conn.execute(mine.order_by(journal.c.id).limit(limit).with_for_update())
        return [Page(*row) for row in rows]

    async def strike(self, pages: Sequence[Page]) -> None:
        """Delete pages that are worked out."""
        await self.delete(journal, self.among(journal.c.id, [page.id for page in pages]))

    async def of(self, member_id: int) -> dict[str, list[dict[str, Any]]]:
        """Return nothing: what stands here is worked out within moments, and then stands among the messages."""
        return {}

    async def forget(self, member_id: int) -> None:
        """Delete nothing: whoever is no member any more is passed over when this is worked out."""
