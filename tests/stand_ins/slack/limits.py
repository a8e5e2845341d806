"""What blocks may be: Slack's limits, as a list of complaints with the place of each."""

from collections import Counter
from collections.abc import Callable, Iterator
from typing import Any

from tests.stand_ins.slack.elements import element
from tests.stand_ins.slack.errors import Failure, Json
from tests.stand_ins.slack.texts import length, text_object

MESSAGE_BLOCKS = 50
VIEW_BLOCKS = 100
MESSAGE_KINDS = {
    "section",
    "divider",
    "image",
    "actions",
    "context",
    "header",
    "rich_text",
    "video",
    "file",
    "markdown",
}
VIEW_KINDS = {"section", "divider", "image", "actions", "context", "header", "rich_text", "video", "input"}

ACTIONS = {
    "button",
    "checkboxes",
    "datepicker",
    "datetimepicker",
    "overflow",
    "radio_buttons",
    "static_select",
    "external_select",
    "users_select",
    "conversations_select",
    "channels_select",
    "multi_static_select",
    "multi_external_select",
    "multi_users_select",
    "multi_conversations_select",
    "multi_channels_select",
    "timepicker",
}
INPUTS = (ACTIONS - {"button", "overflow"}) | {
    "plain_text_input",
    "email_text_input",
    "url_text_input",
    "number_text_input",
    "rich_text_input",
    "file_input",
}


def check_message_blocks(blocks: Any) -> None:  # noqa: ANN401
    """Raise `invalid_blocks` if a message can't hold these."""
    if not isinstance(blocks, list):
        raise Failure("invalid_blocks_format")
    found = complaints(blocks, MESSAGE_KINDS, MESSAGE_BLOCKS)
    if found:
        marked = [f"[ERROR] {one}" for one in found]
        raise Failure("invalid_blocks", errors=found, response_metadata={"messages": marked})


def complaints(blocks: list[Any], kinds: set[str], most: int, at: str = "/blocks") -> list[str]:
    """Return what is wrong with blocks."""
    found = []
    if len(blocks) > most:
        found.append(f"no more than {most} items allowed [json-pointer:{at}]")
    for number, block in enumerate(blocks):
        found += _block(block, kinds, f"{at}/{number}")
    ids = Counter(block["block_id"] for block in blocks if isinstance(block, dict) and block.get("block_id"))
    found += [f"block_id `{id_}` already exists [json-pointer:{at}]" for id_, times in ids.items() if times > 1]
    return found


def _block(block: Any, kinds: set[str], at: str) -> Iterator[str]:  # noqa: ANN401
    if not isinstance(block, dict) or block.get("type") not in kinds:
        kind = block.get("type") if isinstance(block, dict) else block
        yield f"unsupported type: {kind} [json-pointer:{at}/type]"
        return
    yield from length(block, "block_id", 255, at, required=False)
    check = BLOCKS.get(block["type"])
    if check is not None:
        yield from check(block, at)


def _section(block: Json, at: str) -> Iterator[str]:
    if "text" not in block and not block.get("fields"):
        yield f"missing required field: text or fields [json-pointer:{at}]"
    if "text" in block:
        yield from text_object(block["text"], 3000, f"{at}/text")
    fields = block.get("fields", [])
    if len(fields) > 10:
        yield f"no more than 10 items allowed [json-pointer:{at}/fields]"
    for number, field in enumerate(fields):
        yield from text_object(field, 2000, f"{at}/fields/{number}")
    if "accessory" in block:
        yield from element(block["accessory"], ACTIONS | {"image"}, f"{at}/accessory")


def _header(block: Json, at: str) -> Iterator[str]:
    yield from text_object(block.get("text"), 150, f"{at}/text", plain=True)


def _context(block: Json, at: str) -> Iterator[str]:
    elements = block.get("elements", [])
    if not 1 <= len(elements) <= 10:
        yield f"must have 1 to 10 items [json-pointer:{at}/elements]"
    for number, one in enumerate(elements):
        if isinstance(one, dict) and one.get("type") == "image":
            yield from element(one, {"image"}, f"{at}/elements/{number}")
        else:
            yield from text_object(one, 3000, f"{at}/elements/{number}")


def _actions(block: Json, at: str) -> Iterator[str]:
    elements = block.get("elements", [])
    if not 1 <= len(elements) <= 25:
        yield f"must have 1 to 25 items [json-pointer:{at}/elements]"
    for number, one in enumerate(elements):
        yield from element(one, ACTIONS, f"{at}/elements/{number}")
    ids = Counter(one.get("action_id") for one in elements if isinstance(one, dict) and one.get("action_id"))
    yield from (f"action_id `{id_}` already exists [json-pointer:{at}]" for id_, times in ids.items() if times > 1)


def _input(block: Json, at: str) -> Iterator[str]:
    yield from text_object(block.get("label"), 2000, f"{at}/label", plain=True)
    if "hint" in block:
        yield from text_object(block["hint"], 2000, f"{at}/hint", plain=True)
    yield from element(block.get("element"), INPUTS, f"{at}/element")


def _image(block: Json, at: str) -> Iterator[str]:
    yield from length(block, "alt_text", 2000, at)
    yield from length(block, "image_url", 3000, at, required="slack_file" not in block)
    if "title" in block:
        yield from text_object(block["title"], 2000, f"{at}/title", plain=True)


def _markdown(block: Json, at: str) -> Iterator[str]:
    yield from length(block, "text", 12000, at)


BLOCKS: dict[str, Callable[[Json, str], Iterator[str]]] = {
    "section": _section,
    "header": _header,
    "context": _context,
    "actions": _actions,
    "input": _input,
    "image": _image,
    "markdown": _markdown,
}
