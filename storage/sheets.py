"""The queries about sheets: what is to be filled in after a session, and what was; tables are in sheet_tables.py."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any

from sqlalchemy import BindParameter, ColumnElement, bindparam, or_, select, update

from storage.batches import add_new
from storage.due import due
from storage.ended import ended_before
from storage.pairings import pairings, pairings_of
from storage.schema import Instant
from storage.sheet_tables import (
    ALARM,
    OPEN,
    Given,
    NewSheet,
    Reminder,
    Sheet,
    sheet_answers,
    sheet_reminders,
    sheets,
)
from storage.store import Store

__all__ = ["ALARM", "Given", "NewSheet", "Reminder", "Sheet", "Sheets"]

_SHEET = tuple(sheets.c[name] for name in Sheet.__dataclass_fields__)
_REMINDER = tuple(sheet_reminders.c[name] for name in Reminder.__dataclass_fields__)


class Sheets(Store):
    """The sheets of one program."""

    async def make(self, new: Sequence[NewSheet]) -> list[Sheet]:
        """Let these be filled in; return those that are new."""
        common = {"program_id": self.program, "made_at": self.now, "empty": False}
        rows = await add_new(self.conn, sheets, [{**asdict(one), **common} for one in new])
        return await self._find(self.among(sheets.c.id, [row[0] for row in rows]))

    async def get(self, ids: Collection[int]) -> dict[int, Sheet]:
        """Return sheets by id."""
        return {one.id: one for one in await self._find(self.among(sheets.c.id, ids))}

    async def lock(self, sheet_id: int) -> Sheet | None:
        """Return a sheet; others who want to change it wait until this transaction ends."""
        query = select(*_SHEET).where(sheets.c.program_id == self.program, sheets.c.id == sheet_id)
        row = (await self.conn.execute(query.with_for_update(key_share=True))).first()
        return None if row is None else Sheet(*row)

    async def of_session(self, session_id: int, member_id: int | None = None) -> list[Sheet]:
        """Return the sheets of a session: all, or one member's."""
        mine = () if member_id is None else (sheets.c.member_id == member_id,)
        return await self._find(sheets.c.session_id == session_id, *mine)

    async def of_pairing(self, pairing_id: int, *, waiting: bool = True) -> list[Sheet]:
        """Return the sheets of a pairing that are still to be filled in, or all."""
        return await self._find(sheets.c.pairing_id == pairing_id, *((OPEN,) if waiting else ()))

    async def of_member(self, member_id: int, limit: int, *, waiting: bool = False) -> list[Sheet]:
        """Return the sheets of a member, the newest first: all, or those that are still to be filled in."""
        mine = (sheets.c.member_id == member_id, *((OPEN,) if waiting else ()))
        return await self._find(*mine, order=(sheets.c.made_at.desc(), sheets.c.id.desc()), limit=limit)

    async def lately_with(self, member_ids: Collection[int], since: datetime) -> list[Sheet]:
        """Return what these members are to fill in, or were until an instant or later."""
        lately = or_(OPEN, sheets.c.done_at >= since)
        return await self._find(self.among(sheets.c.member_id, member_ids), lately)

    async def open_after(self, last: int, limit: int) -> list[Sheet]:
        """Return what is still to be filled in, by whomever, in the order of ids, after one of them."""
        return await self._find(OPEN, sheets.c.id > last, limit=limit)

    async def listed(self, last: int, limit: int) -> list[Sheet]:
        """Return what people were asked for after sessions that were held, in the order of ids, after one of them."""
        return await self._find(sheets.c.withdrawn_at.is_(None), sheets.c.id > last, limit=limit)

    async def done_in(self, pairing_ids: Collection[int], limit: int) -> list[Sheet]:
        """Return what was filled in in pairings, the newest first; what there was nothing to add to is left out."""
        done = (self.among(sheets.c.pairing_id, pairing_ids), sheets.c.done_at.is_not(None), ~sheets.c.empty)
        return await self._find(*done, order=(sheets.c.made_at.desc(), sheets.c.id.desc()), limit=limit)

    async def newest_done(self, limit: int) -> list[Sheet]:
        """Return what was filled in last, by whomever, as far as something was added."""
        done = (sheets.c.done_at.is_not(None), ~sheets.c.empty)
        return await self._find(*done, order=(sheets.c.done_at.desc(), sheets.c.id.desc()), limit=limit)

    async def asked(self, limit: int) -> list[Sheet]:
        """Return what somebody was asked for and hasn't filled in, the oldest first."""
        asked = (OPEN, or_(sheets.c.delivered_at.is_not(None), sheets.c.failed_at.is_not(None)))
        return await self._find(*asked, order=(sheets.c.made_at, sheets.c.id), limit=limit)

    async def _find(
        self,
        *where: ColumnElement[bool],
        order: Sequence[ColumnElement[Any]] = (sheets.c.id,),
        limit: int | None = None,
    ) -> list[Sheet]:
        query = select(*_SHEET).where(sheets.c.program_id == self.program, *where).order_by(*order).limit(limit)
        return [Sheet(*row) for row in await self.conn.execute(query)]

    # What becomes of them.

    async def mark_delivered(self, ids: Collection[int]) -> None:
        """Note that people were asked."""
        await self._set(ids, sheets.c.delivered_at.is_(None), delivered_at=self.now)

    async def mark_failed(self, ids: Collection[int], *, failed: bool = True) -> None:
        """Note that people can't be reached, or perhaps can after all."""
        await self._set(ids, sheets.c.delivered_at.is_(None), failed_at=self.now if failed else None)

    async def remind_at(self, ids: Collection[int], at: datetime) -> None:
        """Note when somebody wants to be asked again."""
        await self._set(ids, OPEN, remind_at=at)

    async def withdraw(self, ids: Collection[int], *, withdrawn: bool = True) -> None:
        """Let nobody be asked for these any more, or again; what was filled in stays so."""
        await self._set(ids, sheets.c.done_at.is_(None), withdrawn_at=self.now if withdrawn else None)

    async def finish(self, ids: Collection[int], *, empty: bool) -> int:
        """Note that sheets are filled in, or that there is nothing to add; return how many that was news for."""
        return await self._set(ids, OPEN, done_at=self.now, empty=empty)

    async def reopen(self, sheet_id: int) -> None:
        """Note that there is something to add after all; when it was done stays."""
        await self._set([sheet_id], sheets.c.empty, empty=False)

    async def start_over(self, ids: Collection[int], since: datetime) -> None:
        """Take back that people were asked or reminded since an instant: it was only noted."""
        await self._set(ids, sheets.c.delivered_at >= since, delivered_at=None, limit_at=None)
        lately = (sheet_reminders.c.sent_at.is_(None)) | (sheet_reminders.c.sent_at >= since)
        await self.delete(sheet_reminders, self.among(sheet_reminders.c.sheet_id, ids) & lately)

    async def set_limits(self, limits: Mapping[int, datetime | None], version: int) -> None:
        """Note from when on sheets are late, by id, and by which figures."""
        if limits:
            mine = (sheets.c.program_id == self.program, sheets.c.id == bindparam("one"))
            at = bindparam("limit", type_=Instant)
            statement = update(sheets).where(*mine).values(limit_at=at, version=version)
            await self.conn.execute(statement, [{"one": one, "limit": limit} for one, limit in limits.items()])

    async def _set(self, ids: Collection[int], *where: ColumnElement[bool], **values: Any) -> int:
        these = (sheets.c.program_id == self.program, self.among(sheets.c.id, ids), *where)
        return (await self.conn.execute(update(sheets).where(*these).values(**values))).rowcount

    # What was written.

    async def write(self, sheet_id: int, answers: Mapping[str, str]) -> None:
        """Keep what was written, instead of what was there before."""
        if sheet_id not in await self.get([sheet_id]):
            return
        await self.delete(sheet_answers, sheet_answers.c.sheet_id == sheet_id)
        common = {"sheet_id": sheet_id, "program_id": self.program, "counted": False}
        rows = [{**common, "question": question, "value": value} for question, value in answers.items()]
        await self.add_new(sheet_answers, rows)

    async def answers(self, ids: Collection[int]) -> dict[int, dict[str, str]]:
        """Return what is written in sheets, by question. Only this returns what people wrote, and `uncounted`."""
        mine = (sheet_answers.c.program_id == self.program, self.among(sheet_answers.c.sheet_id, ids))
        found: dict[int, dict[str, str]] = {id_: {} for id_ in ids}
        for row in await self.conn.execute(select(sheet_answers).where(*mine)):
            found[row.sheet_id][row.question] = row.value
        return found

    async def begun(self, ids: Collection[int]) -> set[int]:
        """Return in which sheets something is written."""
        mine = (sheet_answers.c.program_id == self.program, self.among(sheet_answers.c.sheet_id, ids))
        query = select(sheet_answers.c.sheet_id).where(*mine, sheet_answers.c.value != "").distinct()
        return {row.sheet_id for row in await self.conn.execute(query)}

    async def uncounted(self, about_id: int, form: str, question: str) -> list[Given]:
        """Return what the other sides of somebody's pairings answered and is in no total, the oldest first."""
        columns = (sheets.c.id, sheets.c.member_id, sheets.c.form_id, sheet_answers.c.value)
        sides = or_(pairings.c.mentor_id == about_id, pairings.c.mentee_id == about_id)
        query = (
            select(*columns)
            .join_from(sheets, sheet_answers, sheet_answers.c.sheet_id == sheets.c.id)
            .join(pairings, pairings.c.id == sheets.c.pairing_id)
            .where(sheets.c.program_id == self.program, sides, sheets.c.member_id != about_id, sheets.c.form == form)
            .where(sheets.c.done_at.is_not(None), ~sheets.c.empty)
            .where(sheet_answers.c.question == question, sheet_answers.c.value != "", ~sheet_answers.c.counted)
            .order_by(sheets.c.done_at, sheets.c.id)
        )
        return [Given(*row) for row in await self.conn.execute(query)]

    async def count(self, ids: Collection[int], question: str) -> None:
        """Note that these sheets' answers to a question are in a total."""
        these = (sheet_answers.c.program_id == self.program, self.among(sheet_answers.c.sheet_id, ids))
        mine = update(sheet_answers).where(*these, sheet_answers.c.question == question)
        await self.conn.execute(mine.values(counted=True))

    # The reminders of them.

    async def plan(self, keys: Collection[tuple[int, int]], by_id: int | None = None) -> set[tuple[int, int]]:
        """Claim reminders by (sheet id, rung), perhaps for a coordinator; return those that weren't planned before."""
        common = {"program_id": self.program, "by_id": by_id}
        rows = [{"sheet_id": one, "rung": rung, **common} for one, rung in sorted(keys)]
        return {tuple(row) for row in await add_new(self.conn, sheet_reminders, rows)}

    async def unplan(self, keys: Collection[tuple[int, int]]) -> None:
        """Take back reminders that were not sent."""
        for one, rung in keys:
            this = (sheet_reminders.c.sheet_id == one) & (sheet_reminders.c.rung == rung)
            await self.delete(sheet_reminders, this & sheet_reminders.c.sent_at.is_(None))

    async def mark_reminders(self, keys: Collection[tuple[int, int]], **values: datetime | None) -> None:
        """Note of reminders, by (sheet id, rung), that they went out (`sent_at`), or can't (`failed_at`)."""
        one: BindParameter[int] = bindparam("one")
        rung: BindParameter[int] = bindparam("of")
        mine = (sheet_reminders.c.program_id == self.program, sheet_reminders.c.sheet_id == one)
        statement = update(sheet_reminders).where(*mine, sheet_reminders.c.rung == rung).values(**values)
        if keys:
            await self.conn.execute(statement, [{"one": key[0], "of": key[1]} for key in sorted(keys)])

    async def reminders(self, ids: Collection[int]) -> dict[int, list[Reminder]]:
        """Return the reminders that there were of sheets, or are to be, in order."""
        these = (sheet_reminders.c.program_id == self.program, self.among(sheet_reminders.c.sheet_id, ids))
        found: dict[int, list[Reminder]] = {one: [] for one in ids}
        query = select(sheet_reminders.c.sheet_id, *_REMINDER).where(*these).order_by(sheet_reminders.c.rung)
        for sheet_id, *row in await self.conn.execute(query):
            found[sheet_id].append(Reminder(*row))
        return found

    # What goes.

    async def purge(self, before: datetime) -> None:
        """Delete what belongs to pairings that ended before an instant."""
        await self._delete(sheets.c.pairing_id.in_(ended_before(self.program, before)))

    async def _delete(self, which: ColumnElement[bool]) -> None:
        these = select(sheets.c.id).where(sheets.c.program_id == self.program, which)
        await self.delete(due, (due.c.kind == ALARM) & due.c.subject.in_(these))
        for table in (sheet_reminders, sheet_answers):
            await self.delete(table, table.c.sheet_id.in_(these))
        await self.delete(sheets, which)

    async def of(self, member_id: int) -> dict[str, list[dict[str, Any]]]:
        """Return what a member was asked for, and wrote; nothing that others wrote of them."""
        mine = sheets.c.member_id == member_id
        theirs = select(sheets.c.id).where(sheets.c.program_id == self.program, mine)
        reminded = or_(sheet_reminders.c.sheet_id.in_(theirs), sheet_reminders.c.by_id == member_id)
        return {
            "sheet": await self.rows(sheets, mine),
            "sheet_answer": await self.rows(sheet_answers, sheet_answers.c.sheet_id.in_(theirs)),
            "sheet_reminder": await self.rows(sheet_reminders, reminded),
        }

    async def forget(self, member_id: int) -> None:
        """Delete what belongs to a member's pairings, and take the member out as the one who had others reminded."""
        of_pairings = sheets.c.pairing_id.in_(pairings_of(self.program, member_id))
        await self._delete(or_(sheets.c.member_id == member_id, of_pairings))
        mine = (sheet_reminders.c.program_id == self.program, sheet_reminders.c.by_id == member_id)
        await self.conn.execute(update(sheet_reminders).where(*mine).values(by_id=None))
