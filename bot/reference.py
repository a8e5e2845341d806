"""The reference of everything that can be asked of the bot, made from what the features declare (docs/commands.md)."""

from collections.abc import Sequence

from bot.feature import Command, Feature
from bot.people import EVERYONE, Role


def reference(features: Sequence[Feature]) -> str:
    """Return the reference as Markdown."""
    commands = [command for feature in features for command in feature.commands]
    shortcuts = [shortcut for feature in features for shortcut in feature.shortcuts]
    people = [shortcut for feature in features for shortcut in feature.person_shortcuts]
    return "\n".join(
        [
            "# Commands",
            "",
            "Made from the code by `mentorbot commands`. An answer is shown to whoever asked, and to nobody else.",
            "",
            "| command | what it does | who |",
            "| --- | --- | --- |",
            *map(_row, sorted(commands, key=lambda command: (command.root, command.name))),
            "",
            "In a message's own menu:",
            "",
            "| entry | who |",
            "| --- | --- |",
            *(f"| {shortcut.label} | {_who(shortcut.who)} |" for shortcut in shortcuts),
            "",
            "On Discord also in a person's own menu (a right-click on their name, then Apps):",
            "",
            "| entry | who |",
            "| --- | --- |",
            *(f"| {shortcut.label} | {_who(shortcut.who)} |" for shortcut in people),
            "",
        ]
    )


def _row(command: Command) -> str:
    options = "".join(f"<br>`{option.name}`: {option.help}" for option in command.options)
    return f"| `/{command.root} {command.name}` | {command.help}{options} | {_who(command.who)} |"


def _who(roles: frozenset[Role]) -> str:
    return "everybody" if roles == EVERYONE else ", ".join(f"{role}s" for role in sorted(roles))
