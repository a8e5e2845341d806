"""Looking at what the bot says as Discord would show it: what it takes, and what it doesn't cut."""

from adapters.discord import forms, render
from bot.views import Actions, Form, Message, Reply
from tests.adapters.discord.rules import check_message, check_modal

MARKUP = "<@U1> @everyone *Amara* # " + "_*|" * 17 + "xyz"


def check(reply: Reply) -> None:
    """See that Discord takes an answer."""
    match reply:
        case Message():
            for part in render.messages(reply, "1214165444206788609"):
                check_message(render.payload(part, mark=2**30, private=True))
        case Form():
            for step in range(len(forms.steps(reply))):
                check_modal(forms.modal(reply, step, {}, "1214165444206788609"))


def check_whole(reply: Reply) -> None:
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
