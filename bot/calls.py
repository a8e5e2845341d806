"""What comes in from a platform, in platform-neutral words.

A call wants an answer: `Command`, `Press`, `Submit`, `Shortcut`, `PersonShortcut`, `Remark`. Each carries the
platform's own id of the delivery, so that the same click, delivered twice, has one effect. An observation wants none:
`Posted`, `Deleted`, `Reacted`, `Lost`, `Found`.
None of them carries the text of a conversation, but a `Shortcut` that is there to quote one message.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from bot.people import Account, Place


@dataclass(frozen=True, slots=True)
class Command:
    """A slash command, such as `/mentor away until Monday`: root `mentor`, text `away until Monday`.

    People who are mentioned stand in it as `@` and their user id, however the platform writes that.
    Platforms with typed options give `options` as well and a text that is the command's name alone. `place` is where
    it was written; None: in the conversation with the bot alone.
    """

    id: str
    account: Account
    root: str
    text: str
    options: Mapping[str, str] = field(default_factory=dict)
    place: Place | None = None


@dataclass(frozen=True, slots=True)
class Press:
    """A press on a button that the bot put under a message. `action` comes back as it was given out."""

    id: str
    account: Account
    action: str


@dataclass(frozen=True, slots=True)
class Submit:
    """A form that was sent off: its action as it was given out, and what was typed or added, by field name.

    It isn't `whole` if something that was added couldn't be had.
    """

    id: str
    account: Account
    action: str
    values: Mapping[str, str]
    files: Mapping[str, "Upload"] = field(default_factory=dict)
    whole: bool = True


@dataclass(frozen=True, slots=True)
class Upload:
    """A file that somebody added to a form."""

    name: str
    content: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Shortcut:
    """An entry of a message's own menu, such as "I'd like an answer"; `message` is the platform's id of it.

    `text` is the message's, for entries that are declared with `quotes`: for all others adapters drop it at once.
    """

    id: str
    account: Account
    name: str
    place: Place
    message: str
    text: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class PersonShortcut:
    """An entry of a person's own menu, such as "Show this person"; `user` is the platform's id of them."""

    id: str
    account: Account
    name: str
    user: str


@dataclass(frozen=True, slots=True)
class Remark:
    """Plain words to the bot, in the conversation with it alone. What they are isn't passed on."""

    id: str
    account: Account


Call = Command | Press | Submit | Shortcut | PersonShortcut | Remark


@dataclass(frozen=True, slots=True)
class Posted:
    """A person wrote a message. Bots' and systems' messages are left out by the adapter.

    `addresses` holds the platform's user ids of whoever it mentions or replies to.
    """

    place: Place
    message: str
    author: str
    at: datetime
    addresses: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Deleted:
    """A message is gone."""

    place: Place
    message: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Reacted:
    """A person put a reaction (its short name, `thumbsup`) under a message, or took it away."""

    place: Place
    message: str
    author: str
    reaction: str
    at: datetime
    taken_away: bool = False


@dataclass(frozen=True, slots=True)
class Lost:
    """The bot no longer sees a place: it was archived or deleted, or the bot was taken out of it."""

    place: Place
    at: datetime


@dataclass(frozen=True, slots=True)
class Found:
    """The bot sees a place, maybe again."""

    place: Place
    at: datetime


Observation = Posted | Deleted | Reacted | Lost | Found
