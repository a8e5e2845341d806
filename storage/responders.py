"""The queries about who answers reports: their keys, and who else has one; tables are in storage/report_tables.py."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, func, select, update

from storage.report_tables import Key, ReportContact, report_contacts, responder_keys, too_close, unlocks
from storage.store import Store

__all__ = ["Key", "ReportContact", "Responders"]

_KEY = tuple(responder_keys.c[name] for name in Key.__dataclass_fields__)
_CONTACT = tuple(report_contacts.c[name] for name in ReportContact.__dataclass_fields__)


class Responders(Store):
    """The responders of one program."""

    # Their keys.

    async def keys(self, *, held: bool = False) -> list[Key]:
        """Return the keys of all who have one, in the order of reading: the main reader first.

        `held`: whoever wants to change or delete one waits until this transaction ends.
        """
        query = select(*_KEY).where(responder_keys.c.program_id == self.program)
        query = query.with_for_update(read=True) if held else query
        order = (responder_keys.c.rank, responder_keys.c.member_id)
        return [Key(*row) for row in await self.conn.execute(query.order_by(*order))]

    async def key(self, member_id: int) -> Key | None:
        """Return a member's key; whoever else looks at it to change it waits until this transaction ends."""
        mine = (responder_keys.c.program_id == self.program, responder_keys.c.member_id == member_id)
        row = (await self.conn.execute(select(*_KEY).where(*mine).with_for_update())).first()
        return None if row is None else Key(*row)

    async def put_key(self, member_id: int, public: str, sealed: bytes) -> None:
        """Give a member a key, in the place of the one they had; a new one reads last. All unlocks of theirs end."""
        highest = select(func.max(responder_keys.c.rank)).where(responder_keys.c.program_id == self.program)
        before = await self.key(member_id)
        rank = before.rank if before else (await self.conn.scalar(highest) or 0) + 1
        await self.drop_key(member_id)
        row = {"program_id": self.program, "member_id": member_id, "public": public, "sealed": sealed}
        await self.conn.execute(responder_keys.insert().values(**row, rank=rank, wrong=0, locked_until=None))

    async def drop_key(self, member_id: int) -> None:
        """Take a member's key away, with what it has unlocked."""
        await self.end_unlocks(member_id)
        await self.delete(responder_keys, responder_keys.c.member_id == member_id)

    async def order(self, member_ids: Sequence[int]) -> None:
        """Let members read in this order, the main reader first."""
        for rank, member_id in enumerate(member_ids, 1):
            await self._set(member_id, rank=rank)

    async def count_wrong(self, member_id: int, wrong: int, locked_until: datetime | None) -> None:
        """Note how many wrong passphrases there were one after the other, and until when none is tried."""
        await self._set(member_id, wrong=wrong, locked_until=locked_until)

    async def _set(self, member_id: int, **values: Any) -> None:
        mine = (responder_keys.c.program_id == self.program, responder_keys.c.member_id == member_id)
        await self.conn.execute(update(responder_keys).where(*mine).values(**values))

    # What they have unlocked.

    async def unlock(self, id_: str, member_id: int, sealed: bytes, until: datetime) -> None:
        """Keep a member's key under a session's key until an instant."""
        row = {"program_id": self.program, "id": id_, "member_id": member_id, "sealed": sealed, "until": until}
        await self.conn.execute(unlocks.insert().values(**row))

    async def unlocked(self, id_: str, member_id: int) -> bytes | None:
        """Return a member's key as a session has it; None if that is over, or another one's."""
        mine = (unlocks.c.program_id == self.program, unlocks.c.id == id_, unlocks.c.member_id == member_id)
        sealed: bytes | None = await self.conn.scalar(select(unlocks.c.sealed).where(*mine, unlocks.c.until > self.now))
        return sealed

    async def prolong(self, id_: str, member_id: int, until: datetime) -> None:
        """Let what a session has unlocked stay so until an instant, if it would end before."""
        mine = (unlocks.c.program_id == self.program, unlocks.c.id == id_, unlocks.c.member_id == member_id)
        sooner = (unlocks.c.until > self.now, unlocks.c.until < until)
        await self.conn.execute(update(unlocks).where(*mine, *sooner).values(until=until))

    async def end_unlocks(self, member_id: int) -> None:
        """End all that a member has unlocked."""
        await self.delete(unlocks, unlocks.c.member_id == member_id)

    async def purge(self) -> None:
        """Delete the unlocks that are over."""
        await self.delete(unlocks, unlocks.c.until <= self.now)

    # With whom they are too close.

    async def too_close(self) -> dict[int, frozenset[int]]:
        """Return with whom each is too close to read what is about them, by member; those with nobody are left out."""
        query = select(too_close.c.member_id, too_close.c.other_id).where(too_close.c.program_id == self.program)
        found: dict[int, set[int]] = {}
        for row in await self.conn.execute(query):
            found.setdefault(row.member_id, set()).add(row.other_id)
        return {id_: frozenset(others) for id_, others in found.items()}

    async def put_too_close(self, member_id: int, others: Collection[int]) -> None:
        """Let a member be too close with these, and with nobody else."""
        await self.delete(too_close, too_close.c.member_id == member_id)
        row = {"program_id": self.program, "member_id": member_id}
        rows = [{**row, "other_id": other} for other in sorted({*others} - {member_id})]
        await self.add_new(too_close, rows)

    # Those who are no members.

    async def contact(self) -> ReportContact:
        """Return the recipients who are no members."""
        query = select(*_CONTACT).where(report_contacts.c.program_id == self.program)
        row = (await self.conn.execute(query)).first()
        return ReportContact() if row is None else ReportContact(*row)

    async def put_contact(self, **values: Any) -> None:
        """Change some of what stands in `ReportContact`."""
        await self.add_new(report_contacts, [{"program_id": self.program, "without": False}])
        changed = update(report_contacts).where(report_contacts.c.program_id == self.program)
        await self.conn.execute(changed.values(**values))

    async def of(self, member_id: int) -> dict[str, list[dict[str, Any]]]:
        """Return what is kept of a member as a responder; not who said that they are too close with them."""
        return {
            "responder_key": await self.rows(responder_keys, responder_keys.c.member_id == member_id),
            "report_unlock": await self.rows(unlocks, unlocks.c.member_id == member_id),
            "too_close": await self.rows(too_close, too_close.c.member_id == member_id),
        }

    async def forget(self, member_id: int) -> None:
        """Delete it, and who said that they are too close with them."""
        await self.drop_key(member_id)
        await self.delete(too_close, _stands(member_id))


def _stands(member_id: int) -> ColumnElement[bool]:
    return (too_close.c.member_id == member_id) | (too_close.c.other_id == member_id)
