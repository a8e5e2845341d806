"""What a person does in servers and channels: says, edits, deletes, reacts, joins, leaves."""

from collections.abc import Sequence

from tests.stand_ins.discord import acts, mentions
from tests.stand_ins.discord.community import Channel, File, Guild, Kind, Message
from tests.stand_ins.discord.permissions import Can
from tests.stand_ins.discord.using import User
from tests.stand_ins.errors import NotPossible


class Person(User):
    """Somebody with Discord's client.

    Each act waits until the app has it (`discord.settled`), and raises NotPossible where the client doesn't allow it.
    Channels, servers and messages are named by id.
    """

    @property
    def guilds(self) -> list[Guild]:
        """The servers that they are in."""
        return [one for one in self.discord.guilds.values() if self.id in one.members]

    @property
    def channels(self) -> list[Channel]:
        """The channels and threads that they see, without direct conversations and categories."""
        every = [one for one in self.discord.channels.values() if one.kind not in (Kind.DIRECT, Kind.CATEGORY)]
        return [one for one in every if self.discord.sees(one, self.id)]

    @property
    def inbox(self) -> list[Message]:
        """What the bot wrote to them directly, oldest first."""
        return [message for message in self.dm.messages if message.author == self.discord.app.bot]

    @property
    def ephemerals(self) -> list[Message]:
        """What only they see, oldest first."""
        return self.discord.ephemerals.setdefault(self.id, [])

    @property
    def pings(self) -> list[Message]:
        """What they were notified of in channels, oldest first."""
        every = [message for channel in self.discord.channels.values() for message in channel.messages]
        return sorted((one for one in every if self.id in one.pings), key=lambda one: int(one.id))

    def sees(self, channel: str) -> list[Message]:
        """Return the messages of a channel, oldest first."""
        place = self._in(channel)
        return place.messages if self.discord.may(place, self.id) & Can.READ_MESSAGE_HISTORY else []

    async def says(
        self,
        channel: str,
        text: str,
        *,
        reply_to: str | None = None,
        ping: bool = True,
        files: Sequence[tuple[str, bytes]] = (),
        wait: bool = True,
    ) -> str:
        """Write a message, people in it as `@handle`; return its id. `ping` the one who is replied to, or not."""
        place = self._writable(channel)
        message = Message(self.discord.ids.new(), place.id, self.id, self._sent(text))
        message.files = [File(self.discord.ids.new(), name, content, "text/plain") for name, content in files]
        message.reply_to, message.kind = reply_to, 19 if reply_to else 0
        allowed = {"parse": list(mentions.PARSE), "replied_user": ping}
        mentions.apply(self.discord, place, message, message.content, allowed)
        acts.post(self.discord, place, message)
        await self._told(wait=wait)
        return message.id

    def _sent(self, text: str) -> str:
        for user in sorted(self.discord.users.values(), key=lambda one: -len(one.name)):
            text = text.replace(f"@{user.name}", f"<@{user.id}>")
        return text

    async def edits(self, channel: str, message: str, text: str) -> None:
        """Change a message of their own."""
        place, one = self._own(channel, message)
        mentions.again(self.discord, place, one, self._sent(text), {"parse": list(mentions.PARSE)})
        acts.change(self.discord, place, one, {"content": self._sent(text)})
        await self._told()

    async def deletes(self, channel: str, message: str) -> None:
        """Delete a message of their own, or any where they may."""
        place, one = self._message(channel, message)
        if one.author != self.id and not (place.guild and self.discord.may(place, self.id) & Can.MANAGE_MESSAGES):
            raise NotPossible("it isn't theirs")
        acts.delete(self.discord, place, one)
        await self._told()

    async def reacts(self, channel: str, message: str, emoji: str) -> None:
        """Put a reaction under a message."""
        place, one = self._message(channel, message)
        if self.id in one.reactions.get(emoji, []):
            raise NotPossible("it is there already")
        if emoji not in one.reactions and not self.discord.may(place, self.id) & Can.ADD_REACTIONS:
            raise NotPossible("no new reactions there")
        acts.react(self.discord, place, one, self.id, emoji)
        await self._told()

    async def unreacts(self, channel: str, message: str, emoji: str) -> None:
        """Take a reaction away."""
        place, one = self._message(channel, message)
        if self.id not in one.reactions.get(emoji, []):
            raise NotPossible("it isn't there")
        acts.react(self.discord, place, one, self.id, emoji, away=True)
        await self._told()

    async def joins(self, guild: Guild) -> None:
        """Come into a server."""
        if self.id in guild.members or self.id in guild.banned:
            raise NotPossible("already there, or banned")
        acts.join(self.discord, guild, self.id)
        await self._told()

    async def leaves(self, guild: Guild) -> None:
        """Go out of a server."""
        if self.id not in guild.members or guild.owner == self.id:
            raise NotPossible("not there, or its owner")
        acts.leave(self.discord, guild, self.id)
        await self._told()

    async def invites(self, thread: str, user: str) -> None:
        """Take somebody into a thread."""
        place = self._writable(thread)
        manages = self.discord.may(place, self.id) & Can.MANAGE_THREADS
        if not place.thread or (place.kind is Kind.PRIVATE_THREAD and not place.invitable and not manages):
            raise NotPossible("nobody can be invited there")
        if not self.discord.sees(self.discord.channels[place.parent or ""], user):
            raise NotPossible("they don't see the channel above")
        acts.enter(self.discord, place, user)
        await self._told()

    def closes_dms(self, *, back: bool = False) -> None:
        """Take no direct messages from members of servers any more, or take them again."""
        self.discord.users[self.id].dms = back

    def _in(self, channel: str) -> Channel:
        self.discord.tidy()
        place = self.discord.channels.get(channel)
        if place is None or not self.discord.sees(place, self.id):
            raise NotPossible("there is no such channel for them")
        return place

    def _writable(self, channel: str) -> Channel:
        place = self._in(channel)
        needed = Can.SEND_MESSAGES_IN_THREADS if place.thread else Can.SEND_MESSAGES
        if not self.discord.may(place, self.id) & needed or (place.thread and place.locked):
            raise NotPossible("nothing can be written there")
        return place

    def _message(self, channel: str, message: str) -> tuple[Channel, Message]:
        place = self._in(channel)
        one = place.message(message)
        if one is None or place.archived:
            raise NotPossible("there is no such message, or the thread is archived")
        return place, one

    def _own(self, channel: str, message: str) -> tuple[Channel, Message]:
        place, one = self._message(channel, message)
        if one.author != self.id:
            raise NotPossible("it isn't theirs")
        return place, one
