"""Reports in the making: sealed with a key that stands in the writer's buttons alone, kept for a day at most."""

from datetime import datetime
from typing import Any

from sqlalchemy import Column, ForeignKey, LargeBinary, String, Table, select, update

from storage.report_tables import to_hour
from storage.schema import Instant, metadata
from storage.store import Store

drafts = Table(
    "report_draft",
    metadata,
    Column("id", String, primary_key=True),
    Column("program_id", ForeignKey("program.id"), nullable=False),
    Column("hour", Instant, nullable=False),
    Column("sealed", LargeBinary, nullable=False),
    sqlite_with_rowid=False,
)


class ReportDrafts(Store):
    """The reports in the making of one program. Nothing here tells whose they are."""

    async def add(self, id_: str, sealed: bytes) -> None:
        """Keep a new one."""
        row = {"id": id_, "program_id": self.program, "hour": to_hour(self.now), "sealed": sealed}
        await self.conn.execute(drafts.insert().values(**row))

    async def put(self, id_: str, sealed: bytes) -> None:
        """Keep it as it is now."""
        mine = (drafts.c.program_id == self.program, drafts.c.id == id_)
        await self.conn.execute(update(drafts).where(*mine).values(sealed=sealed))

    async def lock(self, id_: str) -> bytes | None:
        """Return one, which nobody else sends or changes until this transaction ends; None if there is none."""
        mine = (drafts.c.program_id == self.program, drafts.c.id == id_)
        sealed: bytes | None = await self.conn.scalar(select(drafts.c.sealed).where(*mine).with_for_update())
        return sealed

    async def drop(self, id_: str) -> None:
        """Keep it no longer."""
        await self.delete(drafts, drafts.c.id == id_)

    async def purge(self, before: datetime) -> None:
        """Delete what was begun before an instant."""
        await self.delete(drafts, drafts.c.hour < before)

    async def of(self, member_id: int) -> dict[str, list[dict[str, Any]]]:
        """Return nothing: no row tells whose it is."""
        return {}

    async def forget(self, member_id: int) -> None:
        """Delete nothing, for the same reason."""
