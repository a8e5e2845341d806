"""The queries about what is to be done on the outside; tables and records are in storage/effects.py."""

from collections.abc import Collection, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import BindParameter, ColumnElement, and_, bindparam, func, literal_column, or_, select, update

from storage.effects import (
    BUDGETED,
    LEASE,
    OF_PAIRINGS,
    WAITING,
    Delivery,
    Effect,
    Holder,
    Move,
    NewRow,
    OutboxRow,
    State,
    Urgency,
    deliveries,
    outbox,
)
from storage.pairings import pairings_of
from storage.schema import Id, Instant
from storage.store import Store

__all__ = [
    "BUDGETED",
    "LEASE",
    "OF_PAIRINGS",
    "Delivery",
    "Effect",
    "Holder",
    "Move",
    "NewRow",
    "Outbox",
    "OutboxRow",
    "State",
    "Urgency",
]

_ROW = tuple(outbox.c[name] for name in OutboxRow.__dataclass_fields__)
_FREE: dict[str, Any] = {"lease_until": None, "held_by": None}
_DELIVERY = tuple(deliveries.c[name] for name in Delivery.__dataclass_fields__)


_WORDS: dict[str, Any] = {word.value: word for words in (Effect, Urgency, State) for word in words}


def _row(values: Any) -> OutboxRow:
    id_, key, kind, args, member, effect, urgency, delivery, attempts, state, *rest = values
    ids = tuple(map(int, args.split(":"))) if args else ()
    return OutboxRow(
        id_, key, kind, ids, member, _WORDS[effect], _WORDS[urgency], delivery, attempts, _WORDS[state], *rest
    )


class Outbox(Store):
    """The effects of one program."""

    async def add(self, new: Sequence[NewRow]) -> int:
        """Ask for effects; one whose key is known already changes nothing. Return how many were new."""
        rows = [
            {
                "program_id": self.program,
                "key": row.key,
                "kind": row.kind,
                "args": ":".join(map(str, row.args)),
                "member_id": row.member_id,
                "pairing_id": row.pairing_id,
                "effect": row.effect,
                "urgency": row.urgency,
                "due_at": row.due_at,
                "not_before": row.due_at,
                "state": State.WAITING,
                "delivery_id": row.delivery_id,
                "attempts": 0,
            }
            for row in new
        ]
        return await self.add_new(outbox, rows)

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
            .returning(*_ROW)
        )
        rows = [_row(row) for row in await self.conn.execute(query)]
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
        await self.conn.execute(update(outbox).where(*held, *whose).values(**_FREE))

    # What follows changes those rows alone that are still held as they were when they were taken.

    async def release(self, rows: Collection[OutboxRow], not_before: datetime | None = None) -> None:
        """Give claimed rows back, to be taken again at `not_before` (None: at once)."""
        later = {} if not_before is None else {"not_before": not_before}
        await self._change(rows, **_FREE, **later)

    async def retry(self, rows: Collection[OutboxRow], not_before: datetime) -> None:
        """Give rows back that failed, to be tried again at `not_before`."""
        await self._change(rows, **_FREE, not_before=not_before, attempts=outbox.c.attempts + 1)

    async def drop(self, rows: Collection[OutboxRow]) -> None:
        """Delete rows that are no longer needed: their keys are free again."""
        if rows:
            await self.delete(outbox, self._as_taken(rows))

    async def kill(self, rows: Collection[OutboxRow], reason: str) -> list[OutboxRow]:
        """End rows that can't be done, with the reason; return those that were ended.

        A delivery that was begun for them no longer counts.
        """
        dead = await self._change(rows, **_FREE, state=State.DEAD, reason=reason)
        ended = [row for row in rows if row.id in dead]
        begun = (outbox.c.effect == Effect.SEND, outbox.c.delivery_id.is_not(None), self.among(outbox.c.id, dead))
        for row in list(await self.conn.execute(select(outbox.c.delivery_id).where(*begun).distinct())):
            await self.cancel_delivery(row.delivery_id)
        return ended

    async def move(self, moves: Sequence[Move]) -> None:
        """Let rows that still wait go out at another time; what is on its way is left alone."""
        if not moves:
            return
        key: BindParameter[str] = bindparam("of")
        how: BindParameter[str] = bindparam("how")
        at = bindparam("to", type_=Instant)
        one = (outbox.c.program_id == self.program, outbox.c.key == key, WAITING, outbox.c.delivery_id.is_(None))
        other = or_(outbox.c.due_at != at, outbox.c.urgency != how)
        statement = update(outbox).where(*one, other).values(due_at=at, not_before=at, urgency=how)
        await self.conn.execute(statement, [{"of": m.key, "to": m.due_at, "how": m.urgency} for m in moves])

    async def wake(self, member_ids: Collection[int] | None = None) -> None:
        """Look again at what was put back for members, or for all: their hours are no longer what they were."""
        put_back = (WAITING, outbox.c.delivery_id.is_(None), outbox.c.not_before > outbox.c.due_at)
        whose = () if member_ids is None else (self.among(outbox.c.member_id, member_ids),)
        mine = (outbox.c.program_id == self.program, *whose)
        await self.conn.execute(update(outbox).where(*mine, *put_back).values(not_before=outbox.c.due_at))

    async def open_delivery(self, member_id: int, key: str, day: date, rows: Collection[OutboxRow]) -> Delivery | None:
        """Begin a delivery that carries these rows; None if one of that key was begun before."""
        values = {"member_id": member_id, "key": key, "day": day.isoformat()}
        budgeted = any(row.urgency in BUDGETED for row in rows)
        nowhere = dict.fromkeys(("platform", "workspace", "channel", "message"), "")
        new = {"program_id": self.program, "budgeted": budgeted, **values, **nowhere}
        if not await self.add_new(deliveries, [new]):
            return None
        query = select(*_DELIVERY).where(deliveries.c.key == key)
        delivery = Delivery(*(await self.conn.execute(query)).one())
        await self._change(rows, delivery_id=delivery.id)
        return delivery

    async def close_delivery(self, delivery: Delivery, rows: Collection[OutboxRow]) -> None:
        """Note that a delivery is out, and its rows with it."""
        where = {name: getattr(delivery, name) for name in ("platform", "workspace", "channel", "message")}
        mine = (deliveries.c.program_id == self.program, deliveries.c.id == delivery.id)
        await self.conn.execute(update(deliveries).where(*mine).values(sent_at=self.now, **where))
        await self.close(rows)

    async def close(self, rows: Collection[OutboxRow]) -> None:
        """Note that rows are done, whoever holds them: what is out is out."""
        mine = (outbox.c.program_id == self.program, self.among(outbox.c.id, [row.id for row in rows]), WAITING)
        await self.conn.execute(update(outbox).where(*mine).values(**_FREE, state=State.SENT))

    async def cancel_delivery(self, delivery_id: int) -> None:
        """Undo a delivery that was begun and will not go out: its place in the budget is free again."""
        loose = update(outbox).where(outbox.c.program_id == self.program, outbox.c.delivery_id == delivery_id)
        await self.conn.execute(loose.values(delivery_id=None))
        await self.delete(deliveries, (deliveries.c.id == delivery_id) & deliveries.c.sent_at.is_(None))

    async def delivery(self, row: OutboxRow) -> Delivery:
        """Return the delivery that a row belongs to."""
        query = select(*_DELIVERY).where(deliveries.c.program_id == self.program, deliveries.c.id == row.delivery_id)
        return Delivery(*(await self.conn.execute(query)).one())

    async def carried(self, delivery_id: int) -> list[OutboxRow]:
        """Return the rows that a delivery carries or carried."""
        query = select(*_ROW).where(
            outbox.c.program_id == self.program,
            outbox.c.delivery_id == delivery_id,
            outbox.c.effect == Effect.SEND,
        )
        return [_row(row) for row in await self.conn.execute(query.order_by(outbox.c.id))]

    async def by_keys(self, keys: Collection[str]) -> list[OutboxRow]:
        """Return the rows with these keys."""
        query = select(*_ROW).where(outbox.c.program_id == self.program, self.among(outbox.c.key, keys))
        return [_row(row) for row in await self.conn.execute(query)]

    async def of_pairings(self, kind: str, pairing_ids: Collection[int]) -> list[OutboxRow]:
        """Return the rows of a kind for these pairings, the oldest first."""
        these = (outbox.c.kind == kind, self.among(outbox.c.pairing_id, pairing_ids))
        query = select(*_ROW).where(outbox.c.program_id == self.program, *these)
        return [_row(row) for row in await self.conn.execute(query.order_by(outbox.c.id))]

    async def days(self, member_id: int, since: date) -> list[date]:
        """Return the days, from `since` on, of a member's deliveries that count in their budget."""
        query = select(deliveries.c.day).where(
            deliveries.c.program_id == self.program,
            deliveries.c.member_id == member_id,
            deliveries.c.budgeted,
            deliveries.c.day >= since.isoformat(),
        )
        return [date.fromisoformat(row.day) for row in await self.conn.execute(query)]

    async def next_at(self, kinds: Collection[str] | None = None) -> datetime | None:
        """Return when the next row may go out, of `kinds` alone."""
        of = () if kinds is None else (outbox.c.kind.in_(kinds),)
        query = select(func.min(outbox.c.not_before)).where(outbox.c.program_id == self.program, WAITING, *of)
        at: datetime | None = await self.conn.scalar(query)
        return at

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

    async def purge(self, before: datetime) -> None:
        """Delete what was ended before an instant."""
        await self.delete(outbox, (outbox.c.due_at < before) & (outbox.c.state != State.WAITING))
        carried = select(outbox.c.delivery_id).where(outbox.c.delivery_id.is_not(None))
        await self.delete(deliveries, (deliveries.c.sent_at < before) & deliveries.c.id.not_in(carried))

    async def of(self, member_id: int) -> dict[str, list[dict[str, Any]]]:
        """Return what was, or is to be, sent to a member."""
        mine = or_(outbox.c.member_id == member_id, outbox.c.pairing_id.in_(pairings_of(self.program, member_id)))
        return {
            "outbox": await self.rows(outbox, mine),
            "delivery": await self.rows(deliveries, deliveries.c.member_id == member_id),
        }

    async def forget(self, member_id: int) -> None:
        """Delete those."""
        of_pairings = outbox.c.pairing_id.in_(pairings_of(self.program, member_id))
        await self.delete(outbox, or_(outbox.c.member_id == member_id, of_pairings))
        await self.delete(deliveries, deliveries.c.member_id == member_id)


def _micros(time: timedelta) -> int:
    return time // timedelta(microseconds=1)
