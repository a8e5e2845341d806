"""The queries about the team's requests; their tables and records are in storage/ask_tables.py."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, bindparam, case, func, or_, select, update

from storage.ask_tables import (
    ASK_ALARM,
    RECIPIENT,
    RECIPIENT_ALARM,
    Answer,
    Answered,
    Ask,
    Audience,
    Counts,
    NewAsk,
    Recipient,
    asks,
    read_recipient,
    recipients,
    reminders,
)
from storage.batches import add_new
from storage.due import due
from storage.members import members
from storage.schema import Instant
from storage.store import Store
from storage.turns import NudgeRow

__all__ = [
    "ASK_ALARM",
    "RECIPIENT_ALARM",
    "Answer",
    "Answered",
    "Ask",
    "Asks",
    "Audience",
    "Counts",
    "NewAsk",
    "Recipient",
]

_ASK = tuple(asks.c[name] for name in Ask.__dataclass_fields__)


def _ask(row: Sequence[Any]) -> Ask:
    id_, by_id, audience, *rest = row
    return Ask(id_, by_id, Audience(audience), *rest)


class Asks(Store):
    """The team's requests in one program."""

    async def draft(self, new: NewAsk) -> int:
        """Keep a request that is not sent yet; return its id."""
        row = {**asdict(new), "program_id": self.program, "made_at": self.now}
        return int((await self.conn.execute(asks.insert().values(**row).returning(asks.c.id))).scalar_one())

    async def change(self, ask_id: int, new: NewAsk) -> None:
        """Change a draft."""
        one = (asks.c.program_id == self.program, asks.c.id == ask_id, asks.c.sent_at.is_(None))
        await self.conn.execute(update(asks).where(*one).values(**asdict(new)))

    async def drop(self, ask_id: int) -> None:
        """Throw a draft away."""
        await self.delete(asks, (asks.c.id == ask_id) & asks.c.sent_at.is_(None))

    async def get(self, ids: Collection[int]) -> dict[int, Ask]:
        """Return requests by id."""
        return {row.id: _ask(row) for row in await self.having(_ASK, asks.c.id, ids)}

    async def lock(self, ask_id: int) -> Ask | None:
        """Return a request; others who want to send or close it wait until this transaction ends."""
        query = select(*_ASK).where(asks.c.program_id == self.program, asks.c.id == ask_id)
        row = (await self.conn.execute(query.with_for_update(key_share=True))).first()
        return None if row is None else _ask(row)

    async def newest(self, limit: int) -> list[Ask]:
        """Return drafts and requests, the newest first."""
        query = select(*_ASK).where(asks.c.program_id == self.program)
        return [_ask(row) for row in await self.conn.execute(query.order_by(asks.c.id.desc()).limit(limit))]

    async def send(self, ask_id: int, member_ids: Sequence[int]) -> list[Recipient]:
        """Let a draft go to these members; return them as its recipients."""
        await self._set(ask_id, sent_at=self.now)
        new = [{"program_id": self.program, "ask_id": ask_id, "member_id": member_id} for member_id in member_ids]
        await self.add_new(recipients, new)
        return await self._find(recipients.c.ask_id == ask_id)

    async def close(self, ask_id: int) -> None:
        """Let nobody be waited for any more."""
        await self._set(ask_id, closed_at=self.now)

    async def tell_at(self, ask_id: int, at: datetime) -> datetime:
        """Let whoever asked learn at `at`, or later if that was said before, who is silent; return when."""
        new = bindparam("at", at, Instant)
        later = case((func.coalesce(asks.c.tell_at, new) <= new, new), else_=asks.c.tell_at)
        one = (asks.c.program_id == self.program, asks.c.id == ask_id)
        query = update(asks).where(*one).values(tell_at=later).returning(asks.c.tell_at)
        told: datetime = (await self.conn.execute(query)).scalar_one()
        return told

    async def told(self, ask_id: int, recipient_ids: Collection[int]) -> None:
        """Note that whoever asked learns of these silent ones."""
        await self._set(ask_id, tell_at=None)
        these = (recipients.c.program_id == self.program, self.among(recipients.c.id, recipient_ids))
        await self.conn.execute(update(recipients).where(*these).values(told_at=self.now))

    async def _set(self, ask_id: int, **values: Any) -> None:
        one = (asks.c.program_id == self.program, asks.c.id == ask_id)
        await self.conn.execute(update(asks).where(*one).values(**values))

    # Whom they went to.

    async def recipients(self, ids: Collection[int]) -> dict[int, Recipient]:
        """Return recipients by id."""
        return {one.id: one for one in await self._find(self.among(recipients.c.id, ids))}

    async def waiting(self, ask_id: int) -> list[Recipient]:
        """Return who hasn't answered a request that is not closed."""
        return await self._find(recipients.c.ask_id == ask_id, *_WAITS)

    async def lately_with(self, member_ids: Collection[int], since: datetime) -> list[Recipient]:
        """Return the requests that wait for these members' answers, or did so since an instant: closed, or answered."""
        waited = or_(and_(*_WAITS), recipients.c.answered_at >= since, asks.c.closed_at >= since)
        return await self._find(self.among(recipients.c.member_id, member_ids), waited)

    async def of_member(self, member_id: int, limit: int, *, waiting: bool = False) -> list[Recipient]:
        """Return the requests to a member, the newest first: all, or those that wait."""
        where = [recipients.c.member_id == member_id, *(_WAITS if waiting else ())]
        query = self._recipients().where(*where).order_by(asks.c.sent_at.desc(), recipients.c.id.desc())
        return [read_recipient(row) for row in await self.conn.execute(query.limit(limit))]

    async def every_waiting(self) -> list[Recipient]:
        """Return everybody who hasn't answered, of all requests that are not closed."""
        return await self._find(*_WAITS)

    async def _find(self, *where: ColumnElement[bool]) -> list[Recipient]:
        query = self._recipients().where(*where).order_by(recipients.c.id)
        return [read_recipient(row) for row in await self.conn.execute(query)]

    def _recipients(self) -> Select[Any]:
        joined = select(*RECIPIENT).join_from(recipients, asks, asks.c.id == recipients.c.ask_id)
        return joined.where(recipients.c.program_id == self.program)

    async def mark_delivered(self, ids: Collection[int]) -> None:
        """Note that requests have reached people."""
        new = recipients.c.delivered_at.is_(None)
        await self._mark(ids, new, delivered_at=self.now)

    async def mark_failed(self, ids: Collection[int]) -> None:
        """Note that people can't be reached."""
        await self._mark(ids, recipients.c.delivered_at.is_(None), failed_at=self.now)

    async def _mark(self, ids: Collection[int], *where: ColumnElement[bool], **values: Any) -> None:
        these = (recipients.c.program_id == self.program, self.among(recipients.c.id, ids), *where)
        await self.conn.execute(update(recipients).where(*these).values(**values))

    async def answer(self, recipient_id: int, answer: Answer, text: str | None = None) -> bool:
        """Keep an answer; False if there is one already."""
        one = (recipients.c.program_id == self.program, recipients.c.id == recipient_id)
        values = {"answered_at": self.now, "answer": answer, "text": text}
        query = update(recipients).where(*one, recipients.c.answered_at.is_(None)).values(**values)
        return (await self.conn.execute(query)).rowcount == 1

    async def set_limits(self, limits: Mapping[int, datetime | None], version: int) -> None:
        """Note from when on an answer is late, by recipient id, and by which figures."""
        if limits:
            mine = (recipients.c.program_id == self.program, recipients.c.id == bindparam("one"))
            statement = update(recipients).where(*mine).values(limit_at=bindparam("limit"), version=version)
            await self.conn.execute(statement, [{"one": one, "limit": at} for one, at in limits.items()])

    async def counts(self, ask_ids: Collection[int]) -> dict[int, Counts]:
        """Return how many of those who are still here have answered, by request."""
        answered = case((recipients.c.answered_at.is_not(None), 1), else_=0)
        failed = case((and_(recipients.c.failed_at.is_not(None), recipients.c.answered_at.is_(None)), 1), else_=0)
        query = (
            select(recipients.c.ask_id, func.count(), func.sum(answered), func.sum(failed))
            .join(members, members.c.id == recipients.c.member_id)
            .where(recipients.c.program_id == self.program, self.among(recipients.c.ask_id, ask_ids), _COUNTS)
            .group_by(recipients.c.ask_id)
        )
        return {row[0]: Counts(row[1], int(row[2]), int(row[3])) for row in await self.conn.execute(query)}

    async def answers(self, ask_id: int) -> list[Answered]:
        """Return what everybody who is still here answered, by name. Nothing else returns the words of an answer."""
        columns = (members.c.name, *(recipients.c[name] for name in ("answer", "text", "answered_at", "failed_at")))
        query = (
            select(*columns)
            .join_from(recipients, members, members.c.id == recipients.c.member_id)
            .where(recipients.c.program_id == self.program, recipients.c.ask_id == ask_id, _COUNTS)
            .order_by(members.c.name, members.c.id)
        )
        return [
            Answered(name, answer and Answer(answer), text, at, failed_at is not None)
            for name, answer, text, at, failed_at in await self.conn.execute(query)
        ]

    # The reminders of them.

    async def plan(self, keys: Collection[tuple[int, int]]) -> set[tuple[int, int]]:
        """Claim reminders by (recipient id, rung); return those that were not planned before."""
        rows = [{"recipient_id": one, "rung": rung, "program_id": self.program} for one, rung in keys]
        return {tuple(row) for row in await add_new(self.conn, reminders, rows)}

    async def unplan(self, keys: Collection[tuple[int, int]]) -> None:
        """Take back reminders that were not sent."""
        for one, rung in keys:
            this = (reminders.c.recipient_id == one) & (reminders.c.rung == rung)
            await self.delete(reminders, this & reminders.c.sent_at.is_(None))

    async def mark_reminders(self, keys: Collection[tuple[int, int]], *, sent: bool) -> None:
        """Note that reminders went out by (recipient id, rung), or turned out to be impossible."""
        values = {"sent_at" if sent else "failed_at": self.now}
        for one, rung in keys:
            this = (reminders.c.recipient_id == one, reminders.c.rung == rung)
            await self.conn.execute(
                update(reminders).where(reminders.c.program_id == self.program, *this).values(**values)
            )

    async def try_again(self, keys: Collection[tuple[int, int]]) -> None:
        """Take what couldn't be delivered, by (recipient id, rung), as on its way again; rung 0 is the request."""
        await self._mark([one for one, rung in keys if not rung], failed_at=None)
        for one, rung in keys:
            this = (reminders.c.recipient_id == one, reminders.c.rung == rung)
            mine = update(reminders).where(reminders.c.program_id == self.program, *this)
            await self.conn.execute(mine.values(failed_at=None))

    async def reminders(self, recipient_ids: Collection[int]) -> dict[int, list[NudgeRow]]:
        """Return the reminders that recipients got or are to get, in order."""
        these = (reminders.c.program_id == self.program, self.among(reminders.c.recipient_id, recipient_ids))
        found: dict[int, list[NudgeRow]] = {one: [] for one in recipient_ids}
        for row in await self.conn.execute(select(reminders).where(*these).order_by(reminders.c.rung)):
            found[row.recipient_id].append(NudgeRow(0, row.rung, row.sent_at, row.failed_at))
        return found

    async def purge(self, before: datetime) -> None:
        """Delete requests that were sent before an instant, and older drafts, with all that is theirs."""
        at = func.coalesce(asks.c.sent_at, asks.c.made_at)
        old = select(asks.c.id).where(asks.c.program_id == self.program, at < bindparam("before", before, Instant))
        await self._delete_recipients(recipients.c.ask_id.in_(old))
        await self.delete(due, (due.c.kind == ASK_ALARM) & due.c.subject.in_(old))
        await self.delete(asks, asks.c.id.in_(old))

    async def _delete_recipients(self, which: ColumnElement[bool]) -> None:
        theirs = select(recipients.c.id).where(recipients.c.program_id == self.program, which)
        await self.delete(due, (due.c.kind == RECIPIENT_ALARM) & due.c.subject.in_(theirs))
        await self.delete(reminders, reminders.c.recipient_id.in_(theirs))
        await self.delete(recipients, which)

    async def of(self, member_id: int) -> dict[str, list[dict[str, Any]]]:
        """Return the requests that a member made, or that went to them, with their own answers."""
        theirs = select(recipients.c.id).where(recipients.c.member_id == member_id)
        got = select(recipients.c.ask_id).where(recipients.c.member_id == member_id)
        mine = or_(asks.c.by_id == member_id, asks.c.to_id == member_id, asks.c.id.in_(got))
        return {
            "ask": await self.rows(asks, mine),
            "ask_recipient": await self.rows(recipients, recipients.c.member_id == member_id),
            "ask_reminder": await self.rows(reminders, reminders.c.recipient_id.in_(theirs)),
        }

    async def forget(self, member_id: int) -> None:
        """Delete a member's answers and drafts, and take them out of what they asked others for."""
        await self._delete_recipients(recipients.c.member_id == member_id)
        theirs = or_(asks.c.by_id == member_id, asks.c.to_id == member_id)
        await self.delete(asks, theirs & asks.c.sent_at.is_(None))
        for column in (asks.c.by_id, asks.c.to_id):
            mine = (asks.c.program_id == self.program, column == member_id)
            await self.conn.execute(update(asks).where(*mine).values({column: None}))


_WAITS = (recipients.c.answered_at.is_(None), asks.c.closed_at.is_(None))
# Whoever has left is not waited for; what they answered before stays.
_COUNTS = or_(members.c.active, recipients.c.answered_at.is_not(None))
