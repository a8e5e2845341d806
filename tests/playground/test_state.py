"""Chat and clock live on while the bot is not running."""

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from adapters.playground.community import Community, Post
from adapters.playground.state import StateFile
from bot.clock import MovableClock
from bot.errors import UserError
from bot.members import roster
from bot.members.roster import Roster
from bot.people import Account
from bot.views import Button, message
from tests.drivers.playground import COMMUNITY, served
from tests.drivers.recording import RecordingCore

AMARA = Account("playground", "riverside", "amara")
BROKEN = {
    "cut off": '{"version": 1, "posts": [',
    "empty": "",
    "bytes": "\x00\x01",
    "another version": '{"version": 99}',
    "no object": "[]",
    "wrong types": '{"version": 1, "ahead": "soon", "last_id": 1, "spaces": {}, "read": {}, "posts": []}',
    "too far": '{"version": 1, "ahead": 1e300, "last_id": 1, "spaces": {}, "read": {}, "posts": []}',
    "wrong posts": '{"version": 1, "ahead": 0, "last_id": 1, "spaces": {}, "read": {}, "posts": [{"id": 1}]}',
}


def _names(folder: Path) -> list[str]:
    return sorted(file.name for file in folder.iterdir())


async def test_chat_is_there_after_a_restart(tmp_path: Path, community: Roster) -> None:
    """Messages, reactions, what the bot wrote and its buttons, who joined: all as it was."""
    async with served(RecordingCore(), community, MovableClock(), tmp_path) as (platform, driver):
        written = await driver.says("lena", "Hello 👍 שלום", "amara-lena")
        await driver.says("rosa", "Hi", "amara-lena", reply_to=written)
        await driver.reacts("amara", written, "heart", "amara-lena")
        await driver.edits("lena", written, "Hello again", "amara-lena")
        await platform.send(AMARA, message("Press.", actions=(Button("P", "a:1"),)), "k1")
        before = await driver.state()
    async with served(RecordingCore(), community, MovableClock(), tmp_path) as (_, driver):
        after = await driver.state()
    assert [before[key] for key in ("messages", "spaces", "read")] == [
        after[key] for key in ("messages", "spaces", "read")
    ]


async def test_keys_are_known_after_a_restart(tmp_path: Path, community: Roster) -> None:
    """What was sent before a crash is found by its key, so it is not sent again."""
    async with served(RecordingCore(), community, MovableClock(), tmp_path) as (platform, _):
        sent = await platform.send(AMARA, message("Hello."), "k1")
    async with served(RecordingCore(), community, MovableClock(), tmp_path) as (platform, driver):
        assert sent == await platform.find(AMARA, "k1")
        assert sent == await platform.send(AMARA, message("Hello."), "k1")
        assert 1 == len(await driver.inbox("amara"))


async def test_the_clock_stays_ahead_after_a_restart(tmp_path: Path, community: Roster) -> None:
    """The database holds times of the moved clock: it never goes back."""
    async with served(RecordingCore(), community, MovableClock(), tmp_path) as (_, driver):
        await driver.moves(48)
    clock = MovableClock()
    async with served(RecordingCore(), community, clock, tmp_path):
        assert timedelta(0) <= clock.now() - (datetime.now(UTC) + timedelta(hours=48)) + timedelta(seconds=5)


def test_ids_go_on_after_a_restart(tmp_path: Path, community: Roster) -> None:
    """No id is given twice, not even that of a message that was deleted."""
    file, clock = StateFile(tmp_path / "playground.json"), MovableClock()
    before, after = Community(community), Community(community)
    post = Post("", "amara-lena", "lena", clock.now())
    given = [before.add(post) for _ in range(3)]
    before.remove(given[-1])
    file.save(before, clock)
    file.load(after, clock)
    assert given[-1].id < after.add(post).id


async def test_ids_are_new_to_an_older_database(tmp_path: Path, community: Roster) -> None:
    """Without its file the community begins anew, with ids that the database hasn't seen."""
    async with served(RecordingCore(), community, MovableClock(), tmp_path) as (_, driver):
        before = [await driver.says("lena", "Hello", "amara-lena") for _ in range(3)]
    later = MovableClock(timedelta(seconds=1))
    async with served(RecordingCore(), community, later, tmp_path, state="another.json") as (_, driver):
        assert max(before) < await driver.says("lena", "Hello", "amara-lena")


@pytest.mark.parametrize("content", BROKEN.values(), ids=BROKEN)
async def test_a_broken_file_is_set_aside(tmp_path: Path, community: Roster, content: str) -> None:
    """The playground begins anew, and the file is kept under another name."""
    file = tmp_path / "playground.json"
    file.write_text(content)
    async with served(RecordingCore(), community, MovableClock(), tmp_path) as (_, driver):
        await driver.says("lena", "Hello", "amara-lena")
    assert content == (tmp_path / "playground.json.broken").read_text()
    assert 1 == len(json.loads(file.read_text())["posts"])


async def test_a_second_broken_file_does_not_replace_the_first(tmp_path: Path, community: Roster) -> None:
    """Each keeps a name of its own."""
    for content in ("first", "second"):
        (tmp_path / "playground.json").write_text(content)
        async with served(RecordingCore(), community, MovableClock(), tmp_path):
            pass
    assert "first" == (tmp_path / "playground.json.broken").read_text()
    assert "second" == (tmp_path / "playground.json.broken-2").read_text()


async def test_nothing_half_written_is_left(tmp_path: Path, community: Roster) -> None:
    """After a stop there is the one file."""
    async with served(RecordingCore(), community, MovableClock(), tmp_path) as (_, driver):
        await driver.says("lena", "Hello", "amara-lena")
    assert ["playground.json"] == _names(tmp_path)


def test_the_sample_community_has_its_spaces(community: Roster) -> None:
    """Both sides of each pairing are in its space, and everybody has a conversation with the bot."""
    spaces = Community(community).spaces
    assert (["amara", "lena"], ["amara", "noor"], ["rosa"]) == (
        spaces["amara-lena"],
        spaces["amara-noor"],
        spaces["dm-rosa"],
    )


def test_two_workspaces_are_refused() -> None:
    """The page shows one; the error says which there are."""
    text = COMMUNITY.read_text().replace("playground/riverside/noor", "playground/lakeside/noor")
    with pytest.raises(UserError, match="lakeside, riverside"):
        Community(roster.parse(text, "people.toml"))


def test_a_space_that_looks_like_a_direct_conversation_is_refused() -> None:
    """The names of the bot's own conversations are taken."""
    text = COMMUNITY.read_text().replace("playground/riverside/amara-lena", "playground/riverside/dm-lena")
    with pytest.raises(UserError, match="dm-"):
        Community(roster.parse(text, "people.toml"))
