"""Slack as the bot sees it: a platform like the others."""

import hashlib
from collections.abc import Awaitable, Callable, Collection, Mapping, Sequence
from datetime import datetime

from slack_sdk.web.async_client import AsyncWebClient

from adapters.slack import limits, render
from adapters.slack.failures import Api
from adapters.slack.files import Files
from adapters.slack.history import History
from adapters.slack.people import People
from adapters.slack.spaces import Spaces
from adapters.slack.workspace import PLATFORM, Workspace
from bot.calls import Observation
from bot.errors import Gone
from bot.feature import NewSpace
from bot.people import Account, Place, Profile
from bot.ports import Sent
from bot.recent import Recent
from bot.views import Message

EVENT = "mentorbot"  # the event type of the metadata in the bot's messages


class Slack:
    """Implements `bot.ports.Platform` on one workspace."""

    name = PLATFORM

    def __init__(
        self,
        client: AsyncWebClient,
        api: Api,
        workspace: Workspace,
        is_connected: Callable[[], bool],
        close: Callable[[], Awaitable[None]],
    ) -> None:
        """Speak in a workspace; `is_connected` and `close` are those of the socket."""
        self.workspace = workspace
        self._client = client
        self._api = api
        self._is_connected = is_connected
        self._close = close
        self._history = History(client, api, workspace)
        self._people = People(client, api, workspace)
        self._spaces = Spaces(client, api, workspace)
        self._files = Files(client, api)
        self._sent: Recent[tuple[str, str], str] = Recent(limits.REMEMBERED)  # messages, by channel and key
        self._shared: Recent[tuple[str, str], bool] = Recent(limits.REMEMBERED)  # whose pictures and files are there

    @property
    def connected(self) -> bool:
        """Whether there is a socket, and Slack lets the bot in."""
        return self._is_connected()

    async def send(self, to: Account | Place, message: Message, key: str) -> Sent:
        """Write to a person or into a channel, once for each key. Pictures and files go before their message."""
        channel = await self._channel(to)
        mark = _mark(key)
        known = self._sent.get((channel, mark))
        if known is not None:
            return Sent(self.workspace.place(channel), known)
        if (channel, mark) not in self._shared:
            await self._files.share(channel, render.uploads(message))
            self._shared[channel, mark] = True
        shown = render.message(message, self.link)
        sent = await self._api.ask(
            self._client.chat_postMessage(
                channel=channel,
                text=shown.text,
                blocks=shown.blocks,
                metadata={"event_type": EVENT, "event_payload": {"key": mark}},
                mrkdwn=False,
                unfurl_links=False,
                unfurl_media=False,
            )
        )
        self._sent[channel, mark] = sent["ts"]
        return Sent(self.workspace.place(channel), sent["ts"])

    async def find(self, to: Account | Place, key: str) -> Sent | None:
        """Look for a message in the last ones of a conversation."""
        channel = await self._channel(to)
        found = await self._history.find(channel, _mark(key))
        return None if found is None else Sent(self.workspace.place(channel), found)

    async def open_space(self, workspace: str, space: NewSpace, key: str) -> Place:
        """Make a private channel, once for each key."""
        for account in space.people:
            self.workspace.check(account)
        if workspace != self.workspace.id:
            raise Gone("this is another workspace")
        return self.workspace.place(await self._spaces.open(space, key))

    async def close_space(self, place: Place) -> None:
        """Archive a channel."""
        self.workspace.check(place)
        await self._spaces.close(place.channel)

    async def wear(self, account: Account, title: str, *, on: bool) -> None:
        """Do nothing: on Slack a bot can't put anything beside somebody's name."""

    async def look_up(self, workspace: str, words: Collection[str]) -> Mapping[str, Profile]:
        """Return people by id, address or name."""
        return await self._people.look_up(words) if words and workspace == self.workspace.id else {}

    async def edit(self, sent: Sent, message: Message) -> None:
        """Put a message in the place of one that the bot wrote; its pictures and files stay as they were."""
        self.workspace.check(sent.place)
        shown = render.message(message, self.link)
        await self._api.ask(
            self._client.chat_update(channel=sent.place.channel, ts=sent.message, text=shown.text, blocks=shown.blocks)
        )

    async def history(self, place: Place, since: datetime) -> Sequence[Observation]:
        """Return people's messages and reactions from `since` on, oldest first."""
        self.workspace.check(place)
        return await self._history.read(place.channel, since)

    async def close(self) -> None:
        """End the connection."""
        await self._close()

    def link(self, place: Place, message: str) -> str:
        """Return the address of a message."""
        return render.permalink(self.workspace.url, place, message)

    async def _channel(self, to: Account | Place) -> str:
        """Return the channel in which somebody is written to. Raises Gone for who or what isn't there any more."""
        self.workspace.check(to)
        if isinstance(to, Place):
            return to.channel
        opened = await self._api.ask(self._client.conversations_open(users=to.user))
        return str(opened["channel"]["id"])


def _mark(key: str) -> str:
    """Return what stands in a message's metadata, which other apps may read: it tells nothing."""
    return hashlib.sha256(key.encode()).hexdigest()[:32]
