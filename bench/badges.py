"""Badges: a day's judging is to grow with the people that there are, whatever they did in 60 days."""

from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from time import perf_counter
from typing import Any

from bench import tables
from bench.figures import Figure, at_most, span
from bench.ground import COMMUNITY, Ground
from bench.town import BEYOND, Rows, Town, micros
from bot.badges.daily import DAY, MEMBERS
from bot.clock import SetClock
from bot.core import Core
from bot.features import FEATURES
from bot.forms.keeping import forms_of
from bot.members import roster
from bot.people import Role
from storage.goal_tables import State as GoalState
from storage.goal_tables import goals, updates
from storage.members import Members
from storage.opening import open_database
from storage.pairings import pairings
from storage.people import accounts, members
from storage.session_tables import State, session_goals, sessions
from storage.sheet_tables import sheets
from storage.turns import Outcome, turns

FEW, MANY = 10_000, 100_000
REACH = 12
HISTORY = 60  # days
TURNS, SESSIONS, GOALS, UPDATES = 30, 8, 2, 6  # of each pairing in that time
ON = {"badges.on": "yes"}


class Pairs(Town):
    """A town in which everybody has one pairing."""

    @property
    def side(self) -> int:
        """How many mentors there are, and as many mentees."""
        return self.size


@dataclass(frozen=True)
class History:
    """What the two of each pairing did in 60 days: all answered in time, all met; a few of them late."""

    town: Pairs
    form: int
    now: datetime

    def tables(self) -> Iterator[Rows]:
        """Yield the tables, what points at a row after the row."""
        for rows in self.town.tables():
            if rows[0] in (members, accounts, pairings) or rows[0].name == "space":
                yield rows
        yield turns, _TURN, self._turns()
        yield goals, _GOAL, self._goals()
        yield updates, ("id", "program_id", "goal_id", "member_id", "percent", "at"), self._updates()
        yield sessions, _SESSION, self._sessions()
        yield session_goals, ("session_id", "goal_id", "program_id"), self._about()
        yield sheets, _SHEET, self._sheets()

    def _each(self, many: int) -> Iterator[tuple[int, int, int, datetime]]:
        """Yield a row's id, its number in the pairing, the pairing, and when it was."""
        apart = timedelta(days=HISTORY) / many
        for pairing in range(self.town.size):
            for number in range(many):
                yield BEYOND + pairing * many + number, number, pairing, self.now - apart * (number + 0.5)

    def _sides(self, pairing: int) -> tuple[int, int]:
        return BEYOND + self.town.mentor(pairing), BEYOND + self.town.mentee(pairing)

    def _turns(self) -> Iterator[tuple[Any, ...]]:
        for id_, number, pairing, at in self._each(TURNS):
            asker, answerer = self._sides(pairing)[:: 1 if number % 2 else -1]
            limit, took = at + timedelta(days=2), timedelta(days=3 if (pairing + number) % 40 == 0 else 1)
            where = (id_, self.town.program, BEYOND + pairing, BEYOND + pairing, f"m{id_}", asker, answerer)
            yield (
                *where,
                micros(at),
                micros(at),
                micros(at + took),
                str(Outcome.ANSWERED),
                0,
                False,
                True,
                micros(limit),
                0,
            )

    def _goals(self) -> Iterator[tuple[Any, ...]]:
        for id_, _, pairing, at in self._each(GOALS):
            when = (micros(at), micros(at), micros(at), 0, 0, False)
            by = self._sides(pairing)[1]
            yield id_, self.town.program, BEYOND + pairing, by, "Speak up", str(GoalState.ACTIVE), 50, *when

    def _updates(self) -> Iterator[tuple[Any, ...]]:
        for id_, number, pairing, at in self._each(UPDATES):
            goal = BEYOND + pairing * GOALS + number % GOALS
            yield id_, self.town.program, goal, self._sides(pairing)[1], 50, micros(at)

    def _sessions(self) -> Iterator[tuple[Any, ...]]:
        for id_, _, pairing, at in self._each(SESSIONS):
            where = (id_, self.town.program, BEYOND + pairing, self._sides(pairing)[1], str(State.HELD), micros(at), 60)
            booked = micros(at - timedelta(days=1))
            yield *where, "", "", f"{id_:032x}", 0, 1, booked, booked, micros(at), "", False, False

    def _about(self) -> Iterator[tuple[Any, ...]]:
        for id_, number, pairing, _ in self._each(SESSIONS):
            yield id_, BEYOND + pairing * GOALS + number % GOALS, self.town.program

    def _sheets(self) -> Iterator[tuple[Any, ...]]:
        for id_, _, pairing, at in self._each(SESSIONS):
            for side, member in enumerate(self._sides(pairing)):
                asked, done, limit = (micros(at + timedelta(hours=hours)) for hours in (1, 20, 49))
                where = (
                    BEYOND + 2 * (id_ - BEYOND) + side,
                    self.town.program,
                    id_,
                    BEYOND + pairing,
                    member,
                    self.form,
                )
                yield *where, f"form {side}", asked, asked, limit, 0, done, False


_TURN = (
    *("id", "program_id", "pairing_id", "space_id", "opener", "asker_id", "answerer_id", "opened_at", "waiting_since"),
    *("closed_at", "outcome", "reopened", "wanted", "fresh", "limit_at", "version"),
)
_GOAL = (
    *("id", "program_id", "pairing_id", "by_id", "text", "state", "percent", "made_at", "moved_at", "heard_at"),
    *("reminder", "in_vain", "pending"),
)
_SESSION = (
    *("id", "program_id", "pairing_id", "by_id", "state", "starts_at", "minutes", "agenda", "prepare", "uid"),
    *("sequence", "round", "made_at", "booked_at", "held_at", "ended_words", "short_notice", "logged"),
)
_SHEET = (
    *("id", "program_id", "session_id", "pairing_id", "member_id", "form_id", "form", "made_at", "delivered_at"),
    *("limit_at", "version", "done_at", "empty"),
)


async def badges(ground: Ground) -> list[Figure]:
    """Judge 100,000 members with 60 days of history, and 10,000."""
    return [await _on(ground, database) for database in ground.databases]


async def _on(ground: Ground, database: str) -> Figure:
    small, big = await _a_day(ground.fresh(database), FEW), await _a_day(ground.fresh(database), MANY)
    row = f"badges: a day's judging of {MANY:,} members with {HISTORY} days of history, against of {FEW:,}"
    return Figure(row, database, big / small, f"{span(big)} / {span(small)}", at_most(REACH))


async def _a_day(url: str, people: int) -> float:
    """Build a town, let a day be judged on which many earn a badge, and return how long the next day takes."""
    now = datetime.now(UTC).replace(microsecond=0)
    async with _opened(url, now) as (core, clock):
        await roster.enrol(core, roster.read(COMMUNITY))
        (program,) = await core.programs()
        async with core.at_work(program) as context:
            (coordinator,) = await context.work.of(Members).with_role(Role.COORDINATOR)
            form = (await forms_of(context))[0].id
    town = Pairs(program.id, coordinator.id, people // 2, now)
    await tables.fill(url, History(town, form, now).tables())
    async with _opened(url, now) as (core, clock):
        await core.daily()
        await _chain(core)
        clock.move_to(now + DAY)
        begin = perf_counter()
        pages = await _chain(core)
        if pages < people // MEMBERS:
            raise RuntimeError(f"{pages} pages were judged of {people:,} people")
        return perf_counter() - begin


async def _chain(core: Core) -> int:
    """Ring until nothing is due; return how many alarms rang."""
    pages = 0
    while rang := await core.ring():
        pages += rang
    return pages


@asynccontextmanager
async def _opened(url: str, now: datetime) -> AsyncIterator[tuple[Core, SetClock]]:
    clock = SetClock(now)
    database = await open_database(url, clock.now)
    try:
        yield Core(database, FEATURES, ON), clock
    finally:
        await database.close()
