"""What a person does with the app and sees in return: trigger ids, response URLs, answers."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import uuid4

from tests.stand_ins.slack.errors import Failure, Json
from tests.stand_ins.slack.modals import View
from tests.stand_ins.slack.workspace import Message

TRIGGER_LASTS = timedelta(seconds=3)
RESPONSE_URL_LASTS = timedelta(minutes=30)
RESPONSE_URL_USES = 5


@dataclass
class Shown:
    """One thing that somebody sees because of what they did.

    `kind`: ephemeral, posted, updated, deleted (messages); opened, pushed, updated view (`view`).
    """

    kind: str
    message: Message | None = None
    view: View | None = None


@dataclass
class Answer:
    """What the app did about a command, a press, a submission, a shortcut.

    `error` is what Slack itself shows when the app didn't do its part, such as operation_timeout;
    `response` is what the app acknowledged with.
    """

    acknowledged: bool = False
    error: str = ""
    response: Json | None = None
    shown: list[Shown] = field(default_factory=list)

    @property
    def messages(self) -> list[Message]:
        """The messages that came or changed."""
        return [one.message for one in self.shown if one.message is not None and one.kind != "deleted"]

    @property
    def ephemerals(self) -> list[Message]:
        """The messages that only this person sees."""
        return [message for message in self.messages if message.to is not None]

    @property
    def view(self) -> View | None:
        """The view that was opened or changed last."""
        views = [one.view for one in self.shown if one.view is not None]
        return views[-1] if views else None

    @property
    def errors(self) -> dict[str, str]:
        """The errors beside a form's fields, by block id."""
        wrong = self.response is not None and self.response.get("response_action") == "errors"
        return dict(self.response["errors"]) if wrong and self.response is not None else {}


@dataclass(eq=False)
class Interaction:
    """Something that a person did, with the rights that it gives the app for a while."""

    user: str
    channel: str | None
    at: datetime
    trigger: str
    view: View | None = None  # the view in which it was done
    message: Message | None = None  # the message on which it was done
    exchanged: bool = False
    uses: int = 0
    response_key: str = field(default_factory=lambda: uuid4().hex)
    answer: Answer = field(default_factory=Answer)

    def show(self, kind: str, *, message: Message | None = None, view: View | None = None) -> None:
        """Note what the person sees because of it."""
        self.answer.shown.append(Shown(kind, message, view))


class Interactions:
    """All of them, by trigger id and by response URL."""

    def __init__(self, now: Callable[[], datetime]) -> None:
        """Begin without any."""
        self._now = now
        self.all: list[Interaction] = []

    def begin(
        self, user: str, channel: str | None, *, message: Message | None = None, view: View | None = None, id_: str = ""
    ) -> Interaction:
        """Begin one; with the trigger id of an earlier one it is the same thing, done and delivered again."""
        trigger = id_ or f"{uuid4().int % 10**13}.{uuid4().int % 10**12}.{uuid4().hex}"
        begun = Interaction(user, channel, self._now(), trigger, view, message)
        earlier = next((one for one in self.all if one.trigger == trigger), None)
        if earlier is not None:
            begun.at, begun.exchanged = earlier.at, earlier.exchanged
        self.all.append(begun)
        return begun

    def exchange(self, trigger: str) -> Interaction:
        """Take a trigger id, which works once and not for long."""
        found = [one for one in self.all if trigger and one.trigger == trigger]
        if not found:
            raise Failure("invalid_trigger_id")
        if any(one.exchanged for one in found):
            raise Failure("exchanged_trigger_id")
        if self._now() - found[0].at > TRIGGER_LASTS:
            raise Failure("expired_trigger_id")
        for one in found:
            one.exchanged = True
        return found[-1]

    def respond(self, key: str) -> Interaction:
        """Take one of the five uses of a response URL."""
        found = next((one for one in self.all if one.response_key == key), None)
        if found is None or self._now() - found.at > RESPONSE_URL_LASTS:
            raise Failure("expired_url")
        if found.uses >= RESPONSE_URL_USES:
            raise Failure("used_url")
        found.uses += 1
        return found
