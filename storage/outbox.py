"""The queries about what is to be done on the outside; tables and records are in storage/effects.py."""

from collections.abc import Collection, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import BindParameter, bindparam, func, or_, select, update

from storage.claims import FREE, ROW, Claims, read_row
from storage.effects import (
    AT_PLACES,
    BUDGETED,
    LEASE,
    OF_TITLES,
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
from storage.schema import Instant

__all__ = [
    "AT_PLACES",
    "BUDGETED",
    "LEASE",
    "OF_TITLES",
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

_DELIVERY = tuple(deliveries.c[name] for name in Delivery.__dataclass_fields__)


class Outbox(Claims):
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

    async def kill(self, rows: Collection[OutboxRow], reason: str) -> list[OutboxRow]:
        """End rows that can't be done, with the reason; return those that were ended.

        A delivery that was begun for them no longer counts.
        """
        dead = await self._change(rows, **FREE, state=State.DEAD, reason=reason)
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

    async def edit(self, keys: Collection[str]) -> None:
        """Have the messages edited in which rows with these keys went out: what they tell of has changed.

        It is asked for each time anew: an edit that is under way may have been composed before this change.
        """
        out = {row.delivery_id: row for row in await self.by_keys(keys) if row.is_out}
        await self.add([row.edit(self.now) for row in out.values()])

    async def let_go(self, keys: Collection[str]) -> None:
        """Let rows with these keys that still wait, and are needless by now, be looked at at once, and dropped."""
        await self.move([Move(key, self.now, Urgency.AT_ONCE) for key in keys])

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

    async def close_delivery(self, delivery: Delivery, rows: Collection[OutboxRow]) -> list[OutboxRow]:
        """Note that a delivery is out, and its rows with it; return those of which nobody had noted it before."""
        where = {name: getattr(delivery, name) for name in ("platform", "workspace", "channel", "message")}
        mine = (deliveries.c.program_id == self.program, deliveries.c.id == delivery.id, deliveries.c.sent_at.is_(None))
        await self.conn.execute(update(deliveries).where(*mine).values(sent_at=self.now, **where))
        return await self.close(rows)

    async def close(self, rows: Collection[OutboxRow]) -> list[OutboxRow]:
        """Note that rows are done, whoever holds them: what is out is out. Return those that still waited."""
        mine = (outbox.c.program_id == self.program, self.among(outbox.c.id, [row.id for row in rows]), WAITING)
        query = update(outbox).where(*mine).values(**FREE, state=State.SENT).returning(outbox.c.id)
        closed = {row.id for row in await self.conn.execute(query)}
        return [row for row in rows if row.id in closed]

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
        query = select(*ROW).where(
            outbox.c.program_id == self.program,
            outbox.c.delivery_id == delivery_id,
            outbox.c.effect == Effect.SEND,
        )
        return [read_row(row) for row in await self.conn.execute(query.order_by(outbox.c.id))]

    async def by_keys(self, keys: Collection[str]) -> list[OutboxRow]:
        """Return the rows with these keys."""
        return [read_row(row) for row in await self.having(ROW, outbox.c.key, keys)]

    async def of_pairings(self, kind: str, pairing_ids: Collection[int]) -> list[OutboxRow]:
        """Return the rows of a kind for these pairings, the oldest first."""
        these = (outbox.c.kind == kind, self.among(outbox.c.pairing_id, pairing_ids))
        query = select(*ROW).where(outbox.c.program_id == self.program, *these)
        return [read_row(row) for row in await self.conn.execute(query.order_by(outbox.c.id))]

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
