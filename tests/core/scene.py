"""A program in which something waits, and whoever might ask for it: for tests of everything that is declared."""

import io
import sqlite3
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from itertools import count
from pathlib import Path

from sqlalchemy import Table, select

from bot.calls import Call, Command, PersonShortcut, Posted, Press, Shortcut, Submit
from bot.feature import Button
from bot.feature import Command as DeclaredCommand
from bot.feature import PersonShortcut as DeclaredPersonShortcut
from bot.feature import Shortcut as DeclaredShortcut
from bot.features import FEATURES
from bot.members import roster
from bot.people import Account, Place, Role
from bot.views import Errors, Form, Message, Reply
from storage.effects import DEAD, outbox
from storage.members import Members
from storage.proposals import Proposals
from storage.schema import metadata
from storage.settings import Change, Settings
from storage.turns import turns
from tests.asks.preparing import prepare
from tests.badges import preparing as badges
from tests.core.rooms import DONE
from tests.events import preparing as events
from tests.feedback.preparing import prepare as write
from tests.goals import preparing as goals
from tests.reports import preparing as reports
from tests.responding import preparing as responding
from tests.sessions import preparing as sessions
from tests.sessions import preparing_around as around_sessions
from tests.storage.tables import Rows, columns
from tests.world import COMMUNITY, World, world

# Beside the program of tests/community.toml: a pair of whom the others know nothing, and a program of its own.
MORE = """
[[people]]
name = "Mira Sato"
roles = ["mentor"]
accounts = ["playground/riverside/mira"]

[[people]]
name = "Malik Reyes"
roles = ["mentee"]
accounts = ["playground/riverside/malik"]

[[pairings]]
mentor = "Mira Sato"
mentee = "Malik Reyes"
spaces = ["playground/riverside/mira-malik"]
"""
HILLSIDE = """
[program]
name = "Hillside Mentoring"

[[people]]
name = "Hanna Lind"
roles = ["mentor", "mentee", "coordinator", "responder"]
accounts = ["playground/hillside/amara", "playground/hillside/lena", "playground/hillside/noor"]
"""
NAMES = {"amara": "Amara Okafor", "lena": "Lena Vogt", "noor": "Noor Haddad", "mira": "Mira Sato"}

Declared = DeclaredCommand | Button | DeclaredShortcut | DeclaredPersonShortcut
DECLARED: dict[str, Declared] = {
    **{f"/{command.root} {command.name}": command for feature in FEATURES for command in feature.commands},
    **{f"button {button.name}": button for feature in FEATURES for button in feature.buttons},
    **{f"form {form.name}": form for feature in FEATURES for form in feature.forms},
    **{f"shortcut {shortcut.name}": shortcut for feature in FEATURES for shortcut in feature.shortcuts},
    **{f"person {entry.name}": entry for feature in FEATURES for entry in feature.person_shortcuts},
}


THE_OTHER_SIDE = {"amara": "lena", "lena": "amara", "noor": "amara"}
SPACE_OF = {"amara": "amara-lena", "lena": "amara-lena", "noor": "amara-noor"}


@dataclass(frozen=True)
class Person:
    """Somebody who asks: `roles` are given to a known person first; `known` as an active member of some program.

    `there`: in a workspace that belongs to the program, whether they are a member or not.
    """

    label: str
    account: Account
    roles: frozenset[Role]
    known: bool = True
    owns: bool = False
    home: bool = True
    sql: str = ""
    there: bool = True


def at(user: str, workspace: str = "riverside") -> Account:
    """Return an account on the playground."""
    return Account("playground", workspace, user)


def everybody(owner: str) -> list[Person]:
    """Return whoever might ask for what belongs to `owner`."""
    mine, others = NAMES[owner], "mira"
    gives = "UPDATE member SET roles = '{}' WHERE name = '{}'"
    ends = "UPDATE member SET active = FALSE WHERE name = '{}'"
    return [
        *(
            Person(f"the owner as {role}", at(owner), frozenset({role}), owns=True, sql=gives.format(role, mine))
            for role in Role
        ),
        *(
            Person(f"somebody else as {role}", at(others), frozenset({role}), sql=gives.format(role, NAMES[others]))
            for role in Role
        ),
        Person("the other side", at(THE_OTHER_SIDE[owner]), frozenset({_role(THE_OTHER_SIDE[owner])})),
        Person("a member of another program", at(owner, "hillside"), frozenset(Role), home=False),
        Person("a stranger", at("nobody"), frozenset(), known=False),
        Person("in a workspace that isn't served", at(owner, "elsewhere"), frozenset(), known=False, there=False),
        Person("on another platform", Account("slack", "riverside", owner), frozenset(), known=False, there=False),
        Person("the owner, deactivated", at(owner), frozenset(), known=False, sql=ends.format(mine)),
    ]


def _role(user: str) -> Role:
    return Role.MENTOR if user == "amara" else Role.MENTEE


@dataclass
class Scene:
    """Lena's message waits and Amara was reminded; Noor's was taken as answered elsewhere; Malik's waits for Mira."""

    world: World
    log: io.StringIO
    ids: dict[str, str]
    theirs: str  # the turn of Malik and Mira

    async def ask(self, call: Call) -> Reply:
        """Make a call; an answer comes, and no line of the log."""
        reply = await self.world.core.handle(call)
        assert reply is not None
        assert "" == self.log.getvalue()
        return reply

    def call(self, name: str, account: Account, args: str | None = None) -> Call:
        """Return a call of what is declared under `name`, right or with other arguments."""
        kind, _, word = name.partition(" ")
        id_ = f"call {next(NUMBERS)}"
        filled = (DONE[name].args if args is None else args).format(**self.ids)
        match kind:
            case "button":
                return Press(id_, account, word + filled)
            case "form":
                return Submit(id_, account, word + filled, DONE[name].values)
            case "shortcut":
                place = Place("playground", account.workspace, SPACE_OF[DONE[name].owner])
                return Shortcut(id_, account, word, place, filled)
            case "person":
                return PersonShortcut(id_, account, word, filled)
        return Command(id_, account, kind.removeprefix("/"), word + filled)


NUMBERS = count(1)
IDS = "sqlite_sequence"  # where SQLite keeps the highest id that each table gave


@asynccontextmanager
async def scene(url: str, folder: Path, log: io.StringIO) -> AsyncIterator[Scene]:
    """Set the scene."""
    async with world(url, folder, {"badges.on": "true"}) as riverside:
        await roster.enrol(riverside.core, roster.parse(COMMUNITY.read_text("utf-8") + MORE, "more"))
        await roster.enrol(riverside.core, roster.parse(HILLSIDE, "hillside"))
        waits = await riverside.says("lena")
        hers = await riverside.says("noor", "amara-noor")
        place = Place("playground", "riverside", "mira-malik")
        await riverside.core.ingest([Posted(place, "m1", "malik", riverside.clock.now())])
        await riverside.passes(days=1)
        assert 1 == len(await riverside.inbox("amara"))
        async with riverside.database.connect() as conn:
            rows = await conn.execute(select(turns.c.opener, turns.c.id))
            of = {row.opener: str(row.id) for row in rows}
            dead = str(await conn.scalar(select(outbox.c.id).where(DEAD)))  # Mira's: that space is only pretended
        closed = Press("closing", at("amara"), f"nudges.elsewhere:{of[hers]}:0")
        await riverside.core.handle(closed)
        await riverside.jobs.round()
        await riverside.asks("lena", "/mentor pace 4 days")
        await riverside.driver.presses("lena", "pairings.safety:1")
        ids = {"open": of[waits], "closed": of[hers], "waits": waits, "hers": hers, **await figures_changed(riverside)}
        ids |= {"dead": dead, **await prepare(riverside, of[hers]), **await goals.prepare(riverside)}
        ids |= await write(riverside)
        ids |= await events.prepare(riverside)
        ids |= await sessions.prepare(riverside)
        ids |= await around_sessions.prepare(riverside)
        ids |= await responding.prepare(riverside)
        ids |= await reports.prepare(riverside)
        ids |= await badges.prepare(riverside)
        await riverside.passes(seconds=1)  # figures of this very instant are read anew for each call
        log.truncate(0)
        log.seek(0)
        yield Scene(riverside, log, ids, of["m1"])


async def figures_changed(riverside: World) -> dict[str, str]:
    """Let a figure have been changed, and another change have been shown; return the version and the proposal."""
    (program, *_) = await riverside.core.programs()
    async with riverside.core.at_work(program) as context:
        ids = await context.work.of(Members).by_users("playground", "riverside", {"rosa"})
        rosa = (await context.work.of(Members).get(ids.values()))[ids["rosa"]]
        change = Change(1, context.now, rosa.key, "budget.per_week", "4")
        await context.work.of(Settings).add_change(change)
        proposal = await context.work.of(Proposals).add(rosa.id, 1, {"nudges.first_after": "36h"})
    return {"version": "1", "proposal": str(proposal)}


class Copy:
    """A SQLite file as it was: read, changed and put back beside the bot, in one connection that knows its tables."""

    def __init__(self, file: Path) -> None:
        """Remember the file as it is."""
        # All statements of `read` and `put_back` stay prepared: one too few, and none is when it comes round again.
        self._here = sqlite3.connect(file, isolation_level=None, cached_statements=1000)
        self._queries = {table.name: _query(table) for table in metadata.sorted_tables}
        self._here.execute("ATTACH ':memory:' AS before")
        for name in (*self._queries, IDS):
            self._here.execute(f'CREATE TABLE before."before {name}" AS SELECT * FROM main."{name}"')  # noqa: S608
        self.rows = self.read()

    def read(self) -> Rows:
        """Return all rows, without what every call leaves behind."""
        return {name: self._here.execute(query).fetchall() for name, query in self._queries.items()}

    def run(self, sql: str) -> Rows:
        """Change something from outside; return all rows."""
        self._here.execute(sql)
        return self.read()

    def put_back(self) -> None:
        """Let everything be as it was. No key is in the way: on this connection they aren't looked after."""
        self._here.execute("BEGIN IMMEDIATE")
        for name in (*self._queries, IDS):
            self._here.execute(f'DELETE FROM main."{name}"')  # noqa: S608 - names of our own
            self._here.execute(f'INSERT INTO main."{name}" SELECT * FROM before."before {name}"')  # noqa: S608
        self._here.execute("COMMIT")

    def close(self) -> None:
        """Let go of the file."""
        self._here.close()


def _query(table: Table) -> str:
    shown = ", ".join(f'"{column.name}"' for column in columns(table, noted=False))
    return f'SELECT {shown} FROM "{table.name}"' if shown else "SELECT 1"  # noqa: S608 - names of our own


def said(reply: Reply) -> str:
    """Return the text of an answer."""
    match reply:
        case Message():
            return reply.plain
        case Errors():
            return "\n".join(reply.errors.values())
        case Form():
            return reply.title


@dataclass(frozen=True)
class Again:
    """One scene for many tests: each finds it as it was."""

    there: Scene
    copy: Copy
