"""The playground as the bot sees it: a platform like the others."""

from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime

from adapters.playground import render
from adapters.playground.community import PLATFORM, Community, Post, direct
from adapters.playground.incoming import posted
from adapters.playground.stage import Stage
from bot.calls import Observation, Reacted
from bot.errors import Gone
from bot.people import Account, Place
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

    async def send(self, to: Account, message: Message, key: str) -> Sent:
        """Write to a person, once for each key. Raises Gone for somebody who isn't there."""
        user = self._community.person(to).user
        post = self._community.sent(direct(user), key) or self._write(user, message, key)
        return self._sent(post)

    async def find(self, to: Account, key: str) -> Sent | None:
        """Look up what was written to a person under a key. Raises Gone for somebody who isn't there."""
        post = self._community.sent(direct(self._community.person(to).user), key)
        return None if post is None else self._sent(post)

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

    async def close(self) -> None:
        """Keep everything and close the page."""
        self.connected = False
        self._stage.save()
        await self._close()

    @property
    def _community(self) -> Community:
        return self._stage.community

    def _write(self, user: str, message: Message, key: str) -> Post:
        blocks = render.message(message)
        post = Post("", direct(user), None, self._stage.now(), blocks=blocks, key=key)
        shown = self._stage.show(self._community.add(post))
        self._stage.note("sent", user, shown)
        return shown

    def _sent(self, post: Post) -> Sent:
        return Sent(self._community.place(post.channel), post.id)
