"""Commands as Discord writes them: what is typed after one stands behind its option's name.

`/mentor link ABCDE-FGHJK` is `/mentor link code: ABCDE-FGHJK` there, which can be copied as it is.
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from bot.feature import Feature
from bot.views import Block, Heading, Message, Note, Text

# A command before somebody, an address or a code; before anything else the sentence may just go on.
_TYPED = re.compile(r"(/[a-z-]+ [a-z]+) (?=@|[^\s@]+@|[A-Z2-9]{5}-[A-Z2-9]{5}\b)")


class Spelling:
    """Knows the first option of each command."""

    def __init__(self, features: Sequence[Feature]) -> None:
        """Spell the commands of these features."""
        commands = [command for feature in features for command in (*feature.newcomers, *feature.commands)]
        self._first = {f"/{one.root} {one.name}": one.options[0].name for one in commands if one.options}

    def message(self, said: Message) -> Message:
        """Return a message with its commands spelled."""
        return Message(tuple(map(self._block, said.blocks)))

    def _block(self, block: Block) -> Block:
        match block:
            case Text(words) | Heading(words) | Note(words):
                return replace(block, text=_TYPED.sub(self._spelled, words))
        return block

    def _spelled(self, found: re.Match[str]) -> str:
        option = self._first.get(found[1])
        return found[0] if option is None else f"{found[1]} {option}: "
