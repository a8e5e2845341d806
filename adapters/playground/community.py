"""The pretended platform: its people, its conversations, and the messages in them.

It plays what Slack or Discord would be: it keeps texts, and the bot is told of them without. Nothing here
knows the bot or the page.
"""

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from itertools import count
from typing import Any

from bot.errors import Gone, UserError
from bot.members.roster import Roster
from bot.people import Account, Place

PLATFORM = "playground"
DIRECT = "dm-"
EVERYBODY = "everybody"  # the channel that everybody is in

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody whom one can be on the page."""

    user: str
    name: str
    roles: tuple[str, ...]
    zone: str


@dataclass(frozen=True, slots=True)
class Post:
    """A message: a person's `text`, or the bot's `blocks`. `author` is None for the bot.

    `reactions` holds who put which one and when; `key` is the one under which the bot sent it.
    """

    id: str
    channel: str
    author: str | None
    at: datetime
    text: str = ""
    blocks: tuple[Json, ...] = ()
    reply_to: str | None = None
    reactions: Mapping[tuple[str, str], datetime] = field(default_factory=dict)
    edited: bool = False
    key: str | None = None


@dataclass(frozen=True, slots=True)
class Opened:
    """A conversation with a name: under which key the bot made it, what it is called, what stands above it."""

    key: str
    name: str
    topic: str
    closed: bool = False


class Community:
    """One workspace as the program's file describes it, and each person's conversation with the bot."""

    def __init__(self, roster: Roster) -> None:
        """Take the people and spaces that are here. Raises UserError if they can't be one workspace."""
        self.program = roster.name
        self.workspace = _workspace(roster)
        self.people = {person.user: person for person in _people(roster)}
        self.spaces = _spaces(roster) | {EVERYBODY: list(self.people)} | {direct(user): [user] for user in self.people}
        self.opened = {EVERYBODY: Opened("", EVERYBODY, "Everybody is here.")}
        self.posts: dict[str, Post] = {}
        self.read: dict[str, dict[str, str]] = {}
        self.last_id = 0
        self._keys: dict[tuple[str, str], str] = {}

    def person(self, account: Account) -> Person:
        """Return who has an account. Raises Gone."""
        known = (account.platform, account.workspace) == (PLATFORM, self.workspace)
        if not known or account.user not in self.people:
            raise Gone("nobody here has this account")
        return self.people[account.user]

    def account(self, user: str) -> Account:
        """Return a person's account."""
        return Account(PLATFORM, self.workspace, user)

    def place(self, channel: str) -> Place:
        """Return a conversation as the bot knows it."""
        return Place(PLATFORM, self.workspace, channel)

    def channel(self, place: Place) -> str:
        """Return which conversation a place is. Raises Gone."""
        if place != self.place(place.channel) or place.channel not in self.spaces:
            raise Gone("there is no such conversation")
        return place.channel

    def post(self, channel: str, id_: str) -> Post:
        """Return a message that is there. Raises Gone."""
        post = self.posts.get(id_)
        if post is None or post.channel != channel:
            raise Gone("this message is no longer there")
        return post

    def all_in(self, channel: str) -> list[Post]:
        """Return the messages of a conversation, oldest first."""
        return [post for post in self.posts.values() if post.channel == channel]

    def add(self, post: Post) -> Post:
        """Put a message below all others, under an id of its own."""
        # Ids begin at the time, so that they are new to a database that has seen an older community.
        self.last_id = (self.last_id or int(post.at.timestamp() * 1000)) + 1
        return self.put(replace(post, id=f"{self.last_id:014d}"))

    def put(self, post: Post) -> Post:
        """Put a message in the place of the one with its id."""
        self.posts[post.id] = post
        if post.key is not None:
            self._keys[post.channel, post.key] = post.id
        return post

    def rewrite(self, post: Post, *, text: str = "", blocks: tuple[Json, ...] = ()) -> Post:
        """Put other words in a message."""
        return self.put(replace(post, text=text, blocks=blocks, edited=True))

    def sent(self, channel: str, key: str) -> Post | None:
        """Return what the bot sent under a key."""
        return self.posts.get(self._keys.get((channel, key), ""))

    def remove(self, post: Post) -> None:
        """Delete a message with all that is under it."""
        del self.posts[post.id]

    def react(self, post: Post, user: str, reaction: str, at: datetime | None) -> Post:
        """Put a reaction under a message; None for `at` takes it away."""
        kept = {key: put for key, put in post.reactions.items() if key != (user, reaction)}
        return self.put(replace(post, reactions=kept if at is None else {**kept, (user, reaction): at}))

    def open(self, opened: Opened, users: Sequence[str]) -> str:
        """Make a conversation, or return the one that was made under the key; return its channel."""
        for channel, known in self.opened.items():
            if known.key == opened.key:
                return channel
        channel = _channel(opened.name, self.spaces)
        self.put_opened(channel, opened)
        self.spaces[channel] = list(users)
        return channel

    def put_opened(self, channel: str, opened: Opened) -> None:
        """Know a conversation that the bot made."""
        self.opened[channel] = opened
        self.spaces.setdefault(channel, [])

    def close(self, channel: str) -> None:
        """Let nobody write in a conversation any more."""
        opened = self.opened.get(channel, Opened("", channel, ""))
        self.opened[channel] = replace(opened, closed=True)

    def is_closed(self, channel: str) -> bool:
        """Tell whether nobody can write in a conversation any more."""
        return channel in self.opened and self.opened[channel].closed

    def give_roles(self, roles: Mapping[str, Collection[str]]) -> bool:
        """Note what people are in the program; tell whether that is news."""
        before = self.people
        self.people = {
            user: replace(person, roles=tuple(sorted(roles.get(user, ())))) for user, person in before.items()
        }
        return self.people != before

    def join(self, user: str, channel: str) -> None:
        """Add a person to a conversation."""
        if user not in self.spaces[channel]:
            self.spaces[channel].append(user)

    def mark_read(self, user: str, channel: str) -> str:
        """Note that a person has seen a conversation to its end; return the id of its last message."""
        last = max((post.id for post in self.all_in(channel)), default="")
        self.read.setdefault(user, {})[channel] = last
        return last


def _channel(name: str, taken: Collection[str]) -> str:
    """Return a channel for a name: letters and digits alone, and no one's yet."""
    plain = re.sub(r"[^\w]+", "-", name.lower()).strip("-_")[:40] or "space"
    plain = plain if not plain.startswith(DIRECT) else f"space-{plain}"
    numbered = (plain if number == 1 else f"{plain}-{number}" for number in count(1))
    return next(channel for channel in numbered if channel not in taken)


def direct(user: str) -> str:
    """Return the channel in which the bot and a person talk."""
    return f"{DIRECT}{user}"


def _workspace(roster: Roster) -> str:
    ours = [workspace for platform, workspace in roster.workspaces if platform == PLATFORM]
    if len(ours) > 1:
        raise UserError(f"The playground is one workspace, but the program's file has several: {', '.join(ours)}.")
    return ours[0] if ours else PLATFORM


def _people(roster: Roster) -> Sequence[Person]:
    return [
        Person(account.user, person.name, tuple(sorted(person.roles)), person.zone)
        for person in roster.people
        for account in person.accounts
        if account.platform == PLATFORM
    ]


def _spaces(roster: Roster) -> dict[str, list[str]]:
    spaces: dict[str, list[str]] = {}
    users = {p.name: a.user for p in roster.people for a in p.accounts if a.platform == PLATFORM}
    for pairing in roster.pairings:
        both = [users[name] for name in (pairing.mentor, pairing.mentee) if name in users]
        for space in pairing.spaces:
            if space.platform == PLATFORM:
                spaces.setdefault(space.channel, []).extend(both)
    if clashing := [channel for channel in spaces if channel.startswith(DIRECT) or channel == EVERYBODY]:
        raise UserError(f"A space in the playground can't be called {EVERYBODY} or {DIRECT}…: {clashing[0]}.")
    return spaces
