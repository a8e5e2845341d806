"""Messages as Slack shows them: blocks, and a text for notifications and screen readers.

What is too much for one message is brought closer together; only what is left then is cut. Pictures and files are
uploaded by whoever sends the message (`uploads`); in it stand what they show and what they are called.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby

from adapters.slack import limits, text
from adapters.slack.text import Json
from bot.cutting import size
from bot.people import Place
from bot.views import Actions, Block, Button, File, Heading, Image, Link, Message, Note, Text
from bot.wording import sent_directly

PRESS, LINK = "press", "link"  # how action ids begin: of what comes back as a Press, and of what only leads somewhere
FILE = "file"  # how block ids of lines begin that name an upload
_CLIP = "📎"
_NOTHING = "…"

Links = Callable[[Place, str], str]


@dataclass(frozen=True, slots=True)
class Rendered:
    """A message for Slack; both have to be sent, with `mrkdwn` off and nothing unfurled."""

    blocks: list[Json]
    text: str


def permalink(address: str, place: Place, message: str) -> str:
    """Return where a message is found; `address` is the workspace's own, as auth.test tells it."""
    return f"{address.rstrip('/')}/archives/{place.channel}/p{message.replace('.', '')}"


def uploads(view: Message) -> tuple[Image | File, ...]:
    """Return what has to be uploaded beside a message."""
    return tuple(block for block in view.blocks if isinstance(block, Image | File))


def message(view: Message, links: Links, *, most: int = limits.MESSAGE_BLOCKS, elsewhere: bool = False) -> Rendered:
    """Render a message in at most `most` blocks.

    `links` gives the address of a message. `elsewhere`: pictures and files go into the direct conversation, not to
    where the message is; it says so.
    """
    blocks: list[Json] = []
    for arranged in (view.blocks, _neighbours_together(view.blocks), _buttons_below(view.blocks)):
        blocks = [made for block in arranged for made in _block(block, links, elsewhere=elsewhere)]
        if len(blocks) <= most:
            break
    else:
        blocks = _cut(blocks, most)
    return Rendered(_numbered(blocks), _fallback(view))


def _block(block: Block, links: Links, *, elsewhere: bool) -> list[Json]:
    match block:
        case Text(words):
            return _sections(words)
        case Heading(words):
            return _heading(words)
        case Note(words):
            return [_context(piece) for piece in text.pieces(words, limits.TEXT)]
        case Actions(items):
            made = [_item(item, links) for item in items]
            rows = [made[start : start + limits.ROW] for start in range(0, len(made), limits.ROW)]
            return [{"type": "actions", "elements": row} for row in rows]
        case Image(name, _, words) | File(name, _, words):
            named = sent_directly(name) if elsewhere else name
            return [*_sections(words), _context(text.short(f"{_CLIP} {named}", limits.TEXT), FILE)]


def _sections(words: str) -> list[Json]:
    return [{"type": "section", "text": text.plain(piece)} for piece in text.pieces(words, limits.TEXT)]


def _heading(words: str) -> list[Json]:
    """Render a heading; one that is too long for a header, or has lines, as a paragraph."""
    whole = text.escape(words)
    if "\n" in whole or not whole.strip() or size(whole) > limits.HEADER:
        return _sections(words)
    return [{"type": "header", "text": text.plain(whole)}]


def _context(piece: str, kind: str = "") -> Json:
    named = {"block_id": kind} if kind else {}
    return {"type": "context", **named, "elements": [text.plain(piece)]}


def _item(item: Button | Link, links: Links) -> Json:
    shown = {"type": "button", "text": text.label(item.label, limits.BUTTON)}
    match item:
        case Button(_, action, primary):
            return {**shown, "action_id": PRESS, "value": action, **({"style": "primary"} if primary else {})}
        case Link(_, place, message_id, address):
            return {**shown, "action_id": LINK, "url": address or links(place, message_id)}


def _numbered(blocks: list[Json]) -> list[Json]:
    """Make ids unique in the whole message."""
    number = 0
    for block in blocks:
        if "block_id" in block:
            block["block_id"] += f".{number}"
        for element in block.get("elements", [block]):
            if "action_id" in element:
                element["action_id"] += f".{number}"
            number += 1
    return blocks


def _fallback(view: Message) -> str:
    items = [item for block in view.blocks if isinstance(block, Actions) for item in block.items]
    words = view.plain if view.plain.strip() else " · ".join(item.label for item in items)
    return text.short(words.strip(), limits.FALLBACK).strip() or _NOTHING  # of signs that nobody sees nothing is left


# Bringing closer together what is too much.


def _neighbours_together(blocks: Sequence[Block]) -> list[Block]:
    """Make one paragraph of those that follow each other, one note of notes, one row of rows."""
    return [made for kind, group in groupby(blocks, type) for made in _together(kind, list(group))]


def _together(kind: type[Block], group: Sequence[Block]) -> Iterable[Block]:
    if kind is Actions:
        return [_row(group)]
    if kind is Text or kind is Note:
        return [kind("\n".join(_words(group)))]
    return group


def _buttons_below(blocks: Sequence[Block]) -> list[Block]:
    """Make one text of all, with all buttons below."""
    return [Text("\n".join(_words(blocks))), _row(blocks)]


def _row(blocks: Sequence[Block]) -> Actions:
    return Actions(tuple(item for block in blocks if isinstance(block, Actions) for item in block.items))


def _words(blocks: Sequence[Block]) -> Iterable[str]:
    for block in blocks:
        if isinstance(block, Image | File):
            yield f"{block.text}\n{_CLIP} {block.name}"
        elif not isinstance(block, Actions):
            yield block.text


def _cut(blocks: list[Json], most: int) -> list[Json]:
    """Leave out the end of the text, and keep the buttons; say that there was more."""
    rows = [block for block in blocks if block["type"] == "actions"][: most - 1]
    words = [block for block in blocks if block["type"] != "actions"][: most - len(rows) - 1]
    return [*words, _context(_NOTHING), *rows]
