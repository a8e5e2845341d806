"""What somebody has before their eyes in Slack's client, in the words of all drivers."""

import re
from collections.abc import Mapping

from adapters.slack import forms
from tests.drivers.driver import Seen, SeenField, SeenForm
from tests.stand_ins.slack import Json, Message, View

_LINK = re.compile(r"/archives/([^/]+)/p(\d+)(\d{6})$")


def is_slacks_own(message: Message) -> bool:
    """Tell whether a message is one of Slack's own: that somebody came, or changed the topic."""
    return message.body.get("subtype") not in (None, "file_share", "thread_broadcast", "me_message")


def plain(text: str) -> str:
    """Return a text as it is seen."""
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


def seen_in(
    blocks: list[Json],
    id_: str,
    edited: bool = False,
    images: Mapping[str, str] | None = None,
    files: Mapping[str, bytes] | None = None,
) -> Seen:
    """Return a message by its blocks."""
    items = [item for block in blocks if block["type"] == "actions" for item in block["elements"]]
    found = {plain(item["text"]["text"]): item for item in items}
    return Seen(
        texts=tuple(text for block in blocks for text in _texts(block)),
        buttons={label: item["value"] for label, item in found.items() if "url" not in item},
        links={label: _place(item["url"]) for label, item in found.items() if "url" in item},
        edited=edited,
        id=id_,
        images=images or {},
        files=files or {},
    )


def is_file(block: Json) -> bool:
    """Tell whether a block says where a file is."""
    return bool(block["type"] == "context" and block["block_id"].startswith("file"))


def _texts(block: Json) -> list[str]:
    match block["type"]:
        case "header" | "section":
            return [plain(block["text"]["text"])]
        case "context" if not is_file(block):
            return [plain(one["text"]) for one in block["elements"]]
    return []


def _place(url: str) -> tuple[str, str]:
    """Return the channel and the message to which a link leads; on another platform, its address alone."""
    found = _LINK.search(url)
    assert found or "slack.com" not in url, url
    return (found[1], f"{found[2]}.{found[3]}") if found else (url, "")


def seen_view(view: View, images: Mapping[str, str], files: Mapping[str, bytes]) -> Seen:
    """Return what is open on the screen: a form, or a message, with what was sent beside it."""
    if view.body.get("callback_id") != forms.FORM:
        return seen_in(view.blocks, view.id, images=images, files=files)
    title, first = plain(view.title), view.blocks[0] if view.blocks else {}
    if first.get("type") == "section":  # a title that is too long for its place
        title = plain(first["text"]["text"])
    fields = tuple(_field(view, block) for block in view.inputs.values())
    return Seen(form=SeenForm(title, forms.action(view.body), plain(view.body["submit"]["text"]), fields))


def _field(view: View, block: Json) -> SeenField:
    one = block["element"]
    return SeenField(
        name=one["action_id"],
        label=plain(block["label"]["text"]),
        value=typed_in(view, one["action_id"]),
        hint=plain(block.get("hint", {}).get("text", "")),
        required=not block.get("optional", False),
        long=one.get("multiline", False),
        limit=one.get("max_length", 200),
        choices={option["value"]: plain(option["text"]["text"]) for option in one.get("options", ())},
        file=one["type"] == "file_input",
        several=one["type"] in forms.SEVERAL,
    )


def typed_in(view: View, name: str) -> str:
    """Return what is in a field now."""
    return forms.values({"state": {"values": view.values}}).get(name, "")
