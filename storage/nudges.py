"""The queries about turns, marks and nudges; their tables and records are in storage/turns.py."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import CTE, ColumnElement, Row, and_, bindparam, func, literal_column, or_, select, update
from sqlalchemy.dialects import postgresql, sqlite

from storage.due import due
from storage.messages import messages
from storage.pairings import pairings_of
from storage.schema import Instant, beginnings
from storage.store import Store
from storage.turns import ALARM, JUST_AFTER, Mark, MarkRow, NudgeRow, Outcome, Turn, TurnFacts, marks, nudges, turns

__all__ = ["ALARM", "JUST_AFTER", "Mark", "MarkRow", "NudgeRow", "Nudges", "Outcome", "Turn", "TurnFacts"]

_AT = literal_column("begin.at", Instant)  # see `beginnings`
_FACTS = tuple(TurnFacts.__dataclass_fields__)


def _facts(facts: TurnFacts) -> dict[str, Any]:
    return {name: getattr(facts, name) for name in _FACTS}


def _turn(row: Row[Any]) -> Turn:
    values = {name: getattr(row, name) for name in _FACTS}
    values["outcome"] = Outcome(row.outcome)
    return Turn(row.id, TurnFacts(**values), row.limit_at, row.told_at)


class Nudges(Store):
    """The turns of one program."""

    async def save(self, facts: Collection[TurnFacts]) -> None:
        """Add turns, or bring them up to date, by (space, opener)."""
        if not facts:
            return
        insert = postgresql.insert if self.conn.dialect.name == "postgresql" else sqlite.insert
        statement = insert(turns).values([{"program_id": self.program, **_facts(turn)} for turn in facts])
        new = {name: statement.excluded[name] for name in _FACTS if name not in ("space_id", "opener")}
        mine = turns.c.program_id == self.program
        await self.conn.execute(
            statement.on_conflict_do_update(index_elements=["space_id", "opener"], set_=new, where=mine)
        )

    async def get(self, ids: Collection[int]) -> dict[int, Turn]:
        """Return turns by id."""
        return {turn.id: turn for turn in await self._find(turns.c.id.in_(ids))}

    async def since(self, starts: Mapping[int, datetime]) -> list[Turn]:
        """Return the turns of pairings that were opened at each one's instant or later, oldest first."""
        begin = beginnings(starts)
        return await self._find(turns.c.opened_at >= begin.c.at, of=begin)

    async def marked_from(self, changes: Mapping[int, datetime]) -> dict[int, datetime]:
        """Return from when on a change may be felt: the earliest message about which something was said since."""
        earliest = dict(changes)
        lower = earliest
        while lower:
            begin = beginnings(lower)
            of = and_(messages.c.space_id == marks.c.space_id, messages.c.external == marks.c.external)
            query = (
                select(marks.c.pairing_id, func.min(messages.c.at).label("at"))
                .join(begin, begin.c.pairing_id == marks.c.pairing_id)
                .join(messages, of)
                .where(marks.c.program_id == self.program, marks.c.at >= begin.c.at)
                .group_by(marks.c.pairing_id)
            )
            found = {row.pairing_id: row.at + JUST_AFTER for row in await self.conn.execute(query)}
            lower = {id_: at for id_, at in found.items() if at < earliest[id_]}
            earliest |= lower
        return earliest

    async def begin_of(self, changes: Mapping[int, datetime]) -> dict[int, Turn]:
        """Return from which turn on to work out a pairing anew after a change: a fresh one before it.

        What was before a fresh turn plays no part in it, unless an older turn was still, or again, open by then: so
        it is one that no older turn reaches over. A pairing without one is left out: it is read from its beginning.
        """
        begins: dict[int, Turn] = {}
        earliest = await self._waiting_from(changes, turns.c.closed_at >= _AT) if changes else {}
        while earliest:
            found = await self._fresh_until(earliest, changes)
            begins = {id_: turn for id_, turn in begins.items() if id_ not in earliest} | found
            starts = {id_: turn.facts.opened_at for id_, turn in found.items()}
            over = await self._waiting_from(starts, turns.c.closed_at > _AT) if starts else {}
            earliest = {id_: at for id_, at in over.items() if at < starts[id_]}
        return begins

    async def _waiting_from(
        self, instants: Mapping[int, datetime], closed_later: ColumnElement[bool]
    ) -> dict[int, datetime]:
        """Return when the earliest turn was opened that waited beyond each instant; else the instant."""
        begin = beginnings(instants)
        reaching = or_(turns.c.closed_at.is_(None), closed_later)
        earliest = dict(instants)
        for turn in await self._find(reaching, turns.c.opened_at < begin.c.at, of=begin):
            earliest[turn.facts.pairing_id] = min(earliest[turn.facts.pairing_id], turn.facts.opened_at)
        return earliest

    async def _fresh_until(self, earliest: Mapping[int, datetime], changes: Mapping[int, datetime]) -> dict[int, Turn]:
        """Return the last fresh turn that was opened by each instant, and before the change."""
        begin = beginnings(earliest)
        there = (turns.c.fresh, turns.c.outcome != Outcome.WITHDRAWN, turns.c.opened_at <= begin.c.at)
        found = await self._find(*there, of=begin)
        return {t.facts.pairing_id: t for t in found if t.facts.opened_at < changes[t.facts.pairing_id]}

    async def open_turns(self, answerer_id: int | None = None, asker_id: int | None = None) -> list[Turn]:
        """Return the turns that wait: for one member's answer, of one member's messages, or all."""
        where: list[Any] = [turns.c.closed_at.is_(None)]
        if answerer_id is not None:
            where.append(turns.c.answerer_id == answerer_id)
        if asker_id is not None:
            where.append(turns.c.asker_id == asker_id)
        return await self._find(*where)

    async def of_answerer(self, member_id: int, limit: int, since: datetime | None = None) -> list[Turn]:
        """Return the turns that a member had to answer, the newest first."""
        where: list[Any] = [turns.c.answerer_id == member_id]
        if since is not None:
            where.append(or_(turns.c.closed_at.is_(None), turns.c.closed_at >= since))
        query = select(turns).where(turns.c.program_id == self.program, *where)
        rows = await self.conn.execute(query.order_by(turns.c.opened_at.desc(), turns.c.id.desc()).limit(limit))
        return [_turn(row) for row in rows]

    async def of_asker(self, member_id: int, limit: int) -> list[Turn]:
        """Return the turns that a member opened, the newest first."""
        query = select(turns).where(turns.c.program_id == self.program, turns.c.asker_id == member_id)
        rows = await self.conn.execute(query.order_by(turns.c.opened_at.desc(), turns.c.id.desc()).limit(limit))
        return [_turn(row) for row in rows]

    async def every_turn(self) -> list[Turn]:
        """Return all turns, oldest first."""
        return await self._find()

    async def _find(self, *where: Any, of: CTE | None = None) -> list[Turn]:
        query = select(turns).where(turns.c.program_id == self.program, *where)
        if of is not None:
            query = query.join(of, of.c.pairing_id == turns.c.pairing_id)
        return [_turn(row) for row in await self.conn.execute(query.order_by(turns.c.opened_at, turns.c.id))]

    async def set_limits(self, limits: Mapping[int, datetime | None]) -> None:
        """Note from when on an answer is late, by turn id."""
        if limits:
            mine = (turns.c.program_id == self.program, turns.c.id == bindparam("turn"))
            statement = update(turns).where(*mine).values(limit_at=bindparam("limit"))
            await self.conn.execute(statement, [{"turn": turn, "limit": at} for turn, at in limits.items()])

    async def set_told(self, turn_ids: Collection[int]) -> None:
        """Note that coordinators learn of these turns."""
        await self.conn.execute(
            update(turns).where(turns.c.program_id == self.program, turns.c.id.in_(turn_ids)).values(told_at=self.now)
        )

    async def add_mark(self, mark: MarkRow) -> None:
        """Remember what somebody said about a message."""
        row = {name: getattr(mark, name) for name in MarkRow.__dataclass_fields__}
        await self.conn.execute(marks.insert().values(program_id=self.program, **row))

    async def marks_since(self, starts: Mapping[int, datetime]) -> list[MarkRow]:
        """Return what was said in pairings from each one's instant on, oldest first."""
        columns = [marks.c[name] for name in MarkRow.__dataclass_fields__]
        begin = beginnings(starts)
        query = (
            select(*columns)
            .join(begin, begin.c.pairing_id == marks.c.pairing_id)
            .where(marks.c.program_id == self.program, marks.c.at >= begin.c.at)
            .order_by(marks.c.at, marks.c.id)
        )
        rows = [row._asdict() for row in await self.conn.execute(query)]
        return [MarkRow(**{**row, "kind": Mark(row["kind"])}) for row in rows]

    async def plan(self, turn_id: int, reopened: int, rung: int) -> bool:
        """Claim one nudge of a turn; False if it was planned before."""
        row = {"turn_id": turn_id, "reopened": reopened, "rung": rung, "program_id": self.program}
        return await self.add_new(nudges, [row]) == 1

    async def unplan(self, keys: Sequence[tuple[int, int, int]]) -> None:
        """Take back nudges that were not sent, by (turn id, reopened, rung): they may be planned anew."""
        for turn_id, reopened, rung in keys:
            one = (nudges.c.turn_id == turn_id) & (nudges.c.reopened == reopened) & (nudges.c.rung == rung)
            await self.delete(nudges, one & nudges.c.sent_at.is_(None))

    async def mark_sent(self, keys: Sequence[tuple[int, int, int]], at: datetime) -> None:
        """Note when nudges were delivered, by (turn id, reopened, rung)."""
        await self._mark(keys, sent_at=at)

    async def mark_failed(self, keys: Sequence[tuple[int, int, int]], at: datetime) -> None:
        """Note when nudges turned out to be impossible, by (turn id, reopened, rung)."""
        await self._mark(keys, failed_at=at)

    async def _mark(self, keys: Sequence[tuple[int, int, int]], **values: datetime) -> None:
        for turn_id, reopened, rung in keys:
            one = (nudges.c.turn_id == turn_id, nudges.c.reopened == reopened, nudges.c.rung == rung)
            await self.conn.execute(update(nudges).where(nudges.c.program_id == self.program, *one).values(**values))

    async def of_turns(self, turn_ids: Collection[int]) -> dict[int, list[NudgeRow]]:
        """Return the nudges of turns, in order."""
        columns = (nudges.c.turn_id, *(nudges.c[name] for name in NudgeRow.__dataclass_fields__))
        query = select(*columns).where(nudges.c.program_id == self.program, nudges.c.turn_id.in_(turn_ids))
        found: dict[int, list[NudgeRow]] = {turn_id: [] for turn_id in turn_ids}
        for turn_id, *values in await self.conn.execute(query.order_by(nudges.c.reopened, nudges.c.rung)):
            found[turn_id].append(NudgeRow(*values))
        return found

    async def keys(self, turn_ids: Collection[int]) -> list[tuple[int, int, int]]:
        """Return the nudges of turns as (turn id, reopened, rung)."""
        query = select(nudges.c.turn_id, nudges.c.reopened, nudges.c.rung).where(
            nudges.c.program_id == self.program, nudges.c.turn_id.in_(turn_ids)
        )
        return [(row.turn_id, row.reopened, row.rung) for row in await self.conn.execute(query)]

    async def purge(self, pairing_id: int, before: datetime) -> None:
        """Delete a pairing's turns that were opened before an instant, with all that is theirs."""
        old = (turns.c.pairing_id == pairing_id) & (turns.c.opened_at < before)
        ids = [turn.id for turn in await self._find(old)]
        await self.delete(due, (due.c.kind == ALARM) & due.c.subject.in_(ids))
        await self.delete(nudges, nudges.c.turn_id.in_(ids))
        await self.delete(turns, old)
        await self.delete(marks, (marks.c.pairing_id == pairing_id) & (marks.c.at < before))

    async def of(self, member_id: int) -> dict[str, list[dict[str, Any]]]:
        """Return a member's turns, what they said about them, and the nudges they got."""
        theirs = select(turns.c.id).where(turns.c.answerer_id == member_id)
        return {
            "turn": await self.rows(turns, or_(turns.c.asker_id == member_id, turns.c.answerer_id == member_id)),
            "mark": await self.rows(marks, marks.c.member_id == member_id),
            "nudge": await self.rows(nudges, nudges.c.turn_id.in_(theirs)),
        }

    async def forget(self, member_id: int) -> None:
        """Delete those."""
        mine = or_(turns.c.asker_id == member_id, turns.c.answerer_id == member_id)
        theirs = select(turns.c.id).where(turns.c.program_id == self.program, mine)
        await self.delete(due, (due.c.kind == ALARM) & due.c.subject.in_(theirs))
        await self.delete(nudges, nudges.c.turn_id.in_(theirs))
        await self.delete(turns, mine)
        of_pairings = marks.c.pairing_id.in_(pairings_of(self.program, member_id))
        await self.delete(marks, or_(marks.c.member_id == member_id, of_pairings))
