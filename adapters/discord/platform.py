"""Discord as the bot sees it: a platform like the others, in all the servers that it is in."""

from collections.abc import Awaitable, Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from adapters.discord import limits, render, spaces
from adapters.discord.failures import ARCHIVED, UNKNOWN_MEMBER, Api, GoneFor
from adapters.discord.guild import PLATFORM, is_id, place
from adapters.discord.history import MESSAGES, History
from adapters.discord.people import People
from adapters.discord.render import Rendered
from adapters.discord.roles import Roles
from adapters.discord.spelling import Spelling
from adapters.discord.text import Json
from bot.calls import Observation
from bot.errors import Gone
from bot.feature import NewSpace
from bot.people import Account, Place, Profile
from bot.ports import Sent
from bot.recent import Recent
from bot.views import Message

CHANNEL = "/channels/{channel_id}"
MESSAGE = f"{MESSAGES}/{{message}}"
DIRECT = 1  # a kind of channel
AROUND = 2 * limits.FILES + 1  # messages in which the parts of one are looked for
PARTS = range(-limits.FILES, limits.FILES + 1)


@dataclass(frozen=True, slots=True)
class Socket:
    """What the platform needs of the gateway."""

    is_connected: Callable[[], bool]
    settled: Callable[[], Awaitable[None]]
    close: Callable[[], Awaitable[None]]


class Discord:
    """Implements `bot.ports.Platform`."""

    name = PLATFORM

    def __init__(
        self, api: Api, us: str, people: People, making: spaces.Spaces, spelling: Spelling, socket: Socket
    ) -> None:
        """Speak as the bot `us`, which hears on a socket."""
        self._spelling = spelling
        self._api = api
        self._us = us
        self._people = people
        self._making = making
        self._socket = socket
        self._history = History(api, us)
        self._roles = Roles(api)
        # People's conversations with the bot, which Discord doesn't like asked often.
        self._direct: Recent[str, str] = Recent(limits.REMEMBERED)

    @property
    def connected(self) -> bool:
        """Whether the gateway is open, and Discord lets the bot in."""
        return self._socket.is_connected()

    async def send(self, to: Account | Place, message: Message, key: str) -> Sent:
        """Write to a person or into a place, once for each key."""
        channel = await self._channel(to)
        message = self._spelling.message(message)
        parts = render.messages(message, to.workspace if isinstance(to, Account) else None)
        last = render.mark(f"{to.workspace}/{channel}", key) | (len(parts) > 1)
        sent: Json = {}
        for before, part in zip(range(len(parts) - 1, -1, -1), parts, strict=True):
            sent = await self._post(channel, part, render.part_mark(last, before) if before else last)
        return Sent(place(to.workspace, channel), str(sent["id"]))

    async def find(self, to: Account | Place, key: str) -> Sent | None:
        """Look for a message in the last ones of a conversation."""
        channel = await self._channel(to)
        found = await self._history.find(channel, render.mark(f"{to.workspace}/{channel}", key))
        return None if found is None else Sent(place(to.workspace, channel), found)

    async def open_space(self, workspace: str, space: NewSpace, key: str) -> Place:
        """Make a private channel or thread, once for each key."""
        if not is_id(workspace) or any(one.workspace != workspace for one in space.people):
            raise Gone("this is another server")
        return place(workspace, await self._making.open(workspace, space, key))

    async def close_space(self, place: Place) -> None:
        """Let nobody write in a channel or thread any more."""
        await self._about(place)
        await spaces.close(self._api, self._us, place.channel)

    async def wear(self, account: Account, title: str, *, on: bool) -> None:
        """Give somebody a role, or take it away."""
        await (self._roles.give if on else self._roles.take)(account.workspace, account.user, title)

    async def look_up(self, workspace: str, words: Collection[str]) -> Mapping[str, Profile]:
        """Return people by id, handle or name."""
        return await self._people.look_up(workspace, words) if words and is_id(workspace) else {}

    async def edit(self, sent: Sent, message: Message) -> None:
        """Put a message in the place of one that the bot wrote, with all its parts, pictures and files."""
        channel = sent.place.channel
        if not (is_id(channel) and is_id(sent.message) and is_id(sent.place.workspace)):
            raise Gone("there is no such message")
        old = await self._api.get(MESSAGE, channel_id=channel, message=sent.message)
        if not self._history.is_own(old):
            raise Gone("somebody else wrote it")
        home = sent.place.workspace if await self._is_direct(channel) else None
        parts = render.messages(self._spelling.message(message), home)
        mark = render.marked(old) or render.mark(channel, sent.message)
        there = (
            {0: sent.message} if len(parts) == 1 and not mark & 1 else await self._parts(channel, sent.message, mark)
        )
        await self._put(channel, parts, there, mark & ~1 | (len(parts) > 1))

    async def history(self, place: Place, since: datetime) -> Sequence[Observation]:
        """Return people's messages and reactions from `since` on, oldest first."""
        about = await self._about(place)
        if (about.get("thread_metadata") or {}).get("locked"):
            raise Gone("nobody can answer there any more")
        found = await self._history.read(place.workspace, place.channel, since)
        if not found:
            await self._history.check(place.channel, about.get("last_message_id"), since)
        return found

    def link(self, place: Place, message: str) -> str:
        """Return the address of a message."""
        return render.permalink(place, message)

    async def settled(self) -> None:
        """Wait until everything that came in is committed and answered."""
        await self._socket.settled()

    async def close(self) -> None:
        """End the connection."""
        await self._socket.close()

    # Where.

    async def _channel(self, to: Account | Place) -> str:
        """Return the channel in which somebody is written to. Raises Gone for who or what isn't there any more."""
        if isinstance(to, Place):
            await self._about(to)
            return to.channel
        if not (is_id(to.workspace) and is_id(to.user)) or await self._people.member(to.workspace, to.user) is None:
            raise GoneFor(UNKNOWN_MEMBER)
        if to.user not in self._direct:
            opened = await self._api.post("/users/@me/channels", {"recipient_id": to.user})
            self._direct[to.user] = str(opened["id"])
        return self._direct[to.user]

    async def _about(self, where: Place) -> Mapping[str, Any]:
        """Return what Discord tells of a channel. Raises Gone for one that isn't there, or is another server's."""
        if not (is_id(where.workspace) and is_id(where.channel)):
            raise Gone("there is no such channel")
        found: Mapping[str, Any] = await self._api.get(CHANNEL, channel_id=where.channel)
        if found.get("type") != DIRECT and str(found.get("guild_id")) != where.workspace:
            raise Gone("this is in another server")
        return found

    async def _is_direct(self, channel: str) -> bool:
        if channel in self._direct.values():
            return True
        return bool((await self._api.get(CHANNEL, channel_id=channel)).get("type") == DIRECT)

    # Messages of one part or several.

    async def _post(self, channel: str, part: Rendered, mark: int) -> Json:
        body = render.payload(part, mark=mark)
        body |= {"nonce": render.nonce(mark, channel), "enforce_nonce": True}
        sent: Json = await self._api.post(MESSAGES, body, render.uploads(part), channel_id=channel)
        return sent

    async def _parts(self, channel: str, message: str, mark: int) -> dict[int, str]:
        """Return the messages of which one consists, by how far each stands before its last."""
        asked = {"around": message, "limit": AROUND}
        page = await self._api.get(MESSAGES, asked, channel_id=channel)
        which = {render.part_mark(mark, before): before for before in PARTS if before}
        own = [one for one in page if self._history.is_own(one)]
        return {0: message} | {which[found]: str(one["id"]) for one in own if (found := render.marked(one)) in which}

    async def _put(self, channel: str, parts: Sequence[Rendered], there: dict[int, str], mark: int) -> None:
        """Put parts in the places of those that are there; what is too many goes, what is too few comes behind."""
        order = sorted(there, reverse=True)
        while len(order) > len(parts):
            spare = next(before for before in order if before)
            order.remove(spare)
            await self._api.delete(MESSAGE, channel_id=channel, message=there[spare])
        for number, part in enumerate(parts):
            if number < len(order):
                before = order[number]
                await self._patch(channel, there[before], part, render.part_mark(mark, before) if before else mark)
            else:
                behind = min(order) - 1
                order.append(behind)
                await self._post(channel, part, render.part_mark(mark, behind))

    async def _patch(self, channel: str, message: str, part: Rendered, mark: int) -> None:
        body, files = render.payload(part, mark=mark), render.uploads(part)
        try:
            await self._api.patch(MESSAGE, body, files, channel_id=channel, message=message)
        except GoneFor as gone:
            if gone.code != ARCHIVED:
                raise
            await self._api.patch(CHANNEL, {"archived": False}, channel_id=channel)
            await self._api.patch(MESSAGE, body, files, channel_id=channel, message=message)
