"""Messages as Discord shows them: components (version 2), in as many messages as their texts need.

`content` and these components exclude each other; components read better and hold twice as much. Each component may
have an integer id of the bot's own: that of a message's first one is its mark, by which it is found again. A button's
custom_id is what it does, behind a sign that makes it unique in its message, and in direct messages also the server
that it is about.
"""

import hashlib
import re
from base64 import urlsafe_b64decode, urlsafe_b64encode
from binascii import Error
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from adapters.discord import limits, text
from adapters.discord.guild import is_id
from adapters.discord.text import Json
from bot.cutting import size
from bot.people import Place
from bot.views import Actions, Block, Button, File, Heading, Image, Link, Message, Note, Text

COMPONENTS_V2 = 1 << 15
EPHEMERAL = 1 << 6
ROW, BUTTON, TEXT, GALLERY, FILE = 1, 2, 10, 12, 13
PRIMARY, SECONDARY, LINK = 1, 2, 5
NOBODY: Json = {"parse": []}  # whom a message may mention
HERE = "https://discord.com/channels"
OWN = "!"  # how the custom_ids of the adapter's own buttons begin
_HOME = "@"
_SIGNS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ+*/=$%&?"  # an action begins with a small letter
_NOTHING = "…"
_LEAST_MARK = 1 << 20  # ids that Discord gives by itself are small
_ODD = re.compile(r"[^A-Za-z0-9._-]+")


@dataclass(frozen=True, slots=True)
class Rendered:
    """One message; pictures and files go along with it, under their names in it."""

    components: tuple[Json, ...]
    files: Mapping[str, Image | File]


def messages(view: Message, home: str | None = None) -> list[Rendered]:
    """Render a message, in several if it is too much for one. `home`: it is a direct one, about this server."""
    parts = _packed(_named(view.blocks))
    return [replace(part, components=tuple(_numbered(part.components, home))) for part in parts]


def payload(part: Rendered, *, mark: int | None = None, private: bool = False) -> Json:
    """Return one message as it is sent; `private`: for whoever asked alone."""
    components = list(part.components)
    if mark is not None:
        components[0] = {**components[0], "id": mark}
    return {
        "components": components,
        "flags": COMPONENTS_V2 | (EPHEMERAL if private else 0),
        "allowed_mentions": NOBODY,
        "attachments": [_attachment(number, name, file) for number, (name, file) in enumerate(part.files.items())],
    }


def uploads(part: Rendered) -> list[Json]:
    """Return the files of a message as fields of a multipart form."""
    kind = "application/octet-stream"
    return [
        {"name": f"files[{number}]", "value": file.content, "filename": name, "content_type": kind}
        for number, (name, file) in enumerate(part.files.items())
    ]


def mark(target: str, key: str) -> int:
    """Return the id of a message's first component, an even number: the next one is for a message of several parts."""
    return _hashed(f"{target}\n{key}") & ~1


def part_mark(last: int, before: int) -> int:
    """Return the mark of the part that stands so many messages before the last one, or behind it."""
    return _hashed(f"{last & ~1}\n{before}") & ~1


def marked(message: Json) -> int | None:
    """Return the mark of a message."""
    components = message.get("components") or [{}]
    found = components[0].get("id")
    return found if isinstance(found, int) and found >= _LEAST_MARK else None


def nonce(mark_: int, target: str) -> str:
    """Return what makes Discord drop a message that is sent again at once; it is the app's alone in all places."""
    return hashlib.sha256(f"{mark_ & ~1} {target}".encode()).hexdigest()[: limits.NONCE]


def permalink(place: Place, message: str) -> str:
    """Return where a message is found."""
    return f"{HERE}/{place.workspace}/{place.channel}/{message}"


def custom_id(action: str, number: int = 0, home: str | None = None) -> str:
    """Return a button's or modal's id; what there is no room for is left out, and the action never."""
    sign = _SIGNS[number % len(_SIGNS)]
    whole = sign + ("" if home is None else _home(home)) + action
    return next((one for one in (whole, sign + action) if len(one) <= limits.ID), action)


def read_custom_id(written: str) -> tuple[str, str | None]:
    """Return the action that a button or modal was given out with, and the server that it is about, if it says so."""
    rest = written[1:] if written[:1] and written[0] in _SIGNS else written
    if not rest.startswith(_HOME):
        return rest, None
    try:
        home = str(int.from_bytes(urlsafe_b64decode(rest[1:12] + "="), "big"))
    except (Error, ValueError):
        return rest, None
    return rest[12:], home if is_id(home) else None


def _home(guild: str) -> str:
    return _HOME + urlsafe_b64encode(int(guild).to_bytes(8, "big")).decode().rstrip("=")


def _hashed(words: str) -> int:
    digest = int.from_bytes(hashlib.sha256(words.encode()).digest()[:8], "big")
    return _LEAST_MARK + digest % (limits.COMPONENT_ID - _LEAST_MARK - 1)


# From blocks to components.


@dataclass(frozen=True, slots=True)
class _Piece:
    """A component, and what it takes up of its message."""

    component: Json
    letters: int = 0
    number: int = 1
    file: tuple[str, Image | File] | None = None


def _named(blocks: Sequence[Block]) -> Iterator[_Piece]:
    """Yield what a message is made of; files get names that Discord takes, each its own."""
    taken: set[str] = set()
    for block in blocks:
        name = ""
        if isinstance(block, Image | File):
            name = _file_name(block.name, taken)
            taken.add(name)
        yield from _pieces(block, name)


def _pieces(block: Block, name: str) -> Iterator[_Piece]:
    match block:
        case Text(words):
            yield from map(_text, text.pieces(words, limits.TEXT))
        case Heading(words):
            yield from _heading(words)
        case Note(words):
            yield from map(_text, text.pieces(words, limits.TEXT, small=True))
        case Actions(items):
            for start in range(0, len(items), limits.ROW):
                row = [_item(item) for item in items[start : start + limits.ROW]]
                yield _Piece({"type": ROW, "components": row}, number=1 + len(row))
        case Image(_, _, words):
            if size(text.clean(words)) > limits.ALTERNATIVE:
                yield from map(_text, text.pieces(words, limits.TEXT))
            described = {"description": alternative} if (alternative := _alternative(block)) else {}
            item = {"media": {"url": f"attachment://{name}"}, **described}
            yield _Piece({"type": GALLERY, "items": [item]}, number=2, file=(name, block))
        case File(_, _, words):
            yield from map(_text, text.pieces(words, limits.TEXT))
            yield _Piece({"type": FILE, "file": {"url": f"attachment://{name}"}}, file=(name, block))


def _text(content: str) -> _Piece:
    return _Piece({"type": TEXT, "content": content}, letters=size(content))


def _heading(words: str) -> Iterator[_Piece]:
    """Render a heading; one that is long, or has lines, as a paragraph."""
    whole = text.clean(words).strip()
    if len(whole.splitlines()) != 1 or size(whole) > limits.HEADING:
        yield from map(_text, text.pieces(words, limits.TEXT))
    else:
        yield _text(text.heading(whole))


def _item(item: Button | Link) -> Json:
    shown: Json = {"type": BUTTON, "label": text.label(item.label, limits.BUTTON)}
    match item:
        case Button(_, action, primary):
            return {**shown, "style": PRIMARY if primary else SECONDARY, "custom_id": action}
        case Link(_, place, message_id, address):
            return {**shown, "style": LINK, "url": address or permalink(place, message_id)}


def _alternative(block: Image | File) -> str:
    return text.short(block.text, limits.ALTERNATIVE).strip()


def _attachment(number: int, name: str, file: Image | File) -> Json:
    described = {"description": words} if isinstance(file, Image) and (words := _alternative(file)) else {}
    return {"id": number, "filename": name, **described}


def _file_name(name: str, taken: set[str]) -> str:
    """Return a name that Discord leaves as it is."""
    stem, dot, kind = _ODD.sub("_", name)[-limits.ALTERNATIVE // 2 :].rpartition(".")
    stem, end = (stem, dot + kind) if stem else (kind, "")
    stem = stem.strip("._") or "file"
    names = [f"{stem}{end}", *(f"{stem}-{number}{end}" for number in range(2, len(taken) + 3))]
    return next(one for one in names if one not in taken)


# From components to messages.


def _packed(pieces: Iterable[_Piece]) -> list[Rendered]:
    """Put pieces into as few messages as hold them, in their order."""
    parts: list[list[_Piece]] = [[]]
    for piece in pieces:
        if parts[-1] and not _fits([*parts[-1], piece]):
            parts.append([])
        parts[-1].append(piece)
    return [_rendered(part or [_text(_NOTHING)]) for part in parts]


def _fits(part: Sequence[_Piece]) -> bool:
    files = [piece.file[1] for piece in part if piece.file is not None]
    return (
        sum(piece.letters for piece in part) <= limits.TEXT
        and sum(piece.number for piece in part) <= limits.COMPONENTS
        and len(files) <= limits.FILES
        and sum(len(file.content) for file in files) <= limits.FILE_BYTES
    )


def _rendered(part: Sequence[_Piece]) -> Rendered:
    return Rendered(tuple(piece.component for piece in part), dict(piece.file for piece in part if piece.file))


def _numbered(components: Sequence[Json], home: str | None) -> Iterator[Json]:
    """Make the buttons' ids unique in their message."""
    number = 0
    for component in components:
        if component["type"] != ROW:
            yield component
            continue
        row: list[Json] = []
        for one in component["components"]:
            if "custom_id" in one:
                row.append({**one, "custom_id": custom_id(one["custom_id"], number, home)})
                number += 1
            else:
                row.append(one)
        yield {**component, "components": row}
