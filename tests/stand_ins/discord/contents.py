"""What may stand in a message, and how what was sent becomes one."""

from typing import TYPE_CHECKING, Any

from tests.stand_ins.discord import components, mentions, rules_components
from tests.stand_ins.discord.community import EPHEMERAL, V2, Channel, File, Message
from tests.stand_ins.discord.errors import Failure, Json, too_long, wrong
from tests.stand_ins.discord.registry import Asked

if TYPE_CHECKING:
    from tests.stand_ins.discord.state import State

CONTENT, EMBEDS, FILES, NONCE = 2000, 10, 10, 25
SUPPRESSES = (1 << 2) | (1 << 12)  # embeds, notifications
LEGACY = ("content", "embeds", "poll", "sticker_ids")


def check(body: Json, *, flags: int, files: list[str], rows: list[Json]) -> None:
    """Raise unless a message's body is as it may be; with the flags, files and components that it will have."""
    content, embeds = body.get("content"), body.get("embeds") or []
    if content is not None and not isinstance(content, str):
        raise wrong("content", "STRING_TYPE_CONVERT", "Could not interpret the value as a string.")
    if len(content or "") > CONTENT:
        raise too_long("content", CONTENT)
    if len(embeds) > EMBEDS:
        raise too_long("embeds", EMBEDS)
    if len(files) > FILES:
        raise too_long("attachments", FILES)
    modern = bool(flags & V2)
    for name in LEGACY:
        if modern and body.get(name):
            raise wrong(name, "MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2", f"{name} can't be used with V2")
    rules_components.check_message(rows, modern=modern, files=files)
    mentions.check(body.get("allowed_mentions"))


def check_nonce(nonce: Any) -> None:  # noqa: ANN401
    """Raise unless a nonce is as it may be."""
    if nonce is not None and (not isinstance(nonce, str | int) or len(str(nonce)) > NONCE):
        raise wrong("nonce", "NONCE_TYPE_TOO_LONG", f"Nonce must be {NONCE} or fewer in length.")


def flags_of(body: Json, *, ephemeral: bool = False) -> int:
    """Return the flags that a new message may have; others are none of the app's business."""
    return int(body.get("flags") or 0) & (SUPPRESSES | V2 | (EPHEMERAL if ephemeral else 0))


def uploaded(state: "State", asked: Asked) -> list[File]:
    """Return the files that came with a request, described as its attachments say."""
    about = {str(one["id"]): one for one in asked.json.get("attachments") or ()}
    rows: list[File] = []
    for number, (name, content, kind) in asked.files.items():
        told = about.get(number, {})
        rows.append(File(state.ids.new(), told.get("filename") or name, content, kind, told.get("description")))
    return rows


def compose(state: "State", channel: Channel, asked: Asked, author: str, *, ephemeral: bool = False) -> Message:
    """Return a new message, as it was sent."""
    body, files = asked.json, uploaded(state, asked)
    flags, rows = flags_of(body, ephemeral=ephemeral), components.numbered(body.get("components"))
    check(body, flags=flags, files=[file.name for file in files], rows=rows)
    if not (body.get("content") or "").strip() and not any((body.get("embeds"), body.get("components"), files)):
        raise Failure(400, 50006, "Cannot send an empty message")
    message = Message(state.ids.new(), channel.id, author, (body.get("content") or "").strip(), flags=flags)
    message.components, message.embeds = rows, body.get("embeds") or []
    message.files = files
    return message


def notify(state: "State", channel: Channel, message: Message, allowed: Json | None) -> None:
    """Note whom a message mentions, in its text or in its components."""
    texts = [message.content, *components.texts(message.components)]
    mentions.apply(state, channel, message, "\n".join(texts), allowed)


def edited(state: "State", channel: Channel, message: Message, asked: Asked) -> Json:
    """Return what changes in a message; what isn't named stays, and Components V2 stay what they are."""
    body, files = asked.json, uploaded(state, asked)
    flags = message.flags | flags_of(body)
    after: Json = {"flags": flags}
    for name in ("content", "embeds", "components"):
        if name in body:
            after[name] = body[name] or ("" if name == "content" else [])
    if "components" in after:
        after["components"] = components.numbered(after["components"])
    if "attachments" in body:
        kept = {str(one["id"]) for one in body["attachments"] or ()}
        after["files"] = [file for file in message.files if file.id in kept] + files
    elif files:
        after["files"] = [*message.files, *files]
    if flags & V2 and not message.flags & V2:
        after |= {"content": "", "embeds": []}
    left = {**vars(message), **after}
    check(body, flags=flags, files=[file.name for file in left["files"]], rows=left["components"])
    if not any(left[name] for name in ("content", "embeds", "components", "files")):
        raise Failure(400, 50006, "Cannot send an empty message")
    told = "\n".join([left["content"], *components.texts(left["components"])])
    mentions.again(state, channel, message, told, body.get("allowed_mentions"))
    return after
