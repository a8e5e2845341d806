"""The queries about next steps: who wants to do what until the next session; the table is in sheet_tables.py."""

from collections.abc import Collection, Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, or_, select, update

from storage.ended import ended_before
from storage.pairings import pairings_of
from storage.sheet_tables import NewStep, NextStep, next_steps
from storage.store import Store

__all__ = ["NewStep", "NextStep", "NextSteps"]

_STEP = tuple(next_steps.c[name] for name in NextStep.__dataclass_fields__)


class NextSteps(Store):
    """The next steps of one program's pairings."""

    async def add(self, session_id: int, pairing_id: int, new: Sequence[NewStep]) -> None:
        """Keep what was agreed on in a session."""
        common = {"program_id": self.program, "session_id": session_id, "pairing_id": pairing_id}
        await self.add_new(next_steps, [{**asdict(one), **common} for one in new])

    async def get(self, ids: Collection[int]) -> dict[int, NextStep]:
        """Return steps by id."""
        return {one.id: one for one in await self._find(self.among(next_steps.c.id, ids))}

    async def still_open(self, pairing_ids: Collection[int]) -> dict[int, list[NextStep]]:
        """Return what is still to be done in pairings, oldest first."""
        found: dict[int, list[NextStep]] = {one: [] for one in pairing_ids}
        for one in await self._find(self.among(next_steps.c.pairing_id, pairing_ids), next_steps.c.done_at.is_(None)):
            found[one.pairing_id].append(one)
        return found

    async def of_session(self, session_id: int) -> list[NextStep]:
        """Return what was agreed on in a session."""
        return await self._find(next_steps.c.session_id == session_id)

    async def mark(self, step_id: int, *, done: bool) -> bool:
        """Note that a step is done, or isn't after all; False if that is no news."""
        one = (next_steps.c.program_id == self.program, next_steps.c.id == step_id)
        news = next_steps.c.done_at.is_(None) if done else next_steps.c.done_at.is_not(None)
        statement = update(next_steps).where(*one, news).values(done_at=self.now if done else None)
        return (await self.conn.execute(statement)).rowcount == 1

    async def _find(self, *where: ColumnElement[bool]) -> list[NextStep]:
        query = select(*_STEP).where(next_steps.c.program_id == self.program, *where).order_by(next_steps.c.id)
        return [NextStep(*row) for row in await self.conn.execute(query)]

    async def purge(self, before: datetime) -> None:
        """Delete the steps of pairings that ended before an instant."""
        await self.delete(next_steps, next_steps.c.pairing_id.in_(ended_before(self.program, before)))

    async def of(self, member_id: int) -> dict[str, list[dict[str, Any]]]:
        """Return the steps of a member's pairings, which both sides can see."""
        return {"next_step": await self.rows(next_steps, self._theirs(member_id))}

    async def forget(self, member_id: int) -> None:
        """Delete those."""
        await self.delete(next_steps, self._theirs(member_id))

    def _theirs(self, member_id: int) -> ColumnElement[bool]:
        of_pairings = next_steps.c.pairing_id.in_(pairings_of(self.program, member_id))
        return or_(of_pairings, next_steps.c.member_id == member_id)
