"""What people write to each other is nowhere to be found, and what happens elsewhere leaves no trace."""

import io
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import get_args

import pytest
import structlog
from sqlalchemy import inspect, text

from bot.calls import Call, Command, Deleted, Observation, Posted, Press, Reacted, Submit
from bot.context import Asked
from bot.core import Core
from bot.feature import Feature, Option
from bot.features import FEATURES
from bot.logs import Format, configure
from bot.people import EVERYONE, Account, Place
from bot.views import Errors, Message, Reply
from scheduler.sealing import Sealer
from storage.engine import Database
from tests.core.traces import PEOPLE
from tests.drivers.driver import Rejected, Seen
from tests.storage.tables import changed, every_row
from tests.world import LENA, MONDAY, NOOR, World

OUTSIDE = Place("playground", "riverside", "general")
FORMATS: tuple[Format, ...] = get_args(Format)


@pytest.fixture(params=FORMATS)
def log(request: pytest.FixtureRequest, logging_as_before: None) -> io.StringIO:
    """Return what is logged at the most talkative level."""
    stream = io.StringIO()
    configure("debug", request.param, stream)
    return stream


@dataclass
class Words:
    """Makes words that nobody else uses, and remembers who used them where."""

    made: dict[str, str] = field(default_factory=dict)

    def __call__(self, where: str) -> str:
        """Return a sentence with such a word in it."""
        word = f"zqx{len(self.made):02}wv"
        self.made[word] = where
        return f"my {word} hurts"

    def alone(self, where: str) -> str:
        """Return such a word alone."""
        return self(where).split()[1]

    def found_in(self, content: str | bytes) -> set[str]:
        """Return where the words in `content` were used."""
        plain = content if isinstance(content, bytes) else content.encode("utf-8", "surrogatepass")
        return {where for word, where in self.made.items() if word.encode() in plain}


async def story(riverside: World, words: Words) -> list[tuple[str, Seen]]:
    """Let everything happen that people can do with words; return the private answers, and to what."""
    lena = await riverside.says("lena", text=words("a message"))
    await riverside.driver.edits("lena", lena, words("an edit"), LENA)
    await riverside.says("lena", text=f"@Amara {words('a mention')}")
    await riverside.says("rosa", text=words("a third person"))
    await riverside.says("lena", "dm-lena", text=words("a message to the bot"))
    noor = await riverside.says("noor", NOOR, text=words("a message in another space"))
    await riverside.passes(days=1)
    answers = await _asks(riverside, words)
    (reminder,) = await riverside.inbox("amara")
    await riverside.presses("amara", "I answered elsewhere", reminder)
    await riverside.driver.reacts("amara", noor, "eyes", NOOR)
    gone = await riverside.says("noor", NOOR, text=words("a message that is deleted"), reply_to=noor)
    await riverside.driver.deletes("noor", gone, NOOR)
    await riverside.passes(days=20)
    await riverside.says("amara", text=words("an answer"), reply_to=lena)
    await riverside.says("amara", NOOR, text=words("a late answer"))
    await riverside.passes(days=2)
    await riverside.core.daily()
    return answers


async def _asks(riverside: World, words: Words) -> list[tuple[str, Seen]]:
    """Type words where the bot takes them: behind commands, into forms, as ids."""
    answers: list[tuple[str, Seen]] = []
    for command in ("away", "away since", "away until two weeks since", "back", "waiting", "rate why", "help", ""):
        where = f"/mentor {command}"
        answers.append((where, await riverside.driver.commands("noor", f"{where} {words(where)}")))
    where = "a command's name"
    answers.append((where, await riverside.driver.commands("noor", f"/mentor {words.alone(where)}")))
    for name in ("until", "since", "no field of it"):
        values = {"until": "two weeks", name: words(name)}
        answers.append((name, await riverside.driver.submits("noor", "members.away_until", values)))
    for action in ("nudges.later:{}:0", "{}", "members.away_for:{}"):
        seen = await riverside.driver.presses("noor", action.format(words.alone(action)))
        answers.append((action, seen))
    where = "a shortcut's message"
    answers.append((where, await riverside.driver.shortcut("noor", "nudges.wanted", NOOR, words.alone(where))))
    with pytest.raises(Rejected):
        await riverside.driver.commands("noor", f"/{words.alone('a root')}")
    await riverside.driver.commands("noor", "/mentor back")
    return answers


def faulty() -> Feature:
    """Return a feature that breaks over whatever people write, in each of the ways that errors quote it."""
    feature = Feature("faulty")

    @feature.command("number", "Read a number", who=EVERYONE, options=(Option("words", ""),))
    async def number(asked: Asked, words: str = "") -> Message:
        return Message((int(words),))  # type: ignore[arg-type]

    @feature.command("key", "Look something up", who=EVERYONE, options=(Option("words", ""),))
    async def key(asked: Asked, words: str = "") -> Message:
        known: dict[str, Message] = {}
        return known[words]

    @feature.command("chain", "Break twice", who=EVERYONE, options=(Option("words", ""),))
    async def chain(asked: Asked, words: str = "") -> Message:
        try:
            return await number(asked, words)
        except ValueError as error:
            error.add_note(f"they wrote {words!r}")
            raise LookupError(f"cannot use {words!r}") from error

    @feature.form("faulty.form", who=EVERYONE)
    async def form(asked: Asked, values: Mapping[str, str]) -> Message:
        raise TypeError(f"{values!r} is no form")

    return feature


async def break_everything(riverside: World, words: Words) -> list[Reply | None]:
    """Provoke faults inside handlers: in a feature's own code, and in a database that lost a table."""
    core = Core(riverside.database, (*FEATURES, faulty()))
    who = Account("playground", "riverside", "noor")
    calls: list[Call] = [
        *(Command(f"f {name}", who, "mentor", f"{name} {words(name)}") for name in ("number", "key", "chain")),
        Submit("f form", who, "faulty.form", {"words": words("a form"), words("a form's field"): "x"}),
    ]
    replies = [await core.handle(call) for call in calls]
    async with riverside.database.connect() as conn:
        await conn.execute(text("ALTER TABLE pause RENAME TO lost"))
    values = {"until": "two weeks", "words": words("a broken database")}
    replies.append(await core.handle(Command("broken", who, "mentor", "away", values)))
    replies.append(await core.handle(Submit("broken form", who, "members.away_until", values)))
    replies.append(await core.handle(Press("broken press", who, "members.away_for:7")))
    return replies


def in_files(folder: Path) -> bytes:
    """Return what stands in the bot's files."""
    files = [file for file in folder.rglob("*") if file.is_file() and file.name != "playground.json"]
    assert {"mentorbot.db", "mentorbot.db-wal"} <= {file.name for file in files}
    return b"\n".join(file.read_bytes() for file in files)


async def everything_stored(url: str, database: Database, folder: Path) -> bytes:
    """Return all that a thief would find: every file but the pretended platform's own, or every table."""
    if url.startswith("sqlite"):
        return in_files(folder)
    async with database.connect() as conn:
        tables = await conn.run_sync(lambda sync: inspect(sync).get_table_names())
        rows = [row[0] for table in tables for row in await conn.execute(text(f'SELECT t::text FROM "{table}" t'))]  # noqa: S608
    assert "Amara Okafor" in "".join(rows)
    return "\n".join(rows).encode()


async def test_no_word_of_a_conversation_is_kept_logged_or_sent(
    riverside: World, tmp_path: Path, log: io.StringIO, capfd: pytest.CaptureFixture[str]
) -> None:
    """Not in the database, in no line of the log, in nothing that the bot writes to anybody."""
    words = Words()
    answers = await story(riverside, words)
    sent = [seen for user in PEOPLE for seen in await riverside.inbox(user)]
    replies = await break_everything(riverside, words)
    await Sealer(riverside.core, tmp_path / "audit.key").seal()
    assert set() == words.found_in(await everything_stored(riverside.url, riverside.database, tmp_path))
    assert "a call failed" in log.getvalue()
    assert set() == words.found_in(log.getvalue())
    assert set() == words.found_in("".join(capfd.readouterr()))
    assert len(sent) > 4
    assert set() == words.found_in(repr(sent))
    for where, answer in answers:  # a private answer may repeat what its reader has just typed
        assert words.found_in(repr(answer)) <= {where}
    for reply in replies:
        shown = reply.plain if isinstance(reply, Message) else reply.errors[""] if isinstance(reply, Errors) else ""
        assert "Something went wrong on my side" in shown
        assert set() == words.found_in(repr(reply))


async def test_a_leak_would_be_found(riverside: World, tmp_path: Path, log: io.StringIO) -> None:
    """A word that is stored, logged or sent is found by that search."""
    words = Words()
    stored, logged = words.alone("stored"), words.alone("logged")
    async with riverside.database.work(1) as work:
        await work.audit.add(stored, "leaks")
    structlog.get_logger("bot.leak").debug("planted", word=logged)
    assert {"stored"} == words.found_in(await everything_stored(riverside.url, riverside.database, tmp_path))
    assert {"logged"} == words.found_in(log.getvalue())


async def test_what_happens_elsewhere_leaves_no_row(riverside: World) -> None:
    """A conversation that is no pairing's space leaves no trace, whoever writes in it."""
    await riverside.says("lena")
    before = await every_row(riverside.database, noted=True)
    seen: list[Observation] = [
        Posted(OUTSIDE, "1", "lena", MONDAY, frozenset({"amara"})),
        Posted(OUTSIDE, "2", "amara", MONDAY),
        Reacted(OUTSIDE, "1", "amara", "thumbsup", MONDAY),
        Deleted(OUTSIDE, "2", MONDAY),
        Posted(Place("playground", "riverside", "dm-lena"), "3", "lena", MONDAY),
        Posted(Place("playground", "elsewhere", LENA), "4", "lena", MONDAY),
        Posted(Place("slack", "riverside", LENA), "5", "lena", MONDAY),
    ]
    await riverside.core.ingest(seen)
    for one in seen:
        await riverside.core.ingest([one])
    assert set() == changed(before, await every_row(riverside.database, noted=True))


async def test_a_strangers_words_leave_no_row(riverside: World) -> None:
    """Whoever isn't a member may write in a space, or react there, and is not remembered."""
    message = await riverside.says("lena")
    before = await every_row(riverside.database, noted=True)
    place = Place("playground", "riverside", LENA)
    await riverside.core.ingest(
        [Posted(place, "s1", "nobody", MONDAY), Reacted(place, message, "nobody", "thumbsup", MONDAY)]
    )
    assert set() == changed(before, await every_row(riverside.database, noted=True))
