"""The queries about turns, marks and nudges; their tables and records are in storage/turns.py."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import CTE, and_, bindparam, exists, func, or_, select, type_coerce, update

from storage.batches import add_new, beginnings, insert
from storage.due import due
from storage.messages import messages
from storage.pairings import pairings_of
from storage.schema import Id
from storage.store import Store
from storage.tails import tails
from storage.turns import (
    ALARM,
    JUDGED,
    JUST_AFTER,
    TURN,
    Mark,
    MarkRow,
    NudgeRow,
    Outcome,
    Turn,
    TurnFacts,
    marks,
    nudges,
    read_turn,
    turns,
    until,
)

__all__ = ["ALARM", "JUST_AFTER", "Mark", "MarkRow", "NudgeRow", "Nudges", "Outcome", "Turn", "TurnFacts"]

_FACTS = tuple(TurnFacts.__dataclass_fields__)


def _facts(facts: TurnFacts) -> dict[str, Any]:
    return {name: getattr(facts, name) for name in _FACTS}


class Nudges(Store):
    """The turns of one program."""

    async def save(self, facts: Collection[TurnFacts]) -> list[Turn]:
        """Add turns, or bring them up to date, by (space, opener); return them as they are now."""
        if not facts:
            return []
        rows = [{"program_id": self.program, **_facts(turn)} for turn in facts]
        statement, parameters = insert(self.conn, turns, rows)
        new = {name: statement.excluded[name] for name in _FACTS if name not in ("space_id", "opener")}
        mine = turns.c.program_id == self.program
        saved = statement.on_conflict_do_update(index_elements=["space_id", "opener"], set_=new, where=mine)
        kept = saved.returning(turns.c.space_id, turns.c.opener, turns.c.id, *JUDGED)
        by_key = {(turn.space_id, turn.opener): turn for turn in facts}
        return [
            Turn(id_, by_key[space_id, opener], *judged)
            for space_id, opener, id_, *judged in await self.conn.execute(kept, parameters)
        ]

    async def get(self, ids: Collection[int]) -> dict[int, Turn]:
        """Return turns by id."""
        rows = await self.having(TURN, turns.c.id, ids, (turns.c.opened_at, turns.c.id))
        return {row.id: read_turn(row) for row in rows}

    async def since(self, starts: Mapping[int, datetime]) -> list[Turn]:
        """Return the turns of pairings that were opened at each one's instant or later, oldest first."""
        begin = beginnings(self.conn, starts)
        return await self._find(turns.c.opened_at >= begin.c.at, of=begin)

    async def marked_from(self, changes: Mapping[int, datetime]) -> dict[int, datetime]:
        """Return from when on a change may be felt: the earliest message about which something was said since."""
        earliest = dict(changes)
        lower = earliest
        while lower:
            begin = beginnings(self.conn, lower)
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
        it is the last one that no older turn reaches over, and not later than what still waited at the change. A
        pairing without one is left out: it is read from its beginning.
        """
        begin = beginnings(self.conn, changes)
        waiting, fresh, older = turns.alias(), turns.alias(), turns.alias()
        waiting_from = (
            select(func.min(waiting.c.opened_at))
            .where(waiting.c.pairing_id == begin.c.pairing_id, until(waiting) >= begin.c.at)
            .correlate(begin)
            .scalar_subquery()
        )
        # The sum keeps the databases from reading all that is older instead of the few that reach over.
        is_older = type_coerce(older.c.opened_at, Id) + 0 < type_coerce(fresh.c.opened_at, Id)
        reaches_over = (is_older, until(older) > fresh.c.opened_at)
        newest = (
            select(fresh.c.id)
            .where(
                fresh.c.pairing_id == begin.c.pairing_id,
                fresh.c.fresh,
                fresh.c.outcome != Outcome.WITHDRAWN,
                fresh.c.opened_at < begin.c.at,
                fresh.c.opened_at <= func.coalesce(waiting_from, begin.c.at),
                ~exists().where(older.c.pairing_id == fresh.c.pairing_id, *reaches_over),
            )
            .order_by(fresh.c.opened_at.desc(), fresh.c.id.desc())
            .limit(1)
            .correlate(begin)
            .scalar_subquery()
        )
        query = select(*TURN).join_from(begin, turns, turns.c.id == newest).where(turns.c.program_id == self.program)
        return {turn.facts.pairing_id: turn for turn in map(read_turn, await self.conn.execute(query))}

    async def open_turns(self, answerer_id: int | None = None, asker_id: int | None = None) -> list[Turn]:
        """Return the turns that wait: for one member's answer, of one member's messages, or all."""
        where: list[Any] = [turns.c.closed_at.is_(None)]
        if answerer_id is not None:
            where.append(turns.c.answerer_id == answerer_id)
        if asker_id is not None:
            where.append(turns.c.asker_id == asker_id)
        return await self._find(*where)

    async def asked_by(self, member_ids: Collection[int]) -> list[Turn]:
        """Return the turns that wait of these members' messages."""
        return await self._find(turns.c.closed_at.is_(None), self.among(turns.c.asker_id, member_ids))

    async def lately_with(self, member_ids: Collection[int], since: datetime) -> list[Turn]:
        """Return the turns that wait for these members' answers, or did so since an instant."""
        waited = or_(turns.c.closed_at.is_(None), turns.c.closed_at >= since)
        return await self._find(self.among(turns.c.answerer_id, member_ids), waited)

    async def open_after(self, id_: int, limit: int) -> list[int]:
        """Return the ids of turns that wait, in order, from the one behind `id_` on."""
        waits = (turns.c.program_id == self.program, turns.c.closed_at.is_(None), turns.c.id > id_)
        query = select(turns.c.id).where(*waits).order_by(turns.c.id).limit(limit)
        return [row.id for row in await self.conn.execute(query)]

    async def of_answerer(self, member_id: int, limit: int) -> list[Turn]:
        """Return the turns that a member had to answer, the newest first."""
        query = select(*TURN).where(turns.c.program_id == self.program, turns.c.answerer_id == member_id)
        rows = await self.conn.execute(query.order_by(turns.c.opened_at.desc(), turns.c.id.desc()).limit(limit))
        return [read_turn(row) for row in rows]

    async def of_asker(self, member_id: int, limit: int) -> list[Turn]:
        """Return the turns that a member opened, the newest first."""
        query = select(*TURN).where(turns.c.program_id == self.program, turns.c.asker_id == member_id)
        rows = await self.conn.execute(query.order_by(turns.c.opened_at.desc(), turns.c.id.desc()).limit(limit))
        return [read_turn(row) for row in rows]

    async def every_turn(self) -> list[Turn]:
        """Return all turns, oldest first."""
        return await self._find()

    async def _find(self, *where: Any, of: CTE | None = None) -> list[Turn]:
        query = select(*TURN).where(turns.c.program_id == self.program, *where)
        if of is not None:
            query = query.join(of, of.c.pairing_id == turns.c.pairing_id)
        return [read_turn(row) for row in await self.conn.execute(query.order_by(turns.c.opened_at, turns.c.id))]

    async def set_limits(self, limits: Mapping[int, tuple[datetime | None, int]]) -> None:
        """Note from when on an answer is late, and by which version of the figures that is so, by turn id."""
        if limits:
            mine = (turns.c.program_id == self.program, turns.c.id == bindparam("turn"))
            statement = update(turns).where(*mine).values(limit_at=bindparam("limit"), version=bindparam("by"))
            rows = [{"turn": turn, "limit": at, "by": version} for turn, (at, version) in limits.items()]
            await self.conn.execute(statement, rows)

    async def set_told(self, turn_ids: Collection[int]) -> None:
        """Note that coordinators learn of these turns."""
        these = (turns.c.program_id == self.program, self.among(turns.c.id, turn_ids))
        await self.conn.execute(update(turns).where(*these).values(told_at=self.now))

    async def add_mark(self, mark: MarkRow) -> None:
        """Remember what somebody said about a message."""
        row = {name: getattr(mark, name) for name in MarkRow.__dataclass_fields__}
        await self.conn.execute(marks.insert().values(program_id=self.program, **row))

    async def marks_since(self, starts: Mapping[int, datetime]) -> list[MarkRow]:
        """Return what was said in pairings from each one's instant on, oldest first."""
        columns = [marks.c[name] for name in MarkRow.__dataclass_fields__]
        begin = beginnings(self.conn, starts)
        query = (
            select(*columns)
            .join(begin, begin.c.pairing_id == marks.c.pairing_id)
            .where(marks.c.program_id == self.program, marks.c.at >= begin.c.at)
            .order_by(marks.c.at, marks.c.id)
        )
        rows = [row._asdict() for row in await self.conn.execute(query)]
        return [MarkRow(**{**row, "kind": Mark(row["kind"])}) for row in rows]

    async def plan(self, keys: Collection[tuple[int, int, int]]) -> set[tuple[int, int, int]]:
        """Claim nudges by (turn id, reopened, rung); return those that were not planned before."""
        common = {"program_id": self.program}
        rows = [{"turn_id": turn, "reopened": reopened, "rung": rung, **common} for turn, reopened, rung in keys]
        return {tuple(row) for row in await add_new(self.conn, nudges, rows)}

    async def unplan(self, keys: Sequence[tuple[int, int, int]]) -> None:
        """Take back nudges that were not sent, by (turn id, reopened, rung): they may be planned anew."""
        for turn_id, reopened, rung in keys:
            one = (nudges.c.turn_id == turn_id) & (nudges.c.reopened == reopened) & (nudges.c.rung == rung)
            await self.delete(nudges, one & nudges.c.sent_at.is_(None))

    async def mark_sent(self, keys: Sequence[tuple[int, int, int]], at: datetime) -> None:
        """Note when nudges were delivered, by (turn id, reopened, rung)."""
        await self._mark(keys, sent_at=at)

    async def mark_failed(self, keys: Sequence[tuple[int, int, int]], at: datetime | None) -> None:
        """Note when nudges turned out to be impossible, by (turn id, reopened, rung); None: they are tried again."""
        await self._mark(keys, failed_at=at)

    async def _mark(self, keys: Sequence[tuple[int, int, int]], **values: datetime | None) -> None:
        for turn_id, reopened, rung in keys:
            one = (nudges.c.turn_id == turn_id, nudges.c.reopened == reopened, nudges.c.rung == rung)
            await self.conn.execute(update(nudges).where(nudges.c.program_id == self.program, *one).values(**values))

    async def of_turns(self, turn_ids: Collection[int]) -> dict[int, list[NudgeRow]]:
        """Return the nudges of turns, in order."""
        columns = (nudges.c.turn_id, *(nudges.c[name] for name in NudgeRow.__dataclass_fields__))
        query = select(*columns).where(nudges.c.program_id == self.program, self.among(nudges.c.turn_id, turn_ids))
        found: dict[int, list[NudgeRow]] = {turn_id: [] for turn_id in turn_ids}
        for turn_id, *values in await self.conn.execute(query.order_by(nudges.c.reopened, nudges.c.rung)):
            found[turn_id].append(NudgeRow(*values))
        return found

    async def keys(self, turn_ids: Collection[int]) -> list[tuple[int, int, int]]:
        """Return the nudges of turns as (turn id, reopened, rung)."""
        query = select(nudges.c.turn_id, nudges.c.reopened, nudges.c.rung).where(
            nudges.c.program_id == self.program, self.among(nudges.c.turn_id, turn_ids)
        )
        return [(row.turn_id, row.reopened, row.rung) for row in await self.conn.execute(query)]

    async def purge(self, pairing_id: int, before: datetime) -> None:
        """Delete a pairing's turns that were opened before an instant, with all that is theirs."""
        old = (turns.c.pairing_id == pairing_id) & (turns.c.opened_at < before)
        ids = [turn.id for turn in await self._find(old)]
        await self.delete(due, (due.c.kind == ALARM) & self.among(due.c.subject, ids))
        await self.delete(nudges, self.among(nudges.c.turn_id, ids))
        await self.delete(turns, old)
        await self.delete(tails, tails.c.pairing_id == pairing_id)
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
