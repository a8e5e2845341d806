"""The queries about community events; their tables and records are in storage/event_tables.py."""

import secrets
from collections.abc import Collection, Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger, ColumnElement, RowMapping, cast, select, type_coerce, update

from storage.due import due
from storage.event_tables import Event, Guest, Kind, Plan, State, events, guests
from storage.schema import micros
from storage.store import Store

__all__ = ["ALARM", "Event", "Events", "Guest", "Kind", "Plan", "State"]

ALARM = "events.before"  # the kind of the alarms whose subject is an event

_EVENT = tuple(events.c[name] for name in Event.__dataclass_fields__)
_GUEST = tuple(guests.c[name] for name in Guest.__dataclass_fields__)
_ANNOUNCED = events.c.state == State.ANNOUNCED
_DRAFT = events.c.state == State.DRAFT
_MINUTE = 60_000_000  # microseconds
_ENDS = type_coerce(events.c.starts_at, BigInteger) + cast(events.c.minutes, BigInteger) * _MINUTE


def _event(row: RowMapping) -> Event:
    return Event(**{**row, "state": State(row["state"]), "kind": Kind(row["kind"])})


class Events(Store):
    """The community events of one program."""

    async def draft(self, plan: Plan, by_id: int, replaces: Event | None = None) -> int:
        """Keep what a coordinator typed: a new event, or one that is put in the place of another; return its id."""
        row = {
            **asdict(plan),
            "program_id": self.program,
            "by_id": by_id,
            "replaces_id": replaces.id if replaces else None,
            "changes": replaces.changes if replaces else 0,
            "sequence": 0,
            "state": State.DRAFT,
            "code": "",
            "uid": secrets.token_hex(16),
            "made_at": self.now,
            "ended_words": "",
        }
        return int((await self.conn.execute(events.insert().values(**row).returning(events.c.id))).scalar_one())

    async def get(self, ids: Collection[int]) -> dict[int, Event]:
        """Return events by id, drafts too."""
        return {one.id: one for one in await self._find(self.among(events.c.id, ids))}

    async def lock(self, event_id: int) -> Event | None:
        """Return an event; others who want to change it wait until this transaction ends."""
        query = select(*_EVENT).where(events.c.program_id == self.program, events.c.id == event_id)
        row = (await self.conn.execute(query.with_for_update(key_share=True))).mappings().first()
        return None if row is None else _event(row)

    async def change(self, event_id: int, **values: Any) -> None:
        """Change columns of an event's row."""
        mine = (events.c.program_id == self.program, events.c.id == event_id)
        await self.conn.execute(update(events).where(*mine).values(**values))

    async def not_over(self, at: datetime, first: int, limit: int) -> list[Event]:
        """Return what was announced and isn't over at an instant, the next one first; `first` of them are left out."""
        going_on = (_ANNOUNCED, micros(at) < _ENDS)
        return await self._find(*going_on, order=(events.c.starts_at, events.c.id), first=first, limit=limit)

    async def past(self, at: datetime, first: int, limit: int) -> list[Event]:
        """Return what is over at an instant or was called off, the newest first; `first` of them are left out."""
        over = (events.c.state == State.CALLED_OFF) | (_ANNOUNCED & (micros(at) >= _ENDS))
        return await self._find(over, order=(events.c.starts_at.desc(), events.c.id), first=first, limit=limit)

    async def ahead(self) -> list[Event]:
        """Return all that is announced and hasn't begun, the next one first."""
        return await self._find(_ANNOUNCED, events.c.starts_at > self.now, order=(events.c.starts_at, events.c.id))

    async def began(self, since: datetime, over: datetime) -> list[Event]:
        """Return those that were over at an instant, the newest first; what began earlier is left out."""
        these = (_ANNOUNCED, events.c.starts_at >= since, micros(over) >= _ENDS)
        return await self._find(*these, order=(events.c.starts_at.desc(),))

    async def after(self, last: int, limit: int) -> list[Event]:
        """Return all but drafts in the order of ids, after one of them."""
        return await self._find(~_DRAFT, events.c.id > last, limit=limit)

    async def _find(
        self,
        *where: ColumnElement[bool],
        order: Sequence[ColumnElement[Any]] = (events.c.id,),
        first: int = 0,
        limit: int | None = None,
    ) -> list[Event]:
        query = select(*_EVENT).where(events.c.program_id == self.program, *where).order_by(*order)
        rows = (await self.conn.execute(query.offset(first).limit(limit))).mappings()
        return [_event(row) for row in rows]

    # Who comes, and who was there.

    async def guests(self, event_id: int) -> list[Guest]:
        """Return everybody who said something about an event or was there, in the order of member ids."""
        mine = (guests.c.program_id == self.program, guests.c.event_id == event_id)
        return [
            Guest(*row) for row in await self.conn.execute(select(*_GUEST).where(*mine).order_by(guests.c.member_id))
        ]

    async def mine(self, member_id: int, event_ids: Collection[int]) -> dict[int, Guest]:
        """Return what is noted of a member, by event."""
        these = (guests.c.program_id == self.program, self.among(guests.c.event_id, event_ids))
        rows = await self.conn.execute(select(*_GUEST).where(*these, guests.c.member_id == member_id))
        return {row.event_id: Guest(*row) for row in rows}

    async def say(self, event_id: int, member_id: int, *, coming: bool) -> None:
        """Note whether a member comes."""
        await self._set(event_id, [member_id], coming=coming)

    async def attend(self, event_id: int, member_ids: Collection[int], *, decided: bool = False) -> None:
        """Note that members were there; `decided`: a coordinator said so."""
        await self._set(event_id, member_ids, attended_at=self.now, decided=decided)

    async def take_out(self, event_id: int, member_ids: Collection[int]) -> None:
        """Note that members weren't there after all, as a coordinator said."""
        await self._set(event_id, member_ids, attended_at=None, decided=True)

    async def count_wrong(self, event_id: int, member_id: int) -> None:
        """Note that a member typed a code that isn't the right one."""
        await self._set(event_id, [member_id], wrong_codes=guests.c.wrong_codes + 1)

    async def _set(self, event_id: int, member_ids: Collection[int], **values: Any) -> None:
        if event_id not in await self.get([event_id]):
            raise LookupError("this event belongs to another program")
        fixed = {"program_id": self.program, "made_at": self.now, "decided": False, "wrong_codes": 0}
        new = [{**fixed, "event_id": event_id, "member_id": one} for one in member_ids]
        await self.add_new(guests, new)
        mine = (guests.c.program_id == self.program, guests.c.event_id == event_id)
        theirs = update(guests).where(*mine, self.among(guests.c.member_id, member_ids))
        await self.conn.execute(theirs.values(**values))

    # What goes.

    async def drop(self, event_id: int) -> None:
        """Throw a draft away."""
        await self._delete((events.c.id == event_id) & _DRAFT)

    async def purge_drafts(self, before: datetime) -> None:
        """Delete what was typed before an instant and never announced."""
        await self._delete(_DRAFT & (events.c.made_at < before))

    async def purge(self, before: datetime) -> None:
        """Delete events that were over before an instant, and who was there."""
        await self._delete(~_DRAFT & (micros(before) > _ENDS))

    async def of(self, member_id: int) -> dict[str, list[dict[str, Any]]]:
        """Return the events that a member announced or typed, and what is noted of them."""
        return {
            "event": await self.rows(events, events.c.by_id == member_id),
            "event_guest": await self.rows(guests, guests.c.member_id == member_id),
        }

    async def forget(self, member_id: int) -> None:
        """Delete those, but let what a member announced for others stay without them."""
        await self.delete(guests, guests.c.member_id == member_id)
        await self._delete(_DRAFT & (events.c.by_id == member_id))
        theirs = (events.c.program_id == self.program, events.c.by_id == member_id)
        await self.conn.execute(update(events).where(*theirs).values(by_id=None))

    async def _delete(self, which: ColumnElement[bool]) -> None:
        these = select(events.c.id).where(events.c.program_id == self.program, which)
        await self.delete(due, (due.c.kind == ALARM) & due.c.subject.in_(these))
        await self.delete(guests, guests.c.event_id.in_(these))
        await self.delete(events, events.c.replaces_id.in_(these))
        await self.delete(events, which)
