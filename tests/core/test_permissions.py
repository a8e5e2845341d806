"""Who may do what: every declared command, button, form and shortcut, asked for by everybody, right and forged."""

import io
import re
import shutil
from collections.abc import AsyncIterator, Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
import pytest_asyncio

from bot.accounts import wording as accounts_wording
from bot.calls import Call, Command, Press, Shortcut, Submit
from bot.community import import_wording
from bot.deliveries import wording as deliveries_wording
from bot.features import FEATURES
from bot.members import wording as members_wording
from bot.mydata import wording as mydata_wording
from bot.nudges import wording
from bot.pairings import own_wording
from bot.pairings import wording as pairings_wording
from bot.people import Account, Place, Role
from bot.views import Errors, Reply
from storage.schema import metadata
from tests.core.rooms import DONE
from tests.core.scene import DECLARED, NUMBERS, Copy, Person, Scene, at, everybody, said, scene
from tests.storage.tables import Rows, changed, columns, every_row


def test_everything_that_is_declared_is_in_the_table() -> None:
    """Whoever declares something new says here what is to come of it."""
    assert sorted(DECLARED) == sorted(DONE)


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
    pairings_wording.NOT_A_PACE,
    accounts_wording.NOT_YOURS,
}


WELCOMED = {"/mentor link": accounts_wording.CODE_NEEDED}  # what a stranger is told otherwise


def refusals(name: str, person: Person, *, forged: bool = False) -> set[str]:
    """Return what may be answered to somebody who may not; nothing if they may."""
    done, who = DONE[name], DECLARED[name].who
    if not person.known:
        return {WELCOMED.get(name, members_wording.STRANGER), members_wording.STRANGER}
    if not who & person.roles:
        role = members_wording.OTHERS if who == {Role.COORDINATOR} else members_wording.NOT_FOR_YOUR_ROLE
        return {role, members_wording.OLD_BUTTON} if forged else {role}
    owns = person.owns or (done.both and person.label == "the other side")
    if done.owned and not (owns and person.home):
        return REFUSALS - {members_wording.STRANGER, members_wording.OTHERS, members_wording.NOT_FOR_YOUR_ROLE}
    return set()


@dataclass(frozen=True)
class Again:
    """One scene for many tests: each finds it as it was."""

    there: Scene
    copy: Copy


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def shared(migrated_file: Path, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Again]:
    """Set the scene once, on SQLite."""
    folder = tmp_path_factory.mktemp("scene")
    file = folder / "mentorbot.db"
    shutil.copy(migrated_file, file)
    async with scene(f"sqlite+aiosqlite:///{file}", folder, io.StringIO()) as there:
        yield Again(there, Copy(file))


@pytest.fixture
def again(shared: Again, log: io.StringIO) -> Iterator[Again]:
    """Give the scene to a test, with a log of its own, and put everything back afterwards."""
    shared.there.log = log
    yield shared
    shared.copy.put_back()


@pytest.mark.asyncio(loop_scope="module")
@pytest.mark.parametrize("name", DONE)
async def test_what_may_be_done_is_done_and_nothing_else(name: str, again: Again) -> None:
    """Each member with each role, the owner and others: done as the table says, or refused and nothing changed."""
    there, copy = again.there, again.copy
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
            expects = bool(DONE[name].changes) and "Nothing was changed" not in said(reply)
            assert (person.label, expects) == (person.label, bool(differ))
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


@pytest.mark.asyncio(loop_scope="module")
@pytest.mark.parametrize("name", ACTIONS)
async def test_forged_actions_change_nothing(name: str, again: Again) -> None:
    """Whatever comes back that was not given out gets a plain text, from whomever it comes."""
    there, copy = again.there, again.copy
    for person in forgers(name):
        before = copy.run(person.sql) if person.sql else copy.rows
        theirs = "9" if person.account.user == "mira" else there.theirs
        for args in forgeries(name, theirs, there.ids):
            reply = await there.ask(_forged(name, person.account, args))
            assert (args, True) == (args, _is_plain(reply))
            assert (args, person.known) == (args, said(reply) != members_wording.STRANGER)
        assert (person.label, set()) == (person.label, changed(before, copy.read()))
        copy.put_back()


def forgers(name: str) -> list[Person]:
    """Return whoever may do it, and one of each kind who may not."""
    asking = everybody(DONE[name].owner)
    may = [person for person in asking if person.known and DECLARED[name].who & person.roles]
    others = [person for person in asking if person not in may]
    return [*may, *{person.known: person for person in others}.values()]


def _forged(name: str, account: Account, args: str) -> Call:
    kind, _, word = name.partition(" ")
    id_ = f"forged {next(NUMBERS)}"
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
            reply = await there.ask(make(f"unknown {next(NUMBERS)}", at("amara"), action))
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
                call = Shortcut(f"shortcut {next(NUMBERS)}", at("noor"), name, place, message)
                refused = said(await there.ask(call)) in {wording.NOT_A_SPACE, wording.NOT_YOURS}
                assert (workspace, channel, message, True) == (workspace, channel, message, refused)
        for forged in (*FORGED, *UNSTORABLE, LONG, "nudges.later"):
            place = Place("playground", "riverside", "amara-noor")
            call = Shortcut(f"shortcut {next(NUMBERS)}", at("noor"), forged, place, hers)
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
                call = Command(f"command {next(NUMBERS)}", at("noor"), root, forged)
                text = said(await there.ask(call))
                asked_for_help = root in ("mentor", "mentor-admin") and not forged.strip()
                assert (root, forged, True) == (root, forged, "I don't know" in text or asked_for_help)
        for name in COMMANDS:
            root, _, word = name.removeprefix("/").partition(" ")
            for forged in (*FORGED, *UNSTORABLE, LONG):
                given = dict.fromkeys(NAMES_OF_OPTIONS, forged)
                typed = Command(f"command {next(NUMBERS)}", at("rosa"), root, word, given)
                parsed = Command(f"command {next(NUMBERS)}", at("rosa"), root, f"{word} {forged}")
                for call in (typed, parsed):
                    assert (name, forged, True) == (name, forged, "went wrong" not in said(await there.ask(call)))
        differ = changed(before, await every_row(there.world.database))
        assert set() == differ - {"pause", "audit", "code"}


async def test_forged_forms(database_url: str, tmp_path: Path, log: io.StringIO) -> None:
    """Whatever is typed into a form gets an answer beside its field; fields that it hasn't play no part."""
    async with scene(database_url, tmp_path, log) as there:
        before = await every_row(there.world.database)
        for forged in (*FORGED[1:], *UNSTORABLE, LONG):
            values = {"until": forged, "since": forged, "whose": "1", "": forged}
            call = Submit(f"form {next(NUMBERS)}", at("rosa"), "members.away_until", values)
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
