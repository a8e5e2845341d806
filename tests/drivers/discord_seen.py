"""What somebody has before their eyes in Discord's client, in the words of all drivers."""

import re
from collections.abc import Callable, Iterator

from adapters.discord import forms, render
from adapters.discord.render import read_custom_id
from tests.adapters.discord.markdown import shown
from tests.drivers.driver import Seen, SeenField, SeenForm
from tests.stand_ins.discord import Json, Message
from tests.stand_ins.discord.interactions import Modal

Show = Callable[[str], str]  # how a text looks to somebody

_LINK = re.compile(r"/channels/(\d+|@me)/(\w+)/(\d+)$")


def seen_in(messages: list[Message], show: Show) -> list[Seen]:
    """Show messages; the parts of one as one."""
    seen: list[Seen] = []
    waiting: list[Message] = []
    for one in messages:
        mark = render.marked({"components": one.components})
        waiting.append(one)
        if mark is not None and mark & 1:
            before = [render.part_mark(mark, number) for number in range(len(waiting))]
            parts = [each for each in waiting[:-1] if render.marked({"components": each.components}) in before]
            seen = seen[: len(seen) - len(parts)]
            seen.append(_seen([*parts, one], show))
            waiting = []
        elif one.to is not None and seen and len(messages) > 1:
            seen[-1] = _seen(waiting, show)
        else:
            seen.append(_seen([one], show))
    return seen


def _seen(parts: list[Message], show: Show) -> Seen:
    every = [component for one in parts for component in one.components]
    found = {item["label"]: item for one in parts for item in buttons(one)}
    files = {file.name: file for one in parts for file in one.files}
    images = {
        name: item.get("description") or ""
        for component in every
        if component["type"] == render.GALLERY
        for item in component["items"]
        for name in files
        if item["media"]["url"].rstrip("/").endswith(name)
    }
    return Seen(
        texts=tuple(show(one["content"]) for one in every if one["type"] == render.TEXT),
        buttons={label: read_custom_id(item["custom_id"])[0] for label, item in found.items() if "custom_id" in item},
        links={label: _place(item["url"]) for label, item in found.items() if "url" in item},
        edited=any(one.edited is not None for one in parts),
        id=parts[-1].id,
        images=images,
        files={name: file.content for name, file in files.items() if name not in images},
    )


def buttons(message: Message) -> list[Json]:
    """Return the buttons and links below a message."""
    rows = [component for component in message.components if component["type"] == render.ROW]
    return [item for row in rows for item in row["components"]]


def _place(url: str) -> tuple[str, str]:
    """Return the channel and the message to which a link leads; on another platform, its address alone."""
    found = _LINK.search(url)
    assert found or "discord.com" not in url, url
    return (found[2], found[3]) if found else (url, "")


def fields(modal: Modal) -> dict[str, Json]:
    """Return what can be filled in, by name."""
    return {row["component"]["custom_id"]: row["component"] for row in modal.body["components"] if "component" in row}


def _rows(modal: Modal) -> Iterator[tuple[Json, str, str]]:
    """Yield the fields with their labels and hints, which stand above them where they are too long."""
    above: list[str] = []
    for row in modal.body["components"]:
        if "component" not in row:
            above = shown(row["content"]).split("\n")
            continue
        label, hint = row["label"], row.get("description") or ""
        if label.endswith("…") and above:
            label, *above = above
        yield row["component"], label, hint or "\n".join(above)
        above = []


def labels(modal: Modal) -> dict[str, str]:
    """Return what stands at the fields, by their names."""
    return {component["custom_id"]: label for component, label, _ in _rows(modal)}


def value_of(field: Json) -> str:
    """Return what is in a field before anybody touches it."""
    ticked = ",".join(one["value"] for one in field.get("options", ()) if one.get("default"))
    return str(field.get("value", ticked))


def seen_form(modal: Modal) -> SeenForm:
    """Return a form that is open on the screen, or a step of one."""
    title = re.sub(r" \(\d+/\d+\)$", "", modal.title)
    first = modal.body["components"][0]
    if title.endswith("…") and "content" in first:
        title = shown(first["content"])
    action = forms.opened_with(modal.body)[0]
    return SeenForm(title, action, "", tuple(_field(*row) for row in _rows(modal)))


def _field(one: Json, label: str, hint: str) -> SeenField:
    return SeenField(
        name=one["custom_id"],
        label=label,
        value=value_of(one),
        hint=hint,
        required=one.get("required", True),
        long=one.get("style") == forms.LONG,
        limit=one.get("max_length", 200),
        choices={option["value"]: option["label"] for option in one.get("options", ())},
        file=one["type"] == forms.UPLOAD,
        several=one["type"] == forms.SELECT and "max_values" in one,
    )
