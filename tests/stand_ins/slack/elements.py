"""What interactive elements may be."""

from collections.abc import Iterator
from typing import Any

from tests.stand_ins.slack.errors import Json
from tests.stand_ins.slack.texts import length, text_object

OPTIONS = {"static_select": 100, "multi_static_select": 100, "radio_buttons": 10, "checkboxes": 10, "overflow": 5}
MOST_FILES = 10
LONGEST_INPUT = 3000


def element(thing: Any, allowed: set[str], at: str) -> Iterator[str]:  # noqa: ANN401
    """Complain about an element."""
    if not isinstance(thing, dict) or thing.get("type") not in allowed:
        kind = thing.get("type") if isinstance(thing, dict) else thing
        yield f"unsupported type: {kind} [json-pointer:{at}/type]"
        return
    yield from length(thing, "action_id", 255, at, required=False)
    if "placeholder" in thing:
        yield from text_object(thing["placeholder"], 150, f"{at}/placeholder", plain=True)
    if "confirm" in thing:
        yield from _confirm(thing["confirm"], f"{at}/confirm")
    if thing["type"] == "button":
        yield from _button(thing, at)
    elif thing["type"] in OPTIONS:
        yield from _options(thing, at)
    elif thing["type"] == "plain_text_input":
        yield from _text_input(thing, at)
    elif thing["type"] == "file_input":
        yield from _file_input(thing, at)
    elif thing["type"] == "image":
        yield from length(thing, "alt_text", 2000, at)
        yield from length(thing, "image_url", 3000, at, required="slack_file" not in thing)


def option_texts(thing: Json) -> dict[str, str]:
    """Return the labels of an element's options by their values."""
    groups = thing.get("option_groups", [])
    options = [*thing.get("options", []), *(option for group in groups for option in group["options"])]
    return {option["value"]: option["text"]["text"] for option in options}


def _button(thing: Json, at: str) -> Iterator[str]:
    yield from text_object(thing.get("text"), 75, f"{at}/text", plain=True)
    yield from length(thing, "value", 2000, at, required=False)
    yield from length(thing, "url", 3000, at, required=False)
    yield from length(thing, "accessibility_label", 75, at, required=False)
    if thing.get("style", "primary") not in ("primary", "danger"):
        yield f"must be one of: primary, danger [json-pointer:{at}/style]"


def _options(thing: Json, at: str) -> Iterator[str]:
    most = OPTIONS[thing["type"]]
    options = thing.get("options", [])
    if "option_groups" in thing:
        yield from _groups(thing["option_groups"], at)
    elif not 1 <= len(options) <= most:
        yield f"must have 1 to {most} items [json-pointer:{at}/options]"
    for number, option in enumerate(options):
        yield from _option(option, f"{at}/options/{number}", plain="select" in thing["type"])
    chosen = [thing[name] for name in ("initial_option",) if name in thing] + thing.get("initial_options", [])
    every = [*options, *(one for group in thing.get("option_groups", []) for one in group.get("options", []))]
    if any(one not in every for one in chosen):
        yield f"initial option must be one of the options [json-pointer:{at}]"


def _groups(groups: list[Json], at: str) -> Iterator[str]:
    if not 1 <= len(groups) <= 100:
        yield f"must have 1 to 100 items [json-pointer:{at}/option_groups]"
    for number, group in enumerate(groups):
        yield from text_object(group.get("label"), 75, f"{at}/option_groups/{number}/label", plain=True)
        for place, option in enumerate(group.get("options", [])):
            yield from _option(option, f"{at}/option_groups/{number}/options/{place}", plain=True)


def _option(option: Json, at: str, *, plain: bool) -> Iterator[str]:
    yield from text_object(option.get("text"), 75, f"{at}/text", plain=plain)
    yield from length(option, "value", 150, at)
    if "description" in option:
        yield from text_object(option["description"], 75, f"{at}/description")


def _confirm(thing: Json, at: str) -> Iterator[str]:
    yield from text_object(thing.get("title"), 100, f"{at}/title", plain=True)
    yield from text_object(thing.get("text"), 300, f"{at}/text")
    for name in ("confirm", "deny"):
        yield from text_object(thing.get(name), 30, f"{at}/{name}", plain=True)


def _text_input(thing: Json, at: str) -> Iterator[str]:
    yield from length(thing, "initial_value", LONGEST_INPUT, at, required=False)
    least, most = thing.get("min_length", 0), thing.get("max_length", LONGEST_INPUT)
    if not 0 <= least <= LONGEST_INPUT:
        yield f"must be between 0 and {LONGEST_INPUT} [json-pointer:{at}/min_length]"
    if not 1 <= most <= LONGEST_INPUT:
        yield f"must be between 1 and {LONGEST_INPUT} [json-pointer:{at}/max_length]"
    if least > most:
        yield f"min_length must be at most max_length [json-pointer:{at}]"
    if len(thing.get("initial_value", "")) > most:
        yield f"must be less than {most + 1} characters [json-pointer:{at}/initial_value]"


def _file_input(thing: Json, at: str) -> Iterator[str]:
    if not 1 <= thing.get("max_files", MOST_FILES) <= MOST_FILES:
        yield f"must be between 1 and {MOST_FILES} [json-pointer:{at}/max_files]"
