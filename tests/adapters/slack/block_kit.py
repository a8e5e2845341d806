"""Slack's rules for what is shown: each is counted as strictly as it can be read. Source: docs.slack.dev/reference.

The numbers stand here once more, so that a slip in the adapter's table doesn't go unnoticed.
"""

import re
from collections.abc import Iterator
from typing import Any

Json = dict[str, Any]

NOT_ESCAPED = re.compile(r"[<>]|&(?!(?:amp|lt|gt);)")
VALUES = {"value", "initial_value", "private_metadata", "url", "action_id", "block_id", "callback_id"}  # are data


def length(text: str) -> int:
    """Count as a browser does: an emoji is two or more."""
    return len(text.encode("utf-16-le")) // 2


def within(text: str, limit: int) -> None:
    """See that there is something in a text, and not too much."""
    assert text.strip()
    assert length(text) <= limit, (length(text), limit)


def check_message(blocks: list[Json], text: str) -> None:
    """Hold a message against every limit."""
    within(text, 4000)
    assert len(blocks) <= 50
    check_blocks(blocks)
    assert [] == wild(blocks) + wild(text)


def check_view(view: Json) -> None:
    """Hold a modal against every limit."""
    assert "modal" == view["type"]
    check_text(view["title"], 24)
    if "submit" in view:
        check_text(view["submit"], 24)
    assert 1 <= len(view["blocks"]) <= 100
    assert length(view.get("private_metadata", "")) <= 3000
    assert any(block["type"] == "input" for block in view["blocks"]) <= ("submit" in view)
    check_blocks(view["blocks"])
    assert [] == wild(view)


def check_blocks(blocks: list[Json]) -> None:
    """Hold each block against its limits; ids are unique."""
    ids = [block["block_id"] for block in blocks if "block_id" in block]
    assert len(set(ids)) == len(ids)
    assert all(0 < len(id_) <= 255 for id_ in ids)
    for block in blocks:
        CHECKS[block["type"]](block)


def check_text(text: Json, limit: int = 3000) -> None:
    """Hold a text object against its limit; it has to be literal."""
    assert ("plain_text", False) == (text["type"], text["emoji"])
    within(text["text"], limit)


def _section(block: Json) -> None:
    check_text(block["text"])


def _header(block: Json) -> None:
    check_text(block["text"], 150)
    assert "\n" not in block["text"]["text"]


def _context(block: Json) -> None:
    assert 1 <= len(block["elements"]) <= 10
    for element in block["elements"]:
        check_text(element)


def _actions(block: Json) -> None:
    assert 1 <= len(block["elements"]) <= 25
    ids = [element["action_id"] for element in block["elements"]]
    assert len(set(ids)) == len(ids)
    for element in block["elements"]:
        assert "button" == element["type"]
        check_text(element["text"], 75)
        assert len(element["action_id"]) <= 255
        assert length(element.get("value", "")) <= 2000
        assert length(element.get("url", "")) <= 3000


def _input(block: Json) -> None:
    check_text(block["label"], 2000)
    if "hint" in block:
        check_text(block["hint"], 2000)
    element = block["element"]
    assert 0 < len(element["action_id"]) <= 255
    match element["type"]:
        case "plain_text_input":
            assert 1 <= element["max_length"] <= 3000
            assert length(element.get("initial_value", "")) <= element["max_length"]
        case "static_select":
            assert 1 <= len(element["options"]) <= 100
            for option in element["options"]:
                check_text(option["text"], 75)
                within(option["value"], 150)
            assert "initial_option" not in element or element["initial_option"] in element["options"]
            if "placeholder" in element:
                check_text(element["placeholder"], 150)
        case "checkboxes" | "multi_static_select" as kind:
            _several(element, 10 if kind == "checkboxes" else 100)
        case kind:
            assert "file_input" == kind


def _several(element: Json, most: int) -> None:
    assert 1 <= len(element["options"]) <= most
    for option in element["options"]:
        check_text(option["text"], 75)
        within(option["value"], 150)
    ticked = element.get("initial_options", element["options"])
    assert ticked
    assert all(ticked.count(option) == 1 and option in element["options"] for option in ticked)


CHECKS = {"section": _section, "header": _header, "context": _context, "actions": _actions, "input": _input}


def wild(shown: object, name: str = "") -> list[str]:
    """Return the texts in which something isn't escaped; values, ids and addresses are no texts."""
    match shown:
        case str():
            return [shown] if name not in VALUES and NOT_ESCAPED.search(shown) else []
        case dict():
            return [found for key, value in shown.items() for found in wild(value, key)]
        case list():
            return [found for value in shown for found in wild(value)]
    return []


def texts(shown: object) -> Iterator[str]:
    """Yield every text object's text."""
    match shown:
        case {"type": "plain_text", "text": str(text)}:
            yield text
        case dict():
            for value in shown.values():
                yield from texts(value)
        case list():
            for value in shown:
                yield from texts(value)
