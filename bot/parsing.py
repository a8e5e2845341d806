"""From the text after a slash command to the command and its options, for platforms without typed options."""

from collections.abc import Mapping, Sequence
from difflib import get_close_matches

from bot.errors import UserError
from bot.feature import Command, Option
from bot.language import t

LONGEST = 500  # characters; no command needs more


def find(commands: Sequence[Command], root: str, text: str) -> tuple[Command, dict[str, str]]:
    """Return the command that `text` begins with, and what was typed for its options.

    Raises UserError, naming the nearest command, if there is none of that name.
    """
    mine = {command.name: command for command in commands if command.root == root}
    word, _, rest = text[:LONGEST].strip().partition(" ")
    command = mine.get(word.lower() or "help")
    if command is None:
        raise UserError(_unknown(root, word, list(mine)))
    return command, options(command.options, rest)


def options(declared: Sequence[Option], rest: str) -> dict[str, str]:
    """Read `Monday since yesterday`: words before any option's name belong to the first option."""
    names = {word: option.name for option in declared for word in (option.name, *option.also)}
    found: dict[str, list[str]] = {}
    current = declared[0].name if declared else ""
    for word in rest.split():
        name = names.get(word.lower().rstrip(":"))
        if name is not None and not found.get(name):
            current = name
            found[current] = []
        elif declared:
            found.setdefault(current, []).append(word)
    return {name: " ".join(words) for name, words in found.items()}


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
