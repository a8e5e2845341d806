"""What badges count, of many members at once: every query takes up to a thousand of them, and none is made for each.

All of it is as it was at an instant, as far as that is known: what began later isn't there, what ended later goes on.
"""

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeVar

from sqlalchemy import CTE, ColumnElement, Select, exists, func, or_, select, union_all

from storage.ask_tables import RECIPIENT, Recipient, asks, read_recipient, recipients
from storage.disputes import Subject, disputes
from storage.event_tables import State as EventState
from storage.event_tables import events, guests
from storage.goal_tables import State as GoalState
from storage.goal_tables import goals, updates
from storage.pairing_tables import pairings
from storage.people import Member, Role, member_of, members
from storage.schema import Instant
from storage.session_tables import Answer, session_goals, sessions, words
from storage.session_tables import State as SessionState
from storage.sheet_tables import Sheet, sheets
from storage.store import Store
from storage.turns import TURN, Turn, read_turn, turns

TAKES_PLACE = (SessionState.BOOKED, SessionState.HELD, SessionState.UNCLEAR)  # or did, as far as is known
OTHERWISE = (Answer.NO, Answer.MOVED)  # what somebody says who wasn't there

T = TypeVar("T")
_SIDE = {Role.MENTOR: pairings.c.mentor_id, Role.MENTEE: pairings.c.mentee_id}
_SHEET = tuple(sheets.c[name] for name in Sheet.__dataclass_fields__)


@dataclass(frozen=True, slots=True)
class Happened:
    """Something that counts once, by the id of its row."""

    id: int
    at: datetime


@dataclass(frozen=True, slots=True)
class Sides:
    """Members as these sides of their pairings: mentors, mentees, or both."""

    member_ids: Collection[int]
    roles: Collection[Role]


class Evidence(Store):
    """What badges count in one program."""

    async def people(self, first: int, limit: int) -> list[Member]:
        """Return the active members who want badges, in the order of ids, from one of them on."""
        want = (members.c.program_id == self.program, members.c.active, members.c.badges, members.c.id >= first)
        rows = await self.conn.execute(select(members).where(*want).order_by(members.c.id).limit(limit))
        return [member_of(row) for row in rows]

    # What rates go over: the newest of each member.

    async def turns(self, sides: Sides, limit: int, at: datetime) -> dict[int, list[Turn]]:
        """Return the newest turns that members had to answer, the newest first; each has an entry."""
        mine = (
            turns.c.program_id == self.program,
            self.among(turns.c.answerer_id, sides.member_ids),
            _as_sides(turns.c.pairing_id, turns.c.answerer_id, sides),
            turns.c.opened_at <= at,
        )
        newest = (turns.c.opened_at.desc(), turns.c.id.desc())
        query = _newest(select(*TURN).where(*mine), turns.c.answerer_id, newest, limit)
        found = [read_turn(row) for row in await self.conn.execute(query)]
        return _by(sides.member_ids, found, lambda one: one.facts.answerer_id)

    async def asked(self, member_ids: Collection[int], limit: int, at: datetime) -> dict[int, list[Recipient]]:
        """Return the newest of the team's requests to members, the newest first; each has an entry."""
        joined = select(*RECIPIENT).join_from(recipients, asks, asks.c.id == recipients.c.ask_id)
        theirs = joined.where(recipients.c.program_id == self.program, asks.c.sent_at <= at)
        mine = theirs.where(self.among(recipients.c.member_id, member_ids))
        newest = (asks.c.sent_at.desc(), recipients.c.id.desc())
        query = _newest(mine, recipients.c.member_id, newest, limit)
        found = [read_recipient(row) for row in await self.conn.execute(query)]
        return _by(member_ids, found, lambda one: one.member_id)

    async def sheets(self, sides: Sides, limit: int, at: datetime) -> dict[int, list[Sheet]]:
        """Return the newest of what members were to fill in, the newest first; each has an entry."""
        mine = (*self._sheets_of(sides), sheets.c.made_at <= at)
        newest = (sheets.c.made_at.desc(), sheets.c.id.desc())
        query = _newest(select(*_SHEET).where(*mine), sheets.c.member_id, newest, limit)
        found = [Sheet(*row) for row in await self.conn.execute(query)]
        return _by(sides.member_ids, found, lambda one: one.member_id)

    async def taken_out(self, member_ids: Collection[int]) -> set[Subject]:
        """Return what was decided not to count against members."""
        theirs = (disputes.c.program_id == self.program, self.among(disputes.c.member_id, member_ids))
        columns = (disputes.c.turn_id, disputes.c.recipient_id, disputes.c.sheet_id)
        return {Subject(*row) for row in await self.conn.execute(select(*columns).where(*theirs, disputes.c.taken_out))}

    # What is counted. `since`: what was earlier isn't needed.

    async def booked(self, sides: Sides, since: datetime, at: datetime) -> dict[int, list[Happened]]:
        """Return the sessions that were booked and not called off, by when they were."""
        side = self._sides(sides)
        query = select(side.c.member_id, sessions.c.id, sessions.c.booked_at)
        query = query.join_from(side, sessions, sessions.c.pairing_id == side.c.pairing_id)
        booked = query.where(sessions.c.booked_at >= since, sessions.c.booked_at <= at)
        return await self._happened(
            sides.member_ids, booked.where(sessions.c.state.in_(TAKES_PLACE)), sessions.c.booked_at
        )

    async def attended(self, sides: Sides, since: datetime, at: datetime) -> dict[int, list[Happened]]:
        """Return the sessions that were held, by when they began, but those of which a member says otherwise."""
        side = self._sides(sides)
        said = (words.c.session_id == sessions.c.id) & (words.c.member_id == side.c.member_id)
        query = select(side.c.member_id, sessions.c.id, sessions.c.starts_at)
        query = query.join_from(side, sessions, sessions.c.pairing_id == side.c.pairing_id).outerjoin(words, said)
        held = query.where(sessions.c.state == SessionState.HELD, sessions.c.starts_at >= since)
        there = or_(words.c.answer.is_(None), words.c.answer.not_in(OTHERWISE))
        return await self._happened(
            sides.member_ids, held.where(sessions.c.starts_at <= at, there), sessions.c.starts_at
        )

    async def given(self, sides: Sides, since: datetime, at: datetime) -> dict[int, list[Happened]]:
        """Return the sessions of which members wrote something, by when they first did."""
        first = func.min(sheets.c.done_at, type_=Instant)
        given = (~sheets.c.empty, sheets.c.done_at.is_not(None))
        query = select(sheets.c.member_id, sheets.c.session_id, first).where(*self._sheets_of(sides), *given)
        query = query.group_by(sheets.c.member_id, sheets.c.session_id).having(first >= since, first <= at)
        return await self._happened(sides.member_ids, query, first)

    async def active(self, sides: Sides, at: datetime) -> dict[int, list[Happened]]:
        """Return the goals of pairings that go on, by when they were made, as far as they go on as well."""
        side = self._sides(sides)
        query = select(side.c.member_id, goals.c.id, goals.c.made_at)
        query = query.join_from(side, goals, goals.c.pairing_id == side.c.pairing_id).where(goals.c.made_at <= at)
        going_on = (_not_before(side.c.ended_at, at), _not_before(goals.c.closed_at, at))
        return await self._happened(sides.member_ids, query.where(*going_on), goals.c.made_at)

    async def linked(self, sides: Sides, at: datetime) -> dict[int, list[Happened]]:
        """Return the goals, active or done, that sessions are about, by when the newest was booked, or held."""
        side, when = self._sides(sides), func.coalesce(sessions.c.booked_at, sessions.c.starts_at, type_=Instant)
        newest = func.max(when, type_=Instant)
        query = select(side.c.member_id, goals.c.id, newest)
        query = query.join_from(side, goals, goals.c.pairing_id == side.c.pairing_id)
        query = query.join(session_goals, session_goals.c.goal_id == goals.c.id)
        query = query.join(sessions, sessions.c.id == session_goals.c.session_id)
        kept = or_(goals.c.state != GoalState.DROPPED, goals.c.closed_at > at)
        query = query.where(kept, goals.c.made_at <= at, sessions.c.state.in_(TAKES_PLACE), when <= at)
        return await self._happened(sides.member_ids, query.group_by(side.c.member_id, goals.c.id), newest)

    async def updates(self, sides: Sides, since: datetime, at: datetime) -> dict[int, list[Happened]]:
        """Return what either of the two said of how far their goals are, by when."""
        side = self._sides(sides)
        query = select(side.c.member_id, updates.c.id, updates.c.at)
        query = query.join_from(side, goals, goals.c.pairing_id == side.c.pairing_id)
        query = query.join(updates, updates.c.goal_id == goals.c.id)
        return await self._happened(
            sides.member_ids, query.where(updates.c.at >= since, updates.c.at <= at), updates.c.at
        )

    async def visited(self, member_ids: Collection[int], since: datetime, at: datetime) -> dict[int, list[Happened]]:
        """Return the community events at which members were, by when they began."""
        query = select(guests.c.member_id, events.c.id, events.c.starts_at)
        query = query.join_from(guests, events, events.c.id == guests.c.event_id)
        theirs = (guests.c.program_id == self.program, self.among(guests.c.member_id, member_ids))
        there = (guests.c.attended_at <= at, events.c.state == EventState.ANNOUNCED)
        time = (events.c.starts_at >= since, events.c.starts_at <= at)
        return await self._happened(member_ids, query.where(*theirs, *there, *time), events.c.starts_at)

    def _sides(self, sides: Sides) -> CTE:
        """Return each member's pairings, as a table of `member_id`, `pairing_id` and `ended_at`."""
        of_side = [
            select(_SIDE[role].label("member_id"), pairings.c.id.label("pairing_id"), pairings.c.ended_at).where(
                pairings.c.program_id == self.program, self.among(_SIDE[role], sides.member_ids)
            )
            for role in sides.roles
        ]
        return union_all(*of_side).cte("side")

    def _sheets_of(self, sides: Sides) -> tuple[ColumnElement[bool], ...]:
        """Return what holds of the sheets of members."""
        theirs = (sheets.c.program_id == self.program, self.among(sheets.c.member_id, sides.member_ids))
        return (*theirs, _as_sides(sheets.c.pairing_id, sheets.c.member_id, sides))

    async def _happened(
        self, member_ids: Collection[int], query: Select[Any], at: ColumnElement[Any]
    ) -> dict[int, list[Happened]]:
        found: dict[int, list[Happened]] = {one: [] for one in member_ids}
        for member_id, id_, moment in await self.conn.execute(query.order_by(at.desc())):
            found[member_id].append(Happened(id_, moment))
        return found

    async def of(self, member_id: int) -> dict[str, list[dict[str, Any]]]:
        """Return nothing: it is other stores' rows."""
        return {}

    async def forget(self, member_id: int) -> None:
        """Delete nothing."""


def _as_sides(pairing_id: ColumnElement[int], member_id: ColumnElement[int], sides: Sides) -> ColumnElement[bool]:
    """Tell of a row whether its member is one of these sides in its pairing."""
    return exists().where(pairings.c.id == pairing_id, or_(*(_SIDE[role] == member_id for role in sides.roles)))


def _newest(
    query: Select[Any], member: ColumnElement[Any], newest: Sequence[ColumnElement[Any]], limit: int
) -> Select[Any]:
    """Return a query's rows, so many of each member's newest, the newest first."""
    rank = func.row_number().over(partition_by=member, order_by=newest).label("rank")
    ranked = query.add_columns(rank).subquery()
    columns = [column for column in ranked.c if column.name != "rank"]
    return select(*columns).where(ranked.c.rank <= limit).order_by(ranked.c.rank)


def _not_before(ended_at: ColumnElement[Any], at: datetime) -> ColumnElement[bool]:
    return or_(ended_at.is_(None), ended_at > at)


def _by(member_ids: Collection[int], rows: Iterable[T], whose: Callable[[T], int]) -> dict[int, list[T]]:
    found: dict[int, list[T]] = {one: [] for one in member_ids}
    for row in rows:
        found[whose(row)].append(row)
    return found
