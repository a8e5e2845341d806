"""All that the bot says, as Discord would show it: every answer and form, and what it says by itself."""

import io
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from sqlalchemy import update

from adapters.discord import forms, render
from bot.language import languages
from bot.people import Role
from bot.views import Actions, Form, Message, Reply
from storage.programs import State
from storage.schema import metadata
from tests.adapters.discord.rules import check_message, check_modal
from tests.core.rooms import DONE
from tests.core.scene import Copy, Scene, at, scene

# Eighty characters each: markup, from the right to the left, emoji.
LONGEST = {
    "Amara Okafor": "<@U1> @everyone *Amara* # " + "_*|" * 17 + "xyz",
    "Lena Vogt": ("לנה פוגט " * 9)[:80],
    "Noor Haddad": "👩🏽‍🦱" * 20,
}


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
            for part in render.messages(reply, "1214165444206788609"):
                check_message(render.payload(part, mark=2**30, private=True))
        case Form():
            for step in range(len(forms.steps(reply))):
                check_modal(forms.modal(reply, step, {}, "1214165444206788609"))


def _whole(reply: Reply) -> None:
    """See that nothing of a button, a field or a choice is cut, and each button has room for its server."""
    if isinstance(reply, Message):
        items = [item for block in reply.blocks if isinstance(block, Actions) for item in block.items]
        rows = [row for part in render.messages(reply, "1") for row in part.components if row["type"] == render.ROW]
        made = [one for row in rows for one in row["components"]]
        assert [item.label for item in items] == [one["label"] for one in made]
        ids = [one["custom_id"] for one in made if "custom_id" in one]
        assert ["1"] * len(ids) == [render.read_custom_id(one)[1] for one in ids]
    if isinstance(reply, Form):
        for step in range(len(forms.steps(reply))):
            labels = [row["label"] for row in forms.modal(reply, step, {})["components"] if row["type"] == forms.LABEL]
            assert not [label for label in labels if label.endswith("…")]


@pytest.mark.parametrize("language", languages())
async def test_every_answer_fits(there: Scene, tmp_path: Path, language: str) -> None:
    """All that is declared is asked for in each language: Discord takes each answer, and no label is cut."""
    await _speak(there, language)
    copy, seen = Copy(tmp_path / "mentorbot.db"), set[str]()
    for name in DONE:
        reply = await there.ask(there.call(name, at(DONE[name].owner)))
        seen.add(type(reply).__name__)
        _check(reply)
        _whole(reply)
        copy.put_back()
    assert {"Message", "Form"} <= seen


async def test_the_longest_names_fit(there: Scene, tmp_path: Path) -> None:
    """People with names of eighty characters, full of signs, from the right to the left and of emoji."""
    await _rename(there)
    await _speak(there, "es")
    copy = Copy(tmp_path / "mentorbot.db")
    for name in DONE:
        _check(await there.ask(there.call(name, at(DONE[name].owner))))
        copy.put_back()
