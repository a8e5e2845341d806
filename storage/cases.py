"""The queries about private reports; tables and records are in storage/report_tables.py.

Whatever is written here at the making of a report is the same whoever makes it: no account, no instant, no order.
"""

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, func, select, update

from storage.batches import add_new
from storage.report_tables import (
    Case,
    Entry,
    NewCase,
    State,
    cases,
    entries,
    new_id,
    new_name,
    reader,
    reading_member,
    to_hour,
    wraps,
)
from storage.store import Store

__all__ = ["Case", "Cases", "Entry", "NewCase", "State", "new_id", "reader", "reading_member", "to_hour"]

_CASE = tuple(cases.c[name] for name in Case.__dataclass_fields__)
_ENTRY = tuple(entries.c[name] for name in Entry.__dataclass_fields__)
_TRIES = 8  # names are drawn by lot, and may be another case's


class Cases(Store):
    """The reports of one program. The contents are sealed: nothing here can be read without a key."""

    async def add(self, case: NewCase, readers: Mapping[str, bytes], entry_id: int, sealed: bytes) -> Case | None:
        """Keep a report with its secret wrapped for each reader, and its first entry; None if it is kept already."""
        made = await self._named(case)
        if made is None:
            return None
        for name, wrapped in readers.items():
            await self.wrap(case.id, name, wrapped)
        await self.write(case.id, entry_id, sealed)
        return made

    async def _named(self, case: NewCase) -> Case | None:
        """Give a case a name that no other one has; None if its receipt is known."""
        fixed = {
            "id": case.id,
            "program_id": self.program,
            "public": case.public,
            "hour": to_hour(self.now),
            "receipt": case.receipt,
            "coded": case.coded,
            "hidden": case.hidden,
            "state": int(State.NEW),
            "told": case.told,
        }
        for _ in range(_TRIES):
            if await self.by_receipt(case.receipt) is not None:
                return None
            if made := await add_new(self.conn, cases, [{**fixed, "name": new_name()}], *_CASE):
                return _case(made[0])
        raise LookupError("there is no name left for a report")

    # The cases.

    async def get(self, ids: Collection[int]) -> dict[int, Case]:
        """Return cases by id."""
        return {row.id: _case(row) for row in await self.having(_CASE, cases.c.id, ids, (cases.c.name,))}

    async def lock(self, id_: int) -> Case | None:
        """Return a case; others who want to change it wait until this transaction ends."""
        mine = (cases.c.program_id == self.program, cases.c.id == id_)
        row = (await self.conn.execute(select(*_CASE).where(*mine).with_for_update())).first()
        return None if row is None else _case(row)

    async def by_receipt(self, receipt: bytes) -> Case | None:
        """Return the case that a code leads to."""
        return next(iter(await self._find(cases.c.receipt == receipt)), None)

    async def by_name(self, name: str) -> Case | None:
        """Return the case that is called so, `R-7K2M9Q`, in any case and with or without the R-."""
        word = name.strip().upper()
        return next(iter(await self._find(cases.c.name == f"R-{word.removeprefix('R-').strip()}")), None)

    async def every(self, *, open_only: bool = False) -> list[Case]:
        """Return all cases, or those that aren't closed, in the order of their names: no other one is known."""
        return await self._find(*((cases.c.state != State.CLOSED,) if open_only else ()))

    async def untold(self) -> list[Case]:
        """Return cases of which a notice is to be given, because the hour of their newest entry is over."""
        newest = select(func.max(entries.c.hour)).where(entries.c.case_id == cases.c.id).scalar_subquery()
        return await self._find(~cases.c.told, newest < to_hour(self.now))

    async def mark_told(self, ids: Collection[int]) -> None:
        """Note that there was a notice of the newest entry of these."""
        await self._set(self.among(cases.c.id, ids), told=True)

    async def change(self, id_: int, **values: Any) -> None:
        """Change columns of a case; what is an instant is cut to the hour."""
        cut = {name: to_hour(value) if isinstance(value, datetime) else value for name, value in values.items()}
        await self._set(cases.c.id == id_, **cut)

    async def _find(self, *where: ColumnElement[bool]) -> list[Case]:
        query = select(*_CASE).where(cases.c.program_id == self.program, *where).order_by(cases.c.name)
        return [_case(row) for row in await self.conn.execute(query)]

    async def _set(self, where: ColumnElement[bool], **values: Any) -> None:
        await self.conn.execute(update(cases).where(cases.c.program_id == self.program, where).values(**values))

    # Who may read them.

    async def readers(self, ids: Collection[int]) -> dict[int, frozenset[str]]:
        """Return for whom the secrets of cases are wrapped, by case: `m7`, `recovery`, `outside`."""
        these = (wraps.c.program_id == self.program, self.among(wraps.c.case_id, ids))
        found: dict[int, set[str]] = {id_: set() for id_ in ids}
        for row in await self.conn.execute(select(wraps.c.case_id, wraps.c.reader).where(*these)):
            found[row.case_id].add(row.reader)
        return {id_: frozenset(names) for id_, names in found.items()}

    async def read_by(self, name: str) -> list[Case]:
        """Return the cases whose secret is wrapped for a reader."""
        theirs = select(wraps.c.case_id).where(wraps.c.program_id == self.program, wraps.c.reader == name)
        return await self._find(cases.c.id.in_(theirs))

    async def wrapped(self, id_: int, name: str) -> bytes | None:
        """Return a case's secret as it is wrapped for a reader; None if it isn't."""
        mine = (wraps.c.program_id == self.program, wraps.c.case_id == id_, wraps.c.reader == name)
        sealed: bytes | None = await self.conn.scalar(select(wraps.c.sealed).where(*mine))
        return sealed

    async def wrap(self, id_: int, name: str, sealed: bytes) -> None:
        """Let a reader have a case's secret from now on, in the place of what they had. Raises LookupError."""
        if not await self.get([id_]):
            raise LookupError("this report belongs to another program")
        await self.unwrap(id_, name)
        row = {"program_id": self.program, "case_id": id_, "reader": name, "sealed": sealed}
        await self.conn.execute(wraps.insert().values(**row))

    async def unwrap(self, id_: int, name: str) -> None:
        """Take a case's secret from a reader."""
        await self.delete(wraps, (wraps.c.case_id == id_) & (wraps.c.reader == name))

    # What is in them.

    async def write(self, id_: int, entry_id: int, sealed: bytes) -> bool:
        """Add an entry to a case; False if it is there already: its id was drawn with the form. Raises LookupError."""
        case = (await self.get([id_])).get(id_)
        if case is None:
            raise LookupError("this report belongs to another program")
        hour = await self._hour(case)
        row = {"program_id": self.program, "id": entry_id, "case_id": id_, "hour": hour, "sealed": sealed}
        return await self.add_new(entries, [row]) == 1

    async def _hour(self, case: Case) -> datetime:
        """Return under which hour something new is kept: of what is still to be told, so that this waits no longer."""
        mine = (entries.c.program_id == self.program, entries.c.case_id == case.id)
        newest: datetime | None = await self.conn.scalar(select(func.max(entries.c.hour)).where(*mine))
        now = to_hour(self.now)
        return now if case.told or newest is None else min(newest, now)

    async def entries(self, id_: int) -> list[Entry]:
        """Return what is in a case, by the hour; within one there is no order but that of their ids, drawn by lot."""
        mine = (entries.c.program_id == self.program, entries.c.case_id == id_)
        query = select(*_ENTRY).where(*mine).order_by(entries.c.hour, entries.c.id)
        return [Entry(*row) for row in await self.conn.execute(query)]

    async def erase(self, ids: Collection[int]) -> None:
        """Delete cases with all that belongs to them."""
        await self.delete(wraps, self.among(wraps.c.case_id, ids))
        await self.delete(entries, self.among(entries.c.case_id, ids))
        await self.delete(cases, self.among(cases.c.id, ids))

    async def of(self, member_id: int) -> dict[str, list[dict[str, Any]]]:
        """Return which reports a member has taken, sealed as they are; none that is about them, or that they made."""
        return {"report_case": await self.rows(cases, cases.c.taken_by_id == member_id)}

    async def forget(self, member_id: int) -> None:
        """Let a member read nothing any more. The reports stay: others answer for them, and are told of them anew."""
        theirs = select(wraps.c.case_id).where(wraps.c.program_id == self.program, wraps.c.reader == reader(member_id))
        nobodys = cases.c.taken_by_id.is_(None) | (cases.c.taken_by_id == member_id)
        await self._set(cases.c.id.in_(theirs) & nobodys & (cases.c.state != State.CLOSED), told=False)
        await self._set(cases.c.taken_by_id == member_id, taken_by_id=None)
        await self.delete(wraps, wraps.c.reader == reader(member_id))


def _case(row: Any) -> Case:
    values = dict(zip(Case.__dataclass_fields__, row, strict=True))
    return Case(**{**values, "state": State(values["state"])})
