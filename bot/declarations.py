"""What a feature declares, as data: commands, buttons, forms, menu entries, composers, with their functions."""

from collections.abc import AsyncIterator, Awaitable, Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from itertools import chain
from typing import Any, TypeVar

from bot.calls import Upload
from bot.context import Afterwards, Asked, Context
from bot.facts import Fact
from bot.people import Account, Member, Pairing, Place, Role
from bot.tables import Row
from bot.views import Block, Extra, Message, Reply
from storage.outbox import OutboxRow

Run = Callable[..., Awaitable[Reply | Afterwards]]
LookUp = Callable[[Mapping[str, str], Mapping[str, Upload]], Collection[str]]

# What stands before the name of a command: of one for coordinators alone, and of every other.
ADMIN_ROOT, ROOT = "mentor-admin", "mentor"


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
    known: tuple[str, ...] = ()  # what is typed most often, for platforms that complete what is typed
    flag: bool = False  # it is only said or not said, whatever stands behind it


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
    """A button or form; `args` gives the types of its action's arguments, which are checked before it runs.

    `newcomers`: it is there for somebody as well who is no member.
    """

    name: str
    who: frozenset[Role]
    args: tuple[Callable[[str], Any], ...]
    answer: Answer
    run: Run
    look_up: LookUp | None = None
    newcomers: bool = False


@dataclass(frozen=True, slots=True)
class Shortcut:
    """An entry of a message's own menu."""

    name: str
    label: str
    who: frozenset[Role]
    run: Callable[[Asked], Awaitable[Reply | Afterwards]]
    quotes: bool = False  # it is given the message's text, which every other one is not


Pages = Callable[[Asked], AsyncIterator[Sequence[Row]]]
Standing = Callable[[Asked, Pairing], Awaitable[Sequence[str]]]

OfPeople = Callable[[Asked, Collection[Member]], Awaitable[Mapping[int, Extra]]]


@dataclass(frozen=True, slots=True)
class Export:
    """A list that coordinators can have as a file: `about` says what is in it, `run` gives its rows page by page.

    The first row of all is the heads of the columns.
    """

    name: str
    about: str
    run: Pages


@dataclass(frozen=True, slots=True)
class PersonShortcut:
    """An entry of a person's own menu. Only Discord has such menus, so there is a command for the same elsewhere."""

    name: str
    label: str
    who: frozenset[Role]
    run: Callable[[Asked, str], Awaitable[Reply]]


@dataclass(frozen=True, slots=True)
class Part:
    """What a composer made of its rows: blocks for a message, and which rows it speaks of, by id.

    Rows in `later` are not due yet after all; every other row is needless by now.
    """

    blocks: tuple[Block, ...]
    needed: frozenset[int]
    later: Mapping[int, datetime] = field(default_factory=dict)

    @classmethod
    def of(cls, said: Mapping[int, Sequence[Block]]) -> "Part":
        """Return a part in which each row, by id, says something of its own; one that says nothing is needless."""
        return cls(tuple(chain.from_iterable(said.values())), frozenset(id_ for id_, blocks in said.items() if blocks))


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

    `always`: they go out in whatever state the program is. `private`: nobody but its member learns that there is one.
    """

    about: Look
    compose: Compose
    always: bool = False
    private: bool = False


@dataclass(frozen=True, slots=True)
class NewSpace:
    """A space to be made for a pairing: what it is called, what stands above it, and who is in it."""

    name: str
    topic: str
    people: tuple[Account, ...]


Open = Callable[[Context, OutboxRow], Awaitable[NewSpace | None]]
Post = Callable[[Context, OutboxRow], Awaitable[Message | None]]
Wear = Callable[[Context, OutboxRow], Awaitable[str | None]]
Gate = Callable[[Context, Member], Awaitable[str | None]]
Idle = Callable[[Context], Awaitable[bool]]
Hold = Callable[[Asked, Member, Collection[Role]], Awaitable[str | None]]


async def nowhere(_context: Context, _rows: Sequence[OutboxRow]) -> list[About]:
    """Look at no place: rows that hang on none."""
    return []
