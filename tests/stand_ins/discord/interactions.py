"""What a person does with the app and sees in return: tokens that last a while, answers, forms."""

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import IntEnum
from uuid import uuid4

from tests.stand_ins.discord.community import File, Message, Snowflakes
from tests.stand_ins.discord.errors import Failure, Json, unknown

ANSWERED_WITHIN = timedelta(seconds=3)
TOKEN_LASTS = timedelta(minutes=15)


class Act(IntEnum):
    """The kinds of interactions."""

    COMMAND = 2
    COMPONENT = 3
    SUGGEST = 4
    SUBMIT = 5


class Reply(IntEnum):
    """The kinds of first answers."""

    NONE = 0
    MESSAGE = 4
    LATER = 5
    LATER_UPDATE = 6
    UPDATE = 7
    SUGGESTIONS = 8
    MODAL = 9


FAILED = {
    Act.COMMAND: "The application did not respond",
    Act.COMPONENT: "This interaction failed",
    Act.SUGGEST: "Loading options failed",
    Act.SUBMIT: "Something went wrong. Try again.",
}


@dataclass(eq=False)
class Modal:
    """A form that somebody has open: `body` as the app gave it, `values` by custom id as the person filled it in."""

    user: str
    channel: str
    body: Json
    message: Message | None = None  # below which it was opened
    about: Json = field(default_factory=dict)  # of the interaction that it answers
    values: dict[str, object] = field(default_factory=dict)

    @property
    def title(self) -> str:
        """What stands at its head."""
        return str(self.body.get("title", ""))


@dataclass
class Shown:
    """One thing that somebody sees: an ephemeral, posted or updated message, one that is deleted, a modal."""

    kind: str
    message: Message | None = None
    modal: Modal | None = None


@dataclass
class Answer:
    """What the app did about a command, a press, a submission.

    `error` is what Discord itself shows when the app didn't do its part; `first` is the kind of the first answer,
    `took` the real seconds until it came; `choices` are the suggestions while something is typed. What comes later is
    added to `shown`.
    """

    id: str = ""
    first: Reply = Reply.NONE
    error: str = ""
    took: float = 0.0
    shown: list[Shown] = field(default_factory=list)
    choices: list[Json] = field(default_factory=list)

    @property
    def acknowledged(self) -> bool:
        """Whether the app answered at all."""
        return self.first is not Reply.NONE

    @property
    def messages(self) -> list[Message]:
        """The messages that came or changed, each once."""
        found = [one.message for one in self.shown if one.message is not None and one.kind != "deleted"]
        return list({one.id: one for one in found}.values())

    @property
    def ephemerals(self) -> list[Message]:
        """The messages that only this person sees."""
        return [message for message in self.messages if message.to is not None]

    @property
    def modal(self) -> Modal | None:
        """The form that was opened."""
        return next((one.modal for one in self.shown if one.modal is not None), None)


@dataclass(eq=False)
class Interaction:
    """Something that a person did, with the rights that it gives the app for a while."""

    id: str
    act: Act
    user: str
    channel: str
    guild: str | None
    at: datetime
    message: Message | None = None  # below which it was done
    modal: Modal | None = None  # which was sent off
    token: str = field(default_factory=lambda: uuid4().hex + uuid4().hex)
    begun: float = field(default_factory=time.monotonic)
    first: Reply = Reply.NONE
    original: Message | None = None
    about: Json = field(default_factory=dict)  # of it, in the messages that answer it
    payload: Json = field(default_factory=dict)
    answer: Answer = field(default_factory=Answer)

    def show(self, kind: str, *, message: Message | None = None, modal: Modal | None = None) -> None:
        """Note what the person sees because of it."""
        self.answer.shown.append(Shown(kind, message, modal))


class Interactions:
    """All of them; `within` real seconds the app must have answered, and three seconds of the stand-in's clock."""

    def __init__(self, now: Callable[[], datetime], ids: Snowflakes) -> None:
        """Begin without any."""
        self._now = now
        self._ids = ids
        self.within = 3.0
        self.all: dict[str, Interaction] = {}
        self._named: dict[str, str] = {}
        self.modals: dict[str, Modal] = {}  # by user
        self.uploads: dict[str, File] = {}

    def begin(self, act: Act, user: str, channel: str, guild: str | None, id_: str = "") -> Interaction:
        """Begin one; with the name or the id of an earlier one it is the same thing, told once more."""
        earlier = self.all.get(self._named.get(id_, id_))
        if earlier is not None:
            earlier.answer = Answer(earlier.id)
            return earlier
        begun = Interaction(self._ids.new(), act, user, channel, guild, self._now())
        begun.answer.id = self._named[id_] = begun.id
        self._named.pop("", None)
        self.all[begun.id] = begun
        return begun

    def answering(self, id_: str, token: str) -> Interaction:
        """Return the interaction that is answered for the first time, and soon enough."""
        found = self.all.get(id_)
        if found is None or found.token != token:
            raise unknown("interaction")
        if found.first is not Reply.NONE:
            raise Failure(400, 40060, "Interaction has already been acknowledged.")
        if self._now() - found.at > ANSWERED_WITHIN or time.monotonic() - found.begun > self.within:
            raise unknown("interaction")
        return found

    def following(self, token: str) -> Interaction:
        """Return the interaction that a token belongs to, which lasts for fifteen minutes."""
        found = next((one for one in self.all.values() if one.token == token), None)
        if found is None or self._now() - found.at > TOKEN_LASTS:
            raise Failure(401, 50027, "Invalid Webhook Token")
        if found.first is Reply.NONE:
            raise unknown("Webhook")
        return found
