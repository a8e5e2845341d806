"""The queries about goals; their tables and records are in storage/goal_tables.py."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, func, select, update

from storage.due import due
from storage.ended import ended_before
from storage.goal_tables import (
    ALARM,
    NOTHING,
    PARTS,
    Counts,
    Goal,
    Reminding,
    Smart,
    State,
    Update,
    goals,
    updates,
)
from storage.pairings import pairings, pairings_of
from storage.store import Store

__all__ = ["ALARM", "NOTHING", "PARTS", "Counts", "Goal", "Goals", "Reminding", "Smart", "State", "Update"]

_BEFORE = tuple(goals.c[name] for name in ("id", "pairing_id", "by_id", "text"))
_SMART = tuple(goals.c[part] for part in PARTS)
_BEHIND = tuple(goals.c[name] for name in ("state", "percent", "made_at", "moved_at", "closed_at", "closed_by"))
_GOAL = (*_BEFORE, *_SMART, *_BEHIND)
_UPDATE = tuple(updates.c[name] for name in Update.__dataclass_fields__)
_REMINDING = (goals.c.id, *(goals.c[name] for name in tuple(Reminding.__dataclass_fields__)[1:]))
_REMINDERS = ("heard_at", "reminded_at", "reminder", "in_vain", "pending")
_ACTIVE = goals.c.state == State.ACTIVE


def _goal(row: Sequence[Any]) -> Goal:
    id_, pairing_id, by_id, text, one, two, three, four, five, state, *rest = row
    return Goal(id_, pairing_id, by_id, text, (one, two, three, four, five), State(state), *rest)


class Goals(Store):
    """The goals of one program's pairings. What changes one is called with its pairing locked."""

    async def add(self, pairing_id: int, by_id: int, text: str, smart: Smart = NOTHING) -> int:
        """Add an active goal; return its id. Raises LookupError if the pairing is another program's."""
        mine = (pairings.c.program_id == self.program, pairings.c.id == pairing_id)
        if (await self.conn.execute(select(pairings.c.id).where(*mine))).first() is None:
            raise LookupError("this pairing belongs to another program")
        row = {
            "program_id": self.program,
            "pairing_id": pairing_id,
            "by_id": by_id,
            "text": text,
            **dict(zip(PARTS, smart, strict=True)),
            "state": State.ACTIVE,
            "percent": 0,
            "made_at": self.now,
            "moved_at": self.now,
            "heard_at": self.now,
            "reminder": 0,
            "in_vain": 0,
            "pending": False,
        }
        return int((await self.conn.execute(goals.insert().values(**row).returning(goals.c.id))).scalar_one())

    async def get(self, ids: Collection[int]) -> dict[int, Goal]:
        """Return goals by id."""
        return {row.id: _goal(row) for row in await self.having(_GOAL, goals.c.id, ids, (goals.c.id,))}

    async def of_pairing(self, pairing_id: int, *, active: bool = True) -> list[Goal]:
        """Return a pairing's goals in the order in which they were made: those that are active, or all."""
        return await self._find(goals.c.pairing_id == pairing_id, *((_ACTIVE,) if active else ()))

    async def _find(self, *where: ColumnElement[bool]) -> list[Goal]:
        query = select(*_GOAL).where(goals.c.program_id == self.program, *where).order_by(goals.c.id)
        return [_goal(row) for row in await self.conn.execute(query)]

    async def counts(self, pairing_ids: Collection[int]) -> dict[int, Counts]:
        """Return how many goals pairings have, by pairing; those that never had one are left out."""
        numbers = [func.sum(case((goals.c.state == state, 1), else_=0)) for state in State]
        these = (goals.c.program_id == self.program, self.among(goals.c.pairing_id, pairing_ids))
        query = select(goals.c.pairing_id, *numbers, func.max(goals.c.moved_at)).where(*these)
        rows = await self.conn.execute(query.group_by(goals.c.pairing_id))
        return {row[0]: Counts(int(row[1]), int(row[2]), int(row[3]), row[4]) for row in rows}

    # What people do with them.

    async def change(self, goal_id: int, text: str, smart: Smart) -> None:
        """Put a goal in other words."""
        words = {"text": text, **dict(zip(PARTS, smart, strict=True))}
        await self._set(goals.c.id == goal_id, **words, **self._heard())

    async def move(self, goal_id: int, member_id: int, percent: int, line: str | None) -> None:
        """Note how far a goal is, and a line about it."""
        mine = (goals.c.program_id == self.program, goals.c.id == goal_id)
        if (await self.conn.execute(select(goals.c.id).where(*mine))).first() is None:
            return
        said = {"goal_id": goal_id, "member_id": member_id, "percent": percent, "line": line, "at": self.now}
        await self.conn.execute(updates.insert().values(program_id=self.program, **said))
        await self._set(goals.c.id == goal_id, percent=percent, moved_at=self.now, **self._heard())

    async def close(self, goal_id: int, state: State, by_id: int) -> bool:
        """Take an active goal as done or dropped; False if it isn't active."""
        values = {"state": state, "closed_at": self.now, "closed_by": by_id}
        return await self._set((goals.c.id == goal_id) & _ACTIVE, **values, **self._heard()) == 1

    async def reopen(self, goal_id: int) -> bool:
        """Let a goal that was done or dropped go on; False if it does."""
        values = {"state": State.ACTIVE, "closed_at": None, "closed_by": None}
        return await self._set((goals.c.id == goal_id) & ~_ACTIVE, **values, **self._heard()) == 1

    async def put_off(self, goal_id: int) -> None:
        """Note that there is nothing new of a goal just now."""
        await self._set(goals.c.id == goal_id, **self._heard())

    def _heard(self) -> dict[str, Any]:
        """Return what every sign of life does to the reminders."""
        return {"heard_at": self.now, "in_vain": 0, "pending": False}

    async def _set(self, which: ColumnElement[bool], **values: Any) -> int:
        mine = update(goals).where(goals.c.program_id == self.program, which)
        return (await self.conn.execute(mine.values(**values))).rowcount

    async def updates(self, goal_ids: Collection[int], limit: int) -> dict[int, list[Update]]:
        """Return the newest updates of goals, the newest first, by goal; every goal has its entry."""
        rank = func.row_number().over(partition_by=updates.c.goal_id, order_by=updates.c.id.desc()).label("rank")
        these = (updates.c.program_id == self.program, self.among(updates.c.goal_id, goal_ids))
        ranked = select(*_UPDATE, rank).where(*these).subquery()
        columns = [ranked.c[name] for name in Update.__dataclass_fields__]
        query = select(*columns).where(ranked.c.rank <= limit).order_by(ranked.c.goal_id, ranked.c.rank)
        found: dict[int, list[Update]] = {goal_id: [] for goal_id in goal_ids}
        for row in await self.conn.execute(query):
            found[row.goal_id].append(Update(*row))
        return found

    # The reminders of them.

    async def remindings(self, pairing_ids: Collection[int]) -> list[Reminding]:
        """Return what the reminders of these pairings' active goals hang on."""
        return await self._remindings(_ACTIVE, self.among(goals.c.pairing_id, pairing_ids))

    async def reminding(self, goal_ids: Collection[int]) -> dict[int, Reminding]:
        """Return the same of single goals by id, active or not."""
        return {one.goal_id: one for one in await self._remindings(self.among(goals.c.id, goal_ids))}

    async def _remindings(self, *where: ColumnElement[bool]) -> list[Reminding]:
        query = select(*_REMINDING).where(goals.c.program_id == self.program, *where).order_by(goals.c.id)
        return [Reminding(*row) for row in await self.conn.execute(query)]

    async def plan(self, goal_ids: Collection[int]) -> list[Reminding]:
        """Claim the next reminder of goals that have none on its way; return those, with its number."""
        free = and_(self.among(goals.c.id, goal_ids), _ACTIVE, ~goals.c.pending)
        mine = update(goals).where(goals.c.program_id == self.program, free)
        rows = await self.conn.execute(mine.values(reminder=goals.c.reminder + 1, pending=True).returning(*_REMINDING))
        return sorted((Reminding(*row) for row in rows), key=lambda one: one.goal_id)

    async def unplan(self, reminders: Collection[tuple[int, int]]) -> None:
        """Take back reminders, by (goal id, number), that didn't go out and aren't to."""
        for goal_id, number in reminders:
            await self._set(_this(goal_id, number), pending=False)

    async def mark_reminded(self, reminders: Collection[tuple[int, int]]) -> None:
        """Note that reminders went out, by (goal id, number), or turned out to be impossible."""
        values = {"reminded_at": self.now, "in_vain": goals.c.in_vain + 1, "pending": False}
        for goal_id, number in reminders:
            await self._set(_this(goal_id, number), **values)

    async def try_again(self, reminders: Collection[tuple[int, int]]) -> None:
        """Take reminders that couldn't be delivered, by (goal id, number), as on their way again."""
        again = {"in_vain": goals.c.in_vain - 1, "pending": True, "reminded_at": None}
        for goal_id, number in reminders:
            unheard = (goals.c.reminder == number) & (goals.c.in_vain > 0) & ~goals.c.pending
            await self._set((goals.c.id == goal_id) & unheard, **again)

    async def begin_anew(self, pairing_ids: Collection[int]) -> None:
        """Forget how often goals were reminded of in vain, and what is on its way."""
        which = and_(self.among(goals.c.pairing_id, pairing_ids), _ACTIVE)
        await self._set(which, in_vain=0, pending=False, reminded_at=None)

    async def with_active(self, mentee_ids: Collection[int] | None = None) -> list[int]:
        """Return the ids of the pairings that have an active goal: all, or those of these mentees."""
        theirs = () if mentee_ids is None else (self.among(pairings.c.mentee_id, mentee_ids),)
        joined = select(pairings.c.id).join(goals, goals.c.pairing_id == pairings.c.id)
        query = joined.where(goals.c.program_id == self.program, _ACTIVE, *theirs).distinct()
        return [row.id for row in await self.conn.execute(query.order_by(pairings.c.id))]

    # Whose they are.

    async def of(self, member_id: int) -> dict[str, list[dict[str, Any]]]:
        """Return the goals of a member's pairings, and what both said of them; reminders are the mentee's alone."""
        theirs = select(goals.c.id).where(goals.c.pairing_id.in_(pairings_of(self.program, member_id)))
        asked = select(pairings.c.id).where(pairings.c.mentee_id == member_id)
        mine = set((await self.conn.execute(asked)).scalars())
        return {
            "goal": [_without_reminders(row, mine) for row in await self.rows(goals, goals.c.id.in_(theirs))],
            "goal_update": await self.rows(updates, updates.c.goal_id.in_(theirs)),
        }

    async def forget(self, member_id: int) -> None:
        """Delete those, and their alarms."""
        await self._delete(pairings_of(self.program, member_id))

    async def purge(self, before: datetime) -> None:
        """Delete what belongs to pairings that ended before an instant."""
        await self._delete(ended_before(self.program, before))

    async def _delete(self, of_pairings: Select[tuple[int]]) -> None:
        theirs = select(goals.c.id).where(goals.c.pairing_id.in_(of_pairings))
        await self.delete(due, (due.c.kind == ALARM) & due.c.subject.in_(of_pairings))
        await self.delete(updates, updates.c.goal_id.in_(theirs))
        await self.delete(goals, goals.c.id.in_(theirs))


def _without_reminders(row: dict[str, Any], pairing_ids: Collection[int]) -> dict[str, Any]:
    return row if row["pairing_id"] in pairing_ids else {name: row[name] for name in row if name not in _REMINDERS}


def _this(goal_id: int, number: int) -> ColumnElement[bool]:
    return and_(goals.c.id == goal_id, goals.c.reminder == number, goals.c.pending)
