"""What there is: a team, its users, its conversations and what was written in them."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from itertools import count

from tests.stand_ins.slack.errors import Failure, Json

GENERAL = "general"
SLACKBOT = "USLACKBOT"
MICROSECONDS = 1_000_000


@dataclass
class User:
    """A person or a bot; `name` is the handle."""

    id: str
    name: str
    real_name: str = ""
    display_name: str = ""
    email: str = ""
    zone: str = "Europe/London"
    locale: str = "en-GB"
    is_admin: bool = False
    is_owner: bool = False
    is_bot: bool = False
    is_restricted: bool = False
    deleted: bool = False


@dataclass
class Message:
    """A message: `body` is what everybody sees of it; `to` is set if only one person does."""

    channel: str
    body: Json
    metadata: Json | None = None
    reactions: dict[str, list[str]] = field(default_factory=dict)
    to: str | None = None
    unfurl: tuple[bool, bool] = (False, True)  # links, media

    @property
    def ts(self) -> str:
        """Its id and its time."""
        return str(self.body["ts"])

    @property
    def user(self) -> str:
        """Who wrote it."""
        return str(self.body.get("user", ""))

    @property
    def text(self) -> str:
        """Its text, in Slack's markup."""
        return str(self.body.get("text", ""))

    @property
    def blocks(self) -> list[Json]:
        """Its blocks."""
        return list(self.body.get("blocks", ()))

    @property
    def thread(self) -> str | None:
        """The message above, for a reply."""
        above = self.body.get("thread_ts")
        return above if above != self.ts else None


@dataclass
class Channel:
    """A conversation; `kind` is channel (public), group (private), im or mpim. Messages are oldest first."""

    id: str
    name: str
    kind: str
    creator: str
    created: int
    members: list[str] = field(default_factory=list)
    archived: bool = False
    topic: str = ""
    purpose: str = ""
    messages: list[Message] = field(default_factory=list)

    @property
    def direct(self) -> bool:
        """Whether it is a conversation without a name."""
        return self.kind in ("im", "mpim")

    def message(self, ts: str) -> Message | None:
        """Return a message."""
        return next((message for message in self.messages if message.ts == ts), None)

    def replies(self, ts: str) -> list[Message]:
        """Return what was written below a message."""
        return [message for message in self.messages if message.thread == ts]


def kind_of(people: set[str]) -> str:
    """Return what kind of direct conversation so many people have."""
    two = 2
    return "im" if len(people) <= two else "mpim"


class Workspace:
    """One team. Ids are never given twice, and each ts is later than the last."""

    def __init__(self, now: Callable[[], datetime], *, team: str = "T00000001", name: str = "Riverside") -> None:
        """Begin with nobody."""
        self.now = now
        self.team = team
        self.name = name
        self.domain = name.lower()
        self.users: dict[str, User] = {}
        self.channels: dict[str, Channel] = {}
        self._numbers = count(1)
        self._last = 0

    def new_id(self, prefix: str) -> str:
        """Return an id that wasn't there before."""
        return f"{prefix}{next(self._numbers):08d}"

    def new_ts(self) -> str:
        """Return this instant, later than every one before."""
        self._last = max(int(self.now().timestamp() * MICROSECONDS), self._last + 1)
        seconds, rest = divmod(self._last, MICROSECONDS)
        return f"{seconds}.{rest:06d}"

    def seconds(self) -> int:
        """Return this instant in whole seconds."""
        return int(self.now().timestamp())

    def user(self, id_: str, code: str = "user_not_found") -> User:
        """Return a user."""
        if id_ not in self.users:
            raise Failure(code)
        return self.users[id_]

    def add_channel(self, name: str, kind: str, creator: str, members: Iterable[str] = ()) -> Channel:
        """Make a conversation."""
        id_ = self.new_id("D" if kind == "im" else "C")
        people = list(dict.fromkeys([creator, *members] if kind != "im" else members))
        self.channels[id_] = Channel(id_, name, kind, creator, self.seconds(), people)
        return self.channels[id_]

    def conversation(self, members: Iterable[str]) -> Channel | None:
        """Return the direct conversation of exactly these, if there is one."""
        wanted = set(members)
        kind = kind_of(wanted)
        return next((one for one in self.channels.values() if one.kind == kind and set(one.members) == wanted), None)

    def open_conversation(self, members: Iterable[str]) -> Channel:
        """Return the direct conversation of exactly these; the first time it is made."""
        people = list(dict.fromkeys(members))
        found = self.conversation(people)
        if found is not None:
            return found
        kind = kind_of(set(people))
        name = "" if kind == "im" else "mpdm-" + "--".join(self.users[user].name for user in people) + "-1"
        return self.add_channel(name, kind, people[0], people)

    def named(self, name: str) -> Channel | None:
        """Return the channel of a name, archived or not."""
        return next((one for one in self.channels.values() if one.name == name and not one.direct), None)
