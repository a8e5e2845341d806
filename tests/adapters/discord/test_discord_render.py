"""Messages as Discord gets them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.discord import render
from adapters.discord.text import clean
from bot.views import ACTION_LIMIT, Actions, Button, File, Heading, Image, Link, Message, Note, Text, message
from tests.adapters.discord.markdown import shown
from tests.adapters.discord.rules import check_message
from tests.adapters.discord.written import ACTIONS, MESSAGES, PLACE

HOMES = st.none() | st.integers(1, 2**63 - 1).map(str)


def _texts(part: render.Rendered) -> list[str]:
    return [shown(one["content"]) for one in part.components if one["type"] == render.TEXT]


@given(MESSAGES, HOMES)
def test_every_message_is_taken(view: Message, home: str | None) -> None:
    """Whatever stands in it: each of its parts keeps to Discord's limits, and nothing is lost."""
    parts = render.messages(view, home)
    for part in parts:
        check_message(render.payload(part, mark=2**30))
    items = [item for block in view.blocks if isinstance(block, Actions) for item in block.items]
    actions = [item.action for item in items if isinstance(item, Button)]
    rows = [one for part in parts for one in part.components if one["type"] == render.ROW]
    made = [render.read_custom_id(one["custom_id"]) for row in rows for one in row["components"] if "custom_id" in one]
    assert [(action, home) for action in actions] == made
    seen = "".join(text for part in parts for text in _texts(part))
    for block in view.blocks:
        if isinstance(block, Text | Note | Heading):
            assert "".join(clean(block.text).split()) in "".join(seen.split())


@given(ACTIONS, st.integers(0, 60), HOMES)
def test_what_a_button_does_comes_back(action: str, number: int, home: str | None) -> None:
    """A custom_id holds it, and the server that a direct message is about."""
    written = render.custom_id(action, number, home)
    assert len(written) <= 100
    assert (action, home) == render.read_custom_id(written)


def test_the_longest_actions_have_room() -> None:
    """What is left out then is the server, and at last what makes it unique."""
    longest = "a" * ACTION_LIMIT
    assert longest == render.custom_id(longest, 3, "5")
    assert f"3{longest[:99]}" == render.custom_id(longest[:99], 3, "5")
    assert (longest, None) == render.read_custom_id(render.custom_id(longest, 3, "5"))


@pytest.mark.parametrize("forged", ["", "!", "@", "0@", "0@short", "@" + "_" * 11 + "x", "0" * 100, "\x00"])
def test_forged_ids_are_read(forged: str) -> None:
    """What was never given out is something that the bot doesn't know, and no fault."""
    action, home = render.read_custom_id(forged)
    assert isinstance(action, str)
    assert home is None or home.isdigit()


def test_a_message_as_it_looks() -> None:
    """A heading, a paragraph, small print, a row of buttons."""
    row = Actions((Button("Yes", "a.yes:1", primary=True), Button("No", "a.no"), Link("Open", PLACE, "7")))
    (part,) = render.messages(Message((Heading("Hello"), Text("How *are* you?"), Note("By itself.\nTwice."), row)), "5")
    heading, paragraph, note, buttons = part.components
    assert "### Hello" == heading["content"]
    assert "How \\*are\\* you?" == paragraph["content"]
    assert "-# By itself.\n-# Twice." == note["content"]
    yes, no, link = buttons["components"]
    assert ("Yes", 1, "0@AAAAAAAAAAUa.yes:1") == (yes["label"], yes["style"], yes["custom_id"])
    assert ("No", 2) == (no["label"], no["style"])
    assert f"https://discord.com/channels/{PLACE.workspace}/{PLACE.channel}/7" == link["url"]


def test_long_texts_become_several_messages() -> None:
    """Each as full as it can be; the buttons stand under the last."""
    parts = render.messages(message("a " * 3000, "b " * 500, actions=(Button("Yes", "a.yes"),)))
    assert [1, 3] == [len(part.components) for part in parts]
    assert render.ROW == parts[-1].components[-1]["type"]


def test_pictures_and_files_go_along() -> None:
    """A picture has its text for whoever can't see it; what a file is stands above it; names are each their own."""
    view = Message((Image("a b.png", b"1", "Three of four."), File("a b.png", b"2", "All."), File("ä", b"3", "")))
    (part,) = render.messages(view)
    body = render.payload(part)
    check_message(body)
    assert ["a_b.png", "a_b-2.png", "file"] == [one["filename"] for one in body["attachments"]]
    assert ["Three of four.", None, None] == [one.get("description") for one in body["attachments"]]
    assert [b"1", b"2", b"3"] == [one["value"] for one in render.uploads(part)]
    assert ["All."] == _texts(part)


def test_marks_are_their_own() -> None:
    """A key in another place is another mark; one of several parts tells so."""
    last = render.mark("1", "k")
    assert 3 == len({last, render.mark("2", "k"), render.mark("1", "l")})
    assert 0 == last & 1
    assert render.part_mark(last, 1) == render.part_mark(last + 1, 1)
    assert render.part_mark(last, 1) != render.part_mark(last, 2)
    body = render.payload(render.messages(message("Hello."))[0], mark=last)
    assert last == render.marked(body)
    assert None is render.marked({"components": [{"id": 1}]})
