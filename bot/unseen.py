"""Which calls leave no trace: those to features that are `unseen`, and what is mistyped near one of their commands.

Such a call is in no inbox, no metric and no log, and not in when an account was used last. So it may come twice to its
handler, which has to know by itself what it did already. Adapters ask here as well, before they do anything with a
call, and hush.
"""

from collections.abc import Sequence
from contextlib import AbstractContextManager, nullcontext
from difflib import get_close_matches

from bot import calls, hush
from bot.calls import Call
from bot.feature import Feature, PersonShortcut, Shortcut
from bot.parsing import first_word
from bot.views import File, Image, Message, Reply

WORDS = 30  # of a command that nobody knows, in which one of theirs is looked for


class Unseen:
    """What of all features is unseen, and what went wrong in it."""

    def __init__(self, features: Sequence[Feature]) -> None:
        """Gather what the features declare. Raises ValueError for what can't go without a trace."""
        mine = [feature for feature in features if feature.unseen]
        self._rooms = tuple(f"{feature.name}." for feature in mine)
        self._actions = {name for feature in mine for name in _actions(feature)}
        self._commands = {name for feature in mine for name in _commands(feature)}
        self._others = {name for feature in features if not feature.unseen for name in _commands(feature)}
        self._words = sorted({word for _, word in self._commands})
        self._faults = hush.Faults()
        for feature in mine:
            _check(feature)

    def covers(self, call: Call) -> bool:
        """Tell whether a call must leave no trace."""
        match call:
            case calls.Command():
                return self.covers_command(call.root, call.text)
            case calls.Press() | calls.Submit():
                return self.covers_action(call.action)
            case calls.Shortcut() | calls.PersonShortcut():
                return self.covers_action(call.name)
        return False

    def covers_action(self, action: str) -> bool:
        """Tell the same of a button, a form or an entry of a menu; also of one that is no longer declared."""
        return action.partition(":")[0] in self._actions or action.startswith(self._rooms)

    def covers_command(self, root: str, text: str) -> bool:
        """Tell the same of what was typed; of what no command begins with, if a word of it may have meant one."""
        typed = root, first_word(text)[0].lower()
        if typed in self._commands or typed in self._others:
            return typed in self._commands
        return any(get_close_matches(word, self._words, 1) for word in text.lower().split()[:WORDS])

    def hush(self, *, when: bool = True) -> AbstractContextManager[None]:
        """Log nothing until the end of this; errors that would have been logged are kept."""
        return hush.quiet(self._faults) if when else nullcontext()

    def keep(self, error: BaseException) -> None:
        """Keep an error until the day's tidying."""
        self._faults.keep(error)

    def tell(self) -> None:
        """Log the errors that were kept."""
        self._faults.tell()


def shown(reply: Reply | None) -> Reply | None:
    """Return an answer that everywhere only its reader sees. Raises ValueError for one with a file in it.

    Where private answers can't show files, they would go into the direct conversation.
    """
    if isinstance(reply, Message) and any(isinstance(block, File | Image) for block in reply.blocks):
        raise ValueError("an unseen feature shows no files")
    return reply


def _actions(feature: Feature) -> list[str]:
    buttons = [*feature.buttons, *feature.forms]
    menus: list[Shortcut | PersonShortcut] = [*feature.shortcuts, *feature.person_shortcuts]
    return [*(button.name for button in buttons), *(entry.name for entry in menus)]


def _commands(feature: Feature) -> set[tuple[str, str]]:
    return {(one.root, one.name) for one in (*feature.commands, *feature.newcomers)}


def _check(feature: Feature) -> None:
    """Let no platform be asked for people, which could be seen."""
    commands = [*feature.commands, *feature.newcomers]
    people = [option for command in commands for option in command.options if option.people]
    if people or any(form.look_up for form in feature.forms):
        msg = f"{feature.name} is unseen, so no platform can be asked for people"
        raise ValueError(msg)
