"""Whatever comes in that was never given out, from whomever, changes nothing and gets a plain answer."""

import io
from collections.abc import Callable, Collection
from pathlib import Path

import pytest

from bot.calls import Call, Command, PersonShortcut, Press, Shortcut, Submit
from bot.features import FEATURES
from bot.members import wording as members_wording
from bot.nudges import wording
from bot.people import Account, Place
from bot.views import Errors, Reply
from tests.core.refusals import REFUSALS
from tests.core.rooms import DONE
from tests.core.scene import DECLARED, NUMBERS, Again, Copy, Person, at, everybody, said, scene
from tests.storage.tables import changed, every_row

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
FEW = ("0", "x", HUGE)


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
    return spoilt + replaced(name, theirs, ids, (*FORGED, *UNSTORABLE))


def replaced(name: str, theirs: str, ids: dict[str, str], forged: Collection[str]) -> list[str]:
    """Return as many arguments as there should be, of which one was never given out, or is somebody else's."""
    _, *args = DONE[name].args.format(**ids).split(":")
    spoilt: list[str] = []
    for index, arg in enumerate(args):
        values = {*forged, theirs if index == 0 else "7"} - {arg, *DONE[name].right}
        spoilt += [":".join(["", *args[:index], value, *args[index + 1 :]]) for value in values]
    return spoilt


ACTIONS = [name for name in DONE if name.startswith(("button ", "form "))]


@pytest.mark.asyncio(loop_scope="module")
@pytest.mark.parametrize("name", ACTIONS)
async def test_forged_actions_change_nothing(name: str, again: Again) -> None:
    """Whatever comes back that was not given out gets a plain text, from whomever it comes."""
    there, copy = again.there, again.copy
    for number, person in enumerate(forgers(name)):
        before = copy.run(person.sql) if person.sql else copy.rows
        theirs = "9" if person.account.user == "mira" else there.theirs
        forged = forgeries(name, theirs, there.ids) if number == 0 else replaced(name, theirs, there.ids, FEW)
        for args in forged or [":1"]:
            reply = await there.ask(_forged(name, person.account, args))
            assert (args, True) == (args, _is_plain(reply))
            answered = person.known or (person.there and bool(DONE[name].outsiders))
            assert (args, answered) == (args, said(reply) != members_wording.STRANGER)
        assert (person.label, set()) == (person.label, changed(before, copy.read()))
        copy.put_back()


def forgers(name: str) -> list[Person]:
    """Return whoever may do it, and one of each kind who may not."""
    asking = everybody(DONE[name].owner)
    may = [person for person in asking if person.known and DECLARED[name].who & person.roles]
    others = [person for person in asking if person not in may]
    return [*may, *{(person.known, person.there): person for person in others}.values()]


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
    return text in REFUSALS or text.endswith((*stands, "just write again.", "Nothing was changed."))


async def test_forged_actions_on_postgres(postgres_url: str, tmp_path: Path, log: io.StringIO) -> None:
    """No number is too big, no character too strange for the other database either."""
    async with scene(postgres_url, tmp_path, log) as there:
        before = await every_row(there.world.database)
        for name in ACTIONS:
            for args in replaced(name, there.theirs, there.ids, (*FEW, *UNSTORABLE)):
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
        copy.close()


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


async def test_forged_people(database_url: str, tmp_path: Path, log: io.StringIO) -> None:
    """A person's menu tells of nobody but members of one's own program, and only whoever may see them."""
    async with scene(database_url, tmp_path, log) as there:
        before = await every_row(there.world.database)
        for user in (*FORGED, *UNSTORABLE, LONG, "hanna", "lena@hillside", ":2", "2"):
            call = PersonShortcut(f"person {next(NUMBERS)}", at("rosa"), "community.show", user)
            assert (user, True) == (user, "isn't in the program" in said(await there.ask(call)))
        for name in (*FORGED, *UNSTORABLE, LONG, "community.person", "nudges.wanted"):
            call = PersonShortcut(f"person {next(NUMBERS)}", at("rosa"), name, "lena")
            assert members_wording.OLD_BUTTON == said(await there.ask(call))
        call = PersonShortcut(f"person {next(NUMBERS)}", at("lena"), "community.show", "lena")
        assert members_wording.OTHERS == said(await there.ask(call))
        assert set() == changed(before, await every_row(there.world.database))


COMMANDS = [name for name in DONE if name.startswith("/")]


OPTIONS = {option.name for feature in FEATURES for command in feature.commands for option in command.options}


NAMES_OF_OPTIONS = (*sorted(OPTIONS), "asked", "\x00")


async def test_forged_commands(database_url: str, tmp_path: Path, log: io.StringIO) -> None:
    """Whatever is typed behind a command, in its options or as its name gets an answer, and never a fault."""
    async with scene(database_url, tmp_path, log) as there:
        before = await every_row(there.world.database)
        strange = (*UNSTORABLE, HUGE, LONG, *(FORGED if "sqlite" in database_url else ()))
        for root in ("mentor", "mentor-admin", "other", "", LONG, *UNSTORABLE):
            for forged in (*FORGED, *UNSTORABLE, LONG):
                call = Command(f"command {next(NUMBERS)}", at("noor"), root, forged)
                text = said(await there.ask(call))
                asked_for_help = root in ("mentor", "mentor-admin") and not forged.strip()
                assert (root, forged, True) == (root, forged, "I don't know" in text or asked_for_help)
        for name in COMMANDS:
            root, _, word = name.removeprefix("/").partition(" ")
            for forged in strange:
                given = dict.fromkeys(NAMES_OF_OPTIONS, forged)
                typed = Command(f"command {next(NUMBERS)}", at("rosa"), root, word, given)
                parsed = Command(f"command {next(NUMBERS)}", at("rosa"), root, f"{word} {forged}")
                for call in (typed, parsed):
                    assert (name, forged, True) == (name, forged, "went wrong" not in said(await there.ask(call)))
        after = await every_row(there.world.database)
        assert set() == changed(before, after) - {"pause", "audit", "code", "outbox", "due"}
        # A time away has what waits looked at again, and badges: that is all that happens to them.
        assert {row[2] for row in before["outbox"]} == {row[2] for row in after["outbox"]}


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
