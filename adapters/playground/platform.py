"""The playground as the bot sees it: a platform like the others."""

from collections.abc import Awaitable, Callable, Collection, Mapping, Sequence
from datetime import datetime

from adapters.playground import render
from adapters.playground.community import PLATFORM, Community, Opened, Post, direct
from adapters.playground.incoming import posted
from adapters.playground.stage import Stage
from bot.calls import Observation, Reacted
from bot.errors import Gone
from bot.feature import NewSpace
from bot.people import Account, Place, Profile
from bot.ports import Sent
from bot.views import Message


class Playground:
    """Implements `bot.ports.Platform` on a pretended community."""

    name = PLATFORM

    def __init__(self, stage: Stage, address: str, close: Callable[[], Awaitable[None]]) -> None:
        """Take the stage, where its page is found, and how that is closed."""
        self.address = address
        self.connected = True
        self._stage = stage
        self._close = close

    async def send(self, to: Account | Place, message: Message, key: str) -> Sent:
        """Write to a person or into a conversation, once for each key. Raises Gone for what isn't there."""
        channel = self._channel(to)
        post = self._community.sent(channel, key) or self._write(channel, message, key)
        return self._sent(post)

    async def find(self, to: Account | Place, key: str) -> Sent | None:
        """Look up what was written under a key. Raises Gone for a person or a conversation that isn't there."""
        post = self._community.sent(self._channel(to), key)
        return None if post is None else self._sent(post)

    async def open_space(self, workspace: str, space: NewSpace, key: str) -> Place:
        """Make a conversation, once for each key. Raises Gone for people who aren't there."""
        users = [self._community.person(account).user for account in space.people]
        channel = self._community.open(Opened(key, space.name, space.topic), users)
        self._stage.show_space(channel)
        return self._community.place(channel)

    async def close_space(self, place: Place) -> None:
        """Let nobody write there any more. Raises Gone for a conversation that isn't there."""
        channel = self._community.channel(place)
        self._community.close(channel)
        self._stage.show_space(channel)

    async def wear(self, account: Account, title: str, *, on: bool) -> None:
        """Do nothing: names stand alone here."""

    async def look_up(self, workspace: str, words: Collection[str]) -> Mapping[str, Profile]:
        """Return people by `@` and user id, by user id, or by name."""
        return {word: found for word in words if (found := self._profile(word)) is not None}

    async def edit(self, sent: Sent, message: Message) -> None:
        """Put a message in the place of one that the bot wrote. Raises Gone if there is none."""
        channel = self._community.channel(sent.place)
        post = self._community.post(channel, sent.message)
        if post.author is not None:
            raise Gone("this is not a message of the bot's")
        changed = self._community.rewrite(post, blocks=render.message(message))
        self._stage.show(changed)
        self._stage.note("edited", self._community.spaces[channel][0], changed)

    async def history(self, place: Place, since: datetime) -> Sequence[Observation]:
        """Return people's messages and reactions from `since` on, oldest first. Raises Gone for no place."""
        posts = self._community.all_in(self._community.channel(place))
        told: list[Observation] = [posted(self._community, post) for post in posts if post.author is not None]
        told += [
            Reacted(place, post.id, user, reaction, at)
            for post in posts
            for (user, reaction), at in post.reactions.items()
        ]
        return sorted((fact for fact in told if fact.at >= since), key=lambda fact: fact.at)

    def link(self, place: Place, message: str) -> str:
        """Return the page's address: all conversations are on it."""
        del place, message
        return self.address

    async def close(self) -> None:
        """Keep everything and close the page."""
        self.connected = False
        self._stage.save()
        await self._close()

    @property
    def _community(self) -> Community:
        return self._stage.community

    def _channel(self, to: Account | Place) -> str:
        return self._community.channel(to) if isinstance(to, Place) else direct(self._community.person(to).user)

    def _profile(self, word: str) -> Profile | None:
        wanted = word.removeprefix("@").casefold()
        named = (p for p in self._community.people.values() if wanted in (p.user.casefold(), p.name.casefold()))
        person = next(named, None)
        return None if person is None else Profile(self._community.account(person.user), person.name, person.zone)

    def _write(self, channel: str, message: Message, key: str) -> Post:
        blocks = render.message(message)
        post = Post("", channel, None, self._stage.now(), blocks=blocks, key=key)
        shown = self._stage.show(self._community.add(post))
        self._stage.note("sent", self._community.spaces[channel][0], shown)
        return shown

    def _sent(self, post: Post) -> Sent:
        return Sent(self._community.place(post.channel), post.id)
