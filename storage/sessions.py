"""The queries about sessions and the times that are proposed; tables and records are in storage/session_tables.py."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

from sqlalchemy import ColumnElement, func, or_, select, update

from storage.due import due
from storage.ended import ended_before
from storage.pairings import pairings, pairings_of
from storage.session_tables import (
    ALARMS,
    ANSWER_ALARM,
    OPEN,
    NewSession,
    NewTime,
    Session,
    State,
    Texts,
    Time,
    session_goals,
    sessions,
    times,
    words,
)
from storage.store import Store

__all__ = ["ALARMS", "ANSWER_ALARM", "OPEN", "NewSession", "NewTime", "Session", "Sessions", "State", "Texts", "Time"]

LONGEST = timedelta(hours=8)
LISTED = (State.BOOKED, State.CANCELLED, State.HELD, State.NOT_HELD, State.UNCLEAR)
_SESSION = tuple(sessions.c[name] for name in Session.__dataclass_fields__)
_STATE = list(Session.__dataclass_fields__).index("state")
_TIME = tuple(times.c[name] for name in Time.__dataclass_fields__)


def _session(row: Sequence[Any]) -> Session:
    values = list(row)
    values[_STATE] = State(values[_STATE])
    return Session(*values)


class Sessions(Store):
    """The sessions of one program's pairings."""

    async def draft(self, new: NewSession) -> int:
        """Keep what somebody typed, before they have confirmed it; return its id."""
        nothing = {"sequence": 0, "round": 1, "ended_words": "", "short_notice": False, "logged": False}
        row = {**asdict(new), **nothing, "program_id": self.program, "made_at": self.now, "uid": uuid4().hex}
        query = sessions.insert().values(**row, state=State.DRAFT).returning(sessions.c.id)
        return int((await self.conn.execute(query)).scalar_one())

    async def get(self, ids: Collection[int]) -> dict[int, Session]:
        """Return sessions by id."""
        rows = await self.having(_SESSION, sessions.c.id, ids, (sessions.c.id,))
        return {row.id: _session(row) for row in rows}

    async def lock(self, session_id: int) -> Session | None:
        """Return a session; others who want to change it wait until this transaction ends."""
        query = select(*_SESSION).where(sessions.c.program_id == self.program, sessions.c.id == session_id)
        row = (await self.conn.execute(query.with_for_update(key_share=True))).first()
        return None if row is None else _session(row)

    async def change(self, session_id: int, **values: Any) -> None:
        """Change columns of a session's row."""
        mine = (sessions.c.program_id == self.program, sessions.c.id == session_id)
        await self.conn.execute(update(sessions).where(*mine).values(**values))

    async def in_state(
        self, pairing_ids: Collection[int], states: Collection[State], limit: int | None = None
    ) -> list[Session]:
        """Return the sessions of pairings that are in one of these states, the earliest first."""
        where = (self.among(sessions.c.pairing_id, pairing_ids), sessions.c.state.in_(states))
        return await self._find(*where, order=(sessions.c.starts_at, sessions.c.id), limit=limit)

    async def latest(self, pairing_ids: Collection[int], states: Collection[State], limit: int) -> list[Session]:
        """Return the sessions of pairings that are in one of these states, the latest first."""
        where = (self.among(sessions.c.pairing_id, pairing_ids), sessions.c.state.in_(states))
        return await self._find(*where, order=(sessions.c.starts_at.desc(), sessions.c.id.desc()), limit=limit)

    async def booked(self, member_ids: Collection[int], begin: datetime, end: datetime) -> list[Session]:
        """Return the booked sessions of these members, in whatever pairing, that take up a part of a span."""
        sides = or_(self.among(pairings.c.mentor_id, member_ids), self.among(pairings.c.mentee_id, member_ids))
        theirs = select(pairings.c.id).where(pairings.c.program_id == self.program, sides)
        near = (sessions.c.starts_at > begin - LONGEST, sessions.c.starts_at < end)
        where = (sessions.c.pairing_id.in_(theirs), sessions.c.state == State.BOOKED, *near)
        found = await self._find(*where, order=(sessions.c.starts_at, sessions.c.id))
        return [one for one in found if one.ends_at is not None and one.ends_at > begin]

    async def last_approved(self, pairing_ids: Collection[int]) -> datetime | None:
        """Return when the newest proposal of pairings was made that a coordinator let go on; None if there is none."""
        approved = (self.among(sessions.c.pairing_id, pairing_ids), sessions.c.approved_by_id.is_not(None))
        query = select(func.max(sessions.c.made_at)).where(sessions.c.program_id == self.program, *approved)
        at: datetime | None = await self.conn.scalar(query)
        return at

    async def listed(self, last: int, limit: int) -> list[Session]:
        """Return what was booked or noted as held, whatever became of it, in the order of ids, after one of them."""
        # Of one program by whatever index would be found and sorted anew for each page.
        query = select(*_SESSION).where(sessions.c.program_id + 0 == self.program, sessions.c.id > last)
        query = query.where(sessions.c.state.in_(LISTED), sessions.c.starts_at.is_not(None))
        return [_session(row) for row in await self.conn.execute(query.order_by(sessions.c.id).limit(limit))]

    async def every_open(self) -> list[Session]:
        """Return all proposals that wait, for an answer or for a coordinator."""
        return await self._find(sessions.c.state.in_(OPEN))

    async def every_coming(self) -> list[Session]:
        """Return all sessions that are booked and have not begun."""
        return await self._find(sessions.c.state == State.BOOKED, sessions.c.starts_at > self.now)

    async def begun(self, states: Collection[State], since: datetime) -> list[Session]:
        """Return all sessions in one of these states that have begun, at `since` or later."""
        span = (sessions.c.starts_at >= since, sessions.c.starts_at <= self.now)
        return await self._find(sessions.c.state.in_(states), *span)

    async def replacing(self, session_id: int) -> list[Session]:
        """Return the proposals that wait of other times for a session."""
        return await self._find(sessions.c.replaces_id == session_id, sessions.c.state.in_(OPEN))

    async def counts(self, pairing_ids: Collection[int], since: datetime | None = None) -> dict[int, dict[State, int]]:
        """Return how many sessions pairings have in each state, of those that begin at `since` or later."""
        mine = [sessions.c.program_id == self.program, self.among(sessions.c.pairing_id, pairing_ids)]
        if since is not None:
            mine.append(sessions.c.starts_at >= since)
        query = select(sessions.c.pairing_id, sessions.c.state, func.count()).where(*mine)
        found: dict[int, dict[State, int]] = {one: {} for one in pairing_ids}
        for pairing_id, state, number in await self.conn.execute(
            query.group_by(sessions.c.pairing_id, sessions.c.state)
        ):
            found[pairing_id][State(state)] = number
        return found

    async def _find(
        self,
        *where: ColumnElement[bool],
        order: Sequence[ColumnElement[Any]] = (sessions.c.id,),
        limit: int | None = None,
    ) -> list[Session]:
        query = select(*_SESSION).where(sessions.c.program_id == self.program, *where).order_by(*order).limit(limit)
        return [_session(row) for row in await self.conn.execute(query)]

    async def texts(self, session_id: int) -> Texts | None:
        """Return what the two wrote about a session. Nothing else returns that."""
        columns = (sessions.c.agenda, sessions.c.prepare, sessions.c.ended_words)
        query = select(*columns).where(sessions.c.program_id == self.program, sessions.c.id == session_id)
        row = (await self.conn.execute(query)).first()
        return None if row is None else Texts(*row)

    # The times that are proposed.

    async def propose(self, session_id: int, new: Sequence[NewTime]) -> None:
        """Let these be the times that are proposed for a session, and no others."""
        if session_id not in await self.get([session_id]):
            return
        await self.delete(times, times.c.session_id == session_id)
        rows = [{**asdict(one), "program_id": self.program, "session_id": session_id} for one in new]
        if rows:
            await self.conn.execute(times.insert(), rows)

    async def times(self, session_ids: Collection[int]) -> dict[int, list[Time]]:
        """Return the times that are proposed for sessions, in order."""
        found: dict[int, list[Time]] = {one: [] for one in session_ids}
        order = (times.c.place, times.c.starts_at, times.c.id)
        for row in await self.having(_TIME, times.c.session_id, session_ids, order):
            found[row.session_id].append(Time(*row))
        return found

    async def time(self, time_id: int) -> Time | None:
        """Return one proposed time."""
        query = select(*_TIME).where(times.c.program_id == self.program, times.c.id == time_id)
        row = (await self.conn.execute(query)).first()
        return None if row is None else Time(*row)

    async def keep_time(self, chosen: Time) -> None:
        """Take one of several readings of what was typed as the one that is meant."""
        same = (times.c.session_id == chosen.session_id) & (times.c.place == chosen.place)
        await self.delete(times, same & (times.c.id != chosen.id))

    # The goals that it is about.

    async def set_goals(self, session_id: int, goal_ids: Collection[int]) -> None:
        """Let a session be about these goals, and no others."""
        if session_id not in await self.get([session_id]):
            return
        await self.delete(session_goals, session_goals.c.session_id == session_id)
        rows = [{"program_id": self.program, "session_id": session_id, "goal_id": one} for one in sorted(goal_ids)]
        await self.add_new(session_goals, rows)

    async def goals(self, session_ids: Collection[int]) -> Mapping[int, list[int]]:
        """Return the ids of the goals that sessions are about."""
        mine = (session_goals.c.program_id == self.program, self.among(session_goals.c.session_id, session_ids))
        query = select(session_goals.c.session_id, session_goals.c.goal_id).where(*mine)
        found: dict[int, list[int]] = {one: [] for one in session_ids}
        for session_id, goal_id in await self.conn.execute(query.order_by(session_goals.c.goal_id)):
            found[session_id].append(goal_id)
        return found

    # What goes.

    async def drop(self, session_id: int) -> None:
        """Throw a draft away."""
        await self._delete((sessions.c.id == session_id) & (sessions.c.state == State.DRAFT))

    async def purge_drafts(self, before: datetime) -> None:
        """Delete what was typed before an instant and never confirmed."""
        await self._delete((sessions.c.state == State.DRAFT) & (sessions.c.made_at < before))

    async def purge(self, before: datetime) -> None:
        """Delete what belongs to pairings that ended before an instant, with what each side said of it."""
        await self._delete(sessions.c.pairing_id.in_(ended_before(self.program, before)))

    async def of(self, member_id: int) -> dict[str, list[dict[str, Any]]]:
        """Return the sessions of a member's pairings, and what the member said of them; drafts of theirs alone."""
        pairs = sessions.c.pairing_id.in_(pairings_of(self.program, member_id))
        shared = pairs & or_(sessions.c.state != State.DRAFT, sessions.c.by_id == member_id)
        mine = select(sessions.c.id).where(sessions.c.program_id == self.program, shared)
        return {
            "session": await self.rows(sessions, shared),
            "session_time": await self.rows(times, times.c.session_id.in_(mine)),
            "session_goal": await self.rows(session_goals, session_goals.c.session_id.in_(mine)),
            "session_word": await self.rows(words, words.c.member_id == member_id),
        }

    async def forget(self, member_id: int) -> None:
        """Delete the sessions of a member's pairings, and take the member out as coordinator of others'."""
        await self._forget(member_id, sessions.c.pairing_id.in_(pairings_of(self.program, member_id)))

    async def forget_but_called_off(self, member_id: int) -> None:
        """Do the same, but let what this transaction called off stay without its words until the other is told."""
        theirs = sessions.c.pairing_id.in_(pairings_of(self.program, member_id))
        was_booked = (sessions.c.state == State.CANCELLED) & sessions.c.booked_at.is_not(None)
        off = [one.id for one in await self._find(theirs, was_booked, sessions.c.ended_at == self.now)]
        await self._forget(member_id, theirs & ~self.among(sessions.c.id, off))
        for table in (times, session_goals, words):
            await self.delete(table, self.among(table.c.session_id, off))
        for one in off:
            await self.change(one, agenda="", prepare="", ended_words="", link=None)

    async def _forget(self, member_id: int, which: ColumnElement[bool]) -> None:
        await self.delete(words, words.c.member_id == member_id)
        await self._delete(which)
        for column in (sessions.c.approved_by_id, sessions.c.decided_by_id, sessions.c.talks_id):
            mine = (sessions.c.program_id == self.program, column == member_id)
            await self.conn.execute(update(sessions).where(*mine).values({column: None}))

    async def _delete(self, which: ColumnElement[bool]) -> None:
        these = select(sessions.c.id).where(sessions.c.program_id == self.program, which)
        await self.delete(due, due.c.kind.startswith(ALARMS, autoescape=True) & due.c.subject.in_(these))
        for table in (times, session_goals, words):
            await self.delete(table, table.c.session_id.in_(these))
        loose = (sessions.c.program_id == self.program, sessions.c.replaces_id.in_(these))
        await self.conn.execute(update(sessions).where(*loose).values(replaces_id=None))
        await self.delete(sessions, which)
