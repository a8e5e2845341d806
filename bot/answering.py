"""How a feature declares what it answers: commands, buttons, forms, and entries of a message's or a person's menu."""

from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass, field
from typing import Any, TypeVar

from bot.context import Asked
from bot.cutting import cut, fits
from bot.declarations import ADMIN_ROOT, ROOT, Answer, Button, Command, LookUp, Option, PersonShortcut, Run, Shortcut
from bot.people import COORDINATORS, Role
from bot.views import Reply

LONGEST_QUOTE = 3_000  # characters of a message's text

R = TypeVar("R", bound=Run)
P = TypeVar("P", bound=Callable[[Asked, str], Awaitable[Reply]])


def quoted(entries: Iterable[Shortcut], name: str, text: str) -> str:
    """Return as much of a message's text as the entry of its menu is given; most entries get none."""
    quotes = any(entry.quotes for entry in entries if entry.name == name)
    return text[: cut(text, fits(text, LONGEST_QUOTE))] if quotes else ""


@dataclass
class Answering:
    """What a feature answers; what else it does is in `bot.feature`."""

    name: str
    unseen: bool = False  # calls to what it declares leave no trace: `bot.unseen` says what that means
    commands: list[Command] = field(default_factory=list)
    buttons: list[Button] = field(default_factory=list)
    forms: list[Button] = field(default_factory=list)
    shortcuts: list[Shortcut] = field(default_factory=list)
    person_shortcuts: list[PersonShortcut] = field(default_factory=list)
    newcomers: list[Command] = field(default_factory=list)

    def command(
        self,
        name: str,
        help_: str,
        *,
        who: frozenset[Role],
        root: str | None = None,
        options: tuple[Option, ...] = (),
        answer: Answer = Answer.PRIVATE,
    ) -> Callable[[R], R]:
        """Declare a command. Its function gets `Asked` and each option that was typed, by name.

        Without a `root` it stands with those for coordinators if only they may use it, and else with all others.
        """
        root = root or (ADMIN_ROOT if who == COORDINATORS else ROOT)

        def declare(run: R) -> R:
            self.commands.append(Command(root, name, help_, who, options, answer, run))
            return run

        return declare

    def newcomer(self, name: str, *, root: str = ROOT, options: tuple[Option, ...] = ()) -> Callable[[R], R]:
        """Declare what a command does for somebody who is no member. Its function gets `Newcomer` and the options.

        Who they are is asked of the platform before, but not for a feature that is `unseen`.
        """

        def declare(run: R) -> R:
            self.newcomers.append(Command(root, name, "", frozenset(), options, Answer.PRIVATE, run))
            return run

        return declare

    def button(
        self,
        name: str,
        *args: Callable[[str], Any],
        who: frozenset[Role],
        answer: Answer = Answer.PRIVATE,
        newcomers: bool = False,
    ) -> Callable[[R], R]:
        """Declare a button. Its function gets `Asked` and the action's arguments.

        `newcomers`: also for somebody who is no member; then it gets `Newcomer`.
        """

        def declare(run: R) -> R:
            self.buttons.append(Button(name, who, args, answer, run, newcomers=newcomers))
            return run

        return declare

    def form(
        self,
        name: str,
        *args: Callable[[str], Any],
        who: frozenset[Role],
        look_up: LookUp | None = None,
        newcomers: bool = False,
    ) -> Callable[[R], R]:
        """Declare what becomes of a form. Its function gets `Asked`, the action's arguments and the values.

        `look_up` says which people, by id, handle or address, the platform is to be asked for before; `newcomers` as
        for a button.
        """

        def declare(run: R) -> R:
            self.forms.append(Button(name, who, args, Answer.PRIVATE, run, look_up, newcomers))
            return run

        return declare

    def shortcut(self, name: str, label: str, *, who: frozenset[Role], quotes: bool = False) -> Callable[[R], R]:
        """Declare an entry of a message's menu. Its function gets `Asked`, place and message in it.

        `quotes`: the message's text is in it as well.
        """

        def declare(run: R) -> R:
            self.shortcuts.append(Shortcut(name, label, who, run, quotes))
            return run

        return declare

    def person_shortcut(self, name: str, label: str, *, who: frozenset[Role]) -> Callable[[P], P]:
        """Declare an entry of a person's menu. Its function gets `Asked` and the person's user id.

        Discord shows it; Slack and the playground have no such menu, so the same has to be had by a command as well.
        """

        def declare(run: P) -> P:
            self.person_shortcuts.append(PersonShortcut(name, label, who, run))
            return run

        return declare
