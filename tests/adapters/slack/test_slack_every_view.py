"""All that the bot says, as Slack would show it: every answer and form, and what it says by itself."""

import io
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import update

from adapters.slack import forms, render
from adapters.slack.text import unescape
from bot.language import languages
from bot.people import Account, Place, Role
from bot.ports import Platform, Sent
from bot.views import Actions, Form, Message, Reply
from storage.programs import State
from storage.schema import metadata
from tests.adapters.slack.block_kit import check_message, check_view
from tests.adapters.slack.written import no_links
from tests.core.rooms import DONE
from tests.core.scene import Copy, Scene, at, scene

# Eighty characters each: markup, from the right to the left, emoji.
LONGEST = {
    "Amara Okafor": "<!channel> & <@U1> *Amara* " + "<&>" * 17 + "xy",
    "Lena Vogt": ("לנה פוגט " * 9)[:80],
    "Noor Haddad": "👩🏽‍🦱" * 20,
}


class Listening:
    """A platform that remembers what was sent."""

    def __init__(self, platform: Platform) -> None:
        """Stand before a platform."""
        self._platform = platform
        self.sent: list[Message] = []

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401
        return getattr(self._platform, name)

    async def send(self, to: Account | Place, message: Message, key: str) -> Sent:
        """Pass a message on."""
        self.sent.append(message)
        return await self._platform.send(to, message, key)


@pytest.fixture
async def there(sqlite_url: str, tmp_path: Path, log: io.StringIO) -> AsyncIterator[Scene]:
    """Set the scene of the tests of permissions."""
    async with scene(sqlite_url, tmp_path, log) as set_:
        yield set_


async def _speak(there: Scene, language: str) -> None:
    """Let everybody be active, in every role, in a running program that speaks a language."""
    every = ",".join(sorted(Role))
    async with there.world.database.connect() as conn:
        await conn.execute(update(metadata.tables["program"]).values(language=language, state=State.RUNNING))
        await conn.execute(update(metadata.tables["member"]).values(roles=every, language=None, active=True))


async def _rename(there: Scene) -> None:
    member = metadata.tables["member"]
    async with there.world.database.connect() as conn:
        for name, longest in LONGEST.items():
            assert 80 >= len(longest)
            await conn.execute(update(member).where(member.c.name == name).values(name=longest))


def _check(reply: Reply) -> None:
    match reply:
        case Message():
            made = render.message(reply, no_links, elsewhere=True)
            check_message(made.blocks, made.text)
            check_view(forms.shown(reply, no_links))
        case Form():
            check_view(forms.view(reply))


def _labels(reply: Message) -> tuple[list[str], list[str]]:
    """Return what stands on the buttons of a message, as it is and as Slack shows it."""
    made = [block for block in render.message(reply, no_links).blocks if block["type"] == "actions"]
    shown = [unescape(element["text"]["text"]) for block in made for element in block["elements"]]
    return [item.label for block in reply.blocks if isinstance(block, Actions) for item in block.items], shown


@pytest.mark.parametrize("language", languages())
async def test_every_answer_fits(there: Scene, tmp_path: Path, language: str) -> None:
    """All that is declared is asked for in each language: Slack takes each answer, and no button or choice is cut."""
    await _speak(there, language)
    copy, seen = Copy(tmp_path / "mentorbot.db"), set[str]()
    for name in DONE:
        reply = await there.ask(there.call(name, at(DONE[name].owner)))
        seen.add(type(reply).__name__)
        _check(reply)
        if isinstance(reply, Message):
            written, shown = _labels(reply)
            assert written == shown
        if isinstance(reply, Form):
            view = forms.view(reply)
            assert reply.submit == unescape(view["submit"]["text"])
            assert [label for field in reply.fields for _, label in field.choices] == _choices(view)
        copy.put_back()
    assert {"Message", "Form"} <= seen


def _choices(view: dict[str, Any]) -> list[str]:
    options = [option for block in view["blocks"] for option in block.get("element", {}).get("options", [])]
    return [unescape(option["text"]["text"]) for option in options]


async def test_the_longest_names_fit(there: Scene, tmp_path: Path) -> None:
    """People with names of eighty characters, full of signs, from the right to the left and of emoji."""
    await _rename(there)
    await _speak(there, "es")
    copy = Copy(tmp_path / "mentorbot.db")
    for name in DONE:
        _check(await there.ask(there.call(name, at(DONE[name].owner))))
        copy.put_back()


@pytest.mark.parametrize("language", languages())
async def test_all_that_is_said_by_itself_fits(there: Scene, language: str) -> None:
    """What goes out to people with the longest names, and into their spaces."""
    await _rename(there)
    await _speak(there, language)
    platforms = there.world.core.platforms
    listening = Listening(platforms["playground"])
    platforms["playground"] = listening
    await there.world.says("lena")
    await there.world.says("noor", "amara-noor")
    for name in DONE:
        await there.world.core.handle(there.call(name, at(DONE[name].owner)))
        await _speak(there, language)
    await there.world.passes(days=14)
    assert 3 <= len(listening.sent)
    for message in listening.sent:
        _check(message)
