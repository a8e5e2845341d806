"""How a feature declares what it can do: each command, button, alarm … beside its function, with who may use it.

Nothing here runs anything: `bot.core` does. Slack's manifest, Discord's tree, the playground's menus and the
reference in docs/ are made from the same declarations.
"""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar

from bot.answering import Answering, quoted
from bot.arguments import number, word
from bot.context import Asked, Context
from bot.declarations import (
    ADMIN_ROOT,
    ROOT,
    About,
    Answer,
    Button,
    Command,
    Compose,
    Composer,
    Export,
    F,
    Gate,
    Hold,
    Idle,
    Listen,
    Look,
    NewSpace,
    OfPeople,
    Open,
    Option,
    Pages,
    Part,
    PersonShortcut,
    Post,
    Shortcut,
    Standing,
    Wear,
    nowhere,
)
from bot.views import Block
from storage.due import Alarm

__all__ = [
    "ADMIN_ROOT",
    "ROOT",
    "About",
    "Answer",
    "Button",
    "Command",
    "Composer",
    "Export",
    "Feature",
    "NewSpace",
    "Option",
    "Part",
    "PersonShortcut",
    "Shortcut",
    "nowhere",
    "number",
    "quoted",
    "word",
]

A = TypeVar("A", bound=Callable[[Context, Sequence[Alarm]], Awaitable[None]])
D = TypeVar("D", bound=Callable[[Context], Awaitable[None]])
W = TypeVar("W", bound=Callable[[Asked], Awaitable[Sequence[Block]]])
G = TypeVar("G", bound=Gate)
H = TypeVar("H", bound=Hold)


@dataclass
class Feature(Answering):
    """A capability of the bot: a folder in bot/, its twin in storage/, and one line in `bot.features`."""

    alarms: dict[str, Callable[[Context, Sequence[Alarm]], Awaitable[None]]] = field(default_factory=dict)
    composers: dict[str, Composer] = field(default_factory=dict)
    openers: dict[str, Open] = field(default_factory=dict)
    posters: dict[str, Post] = field(default_factory=dict)
    announcers: dict[str, Post] = field(default_factory=dict)
    wearers: dict[str, Wear] = field(default_factory=dict)
    gates: list[Gate] = field(default_factory=list)
    holds: list[Hold] = field(default_factory=list)
    waits: list[Callable[[Asked], Awaitable[Sequence[Block]]]] = field(default_factory=list)
    standings: list[Standing] = field(default_factory=list)
    extras: list[OfPeople] = field(default_factory=list)
    exports: list[Export] = field(default_factory=list)
    listeners: list[tuple[type[Any], Callable[[Context, Any], Awaitable[None]]]] = field(default_factory=list)
    dailies: list[Callable[[Context], Awaitable[None]]] = field(default_factory=list)
    idles: dict[str, Idle] = field(default_factory=dict)
    rings: set[str] = field(default_factory=set)  # kinds of alarms that ring in whatever state the program is
    closes: set[str] = field(default_factory=set)  # kinds of rows that close spaces in whatever state the program is

    def alarm(self, kind: str, *, always: bool = False, idle: Idle | None = None) -> Callable[[A], A]:
        """Declare what happens when alarms of a kind ring: all that are due come at once.

        `always`: they ring in whatever state the program is. `idle`: whether, as things are, the next one would do
        nothing, so that a clock that leaps needn't stop for it.
        """

        def declare(run: A) -> A:
            self.alarms[kind] = run
            self.rings |= {kind} if always else set()
            self.idles |= {kind: idle} if idle else {}
            return run

        return declare

    def composer(
        self, kind: str, *, about: Look = nowhere, always: bool = False, private: bool = False
    ) -> Callable[[Compose], Compose]:
        """Declare who composes the rows of a kind: for one member, all that travel together.

        `always`: they go out even before a program was started. `private`: so do these, and where one can't be
        delivered, no coordinator learns of it and nothing is said elsewhere; it follows what goes through next.
        """

        def declare(run: Compose) -> Compose:
            self.composers[kind] = Composer(about, run, always or private, private)
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

    def announcer(self, kind: str) -> Callable[[Post], Post]:
        """Declare who composes what is said in each of the program's channels; None if it is no longer needed.

        Its rows have Effect.ANNOUNCE, and neither member nor pairing. Who reads it may be anybody.
        """

        def declare(run: Post) -> Post:
            self.announcers[kind] = run
            return run

        return declare

    def wearer(self, kind: str) -> Callable[[Wear], Wear]:
        """Declare who says which title a member is to wear beside their name (Effect.WEAR) or not to (TAKE_OFF).

        None if it is no longer to be so, by how things stand in all: who earned a title twice wears it for either.
        """

        def declare(run: Wear) -> Wear:
            self.wearers[kind] = run
            return run

        return declare

    def gate(self, run: G) -> G:
        """Declare what has to be so before a member is paired: its function says what is missing, or None."""
        self.gates.append(run)
        return run

    def hold(self, run: H) -> H:
        """Declare what a member hands over before these roles alone are left to them: it says so, or returns None."""
        self.holds.append(run)
        return run

    def waiting(self, run: W) -> W:
        """Declare what else waits for a member: its function says it, in /mentor waiting."""
        self.waits.append(run)
        return run

    def standing(self, run: Standing) -> Standing:
        """Declare what coordinators are told of a pairing: its function says it in lines, without anybody's words."""
        self.standings.append(run)
        return run

    def of_people(self, run: OfPeople) -> OfPeople:
        """Declare what else coordinators are shown of people: its function says it of many at once, by member id."""
        self.extras.append(run)
        return run

    def export(self, name: str, about: str) -> Callable[[Pages], Pages]:
        """Declare a list that coordinators can have as a file; `about` says in a line what is in it."""

        def declare(run: Pages) -> Pages:
            self.exports.append(Export(name, about, run))
            return run

        return declare

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
