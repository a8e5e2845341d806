"""A small program whose history is written row by row, as the bot would have written it: for the tests of badges."""

from collections.abc import AsyncIterator, Collection, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from itertools import count
from typing import Any

from sqlalchemy import Table, update

from bot.badges.keeping import built_in
from bot.clock import SetClock
from bot.core import Core
from bot.features import FEATURES
from bot.people import Account, Place, Role
from storage.ask_tables import asks, recipients
from storage.awards import Award, Awards
from storage.badge_choices import BadgeChoices
from storage.badge_tables import LOOK
from storage.badges import Badges
from storage.disputes import disputes
from storage.due import Setting
from storage.effects import outbox
from storage.engine import Database
from storage.event_tables import events, guests
from storage.forms import Forms
from storage.goal_tables import goals, updates
from storage.members import Members, NewMember
from storage.opening import open_database
from storage.pairings import Pairings
from storage.people import pauses
from storage.programs import Program, save_program
from storage.session_tables import session_goals, sessions, words
from storage.sheet_tables import sheets
from storage.turns import turns

START = datetime(2026, 3, 2, 4, tzinfo=UTC)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
ON = {"badges.on": "yes"}
AMARA, BEN, LENA, NOOR, ROSA = range(1, 6)
PAIRS = {1: (AMARA, LENA), 2: (AMARA, NOOR), 3: (BEN, NOOR), 4: (AMARA, BEN)}
_PEOPLE = {
    AMARA: ("Amara", {Role.MENTOR}, "Asia/Dubai"),
    BEN: ("Ben", {Role.MENTOR, Role.MENTEE}, "UTC"),
    LENA: ("Lena", {Role.MENTEE}, "America/New_York"),
    NOOR: ("Noor", {Role.MENTEE}, "UTC"),
    ROSA: ("Rosa", {Role.COORDINATOR}, "UTC"),
}


@dataclass
class Town:
    """Amara mentors Lena, Noor and Ben, Ben mentors Noor, Rosa coordinates."""

    database: Database
    clock: SetClock
    core: Core
    program: Program
    form: int
    numbers: Any = field(default_factory=lambda: count(1))

    @property
    def now(self) -> datetime:
        """The bot's time."""
        return self.clock.now()

    async def passes(self, **span: float) -> None:
        """Let time pass in which the bot is there: what is due rings each hour."""
        end = self.now + timedelta(**span)
        while (at := await self.core.next_at()) is not None and at <= end:
            self.clock.move_to(max(at, self.now))
            await self.core.ring()
            await self._delivered()
        self.clock.move_to(end)

    async def wakes(self, **span: float) -> None:
        """Let time pass in which the bot isn't there; then what was due rings, until nothing is left."""
        self.clock.move_to(self.now + timedelta(**span))
        while await self.core.ring():
            pass

    async def _delivered(self) -> None:
        """Take what goes out as having arrived: nobody delivers it here."""
        async with self.database.work(self.program.id) as work:
            await work.conn.execute(update(outbox).values(state="sent"))

    async def look(self, *member_ids: int) -> None:
        """Let members be looked at at once, as when something that counts has changed."""
        async with self.database.work(self.program.id) as work:
            await work.due.set(LOOK, [Setting(one, one, self.now) for one in member_ids or _PEOPLE])
        await self.core.ring()

    async def has(self, member_id: int) -> list[Award]:
        """Return the awards that somebody has."""
        async with self.database.work(self.program.id) as work:
            return (await work.of(Awards).held([member_id]))[member_id]

    async def told(self, member_id: int) -> list[str]:
        """Return the kinds of what somebody is told, in order."""
        async with self.database.work(self.program.id) as work:
            rows = (await work.outbox.of(member_id))["outbox"]
        return [row["kind"] for row in sorted(rows, key=lambda row: int(row["id"]))]

    # What happened.

    async def add(self, table: Table, **values: object) -> int:
        """Write a row; return its id."""
        async with self.database.connect() as conn:
            row = table.insert().values(program_id=self.program.id, **values)
            made = await conn.execute(row)
            return int(made.inserted_primary_key[0]) if made.inserted_primary_key else 0

    async def change(self, table: Table, id_: int, **values: object) -> None:
        """Change a row."""
        async with self.database.connect() as conn:
            await conn.execute(update(table).where(table.c.id == id_).values(**values))

    async def session(
        self,
        pairing: int,
        starts_at: datetime,
        *,
        booked_at: datetime | None = None,
        state: str = "held",
        about: Collection[int] = (),
        said: Mapping[int, str] | None = None,
    ) -> int:
        """Let a session take place, or stand otherwise."""
        texts = {"agenda": "", "prepare": "", "ended_words": "", "uid": f"uid {next(self.numbers)}"}
        plain = {"minutes": 60, "sequence": 0, "round": 1, "short_notice": False, "logged": False}
        times = {"starts_at": starts_at, "booked_at": booked_at, "made_at": booked_at or starts_at}
        mine = {"pairing_id": pairing, "by_id": PAIRS[pairing][0], "state": state}
        id_ = await self.add(sessions, **mine, **times, **plain, **texts)
        for goal in about:
            await self.add(session_goals, session_id=id_, goal_id=goal)
        for member_id, answer in (said or {}).items():
            await self.add(words, session_id=id_, member_id=member_id, answer=answer, at=starts_at)
        return id_

    async def event(
        self,
        starts_at: datetime,
        visitors: Mapping[int, datetime],
        state: str = "announced",
        ahead: timedelta = 7 * DAY,
    ) -> int:
        """Let there be an event of an hour, announced so long ahead, and people at it, by when they said so."""
        empty = dict.fromkeys(("about", "venue", "typed", "code", "ended_words"), "")
        texts = {"title": "Circle", "kind": "circle", **empty}
        plain = {"by_id": ROSA, "minutes": 60, "changes": 0, "sequence": 0, "uid": f"uid {next(self.numbers)}"}
        told = {"made_at": starts_at - ahead, "announced_at": starts_at - ahead}
        id_ = await self.add(events, **texts, **plain, starts_at=starts_at, **told, state=state)
        for member_id, at in visitors.items():
            mine = {"event_id": id_, "member_id": member_id, "made_at": at, "attended_at": at}
            await self.add(guests, **mine, decided=False, wrong_codes=0)
        return id_

    async def goal(self, pairing: int, made_at: datetime) -> int:
        """Let a pairing have a goal."""
        texts = {"pairing_id": pairing, "by_id": PAIRS[pairing][1], "text": "Speak up", "state": "active"}
        when = {"made_at": made_at, "moved_at": made_at, "heard_at": made_at}
        return await self.add(goals, **texts, **when, percent=0, reminder=0, in_vain=0, pending=False)

    async def update(self, goal: int, member_id: int, at: datetime) -> int:
        """Let somebody say how far a goal is."""
        return await self.add(updates, goal_id=goal, member_id=member_id, percent=50, at=at)

    async def sheet(
        self,
        session: int,
        pairing: int,
        member_id: int,
        made_at: datetime,
        *,
        done_at: datetime | None = None,
        empty: bool = False,
    ) -> int:
        """Let somebody be asked after a session; two days later it is late."""
        mine = {"session_id": session, "pairing_id": pairing, "member_id": member_id, "form_id": self.form}
        times = {"made_at": made_at, "delivered_at": made_at, "limit_at": made_at + 2 * DAY, "done_at": done_at}
        return await self.add(sheets, **mine, **times, form=f"form {next(self.numbers)}", empty=empty)

    async def turn(
        self, pairing: int, answerer: int, opened_at: datetime, closed_at: datetime | None, outcome: str = "answered"
    ) -> int:
        """Let a message wait for somebody; two days later an answer is late."""
        sides = {"pairing_id": pairing, "space_id": pairing, "asker_id": sum(PAIRS[pairing]) - answerer}
        times = {"opened_at": opened_at, "waiting_since": opened_at, "limit_at": opened_at + 2 * DAY}
        plain = {"opener": f"message {next(self.numbers)}", "reopened": 0, "wanted": False, "fresh": False}
        stands = {"closed_at": closed_at, "outcome": "open" if closed_at is None else outcome, "version": 0}
        return await self.add(turns, **sides, **times, **plain, **stands, answerer_id=answerer)

    async def ask(self, member_id: int, sent_at: datetime, answered_at: datetime | None) -> int:
        """Let the team ask somebody; two days later an answer is late."""
        words_ = {"by_id": ROSA, "audience": "one", "to_id": member_id, "text": "Please", "in_words": True}
        ask = await self.add(asks, **words_, made_at=sent_at, sent_at=sent_at)
        times = {"delivered_at": sent_at, "answered_at": answered_at, "limit_at": sent_at + 2 * DAY}
        return await self.add(recipients, ask_id=ask, member_id=member_id, version=0, **times)

    async def take_out(self, member_id: int, turn: int) -> None:
        """Decide that a message doesn't count as late."""
        decided = {"made_at": self.now, "decided_at": self.now, "taken_out": True}
        await self.add(disputes, member_id=member_id, turn_id=turn, **decided)

    async def away(self, member_id: int, since: datetime, until: datetime | None, *, lighter: bool = False) -> None:
        """Let somebody be away, or have lighter weeks."""
        await self.add(pauses, member_id=member_id, since=since, until=until, lighter=lighter)

    async def leaves_out(self, member_id: int, *days: date) -> None:
        """Let days not count for somebody."""
        async with self.database.work(self.program.id) as work:
            await work.of(BadgeChoices).leave_out(member_id, days)

    async def badge(self, source: str) -> None:
        """Let the program have a badge."""
        name = source.partition('name = "')[2].partition('"')[0]
        async with self.database.work(self.program.id) as work:
            await work.of(Badges).put(name, source, None)

    async def without(self, *names: str) -> None:
        """Switch badges off that come with the bot."""
        async with self.database.work(self.program.id) as work:
            for name in names:
                row = await work.of(Badges).put(name, built_in()[name], None)
                await work.of(Badges).switch(row.id, off=True)


@asynccontextmanager
async def town(url: str, changes: Mapping[str, str] | None = None) -> AsyncIterator[Town]:
    """Open the program on a database."""
    opened = await begin(url, changes)
    try:
        yield opened
    finally:
        await opened.database.close()


async def begin(url: str, changes: Mapping[str, str] | None = None) -> Town:
    """Open the program on a database that is empty."""
    clock = SetClock(START)
    database = await open_database(url, clock.now)
    async with database.connect() as conn:
        program = await save_program(conn, "Riverside", "default", [("playground", "riverside")])
    async with database.work(program.id) as work:
        await work.of(Members).add_all([_person(*one) for one in _PEOPLE.values()])
        for pairing, sides in PAIRS.items():
            await work.of(Pairings).save(*sides, [Place("playground", "riverside", f"space {pairing}")], ROSA)
        form = await work.of(Forms).put("notes", 'name = "notes"', None)
    core = Core(database, FEATURES, {**ON, **(changes or {})})
    return Town(database, clock, core, program, form.id)


def _person(name: str, roles: set[Role], zone: str) -> NewMember:
    return NewMember(name, frozenset(roles), (Account("playground", "riverside", name.lower()),), zone)


def one(measure: str, at_least: str, within: str = "", *, name: str = "", whom: str = "both") -> str:
    """Return a badge with one criterion, as it is written."""
    time = f'within = "{within}"' if within else ""
    head = f'name = "{name or measure}"\ntitle = "{measure}"\nfor = "{whom}"\nabout = "About it"\n'
    return f'{head}[[criterion]]\nmeasure = "{measure}"\nat_least = {at_least}\n{time}\n'
