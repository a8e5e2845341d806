"""Who holds which rows of the outbox: claims are leases in the database's own time."""

from collections.abc import Collection
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, and_, literal_column, or_, select, update

from storage.effects import BUDGETED, WAITING, Effect, Holder, OutboxRow, State, Urgency, outbox
from storage.schema import Id
from storage.store import Store

ROW = tuple(outbox.c[name] for name in OutboxRow.__dataclass_fields__)
FREE: dict[str, Any] = {"lease_until": None, "held_by": None}
_WORDS: dict[str, Any] = {word.value: word for words in (Effect, Urgency, State) for word in words}


def read_row(values: Any) -> OutboxRow:
    """Read a row of the outbox."""
    id_, key, kind, args, member, effect, urgency, delivery, attempts, state, *rest = values
    ids = tuple(map(int, args.split(":"))) if args else ()
    return OutboxRow(
        id_, key, kind, ids, member, _WORDS[effect], _WORDS[urgency], delivery, attempts, _WORDS[state], *rest
    )


class Claims(Store):
    """The rows of one program that this process, or another one, has taken up."""

    async def claim(self, holder: Holder, limit: int = 200, kinds: Collection[str] | None = None) -> list[OutboxRow]:
        """Take rows that are due and that nobody holds, for the time of a lease; at most `limit`, of `kinds` alone."""
        of = () if kinds is None else (outbox.c.kind.in_(kinds),)
        return await self._claim(holder, limit, self._free, outbox.c.not_before <= self.now, *of)

    async def claim_companions(self, holder: Holder, member_id: int) -> list[OutboxRow]:
        """Take all that a member may get by now, also what was put back for lack of a place: it travels along.

        What another process holds is taken over, as long as it has not begun to send it: one message says it all.
        """
        waits = (outbox.c.due_at <= self.now, outbox.c.delivery_id.is_(None))
        mine = (outbox.c.member_id == member_id, outbox.c.effect == Effect.SEND, outbox.c.urgency.in_(BUDGETED))
        others = outbox.c.held_by.is_distinct_from(holder.name)
        return await self._claim(holder, 200, *mine, *waits, others)

    async def claim_rest(self, holder: Holder, delivery_id: int) -> list[OutboxRow]:
        """Take the rows of a delivery that nobody holds."""
        of = (outbox.c.delivery_id == delivery_id, outbox.c.effect == Effect.SEND)
        return await self._claim(holder, 1000, self._free, *of)

    async def _claim(self, holder: Holder, limit: int, *where: ColumnElement[bool]) -> list[OutboxRow]:
        # As a CTE: a subquery could be run again for each row, and would then pick others.
        picked = (
            select(outbox.c.id)
            .where(outbox.c.program_id == self.program, WAITING, *where)
            .order_by(outbox.c.not_before, outbox.c.id)
            .limit(limit)
            .with_for_update(skip_locked=True)
            .cte("picked")
        )
        query = (
            update(outbox)
            .where(outbox.c.id.in_(select(picked.c.id)))
            .values(lease_until=self._database_now + _micros(holder.lease), held_by=holder.name)
            .returning(*ROW)
        )
        rows = [read_row(row) for row in await self.conn.execute(query)]
        return sorted(rows, key=lambda row: (row.not_before, row.id))

    async def hold(self, holder: Holder, rows: Collection[OutboxRow]) -> list[OutboxRow]:
        """Hold rows for another lease; return those that are still this process's, and not somebody else's by now."""
        lease = self._database_now + _micros(holder.lease)
        held = await self._change(rows, lease_until=lease)
        return [row for row in rows if row.id in held]

    async def free(self, holder: Holder | None = None) -> None:
        """Give back what a process holds; None: what anybody held, when no other process can be at work."""
        held = (outbox.c.program_id == self.program, outbox.c.lease_until.is_not(None))
        whose = () if holder is None else (outbox.c.held_by == holder.name,)
        await self.conn.execute(update(outbox).where(*held, *whose).values(**FREE))

    # What follows changes those rows alone that are still held as they were when they were taken.

    async def release(self, rows: Collection[OutboxRow], not_before: datetime | None = None) -> None:
        """Give claimed rows back, to be taken again at `not_before` (None: at once)."""
        later = {} if not_before is None else {"not_before": not_before}
        await self._change(rows, **FREE, **later)

    async def retry(self, rows: Collection[OutboxRow], not_before: datetime) -> None:
        """Give rows back that failed, to be tried again at `not_before`."""
        await self._change(rows, **FREE, not_before=not_before, attempts=outbox.c.attempts + 1)

    async def drop(self, rows: Collection[OutboxRow]) -> None:
        """Delete rows that are no longer needed: their keys are free again."""
        if rows:
            await self.delete(outbox, self._as_taken(rows))

    async def _change(self, rows: Collection[OutboxRow], **values: Any) -> set[int]:
        if not rows:
            return set()
        query = update(outbox).where(outbox.c.program_id == self.program, self._as_taken(rows)).values(**values)
        return {row.id for row in await self.conn.execute(query.returning(outbox.c.id))}

    def _as_taken(self, rows: Collection[OutboxRow]) -> ColumnElement[bool]:
        holder = next(iter(rows)).held_by
        mine = self.among(outbox.c.id, [row.id for row in rows])
        return and_(mine, WAITING, outbox.c.held_by.is_not_distinct_from(holder))

    @property
    def _free(self) -> ColumnElement[bool]:
        return or_(outbox.c.lease_until.is_(None), outbox.c.lease_until < self._database_now)

    @property
    def _database_now(self) -> Any:
        """The database's own time, in microseconds since 1970: leases must not hang on a process's clock."""
        now = "CAST((julianday('now') - 2440587.5) * 86400000000 AS INTEGER)"
        if self.conn.dialect.name == "postgresql":
            now = "CAST(extract(epoch FROM clock_timestamp()) * 1000000 AS BIGINT)"
        return select(literal_column(now, Id)).scalar_subquery()  # worked out once, and not for each row


def _micros(time: timedelta) -> int:
    return time // timedelta(microseconds=1)
