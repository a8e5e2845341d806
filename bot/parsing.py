"""From the text after a slash command to the command and its options, for platforms without typed options."""

import re
from collections.abc import Iterator, Mapping, Sequence
from difflib import get_close_matches

from bot.errors import UserError
from bot.feature import Command, Option
from bot.language import t

LONGEST = 2_000  # characters: room for eighty people, each of whom has an id of twenty letters on Discord

# A word, or several in quotes of any kind that keyboards make; `until:Monday` is an option's name and its first word.
_QUOTED = '"[^"]*"|“[^”]*”|„[^“”]*[“”]|”[^”]*”|«[^»]*»'
_WORD = re.compile(rf"(?:([^\W\d_]+)[:=])?(?:({_QUOTED})([,;]?)(?!\S)|(\S+))")


def find(commands: Sequence[Command], root: str, text: str) -> tuple[Command, dict[str, str]]:
    """Return the command that `text` begins with, and what was typed for its options.

    Raises UserError, naming the nearest command, if there is none of that name.
    """
    mine = {command.name: command for command in commands if command.root == root}
    word, rest = first_word(text)
    command = mine.get(word.lower() or "help")
    if command is None:
        raise UserError(_unknown(root, word, list(mine)))
    return command, options(command.options, rest)


def first_word(text: str) -> tuple[str, str]:
    """Take the name of a command from what is typed after it."""
    word, *rest = text[:LONGEST].split(maxsplit=1) or [""]
    return word, "".join(rest)


def options(declared: Sequence[Option], rest: str) -> dict[str, str]:
    """Read `Monday since yesterday`: words before any option's name belong to the first option.

    What stands in quotes is never taken for a name: `pair "By Amara" with Lena`.
    """
    names = {word: option.name for option in declared for word in (option.name, *option.also)}
    found: dict[str, list[str]] = {}
    current = declared[0].name if declared else ""
    for word, quoted in _words(rest, names):
        name = None if quoted else names.get(word.lower().rstrip(":"))
        if name is not None and not found.get(name):
            current = name
            found[current] = []
        elif declared:
            found.setdefault(current, []).append(word)
    return {name: " ".join(filter(None, words)) for name, words in found.items()}


def _words(rest: str, names: Mapping[str, str]) -> Iterator[tuple[str, bool]]:
    """Yield the words, and whether they stood in quotes."""
    for found in _WORD.finditer(rest):
        before, quoted, comma, plain = found.groups()
        if before is not None and before.lower() in names:
            yield before, False
        elif before is not None:
            yield found[0], False
            continue
        yield (plain, False) if quoted is None else (quoted[1:-1].strip() + comma, True)


def checked(declared: Sequence[Option], given: Mapping[str, str]) -> dict[str, str]:
    """Keep the options that a command has."""
    names = {option.name for option in declared}
    return {name: value[:LONGEST] for name, value in given.items() if name in names}


def _unknown(root: str, word: str, known: list[str]) -> str:
    near = get_close_matches(word.lower(), known, n=1)
    typed = f"/{root} {word[:40]}"
    if near:
        return t('I don\'t know "{typed}". Did you mean {near}?', typed=typed, near=f"/{root} {near[0]}")
    return t('I don\'t know "{typed}". What I can do: {help}', typed=typed, help=f"/{root} help")
