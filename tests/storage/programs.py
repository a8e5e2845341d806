"""Two programs in one database, for the tests of the stores."""

from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from sqlalchemy import text

from bot.clock import SetClock
from storage.engine import Database
from storage.members import Account, Members, NewMember, Role
from storage.opening import open_database
from storage.outbox import Effect, Holder, NewRow, Outbox, Urgency
from storage.pairings import Pairings, Place
from storage.programs import save_program
from storage.work import Work

MONDAY = datetime(2026, 3, 2, 10, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)
ME = Holder("me")


@dataclass(frozen=True)
class Ids:
    """What one of the programs is made of."""

    program: int
    mentor: int
    mentee: int
    pairing: int
    space: int
    place: Place


@dataclass
class Two:
    """A database with two programs; `clock` is the bot's."""

    database: Database
    clock: SetClock
    one: Ids
    other: Ids

    def work(self, ids: Ids | None = None) -> AbstractAsyncContextManager[Work]:
        """Begin a transaction of a program: of the first one, if none is given."""
        return self.database.work((ids or self.one).program)

    async def run(self, sql: str, **values: object) -> None:
        """Change something as nobody should."""
        async with self.database.connect() as conn:
            await conn.execute(text(sql), values)


def row(key: str, ids: Ids, due_at: datetime = MONDAY, urgency: Urgency = Urgency.SOON) -> NewRow:
    """Return a message to the mentor, to be sent."""
    return NewRow(key, "test.kind", (1, 2), ids.mentor, due_at, urgency=urgency)


def edit(key: str, ids: Ids, delivery: int) -> NewRow:
    """Return an edit of a message that was delivered."""
    return NewRow(key, "test.kind", (), ids.mentor, MONDAY, Effect.EDIT, Urgency.AT_ONCE, delivery)


async def add_rows(two: Two, *keys: str, ids: Ids | None = None) -> None:
    """Ask for messages that are due."""
    async with two.work(ids) as work:
        await work.of(Outbox).add([row(key, ids or two.one) for key in keys])


@asynccontextmanager
async def two_programs(url: str) -> AsyncIterator[Two]:
    """Open a database with two programs in it."""
    clock = SetClock(MONDAY)
    database = await open_database(url, clock.now)
    try:
        yield Two(database, clock, await _made(database, "one"), await _made(database, "other"))
    finally:
        await database.close()


async def _made(database: Database, name: str) -> Ids:
    async with database.connect() as conn:
        program = (await save_program(conn, name, "default", [("slack", name)])).id
    async with database.work(program) as work:
        people = [
            await work.of(Members).save(NewMember(who, frozenset({role}), (Account("slack", name, who),)))
            for who, role in (("mentor", Role.MENTOR), ("mentee", Role.MENTEE))
        ]
        place = Place("slack", name, "space")
        pairing = await work.of(Pairings).save(people[0], people[1], [place])
        (space,) = await work.of(Pairings).spaces_of([pairing])
    return Ids(program, people[0], people[1], pairing, space.id, place)
