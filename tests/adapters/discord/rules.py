"""Discord's rules for what is shown: each is counted as strictly as it can be read. Source: Discord's reference.

The numbers stand here once more, so that a slip in the adapter's table doesn't go unnoticed.
"""

import json
from functools import cache
from pathlib import Path
from typing import Any

import jsonschema  # type: ignore[import-untyped]

from tests.adapters.discord.markdown import shown

Json = dict[str, Any]
WIRE = Path(__file__).parents[4] / "shared" / "wire" / "discord-openapi.json"


def length(text: str) -> int:
    """Count as a browser does: an emoji is two or more."""
    return len(text.encode("utf-16-le")) // 2


def within(text: str, limit: int) -> None:
    """See that there is something in a text, and not too much."""
    assert text.strip()
    assert length(text) <= limit, (length(text), limit)


def check_message(body: Json) -> None:
    """Hold a message against every limit."""
    assert "content" not in body
    assert 1 << 15 == body["flags"] & 1 << 15
    assert {"parse": []} == body["allowed_mentions"]
    components = body["components"]
    assert components
    nested = [one for component in components for one in component.get("components", component.get("items", ()))]
    assert len(components) + len(nested) <= 40
    texts = [component["content"] for component in components if component["type"] == 10]
    assert sum(map(length, texts)) <= 4000
    for text in texts:
        assert text.strip()
        shown(text)
    ids = [one["custom_id"] for one in nested if "custom_id" in one]
    assert len(set(ids)) == len(ids)
    for component in components:
        _check_row(component)
    names = [one["filename"] for one in body["attachments"]]
    assert len(set(names)) == len(names) <= 10
    assert {f"attachment://{name}" for name in names} == {_file(one) for one in [*components, *nested]} - {None}
    against("MessageCreateRequest", body)


def _check_row(component: Json) -> None:
    if component["type"] != 1:
        return
    assert 1 <= len(component["components"]) <= 5
    for button in component["components"]:
        within(button["label"], 80)
        assert ("url" in button) is (button["style"] == 5)
        within(button.get("custom_id", button.get("url")), 512 if "url" in button else 100)


def _file(component: Json) -> str | None:
    found: Json = component.get("file") or component.get("media") or {}
    return found.get("url")


def check_modal(modal: Json) -> None:
    """Hold a modal against every limit."""
    within(modal["title"], 45)
    within(modal["custom_id"], 100)
    assert 1 <= len(modal["components"]) <= 5
    ids = [one["component"]["custom_id"] for one in modal["components"] if one["type"] == 18]
    assert len(set(ids)) == len(ids)
    for one in modal["components"]:
        if one["type"] == 10:
            within(one["content"], 4000)
            shown(one["content"])
        else:
            _check_label(one)
    against("ModalInteractionCallbackRequest", {"type": 9, "data": modal})


def _check_label(label: Json) -> None:
    assert label["type"] == 18
    within(label["label"], 45)
    if "description" in label:
        within(label["description"], 100)
    one = label["component"]
    within(one["custom_id"], 100)
    if one["type"] == 4:
        assert one["style"] in (1, 2)
        assert length(one.get("value", "")) <= one["max_length"] <= 4000
    if one["type"] == 3:
        assert 1 <= len(one["options"]) <= 25
        values = [option["value"] for option in one["options"]]
        assert len(set(values)) == len(values)
        most = one.get("max_values", 1)
        assert sum(option.get("default", False) for option in one["options"]) <= most
        assert one["min_values"] <= most <= len(one["options"])
        for option in one["options"]:
            within(option["label"], 100)
            within(option["value"], 100)
    if one["type"] == 19:
        assert one["max_values"] == 1


@cache
def _validator(name: str) -> jsonschema.Draft202012Validator | None:
    if not WIRE.exists():
        return None
    described = json.loads(WIRE.read_text())
    return jsonschema.Draft202012Validator({"$ref": f"#/components/schemas/{name}", **described})


def against(name: str, body: Json) -> None:
    """Hold something against Discord's own description, where that lies beside the project."""
    validator = _validator(name)
    if validator is not None:
        errors = list(validator.iter_errors(_ids_as_texts(body)))
        assert [] == [(list(error.absolute_path), error.message) for error in errors]


def _ids_as_texts(body: Any) -> Any:  # noqa: ANN401 - any JSON
    """Write the ids of attachments as texts, as the description has them."""
    if isinstance(body, list):
        return [_ids_as_texts(one) for one in body]
    if isinstance(body, dict):
        return {
            key: [{**one, "id": str(one["id"])} for one in value] if key == "attachments" else _ids_as_texts(value)
            for key, value in body.items()
        }
    return body
