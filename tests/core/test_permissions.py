"""Who may do what: every declared command, button, form and shortcut, asked for by everybody, right and forged."""

import io
import re
import sqlite3
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, closing
from dataclasses import dataclass
from itertools import count
from pathlib import Path

import pytest
from sqlalchemy import select

from bot.calls import Call, Command, Posted, Press, Shortcut, Submit
from bot.community import import_wording
from bot.deliveries import wording as deliveries_wording
from bot.feature import Button
from bot.feature import Command as DeclaredCommand
from bot.feature import Shortcut as DeclaredShortcut
from bot.features import FEATURES
from bot.members import roster
from bot.members import wording as members_wording
from bot.mydata import wording as mydata_wording
from bot.nudges import wording
from bot.pairings import own_wording
from bot.people import Account, Place, Role
from bot.views import Errors, Form, Message, Reply
from storage.effects import DEAD, outbox
from storage.members import Members
from storage.proposals import Proposals
from storage.schema import metadata
from storage.settings import Change, Settings
from storage.turns import turns
from tests.asks.preparing import prepare
from tests.core.rooms import DONE
from tests.storage.tables import Rows, changed, columns, every_row
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

Declared = DeclaredCommand | Button | DeclaredShortcut
DECLARED: dict[str, Declared] = {
    **{f"/{command.root} {command.name}": command for feature in FEATURES for command in feature.commands},
    **{f"button {button.name}": button for feature in FEATURES for button in feature.buttons},
    **{f"form {form.name}": form for feature in FEATURES for form in feature.forms},
    **{f"shortcut {shortcut.name}": shortcut for feature in FEATURES for shortcut in feature.shortcuts},
}


THE_OTHER_SIDE = {"amara": "lena", "lena": "amara", "noor": "amara"}
SPACE_OF = {"amara": "amara-lena", "lena": "amara-lena", "noor": "amara-noor"}


def test_everything_that_is_declared_is_in_the_table() -> None:
    """Whoever declares something new says here what is to come of it."""
    assert sorted(DECLARED) == sorted(DONE)


@dataclass(frozen=True)
class Person:
    """Somebody who asks: `roles` are given to a known person first; `known` as an active member of some program."""

    label: str
    account: Account
    roles: frozenset[Role]
    known: bool = True
    owns: bool = False
    home: bool = True
    sql: str = ""


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
        Person("somebody in a workspace that isn't served", at(owner, "elsewhere"), frozenset(), known=False),
        Person("somebody on another platform", Account("slack", "riverside", owner), frozenset(), known=False),
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
        id_ = f"call {next(_NUMBERS)}"
        filled = (DONE[name].args if args is None else args).format(**self.ids)
        match kind:
            case "button":
                return Press(id_, account, word + filled)
            case "form":
                return Submit(id_, account, word + filled, DONE[name].values)
            case "shortcut":
                place = Place("playground", account.workspace, SPACE_OF[DONE[name].owner])
                return Shortcut(id_, account, word, place, filled)
        return Command(id_, account, kind.removeprefix("/"), word + filled)


_NUMBERS = count(1)


@asynccontextmanager
async def scene(url: str, folder: Path, log: io.StringIO) -> AsyncIterator[Scene]:
    """Set the scene."""
    async with world(url, folder) as riverside:
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
        ids |= {"dead": dead, **await prepare(riverside, of[hers])}
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
    """A SQLite file as it was: read, changed and put back beside the bot."""

    def __init__(self, file: Path) -> None:
        """Remember the file as it is."""
        self.file = file
        self._before = sqlite3.connect(":memory:")
        with closing(sqlite3.connect(file)) as here:
            here.backup(self._before)
        self.rows = self.read()

    def read(self) -> Rows:
        """Return all rows, without what every call leaves behind."""
        with closing(sqlite3.connect(self.file)) as here:
            return {table.name: here.execute(_query(table.name)).fetchall() for table in metadata.sorted_tables}

    def run(self, sql: str) -> Rows:
        """Change something from outside; return all rows."""
        with closing(sqlite3.connect(self.file)) as here, here:
            here.execute(sql)
        return self.read()

    def put_back(self) -> None:
        """Let everything be as it was."""
        with closing(sqlite3.connect(self.file)) as here:
            self._before.backup(here)


def _query(name: str) -> str:
    shown = ", ".join(f'"{column.name}"' for column in columns(metadata.tables[name], noted=False))
    return f'SELECT {shown or "1"} FROM "{name}"' if shown else "SELECT 1"  # noqa: S608 - names of our own


def said(reply: Reply) -> str:
    """Return the text of an answer."""
    match reply:
        case Message():
            return reply.plain
        case Errors():
            return "\n".join(reply.errors.values())
        case Form():
            return reply.title


REFUSALS = {
    members_wording.STRANGER,
    members_wording.OTHERS,
    members_wording.NOT_FOR_YOUR_ROLE,
    members_wording.OLD_BUTTON,
    wording.NOT_FOR_YOU,
    wording.NOT_YOURS,
    wording.NOT_A_SPACE,
    import_wording.too_old().plain,
    deliveries_wording.NO_LONGER,
    mydata_wording.NOT_YOURS,
    mydata_wording.NOT_THE_NAME,
    mydata_wording.NO_LONGER_HERE,
    own_wording.ANSWERED_ALREADY,
}


def refusals(name: str, person: Person, *, forged: bool = False) -> set[str]:
    """Return what may be answered to somebody who may not; nothing if they may."""
    done, who = DONE[name], DECLARED[name].who
    if not person.known:
        return {members_wording.STRANGER}
    if not who & person.roles:
        role = members_wording.OTHERS if who == {Role.COORDINATOR} else members_wording.NOT_FOR_YOUR_ROLE
        return {role, members_wording.OLD_BUTTON} if forged else {role}
    owns = person.owns or (done.both and person.label == "the other side")
    if done.owned and not (owns and person.home):
        return REFUSALS - {members_wording.STRANGER, members_wording.OTHERS, members_wording.NOT_FOR_YOUR_ROLE}
    return set()


@pytest.mark.parametrize("name", DONE)
async def test_what_may_be_done_is_done_and_nothing_else(
    name: str, sqlite_url: str, tmp_path: Path, log: io.StringIO
) -> None:
    """Each member with each role, the owner and others: done as the table says, or refused and nothing changed."""
    file = tmp_path / "mentorbot.db"
    async with scene(sqlite_url, tmp_path, log) as there:
        copy = Copy(file)
        for person in everybody(DONE[name].owner):
            before = copy.run(person.sql) if person.sql else copy.rows
            reply = await there.ask(there.call(name, person.account))
            expected, differ = refusals(name, person), changed(before, copy.read())
            if expected:
                assert (person.label, True, set()) == (person.label, said(reply) in expected, differ)
            elif person.home:
                says_so = re.search(DONE[name].says, said(reply)) is not None
                assert (person.label, True) == (person.label, says_so)
                assert (person.label, set()) == (person.label, differ - DONE[name].changes)
                assert (person.label, bool(DONE[name].changes)) == (person.label, bool(differ))
            else:
                assert (person.label, set()) == (person.label, differ - DONE[name].changes)
                assert not _touches(before, copy.read(), program=1)
            copy.put_back()


def _touches(before: Rows, after: Rows, program: int) -> bool:
    """Tell whether rows of a program changed."""
    for name in changed(before, after):
        shown = [column.name for column in columns(metadata.tables[name], noted=False)]
        place = shown.index("id" if name == "program" else "program_id")
        if [row for row in before[name] if row[place] == program] != [
            row for row in after[name] if row[place] == program
        ]:
            return True
    return False


HUGE = str(2**63)
FORGED = (
    "0",
    "-1",
    "999999999999999999",
    str(2**63 - 1),
    HUGE,
    "9" * 80,
    "x",
    "",
    " ",
    "+1",
    "1.0",
    "1e3",
    "1_0",
    "\u0661",  # an Arabic one, which int() takes for 1
    "\u00b2",  # a superscript two, a digit for str.isdigit()
    "\uff11",  # a wide one
    "'; DROP TABLE member; --",
    "None",
)
LONG = "9" * 10_000
UNSTORABLE = ("\x00", "\ud800")  # PostgreSQL's text takes no NUL, UTF-8 no half of a character


def forgeries(name: str, theirs: str, ids: dict[str, str]) -> list[str]:
    """Return arguments that were never given out: each in turn replaced, too few, too many, far too long."""
    right = DONE[name].args.format(**ids)
    _, *args = right.split(":")
    spoilt = [right + ":1", right + ":", ":" * 60, f":{LONG}", LONG, f"{right}:{LONG}", *UNSTORABLE]
    if args:
        spoilt.append("")
        spoilt.append(":".join(["", *args[:-1]]))
    for index, arg in enumerate(args):
        values = {*FORGED, *UNSTORABLE, theirs if index == 0 else "7"} - {arg, *DONE[name].right}
        spoilt += [":".join(["", *args[:index], value, *args[index + 1 :]]) for value in values]
    return spoilt


ACTIONS = [name for name in DONE if name.startswith(("button ", "form "))]


@pytest.mark.parametrize("name", ACTIONS)
async def test_forged_actions_change_nothing(name: str, sqlite_url: str, tmp_path: Path, log: io.StringIO) -> None:
    """Whatever comes back that was not given out gets a plain text, from whomever it comes."""
    file = tmp_path / "mentorbot.db"
    async with scene(sqlite_url, tmp_path, log) as there:
        copy = Copy(file)
        for person in everybody(DONE[name].owner):
            before = copy.run(person.sql) if person.sql else copy.rows
            theirs = "9" if person.account.user == "mira" else there.theirs
            for args in forgeries(name, theirs, there.ids):
                reply = await there.ask(_forged(name, person.account, args))
                assert (args, True) == (args, _is_plain(reply))
                assert (args, person.known) == (args, said(reply) != members_wording.STRANGER)
            assert (person.label, set()) == (person.label, changed(before, copy.read()))
            copy.put_back()


def _forged(name: str, account: Account, args: str) -> Call:
    kind, _, word = name.partition(" ")
    id_ = f"forged {next(_NUMBERS)}"
    return (
        Press(id_, account, word + args) if kind == "button" else Submit(id_, account, word + args, DONE[name].values)
    )


def _is_plain(reply: Reply) -> bool:
    """Tell whether an answer is a refusal in words for people, or says how things stand by now."""
    text = said(reply)
    stands = [settled.split("{name}")[-1] for settled in wording.SETTLED.values()]
    return text in REFUSALS or text.endswith((*stands, "just write again."))


async def test_forged_actions_on_each_database(database_url: str, tmp_path: Path, log: io.StringIO) -> None:
    """No number is too big, no character too strange for the database, whoever sends it."""
    async with scene(database_url, tmp_path, log) as there:
        before = await every_row(there.world.database)
        for name in ACTIONS:
            for args in forgeries(name, there.theirs, there.ids):
                reply = await there.ask(_forged(name, at(DONE[name].owner), args))
                assert (name, args, True) == (name, args, _is_plain(reply))
        assert set() == changed(before, await every_row(there.world.database))


UNKNOWN = ("", ":", "nobody", "nobody:1", "NUDGES.LATER:1:0", "nudges", "nudges.later", "x" * 10_000)


@pytest.mark.parametrize("make", [Press, lambda id_, who, action: Submit(id_, who, action, {})], ids=["press", "form"])
async def test_unknown_actions(
    make: Callable[[str, Account, str], Call], database_url: str, tmp_path: Path, log: io.StringIO
) -> None:
    """An action that nobody declared gets a plain text."""
    async with scene(database_url, tmp_path, log) as there:
        before = await every_row(there.world.database)
        for action in (*UNKNOWN, *UNSTORABLE):
            reply = await there.ask(make(f"unknown {next(_NUMBERS)}", at("amara"), action))
            known = {members_wording.OLD_BUTTON, "I don't know this button. Please use a newer message."}
            assert (action, True) == (action, said(reply) in known)
        assert set() == changed(before, await every_row(there.world.database))


async def test_stale_buttons_say_how_things_stand(sqlite_url: str, tmp_path: Path, log: io.StringIO) -> None:
    """A button of before the turn was reopened, or of after, does nothing more."""
    file = tmp_path / "mentorbot.db"
    async with scene(sqlite_url, tmp_path, log) as there:
        copy = Copy(file)
        for word in ("later", "not_needed", "elsewhere", "put_off"):
            more = ":1" if word == "put_off" else ""
            stale = Press(f"stale {word}", at("amara"), f"nudges.{word}:{there.ids['open']}:1{more}")
            assert said(await there.ask(stale)).startswith("Lena Vogt is waiting again.")
        gone = Press("stale reopen", at("noor"), f"nudges.reopen:{there.ids['closed']}:1")
        assert "Things have changed:" in said(await there.ask(gone))
        assert set() == changed(copy.rows, copy.read())


async def test_forged_shortcuts(database_url: str, tmp_path: Path, log: io.StringIO) -> None:
    """A message's menu works on one's own messages in one's own space, wherever the ids come from."""
    async with scene(database_url, tmp_path, log) as there:
        before = await every_row(there.world.database)
        hers, waits = there.ids["hers"], there.ids["waits"]
        for name in ("nudges.wanted", "nudges.no_hurry"):
            for workspace, channel, message in [
                *(("riverside", "amara-noor", forged) for forged in (*FORGED, LONG, waits, "m1")),
                *(("riverside", forged, hers) for forged in (*FORGED, LONG, "amara-lena", "mira-malik", "dm-noor")),
                *((forged, "amara-noor", hers) for forged in (*FORGED, LONG, "hillside")),
                ("riverside", "mira-malik", "m1"),
                ("riverside", "amara-lena", waits),
            ]:
                place = Place("playground", workspace, channel)
                call = Shortcut(f"shortcut {next(_NUMBERS)}", at("noor"), name, place, message)
                refused = said(await there.ask(call)) in {wording.NOT_A_SPACE, wording.NOT_YOURS}
                assert (workspace, channel, message, True) == (workspace, channel, message, refused)
        for forged in (*FORGED, *UNSTORABLE, LONG, "nudges.later"):
            place = Place("playground", "riverside", "amara-noor")
            call = Shortcut(f"shortcut {next(_NUMBERS)}", at("noor"), forged, place, hers)
            assert members_wording.OLD_BUTTON == said(await there.ask(call))
        assert set() == changed(before, await every_row(there.world.database))


COMMANDS = [name for name in DONE if name.startswith("/")]
OPTIONS = {option.name for feature in FEATURES for command in feature.commands for option in command.options}
NAMES_OF_OPTIONS = (*sorted(OPTIONS), "asked", "\x00")


async def test_forged_commands(database_url: str, tmp_path: Path, log: io.StringIO) -> None:
    """Whatever is typed behind a command, in its options or as its name gets an answer, and never a fault."""
    async with scene(database_url, tmp_path, log) as there:
        before = await every_row(there.world.database)
        for root in ("mentor", "mentor-admin", "other", "", LONG, *UNSTORABLE):
            for forged in (*FORGED, *UNSTORABLE, LONG):
                call = Command(f"command {next(_NUMBERS)}", at("noor"), root, forged)
                text = said(await there.ask(call))
                asked_for_help = root in ("mentor", "mentor-admin") and not forged.strip()
                assert (root, forged, True) == (root, forged, "I don't know" in text or asked_for_help)
        for name in COMMANDS:
            root, _, word = name.removeprefix("/").partition(" ")
            for forged in (*FORGED, *UNSTORABLE, LONG):
                given = dict.fromkeys(NAMES_OF_OPTIONS, forged)
                typed = Command(f"command {next(_NUMBERS)}", at("rosa"), root, word, given)
                parsed = Command(f"command {next(_NUMBERS)}", at("rosa"), root, f"{word} {forged}")
                for call in (typed, parsed):
                    assert (name, forged, True) == (name, forged, "went wrong" not in said(await there.ask(call)))
        differ = changed(before, await every_row(there.world.database))
        assert set() == differ - {"pause", "audit"}


async def test_forged_forms(database_url: str, tmp_path: Path, log: io.StringIO) -> None:
    """Whatever is typed into a form gets an answer beside its field; fields that it hasn't play no part."""
    async with scene(database_url, tmp_path, log) as there:
        before = await every_row(there.world.database)
        for forged in (*FORGED[1:], *UNSTORABLE, LONG):
            values = {"until": forged, "since": forged, "whose": "1", "": forged}
            call = Submit(f"form {next(_NUMBERS)}", at("rosa"), "members.away_until", values)
            reply = await there.ask(call)
            assert (forged, True) == (forged, isinstance(reply, Errors) and "" not in reply.errors)
        empty = await there.ask(Submit("form", at("rosa"), "members.away_until", {}))
        assert isinstance(empty, Errors)
        assert set() == changed(before, await every_row(there.world.database))


async def test_one_accounts_number_is_not_anothers(sqlite_url: str, tmp_path: Path, log: io.StringIO) -> None:
    """The same delivery id from somebody else, or for something else, is another delivery."""
    async with scene(sqlite_url, tmp_path, log) as there:
        assert "No message has counted" in said(await there.ask(Press("same", at("lena"), "nudges.why")))
        assert "Your newest messages to answer" in said(await there.ask(Press("same", at("amara"), "nudges.why")))
        assert "/mentor away" in said(await there.ask(Command("same", at("amara"), "mentor", "help")))
        assert None is await there.world.core.handle(Press("same", at("amara"), "nudges.later:1:0"))
