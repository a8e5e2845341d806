"""All that the bot says, as Discord would show it: every answer and form, and what it says by itself."""

import pytest

from adapters.discord import forms, render
from bot.language import languages
from bot.views import Actions, Form, Message, Reply
from tests.adapters.discord.rules import check_message, check_modal
from tests.adapters.everything import Everything

MARKUP = "<@U1> @everyone *Amara* # " + "_*|" * 17 + "xyz"


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
async def test_every_answer_fits(everything: Everything, language: str) -> None:
    """All that is declared is asked for in each language: Discord takes each answer, and no label is cut."""
    await everything.speak(language)
    seen = set[str]()
    async for reply in everything.answers():
        seen.add(type(reply).__name__)
        _check(reply)
        _whole(reply)
    assert {"Message", "Form"} <= seen


async def test_the_longest_names_fit(everything: Everything) -> None:
    """People with names of eighty characters, full of signs, from the right to the left and of emoji."""
    await everything.rename(MARKUP)
    await everything.speak("es")
    async for reply in everything.answers():
        _check(reply)
