"""What goes out, as frozen data. Each adapter renders it in its platform's own way, and escapes every text.

Texts are plain: no platform's markup. A text may hold line breaks.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

from bot.errors import UserError
from bot.language import t
from bot.people import Place

ACTION_LIMIT = 100  # characters; Discord's custom_id is the shortest of the platforms' limits
PER_ROW = 5  # buttons


def action(name: str, *args: object) -> str:
    """Return what a button carries: its handler's name and arguments, such as `nudges.later:12:1`."""
    text = ":".join([name, *map(str, args)])
    if len(text) > ACTION_LIMIT:
        msg = f"an action holds {ACTION_LIMIT} characters at most: {text}"
        raise ValueError(msg)
    return text


def read_action(text: str) -> tuple[str, tuple[str, ...]]:
    """Take an action apart again. What comes from outside may be forged: handlers check every argument."""
    name, *args = text[:ACTION_LIMIT].split(":")
    if not name:
        raise UserError("I don't know this button. Please use a newer message.")
    return name, tuple(args)


@dataclass(frozen=True, slots=True)
class Text:
    """A paragraph."""

    text: str


@dataclass(frozen=True, slots=True)
class Heading:
    """A short line above others."""

    text: str


@dataclass(frozen=True, slots=True)
class Note:
    """A paragraph in small print."""

    text: str


@dataclass(frozen=True, slots=True)
class Button:
    """A button: its label and the action that comes back as a `Press`."""

    label: str
    action: str
    primary: bool = False


@dataclass(frozen=True, slots=True)
class Link:
    """A button that opens a place at a message, and tells the bot nothing.

    `address` is where it leads if the place is on another platform than whoever reads it.
    """

    label: str
    place: Place
    message: str
    address: str = ""


@dataclass(frozen=True, slots=True)
class Actions:
    """A row of at most PER_ROW buttons and links."""

    items: tuple[Button | Link, ...]


def in_rows(buttons: Sequence[Button | Link]) -> list[Actions]:
    """Return buttons in as many rows as they need."""
    return [Actions(tuple(buttons[start : start + PER_ROW])) for start in range(0, len(buttons), PER_ROW)]


@dataclass(frozen=True, slots=True)
class Image:
    """A picture (PNG); `text` says all that it shows, for whoever can't see it."""

    name: str
    content: bytes = field(repr=False)
    text: str


@dataclass(frozen=True, slots=True)
class File:
    """A file to keep; `text` says what is in it."""

    name: str
    content: bytes = field(repr=False)
    text: str


Block = Text | Heading | Note | Actions | Image | File


@dataclass(frozen=True, slots=True)
class Message:
    """Blocks from top to bottom."""

    blocks: tuple[Block, ...]

    @property
    def plain(self) -> str:
        """The message as text alone: for notifications, screen readers and terminals."""
        return "\n".join(block.text for block in self.blocks if not isinstance(block, Actions))


def message(*lines: str, actions: tuple[Button | Link, ...] = ()) -> Message:
    """Return a message of paragraphs, with one row of buttons below if there are any."""
    row: tuple[Block, ...] = (Actions(actions),) if actions else ()
    return Message((*map(Text, lines), *row))


@dataclass(frozen=True, slots=True)
class Extra:
    """What coordinators are shown of a person beside what everybody has: in the list of people, and on the card.

    `mark` stands behind the name in the list; `lines` and `buttons` stand on the card.
    """

    mark: str = ""
    lines: tuple[str, ...] = ()
    buttons: tuple[Button, ...] = ()


@dataclass(frozen=True, slots=True)
class Field:
    """One field of a form: `name` is the key of its value in `Submit.values`.

    With `choices` (at most 25, each a value and its label) one of them is taken instead of typing; with `several` any
    number of them, and the value is theirs joined by commas (see `chosen`): none of them holds a comma. A `file` comes
    back in `Submit.files`.
    """

    name: str
    label: str
    value: str = ""
    hint: str = ""
    required: bool = True
    long: bool = False
    limit: int = 200
    choices: tuple[tuple[str, str], ...] = ()
    file: bool = False
    several: bool = False


def chosen(value: str) -> tuple[str, ...]:
    """Return what was taken in a field with `several` choices."""
    return tuple(one for one in value.split(",") if one)


@dataclass(frozen=True, slots=True)
class Form:
    """A form to fill in, prefilled with each field's value; it comes back as a `Submit` under its action."""

    title: str
    action: str
    fields: tuple[Field, ...]
    submit: str = field(default_factory=lambda: t("Send"))


@dataclass(frozen=True, slots=True)
class Errors:
    """Answer to a form that can't be taken yet: what is wrong, by field name. What was typed stays."""

    errors: dict[str, str] = field(default_factory=dict)


Reply = Message | Form | Errors
