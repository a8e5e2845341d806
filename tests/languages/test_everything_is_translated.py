"""Whatever the bot says is said in the reader's language: all that can be asked of it, and all that it says by itself.

It speaks a made-up language in which every text is marked (tests/languages/pseudo.py). What has no mark was forgotten.
"""

import io
import re
from collections.abc import AsyncIterator, Iterator
from contextlib import closing
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select, update

from bot.badges.keeping import built_in
from bot.badges.reading import parse
from bot.calls import Call, Command, Press, Submit
from bot.community.columns import EXAMPLE
from bot.features import FEATURES
from bot.language import also_from
from bot.people import Role
from bot.policy import load, presets, sources
from bot.views import Form, Reply
from storage.programs import State
from storage.schema import metadata
from tests.badges import preparing as badges
from tests.core.rooms import DONE
from tests.core.scene import Copy, Scene, at, scene
from tests.drivers.playground import PlaygroundDriver
from tests.events.announcing import CIRCLE
from tests.feedback.preparing import NOTE, STEP
from tests.forms.written import SMALL
from tests.languages import pseudo
from tests.reports import preparing as reports
from tests.responding import preparing as responding
from tests.storage.living_events import EVENT

ALL_ROLES = ",".join(sorted(Role))
GARBAGE = "zzz"
NOT_THERE: list[Call] = [
    *(
        Command(f"0 {text}", at("amara"), root, text)
        for root in ("mentor", "mentor-admin")
        for text in ("hepl", GARBAGE)
    ),
    *(Press(f"0 {action}", at("amara"), action) for action in (GARBAGE, ":")),
]
# What was typed, and what else stands as it is in every language: names, quoted documents, the columns of a list.
TYPED = {word for done in DONE.values() for text in (done.args, *done.values.values()) for word in (text.strip(), text)}
DATA = {
    "Riverside Mentoring",
    "Hillside Mentoring",
    "UTC",
    EXAMPLE.split()[0],
    GARBAGE,
    "hepl",
    STEP,
    NOTE,
    responding.TOLD,
    reports.TOLD,
    *TYPED,
    *(EVENT.title, EVENT.about, EVENT.venue),
    *CIRCLE.values(),
    *re.findall('"([^"]+)"', SMALL),  # a form of the program's own, in its own words
    *re.findall('"([^"]+)"', badges.KIND),  # and a badge
    badges.REASON,
}


def _clause(source: str) -> str:
    """Return what stands in a source beside the number of the rules, which is read as their name."""
    return source.partition(", ")[2]


DATA |= {
    *presets(),
    *load().nudges.seen,
    *load().sessions.hosts,
    *(export.name for feature in FEATURES for export in feature.exports),  # a word that is typed
    *(_clause(source) for preset in presets() for source in sources(preset).values()),
    *(_clause(one.source) for badge in built_in().values() for one in parse(badge).criteria),
}
# These are answered in the language that was chosen, which is another one; a certificate, in that of its award.
IN_ANOTHER_LANGUAGE = (
    *("/mentor language", "button members.language_set", "members.language_set:"),
    *("/mentor certificate", "button badges.certificate", "badges.certificate"),
)

_NUMBERS = count(1)


@pytest.fixture
def marked(tmp_path: Path) -> Iterator[None]:
    """Let the bot know the made-up language."""
    folder = tmp_path / "languages"
    folder.mkdir()
    pseudo.write(folder)
    with also_from(folder):
        yield


@pytest.fixture
async def there(marked: None, sqlite_url: str, tmp_path: Path, log: io.StringIO) -> AsyncIterator[Scene]:
    """Set the scene of the tests of permissions; from now on its program speaks the made-up language."""
    async with scene(sqlite_url, tmp_path, log) as set_:
        await _restore(set_)
        yield set_


async def _restore(there: Scene) -> None:
    """Let everybody be active, in every role, in a program that is running and speaks the made-up language."""
    async with there.world.database.connect() as conn:
        running = {"language": pseudo.LANGUAGE, "state": State.RUNNING}
        await conn.execute(update(metadata.tables["program"]).values(**running))
        await conn.execute(update(metadata.tables["member"]).values(roles=ALL_ROLES, language=None, active=True))


async def _data(there: Scene) -> set[str]:
    async with there.world.database.connect() as conn:
        return DATA | {row.name for row in await conn.execute(select(metadata.tables["member"].c.name))}


def _forgotten(reply: Reply, what: str, data: set[str]) -> list[tuple[str, str]]:
    """Return what has no mark in an answer, and what was asked."""
    if what.startswith(IN_ANOTHER_LANGUAGE):
        return []
    return [(what, rest) for text in pseudo.words(reply) if (rest := pseudo.unmarked(text, data))]


def _what(call: Call) -> str:
    return f"{call.action} {call.values}" if isinstance(call, Submit) else getattr(call, "action", str(call))


def _next(reply: Reply, call: Call) -> list[Call]:
    """Return what can be done with an answer: each of its buttons, or the form filled in with nothing and nonsense."""
    account = call.account
    presses = [Press(f"next {next(_NUMBERS)}", account, action) for action in pseudo.buttons(reply)]
    if not isinstance(reply, Form):
        return [*presses]
    names = [field.name for field in reply.fields if not field.file]
    return [
        Submit(f"next {next(_NUMBERS)}", account, reply.action, dict.fromkeys(names, text)) for text in ("", GARBAGE)
    ]


@pytest.fixture
def copy(there: Scene, tmp_path: Path) -> Iterator[Copy]:
    """Remember the database as it is."""
    with closing(Copy(tmp_path / "mentorbot.db")) as remembered:
        yield remembered


async def test_every_answer(there: Scene, copy: Copy) -> None:
    """Everything declared, then each button and form of the answer, is done as its owner may; nothing is forgotten."""
    data, done = await _data(there), set[str]()
    found: list[tuple[str, str]] = []
    for name in DONE:
        call = there.call(name, at(DONE[name].owner))
        reply = await there.ask(call)
        found += _forgotten(reply, name, data)
        for further in _next(reply, call):
            if _what(further) not in done:
                done.add(_what(further))
                found += _forgotten(await there.ask(further), _what(further), data)
                copy.put_back()
                await there.ask(there.call(name, at(DONE[name].owner)))
        copy.put_back()
    assert [] == found


async def test_every_refusal(there: Scene, copy: Copy) -> None:
    """Whoever may not, and whoever asks for what there isn't, is told in their language."""
    data, found = await _data(there), list[tuple[str, str]]()
    for call in NOT_THERE:
        found += _forgotten(await there.ask(call), _what(call), data)
    for name in DONE:
        copy.run("UPDATE member SET roles = 'responder'")
        for user in ("ravi", "nobody"):
            found += _forgotten(await there.ask(there.call(name, at(user))), name, data)
        copy.put_back()
    assert [] == found


async def test_all_that_is_said_by_itself(there: Scene) -> None:
    """What the bot writes to people and into spaces, before and after everything was done, is in their language."""
    before = {row["id"]: row for row in await _written(there)}
    await _goes_on(there)
    for name in DONE:
        await there.world.core.handle(there.call(name, at(DONE[name].owner)))
        await _restore(there)
        await there.world.jobs.round()
    await there.world.passes(days=14)
    said = [row for row in await _written(there) if row != before.get(row["id"])]
    data = await _data(there)
    assert len(said) >= 6  # three reminders, and what follows from them
    assert [] == [(text, rest) for row in said for text in _texts(row) if (rest := pseudo.unmarked(text, data))]


async def _goes_on(there: Scene) -> None:
    """Let somebody write, and nobody answer, until no more reminders come."""
    await there.world.says("lena")
    await there.world.says("noor", "amara-noor")
    await there.world.passes(days=14)


async def _written(there: Scene) -> list[dict[str, Any]]:
    """Return what the bot wrote, and what stands above the spaces that it made."""
    assert isinstance(there.world.driver, PlaygroundDriver)
    state = await there.world.driver.state()
    topics = [{"id": row["channel"], "blocks": [{"text": row["topic"]}]} for row in state["spaces"]]
    return [*(row for row in state["messages"] if row["author"] is None), *topics]


def _texts(row: dict[str, Any]) -> Iterator[str]:
    for block in row["blocks"]:
        yield from [block["text"]] if "text" in block else (item["label"] for item in block["items"])


def test_what_is_forgotten_is_found(marked: None) -> None:
    """The marks find a whole text, a half of one, and a value that was left in English; names are no texts."""
    known = {"Ana"}
    assert "" == pseudo.unmarked("Ana⟦ wrote to you: ⟧/mentor waiting", known)
    assert "hello" == pseudo.unmarked("hello", known)
    assert "late" == pseudo.unmarked("Ana⟦: ⟧late", known)
    assert "" == pseudo.unmarked("5 päivää · 12:00", known)
    assert "5 days" == pseudo.unmarked("⟦In ⟧5 days", known)
