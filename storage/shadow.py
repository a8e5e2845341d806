"""What was only noted while a program was tried out: it can be looked at, and taken back as if it had never been."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import and_, or_, select, update

from storage.due import SET, due
from storage.effects import Delivery, Effect, State, deliveries, outbox
from storage.store import Store
from storage.turns import nudges, turns

Args = tuple[int, ...]


def _args(text: str) -> Args:
    return tuple(map(int, text.split(":"))) if text else ()


class Shadow(Store):
    """What one program would have sent."""

    async def noted(self, begin: datetime, end: datetime) -> list[Delivery]:
        """Return the deliveries that would have gone out from `begin` on and before `end`, oldest first."""
        when = (deliveries.c.platform == "", deliveries.c.sent_at >= begin, deliveries.c.sent_at < end)
        query = select(*(deliveries.c[name] for name in Delivery.__dataclass_fields__)).where(
            deliveries.c.program_id == self.program, *when
        )
        rows = await self.conn.execute(query.order_by(deliveries.c.sent_at, deliveries.c.id))
        return [Delivery(*row) for row in rows]

    async def newest(self, kind: str, member_id: int) -> Args | None:
        """Return the arguments of the newest row of a kind for a member."""
        mine = (outbox.c.program_id == self.program, outbox.c.kind == kind, outbox.c.member_id == member_id)
        row = (
            await self.conn.execute(select(outbox.c.args).where(*mine).order_by(outbox.c.id.desc()).limit(1))
        ).first()
        return None if row is None else _args(row.args)

    async def alarms(self, kind: str) -> set[int]:
        """Return the subjects of the alarms of a kind that are set."""
        query = select(due.c.subject).where(due.c.program_id == self.program, due.c.kind == kind, SET)
        return {row.subject for row in await self.conn.execute(query)}

    async def take_back(self, since: datetime, kinds: Collection[str]) -> list[tuple[str, Args]]:
        """Delete what was noted since an instant, and what of these kinds waits or failed since then.

        Its keys and its places in anybody's budget are free again. Return kind and arguments of the messages.
        """
        nowhere = select(deliveries.c.id).where(
            deliveries.c.program_id == self.program, deliveries.c.platform == "", deliveries.c.sent_at >= since
        )
        begun = and_(outbox.c.state != State.SENT, outbox.c.due_at >= since, outbox.c.kind.in_(kinds))
        these = or_(outbox.c.delivery_id.in_(nowhere), and_(begun, outbox.c.effect == Effect.SEND))
        gone = outbox.delete().where(outbox.c.program_id == self.program, these)
        rows = await self.conn.execute(gone.returning(outbox.c.kind, outbox.c.args, outbox.c.effect))
        found = [(row.kind, _args(row.args)) for row in rows if row.effect == Effect.SEND]
        carried = select(outbox.c.delivery_id).where(outbox.c.delivery_id.is_not(None))
        empty = (deliveries.c.platform == "") & deliveries.c.id.not_in(carried)
        await self.delete(deliveries, empty & or_(deliveries.c.sent_at.is_(None), deliveries.c.sent_at >= since))
        return found

    async def take_back_nudges(self, keys: Sequence[Args], since: datetime) -> None:
        """Delete nudges by (turn id, reopened, rung), and forget that coordinators were told since an instant."""
        for turn_id, reopened, rung in keys:
            one = (nudges.c.turn_id == turn_id) & (nudges.c.reopened == reopened) & (nudges.c.rung == rung)
            await self.delete(nudges, one)
        told = (turns.c.program_id == self.program, turns.c.told_at >= since)
        await self.conn.execute(update(turns).where(*told).values(told_at=None))

    async def turns(self, since: datetime | None) -> list[int]:
        """Return the ids of the turns that wait, or ended since an instant."""
        ended = () if since is None else (turns.c.closed_at >= since,)
        query = select(turns.c.id).where(turns.c.program_id == self.program, or_(turns.c.closed_at.is_(None), *ended))
        return [row.id for row in await self.conn.execute(query)]

    async def of(self, member_id: int) -> dict[str, list[dict[str, Any]]]:
        """Return nothing: it is all in the tables of other stores."""
        return {}

    async def forget(self, member_id: int) -> None:
        """Delete nothing."""
