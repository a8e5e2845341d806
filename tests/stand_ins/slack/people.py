"""What a person does in conversations: says, edits, deletes, reacts, joins, leaves."""

from collections.abc import Sequence
from uuid import uuid4

from tests.stand_ins.errors import NotPossible
from tests.stand_ins.slack import acts
from tests.stand_ins.slack.errors import Json
from tests.stand_ins.slack.methods_files import share
from tests.stand_ins.slack.texts import sent, shown
from tests.stand_ins.slack.using import User
from tests.stand_ins.slack.workspace import Channel, Message


class Person(User):
    """Somebody with Slack's client.

    Each act waits until the app was told, and raises NotPossible where the client doesn't allow it. Conversations are
    named by id, messages by ts.
    """

    @property
    def channels(self) -> list[Channel]:
        """The channels that they are in, without direct conversations."""
        return [one for one in self.slack.workspace.channels.values() if not one.direct and self.id in one.members]

    @property
    def inbox(self) -> list[Message]:
        """What the bot wrote to them directly, oldest first."""
        return [message for message in self.dm.messages if message.user == self.slack.app.bot_user]

    @property
    def ephemerals(self) -> list[Message]:
        """What only they see, oldest first."""
        return self.slack.ephemerals.setdefault(self.id, [])

    @property
    def home(self) -> Json | None:
        """The app's Home, as it was published for them."""
        view = self.slack.modals.homes.get(self.id)
        return view.body if view else None

    def sees(self, channel: str) -> list[Message]:
        """Return the messages of a conversation, oldest first."""
        return self._in(channel).messages

    async def says(
        self,
        channel: str,
        text: str,
        *,
        thread: str | None = None,
        broadcast: bool = False,
        files: Sequence[tuple[str, bytes]] = (),
        subtype: str | None = None,
        raw: bool = False,
    ) -> str:
        """Write a message as it is typed (`raw`: as Slack sends it); return its ts. Files are (name, content)."""
        place = self._writable(channel)
        marked = text if raw else sent(text, self.slack.handles)
        more: Json = {"thread_ts": thread} if thread else {}
        if subtype or (thread and broadcast):
            more["subtype"] = subtype or "thread_broadcast"
        if files:
            rows = [self.slack.file_of(self.id, *one) for one in files]
            message = share(self.slack, place, self.id, rows, marked, **more)
        else:
            body = acts.body(self.slack, self.id, text=marked, blocks=_rich(marked), **more)
            message = acts.post(self.slack, place, Message(place.id, body))
        await self.slack.settled()
        return message.ts

    async def edits(self, channel: str, ts: str, text: str, *, raw: bool = False) -> None:
        """Change a message of their own."""
        place, message = self._own(channel, ts)
        marked = text if raw else sent(text, self.slack.handles)
        acts.change(self.slack, place, message, {"text": marked, "blocks": _rich(marked)})
        await self.slack.settled()

    async def deletes(self, channel: str, ts: str) -> None:
        """Delete a message of their own."""
        acts.delete(self.slack, *self._own(channel, ts))
        await self.slack.settled()

    async def reacts(self, channel: str, ts: str, name: str) -> None:
        """Put a reaction under a message."""
        place, message = self._message(channel, ts)
        if self.id in message.reactions.get(name, []):
            raise NotPossible("it is there already")
        acts.react(self.slack, place, message, self.id, name)
        await self.slack.settled()

    async def unreacts(self, channel: str, ts: str, name: str) -> None:
        """Take a reaction away."""
        place, message = self._message(channel, ts)
        if self.id not in message.reactions.get(name, []):
            raise NotPossible("it isn't there")
        acts.react(self.slack, place, message, self.id, name, away=True)
        await self.slack.settled()

    async def joins(self, channel: str) -> None:
        """Enter a public channel."""
        place = self.slack.workspace.channels[channel]
        if place.kind != "channel" or place.archived or self.id in place.members:
            raise NotPossible("only public channels can be entered, and only once")
        acts.join(self.slack, place, self.id)
        await self.slack.settled()

    async def invites(self, channel: str, user: str) -> None:
        """Take somebody into a channel."""
        place = self._writable(channel)
        if user in place.members:
            raise NotPossible("already there")
        acts.join(self.slack, place, user, self.id)
        await self.slack.settled()

    async def leaves(self, channel: str) -> None:
        """Go out of a channel."""
        acts.leave(self.slack, self._in(channel), self.id)
        await self.slack.settled()

    async def removes(self, channel: str, user: str) -> None:
        """Put somebody out of a channel, the bot for example."""
        acts.leave(self.slack, self._in(channel), user, self.id)
        await self.slack.settled()

    async def archives(self, channel: str, *, back: bool = False) -> None:
        """Close a channel, or open it again."""
        acts.archive(self.slack, self._in(channel), self.id, back=back)
        await self.slack.settled()

    async def opens_home(self) -> None:
        """Look at the app's Home."""
        event: Json = {"type": "app_home_opened", "user": self.id, "channel": self.dm.id, "tab": "home"}
        self.slack.events.tell(event)
        await self.slack.settled()

    def _in(self, channel: str) -> Channel:
        place = self.slack.workspace.channels.get(channel)
        if place is None or (self.id not in place.members and place.kind != "channel"):
            raise NotPossible("there is no such conversation for them")
        return place

    def _writable(self, channel: str) -> Channel:
        place, app = self._in(channel), self.slack.app
        if place.archived or self.id not in place.members or self.slack.workspace.users[self.id].deleted:
            raise NotPossible("nothing can be written there")
        if place is self.slack.workspace.conversation([app.bot_user, self.id]) and (
            app.read_only or not app.messages_tab
        ):
            raise NotPossible("Sending messages to this app has been turned off.")
        return place

    def _message(self, channel: str, ts: str) -> tuple[Channel, Message]:
        place = self._writable(channel)
        message = place.message(ts)
        if message is None:
            raise NotPossible("there is no such message")
        return place, message

    def _own(self, channel: str, ts: str) -> tuple[Channel, Message]:
        place, message = self._message(channel, ts)
        if message.user != self.id or message.body.get("subtype") == "tombstone":
            raise NotPossible("it isn't theirs")
        return place, message


def _rich(text: str) -> list[Json]:
    section = {"type": "rich_text_section", "elements": [{"type": "text", "text": shown(text)}]}
    return [{"type": "rich_text", "block_id": uuid4().hex[:5], "elements": [section]}]
