"""How a feature declares what it can do: each command, button, alarm … beside its function, with who may use it.

Nothing here runs anything: `bot.core` does. Slack's manifest, Discord's tree, the playground's menus and the
reference in docs/ are made from the same declarations.
"""

from collections.abc import Awaitable, Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any, TypeVar

from bot.calls import Upload
from bot.context import Asked, Context
from bot.facts import Fact
from bot.people import Account, Member, Place, Role
from bot.views import Block, Message, Reply
from storage.due import Alarm
from storage.outbox import OutboxRow

Run = Callable[..., Awaitable[Reply]]
LookUp = Callable[[Mapping[str, str], Mapping[str, Upload]], Collection[str]]
R = TypeVar("R", bound=Run)
A = TypeVar("A", bound=Callable[[Context, Sequence[Alarm]], Awaitable[None]])
D = TypeVar("D", bound=Callable[[Context], Awaitable[None]])
W = TypeVar("W", bound=Callable[[Asked], Awaitable[Sequence[Block]]])
G = TypeVar("G", bound=Callable[[Context, Member], Awaitable[str | None]])


def number(text: str) -> int:
    """Read a button's argument: a whole number that a database can hold. Raises ValueError for anything else."""
    if not (text.isascii() and text.isdigit() and len(text) <= 18):  # noqa: PLR2004 - 18 digits fit into 64 bits
        raise ValueError
    return int(text)


def word(text: str) -> str:
    """Read a button's argument: a word that a database can hold. Raises ValueError for anything else."""
    if not (text.isprintable() and 0 < len(text) <= 80):  # noqa: PLR2004 - longer than any platform's ids
        raise ValueError
    return text


class Answer(StrEnum):
    """How a handler answers. Discord has to know before the handler has run."""

    PRIVATE = "private"
    FORM = "form"


@dataclass(frozen=True, slots=True)
class Option:
    """Something that can be typed after a command: `until` in `/mentor away until Monday`."""

    name: str
    help: str
    also: tuple[str, ...] = ()  # other words for its name, where options are typed as text
    people: bool = False  # it names people of the platform, who need not be members: the platform is asked for them


@dataclass(frozen=True, slots=True)
class Command:
    """A slash command: `root` and `name` are what is typed."""

    root: str
    name: str
    help: str
    who: frozenset[Role]
    options: tuple[Option, ...]
    answer: Answer
    run: Run


@dataclass(frozen=True, slots=True)
class Button:
    """A button or form; `args` gives the types of its action's arguments, which are checked before it runs."""

    name: str
    who: frozenset[Role]
    args: tuple[Callable[[str], Any], ...]
    answer: Answer
    run: Run
    look_up: LookUp | None = None


@dataclass(frozen=True, slots=True)
class Shortcut:
    """An entry of a message's own menu."""

    name: str
    label: str
    who: frozenset[Role]
    run: Callable[[Asked], Awaitable[Reply]]


@dataclass(frozen=True, slots=True)
class Part:
    """What a composer made of its rows: blocks for a message, and which rows it speaks of, by id.

    Rows in `later` are not due yet after all; every other row is needless by now.
    """

    blocks: tuple[Block, ...]
    needed: frozenset[int]
    later: Mapping[int, datetime] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class About:
    """What a row hangs on: a place, to be read from an instant on before the row goes out.

    A row that `needs` its place ends if that is gone.
    """

    row: int
    place: Place
    since: datetime
    needs: bool = True


F = TypeVar("F", bound=Fact)
Listen = Callable[[Context, F], Awaitable[None]]
Compose = Callable[[Context, int, Sequence[OutboxRow]], Awaitable[Part]]
Look = Callable[[Context, Sequence[OutboxRow]], Awaitable[list[About]]]


@dataclass(frozen=True, slots=True)
class Composer:
    """Who composes the rows of a kind, and what has to be looked at before.

    `always`: they go out in whatever state the program is.
    """

    about: Look
    compose: Compose
    always: bool = False


@dataclass(frozen=True, slots=True)
class NewSpace:
    """A space to be made for a pairing: what it is called, what stands above it, and who is in it."""

    name: str
    topic: str
    people: tuple[Account, ...]


Open = Callable[[Context, OutboxRow], Awaitable[NewSpace | None]]
Post = Callable[[Context, OutboxRow], Awaitable[Message | None]]
Gate = Callable[[Context, Member], Awaitable[str | None]]


async def nowhere(_context: Context, _rows: Sequence[OutboxRow]) -> list[About]:
    """Look at no place: rows that hang on none."""
    return []


@dataclass
class Feature:
    """A capability of the bot: a folder in bot/, its twin in storage/, and one line in `bot.features`."""

    name: str
    commands: list[Command] = field(default_factory=list)
    buttons: list[Button] = field(default_factory=list)
    forms: list[Button] = field(default_factory=list)
    shortcuts: list[Shortcut] = field(default_factory=list)
    alarms: dict[str, Callable[[Context, Sequence[Alarm]], Awaitable[None]]] = field(default_factory=dict)
    composers: dict[str, Composer] = field(default_factory=dict)
    openers: dict[str, Open] = field(default_factory=dict)
    posters: dict[str, Post] = field(default_factory=dict)
    gates: list[Gate] = field(default_factory=list)
    waits: list[Callable[[Asked], Awaitable[Sequence[Block]]]] = field(default_factory=list)
    newcomers: list[Command] = field(default_factory=list)
    listeners: list[tuple[type[Any], Callable[[Context, Any], Awaitable[None]]]] = field(default_factory=list)
    dailies: list[Callable[[Context], Awaitable[None]]] = field(default_factory=list)
    closes: set[str] = field(default_factory=set)  # kinds of rows that close spaces in whatever state the program is

    def command(
        self,
        name: str,
        help_: str,
        *,
        who: frozenset[Role],
        root: str = "mentor",
        options: tuple[Option, ...] = (),
        answer: Answer = Answer.PRIVATE,
    ) -> Callable[[R], R]:
        """Declare a command. Its function gets `Asked` and each option that was typed, by name."""

        def declare(run: R) -> R:
            self.commands.append(Command(root, name, help_, who, options, answer, run))
            return run

        return declare

    def newcomer(self, name: str, *, root: str = "mentor", options: tuple[Option, ...] = ()) -> Callable[[R], R]:
        """Declare what a command does for somebody who is no member. Its function gets `Newcomer` and the options."""

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
    ) -> Callable[[R], R]:
        """Declare a button. Its function gets `Asked` and the action's arguments."""

        def declare(run: R) -> R:
            self.buttons.append(Button(name, who, args, answer, run))
            return run

        return declare

    def form(
        self, name: str, *args: Callable[[str], Any], who: frozenset[Role], look_up: LookUp | None = None
    ) -> Callable[[R], R]:
        """Declare what becomes of a form. Its function gets `Asked`, the action's arguments and the values.

        `look_up` says which people, by id, handle or address, the platform is to be asked for before.
        """

        def declare(run: R) -> R:
            self.forms.append(Button(name, who, args, Answer.PRIVATE, run, look_up))
            return run

        return declare

    def shortcut(self, name: str, label: str, *, who: frozenset[Role]) -> Callable[[R], R]:
        """Declare an entry of a message's menu. Its function gets `Asked`, place and message in it."""

        def declare(run: R) -> R:
            self.shortcuts.append(Shortcut(name, label, who, run))
            return run

        return declare

    def alarm(self, kind: str) -> Callable[[A], A]:
        """Declare what happens when alarms of a kind ring: all that are due come at once."""

        def declare(run: A) -> A:
            self.alarms[kind] = run
            return run

        return declare

    def composer(self, kind: str, *, about: Look = nowhere, always: bool = False) -> Callable[[Compose], Compose]:
        """Declare who composes the rows of a kind: for one member, all that travel together.

        `always`: they go out even before a program was started.
        """

        def declare(run: Compose) -> Compose:
            self.composers[kind] = Composer(about, run, always)
            return run

        return declare

    def opener(self, kind: str) -> Callable[[Open], Open]:
        """Declare who says how the space of a pairing is to be made; None if it is no longer needed."""

        def declare(run: Open) -> Open:
            self.openers[kind] = run
            return run

        return declare

    def poster(self, kind: str) -> Callable[[Post], Post]:
        """Declare who composes what is said in the space of a pairing; None if it is no longer needed."""

        def declare(run: Post) -> Post:
            self.posters[kind] = run
            return run

        return declare

    def gate(self, run: G) -> G:
        """Declare what has to be so before a member is paired: its function says what is missing, or None."""
        self.gates.append(run)
        return run

    def waiting(self, run: W) -> W:
        """Declare what else waits for a member: its function says it, in /mentor waiting."""
        self.waits.append(run)
        return run

    def on(self, fact: type[F]) -> Callable[[Listen[F]], Listen[F]]:
        """Declare who wants to be told of a kind of fact."""

        def declare(run: Listen[F]) -> Listen[F]:
            self.listeners.append((fact, run))
            return run

        return declare

    def daily(self, run: D) -> D:
        """Declare what is done once a day."""
        self.dailies.append(run)
        return run
