"""What somebody has begun and not yet decided: kept for a day, sealed with a key that isn't kept here."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Column, ForeignKey, String, Table, select, update

from storage.schema import Id, Instant, metadata
from storage.store import Store

drafts = Table(
    "draft",
    metadata,
    Column("id", Id, primary_key=True),
    Column("program_id", ForeignKey("program.id"), nullable=False),
    Column("member_id", ForeignKey("member.id"), nullable=False, index=True),
    Column("made_at", Instant, nullable=False),
    Column("content", String),
    sqlite_autoincrement=True,
)


@dataclass(frozen=True, slots=True)
class Draft:
    """A draft: by whom, since when, and its sealed content; None once it was used."""

    id: int
    member_id: int
    made_at: datetime
    content: str | None


class Drafts(Store):
    """The drafts of one program."""

    async def add(self, member_id: int, content: str) -> int:
        """Keep a draft; return its id."""
        row = {"program_id": self.program, "member_id": member_id, "made_at": self.now, "content": content}
        return int((await self.conn.execute(drafts.insert().values(**row).returning(drafts.c.id))).scalar_one())

    async def lock(self, id_: int) -> Draft | None:
        """Return a draft; others who want to use it wait until this transaction ends."""
        columns = (drafts.c[name] for name in Draft.__dataclass_fields__)
        query = select(*columns).where(drafts.c.program_id == self.program, drafts.c.id == id_).with_for_update()
        row = (await self.conn.execute(query)).first()
        return None if row is None else Draft(*row)

    async def put(self, id_: int, content: str | None) -> None:
        """Change what is in a draft; None: it was used, and nothing of it is kept."""
        mine = (drafts.c.program_id == self.program, drafts.c.id == id_)
        await self.conn.execute(update(drafts).where(*mine).values(content=content))

    async def purge(self, before: datetime) -> None:
        """Delete what was begun before an instant."""
        await self.delete(drafts, drafts.c.made_at < before)

    async def of(self, member_id: int) -> dict[str, list[dict[str, Any]]]:
        """Return what a member has begun."""
        return {"draft": await self.rows(drafts, drafts.c.member_id == member_id)}

    async def forget(self, member_id: int) -> None:
        """Delete it."""
        await self.delete(drafts, drafts.c.member_id == member_id)
