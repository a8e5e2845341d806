"""A report that is long is read in pages, by whoever made it and by whoever answers it: pure functions."""

from collections.abc import Iterable, Sequence

from bot.cutting import cut, fits, size
from bot.views import Block, Note, Text

PIECE = 2_500  # letters of a paragraph
LETTERS = 3_300  # of a page: with its buttons it is one message on every platform
BLOCKS = 20


def pages(blocks: Iterable[Block]) -> list[tuple[Block, ...]]:
    """Return blocks in pages, at least one; a paragraph that is longer is cut at a line or a word.

    What is in small print stands above something, and stays with it.
    """
    found: list[list[Block]] = [[]]
    room = LETTERS
    for block in (piece for whole in blocks for piece in _pieces(whole)):
        needed = _size(block)
        if found[-1] and (needed > room or len(found[-1]) >= BLOCKS):
            found.append([found[-1].pop()] if _stays(found[-1]) else [])
            room = LETTERS - sum(map(_size, found[-1]))
        found[-1].append(block)
        room -= needed
    return [tuple(page) for page in found]


def _stays(page: Sequence[Block]) -> bool:
    return len(page) > 1 and isinstance(page[-1], Note)


def _pieces(block: Block) -> Sequence[Block]:
    if not isinstance(block, Text) or size(block.text) <= PIECE:
        return [block]
    rest, pieces = block.text, []
    while rest:
        end = cut(rest, fits(rest, PIECE))
        pieces.append(Text(rest[:end]))
        rest = rest[end:]
    return pieces


def _size(block: Block) -> int:
    return size(getattr(block, "text", ""))
