"""The queries about totals: what several people said of somebody; the table is in storage/sheet_tables.py."""

from collections.abc import Collection, Sequence
from dataclasses import asdict
from typing import Any

from sqlalchemy import select

from storage.sheet_tables import Total, totals
from storage.store import Store

__all__ = ["Total", "Totals"]

_TOTAL = tuple(totals.c[name] for name in Total.__dataclass_fields__)


class Totals(Store):
    """The totals of one program."""

    async def add(self, about_id: int, new: Sequence[Total]) -> None:
        """Keep what a group of people said of a member."""
        await self.add_new(totals, [{**asdict(one), "program_id": self.program, "member_id": about_id} for one in new])

    async def get(self, about_ids: Collection[int]) -> dict[int, list[Total]]:
        """Return what groups of people said of members, oldest first."""
        these = (totals.c.program_id == self.program, self.among(totals.c.member_id, about_ids))
        found: dict[int, list[Total]] = {one: [] for one in about_ids}
        for member_id, *row in await self.conn.execute(
            select(totals.c.member_id, *_TOTAL).where(*these).order_by(totals.c.id)
        ):
            found[member_id].append(Total(*row))
        return found

    async def of(self, member_id: int) -> dict[str, list[dict[str, Any]]]:
        """Return what groups of people said of a member."""
        return {"sheet_total": await self.rows(totals, totals.c.member_id == member_id)}

    async def forget(self, member_id: int) -> None:
        """Delete that."""
        await self.delete(totals, totals.c.member_id == member_id)
