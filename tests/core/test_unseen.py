"""Calls that leave no trace: nothing in the database, the log, the figures, the platform; whatever happens in them."""

import gc
import io
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import pytest
from prometheus_client import generate_latest

from adapters.discord.drafts import Draft
from bot.features import FEATURES
from tests.core.test_privacy import Words
from tests.core.traces import PEOPLE
from tests.core.unseen import FIELDS, whisper
from tests.drivers.discord import DiscordDriver
from tests.drivers.driver import Rejected, Seen
from tests.drivers.slack import SlackDriver
from tests.platforms import account, on_each_platform, place
from tests.storage.tables import Rows, every_row
from tests.world import LENA, World, world

# What the bot may send to a platform while it answers: what only the one who asked sees, and whether they are there.
SENT = {
    "response_url",
    "views.open",
    "views.push",
    "views.update",
    "POST /interactions/{interaction_id}/{interaction_token}/callback",
    "POST /webhooks/{webhook_id}/{webhook_token}",
    "PATCH /webhooks/{webhook_id}/{webhook_token}/messages/@original",
    "GET /guilds/{guild_id}/members/{user_id}",
}


_FEW = tuple(one for one in FEATURES if one.name not in {"responding", "badges"})  # Discord takes 25 commands of each


@dataclass(frozen=True)
class Traces:
    """All that is left of what was done: rows, the bytes of every file, figures, log lines, what people see."""

    rows: Rows
    files: dict[str, bytes]
    figures: bytes
    log: str
    seen: list[list[Seen]]


def in_files(folder: Path) -> dict[str, bytes]:
    """Return what stands in the files of the bot and of the playground."""
    files = [file for file in folder.rglob("*") if file.is_file() and not file.name.endswith("-shm")]
    return {file.name: file.read_bytes() for file in files}


async def traces(riverside: World, folder: Path, log: io.StringIO) -> Traces:
    """Look at everything."""
    await riverside.core.settled()
    rows = await every_row(riverside.database, noted=True)
    seen = [await riverside.driver.inbox(user) for user in PEOPLE]
    seen += [await riverside.driver.posts("amara", place(riverside.platform.name, LENA).channel)]
    figures = generate_latest(riverside.core.telemetry.registry)
    return Traces(rows, in_files(folder), figures, log.getvalue(), seen)


async def whispered(riverside: World, words: Words, written: str) -> list[Seen]:
    """Do everything that one can do there; return the private answers."""
    there, channel = riverside.driver, place(riverside.platform.name, LENA).channel
    begun = await there.commands("lena", f"/mentor whisper {words('a command')}")
    answers = [begun, await there.commands("lena", f"/mentor whisper {words('in a space')}", space=channel)]
    form = (await there.presses("lena", "Write", begun)).form
    assert form is not None
    typed = {f"f{number}": words(f"field {number}") for number in range(FIELDS)}
    refused = await there.submits("lena", form, {**typed, "f0": words("a wrong field") + " wrong"})
    assert refused.errors
    review = await there.submits("lena", "whisper.next", typed)
    assert review.form is not None
    answers += [refused, review, await there.submits("lena", review.form, {})]
    for action in ("whisper.few:{}", "whisper.breaks:{}", "whisper.gone:{}", "whisper.open:{}"):
        answers.append(await there.presses("lena", action.format(words.alone(action))))
    answers.append(await there.submits("lena", "whisper.sent", {"all": words("a form that breaks") + " break"}))
    for command in ("whisper break", "hush", "whispr", "please whisper"):
        with suppress(Rejected):  # Discord's client knows what there is
            answers.append(await there.commands("lena", f"/mentor {command} {words(command)}"))
    heard = await there.commands("stranger", f"/mentor whisper {words('of nobody')}")
    assert "Heard somebody whom nobody was asked about" in heard.text
    answers.append(heard)
    answers.append(await there.shortcut("lena", "whisper.about", channel, written))
    answers.append(await there.presses("stranger", f"whisper.breaks:{words.alone('of a stranger')}"))
    return answers


def requests(riverside: World) -> list[tuple[str, object]]:
    """Return what the bot asked of the platform, and with what."""
    match riverside.driver:
        case SlackDriver():
            return [(one.method, one.arguments) for one in riverside.driver.slack.requests]
        case DiscordDriver():
            return [(f"{one.method} {one.route}", one.body) for one in riverside.driver.discord.requests]
    return []


@on_each_platform
async def test_an_unseen_call_leaves_nothing(
    platform: str, database_url: str, tmp_path: Path, log: io.StringIO, capfd: pytest.CaptureFixture[str]
) -> None:
    """Commands, presses, forms in steps, refusals, faults: afterwards everything is as before, byte for byte."""
    words = Words()
    async with world(database_url, tmp_path, on=platform, features=(*_FEW, whisper())) as riverside:
        written = await riverside.says("lena", text=words("a message"))
        before, asked = await traces(riverside, tmp_path, log), len(requests(riverside))
        answers = await whispered(riverside, words, written)
        after, sent = await traces(riverside, tmp_path, log), requests(riverside)[asked:]
        assert before.rows == after.rows
        assert before == after
        assert set() == {name for name, _ in sent} - SENT
        assert all(is_private(name, body) for name, body in sent)
        assert {"a message"} == words.found_in(answers[-2].text)
        assert [] == [one for one in gc.get_objects() if isinstance(one, Draft) and words.found_in(repr(one.values))]
        await riverside.core.daily()
        told = log.getvalue().removeprefix(before.log)
    assert 3 == told.count("nobody was named")
    assert set() == words.found_in(told + "".join(capfd.readouterr()))
    assert account(platform, "lena").user not in told
    assert "reference" not in told


def is_private(name: str, body: object) -> bool:
    """Tell whether only the one who asked sees what is sent."""
    match body:
        case {"response_type": kind}:
            return bool(kind == "ephemeral")
        case {"type": 4 | 5, "data": {"flags": int() as flags}} | {"components": _, "flags": int() as flags}:
            return bool(flags & 64) or name.startswith("PATCH")
    return name.startswith(("views.", "GET")) or (isinstance(body, dict) and body.get("type") in (6, 7, 9))
