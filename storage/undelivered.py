"""What couldn't be delivered: the dead rows of the outbox, for people to look at and to have tried again."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, func, select, update

from storage.effects import DEAD, Effect, State, outbox
from storage.store import Store


@dataclass(frozen=True, slots=True)
class DeadRow:
    """An effect that was given up: for whom, of what kind, when it was due, and why it can't be done."""

    id: int
    kind: str
    member_id: int | None
    pairing_id: int | None
    effect: Effect
    due_at: datetime
    reason: str | None


_DEAD_ROW = tuple(outbox.c[name] for name in DeadRow.__dataclass_fields__)
_AS_NEW: dict[str, Any] = {"state": State.WAITING, "reason": None, "attempts": 0, "lease_until": None, "held_by": None}


class DeadRows(Store):
    """What couldn't be delivered in one program."""

    async def newest(self, limit: int, without: Collection[str] = ()) -> list[DeadRow]:
        """Return what was due last, the newest first; `without` some kinds."""
        query = select(*_DEAD_ROW).where(*self._dead(without))
        rows = await self.conn.execute(query.order_by(outbox.c.due_at.desc(), outbox.c.id.desc()).limit(limit))
        return [DeadRow(**{**row, "effect": Effect(row["effect"])}) for row in rows.mappings()]

    async def count(self, without: Collection[str] = ()) -> int:
        """Return how much there is, `without` some kinds."""
        query = select(func.count()).select_from(outbox).where(*self._dead(without))
        return int(await self.conn.scalar(query) or 0)

    async def failed_for(self, reason: str) -> int:
        """Return how much there is that failed for a reason."""
        query = select(func.count()).select_from(outbox).where(*self._dead(()), outbox.c.reason == reason)
        return int(await self.conn.scalar(query) or 0)

    async def try_again(self, ids: Collection[int] | None = None, without: Collection[str] = ()) -> list[str]:
        """Let rows wait again, to be done at once; None: all. Return the keys of those that were dead until now."""
        return await self._revive(*self._dead(without), *(() if ids is None else (self.among(outbox.c.id, ids),)))

    async def try_theirs(self, member_ids: Collection[int], kinds: Collection[str]) -> None:
        """Let what is for these members, and of these kinds, wait again."""
        await self._revive(*self._dead(()), outbox.c.kind.in_(kinds), self.among(outbox.c.member_id, member_ids))

    def _dead(self, without: Collection[str]) -> tuple[ColumnElement[bool], ...]:
        return outbox.c.program_id == self.program, DEAD, outbox.c.kind.not_in(without)

    async def _revive(self, *mine: ColumnElement[bool]) -> list[str]:
        query = update(outbox).where(*mine).values(**_AS_NEW, not_before=self.now).returning(outbox.c.key)
        return sorted(row.key for row in await self.conn.execute(query))

    async def drop(self, id_: int, without: Collection[str] = ()) -> bool:
        """Delete one; False if it is no longer there."""
        mine = outbox.delete().where(*self._dead(without), outbox.c.id == id_)
        return (await self.conn.execute(mine)).rowcount == 1

    async def of(self, member_id: int) -> dict[str, list[dict[str, Any]]]:
        """Return nothing: the outbox's own store gives these rows."""
        return {}

    async def forget(self, member_id: int) -> None:
        """Delete nothing, for the same reason."""
