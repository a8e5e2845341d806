"""What there is: users, servers with roles and members, channels, threads, messages."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from enum import IntEnum
from itertools import count

from tests.stand_ins.discord.errors import Json

EPOCH = 1_420_070_400_000  # Discord's first second, in milliseconds
EPHEMERAL = 1 << 6
LOADING = 1 << 7
V2 = 1 << 15


class Kind(IntEnum):
    """The kinds of channels."""

    TEXT = 0
    DIRECT = 1
    VOICE = 2
    CATEGORY = 4
    NEWS = 5
    PUBLIC_THREAD = 11
    PRIVATE_THREAD = 12


THREADS = (Kind.PUBLIC_THREAD, Kind.PRIVATE_THREAD)


class Snowflakes:
    """Ids that carry the time and are never given twice, each greater than the last."""

    def __init__(self, now: Callable[[], datetime]) -> None:
        """Begin."""
        self._now = now
        self._last = 0
        self._elders = {1: count(1), 2: count(1)}

    def new(self) -> str:
        """Return an id of this instant."""
        self._last = max(self.at(self._now()), self._last + 1)
        return str(self._last)

    def elder(self, years: int = 1) -> str:
        """Return an id of something that was there one or two years before; each falls into another shard."""
        step = timedelta(milliseconds=next(self._elders[years]))
        return str(self.at(self._now() - timedelta(days=365 * years) + step) + 1)

    @staticmethod
    def at(instant: datetime) -> int:
        """Return the smallest id of an instant."""
        return (int(instant.timestamp() * 1000) - EPOCH) << 22


def time_of(id_: str) -> datetime:
    """Return the instant that an id carries."""
    return datetime.fromtimestamp(((int(id_) >> 22) + EPOCH) / 1000, UTC)


@dataclass
class User:
    """A person or a bot; `name` is the handle, `display` the name that is shown, `dms` whether they take any."""

    id: str
    name: str
    display: str = ""
    locale: str = "en-GB"
    bot: bool = False
    dms: bool = True


@dataclass
class Role:
    """A role; a `managed` one is a bot's own."""

    id: str
    name: str
    permissions: int = 0
    position: int = 1
    managed: str = ""  # the bot's user id
    hoist: bool = False
    mentionable: bool = False


@dataclass
class Overwrite:
    """What a role (kind 0) or a member (1) may or may not in a channel, in spite of everything else."""

    id: str
    kind: int
    allow: int = 0
    deny: int = 0


@dataclass
class Member:
    """Somebody in a server."""

    user: str
    joined: datetime
    roles: list[str] = field(default_factory=list)
    nick: str | None = None


@dataclass
class Guild:
    """A server; `opened` are the names of the app's commands that its administrators let everybody use."""

    id: str
    name: str
    owner: str
    locale: str = "en-GB"
    roles: dict[str, Role] = field(default_factory=dict)
    members: dict[str, Member] = field(default_factory=dict)
    banned: set[str] = field(default_factory=set)
    opened: set[str] = field(default_factory=set)
    unavailable: bool = False

    @property
    def everyone(self) -> Role:
        """The role that everybody has."""
        return self.roles[self.id]

    def top(self, user: str) -> int:
        """Return the position of somebody's highest role."""
        return max((self.roles[role].position for role in self.members[user].roles), default=0)


@dataclass
class File:
    """A file that was sent along."""

    id: str
    name: str
    content: bytes
    type: str
    description: str | None = None


@dataclass
class Message:
    """A message: `to` is set if only one person sees it, `pings` are those who are notified of it."""

    id: str
    channel: str
    author: str
    content: str = ""
    components: list[Json] = field(default_factory=list)
    embeds: list[Json] = field(default_factory=list)
    files: list[File] = field(default_factory=list)
    flags: int = 0
    kind: int = 0
    mentions: list[str] = field(default_factory=list)
    roles: list[str] = field(default_factory=list)
    everyone: bool = False
    edited: datetime | None = None
    reactions: dict[str, list[str]] = field(default_factory=dict)
    nonce: str | int | None = None
    reply_to: str | None = None
    about: Json | None = None  # the interaction that it answers
    pings: set[str] = field(default_factory=set)
    to: str | None = None
    deleted: bool = False

    @property
    def at(self) -> datetime:
        """When it was written."""
        return time_of(self.id)


@dataclass
class Channel:
    """A channel, a category, a thread (with an owner, its members and the channel above), a direct conversation."""

    id: str
    kind: Kind
    guild: str | None = None
    name: str = ""
    parent: str | None = None
    topic: str | None = None
    position: int = 0
    overwrites: dict[str, Overwrite] = field(default_factory=dict)
    recipients: list[str] = field(default_factory=list)
    messages: list[Message] = field(default_factory=list)
    owner: str = ""
    members: dict[str, datetime] = field(default_factory=dict)
    archived: bool = False
    locked: bool = False
    invitable: bool = True
    archive_after: int = 4320  # minutes
    archive_changed: datetime | None = None
    active: datetime | None = None
    slowmode: int = 0

    @property
    def thread(self) -> bool:
        """Whether it is a thread."""
        return self.kind in THREADS

    def message(self, id_: str) -> Message | None:
        """Return a message."""
        return next((one for one in reversed(self.messages) if one.id == id_), None)
