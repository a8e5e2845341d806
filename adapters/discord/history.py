"""Reading again what happened in a channel, a thread or a direct conversation."""

from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from adapters.discord import limits, render
from adapters.discord.emoji import name_of, written
from adapters.discord.failures import UNKNOWN_MESSAGE, Api, GoneFor
from adapters.discord.guild import instant, just_before, place
from adapters.discord.observations import is_written, posted
from bot.calls import Observation, Posted, Reacted
from bot.errors import Gone

Message = Mapping[str, Any]

MESSAGES = "/channels/{channel_id}/messages"


@dataclass(frozen=True, slots=True)
class History:
    """Reads channels; `us` is the bot's user id."""

    api: Api
    us: str

    async def read(self, guild: str, channel: str, since: datetime) -> list[Observation]:
        """Return people's messages from `since` on with their reactions, oldest first.

        Discord doesn't tell when a reaction was put: it counts from its message on.
        """
        found: list[Posted | Reacted] = []
        async for message in self._messages(channel, since):
            fact = posted(guild, channel, message)
            if fact is not None and fact.at >= since:
                reactions = [reacted async for reacted in self._reactions(guild, channel, message)]
                found += [fact, *reactions]
        found.sort(key=lambda fact: (fact.at, int(fact.message)))
        return [*found]

    async def check(self, channel: str, last: str | None, since: datetime) -> None:
        """Raise Refused if a channel only seems empty: that is how Discord shows it to whoever may not read it."""
        if last is None or instant(str(last)) < since:
            return
        try:
            await self.api.get(f"{MESSAGES}/{{message}}", channel_id=channel, message=str(last))
        except GoneFor as gone:
            if gone.code != UNKNOWN_MESSAGE:  # that one is deleted
                raise

    async def find(self, channel: str, mark: int) -> str | None:
        """Return the id of the bot's own message with this mark, if it is among the last."""
        asked: dict[str, str | int] = {"limit": limits.PAGE}
        for _ in range(limits.PAGES_SEARCHED):
            page = await self.api.get(MESSAGES, asked, channel_id=channel)
            for message in page:
                if self.is_own(message) and (render.marked(message) or 0) & ~1 == mark:
                    return str(message["id"])
            if len(page) < limits.PAGE:
                break
            asked["before"] = str(page[-1]["id"])
        return None

    def is_own(self, message: Message) -> bool:
        """Tell whether the bot wrote a message."""
        return str((message.get("author") or {}).get("id")) == self.us

    async def _messages(self, channel: str, since: datetime) -> AsyncIterator[Message]:
        after = str(just_before(since))
        while True:
            page = await self.api.get(MESSAGES, {"after": after, "limit": limits.PAGE}, channel_id=channel)
            for message in page:
                yield message
            if len(page) < limits.PAGE:
                return
            after = str(max(int(message["id"]) for message in page))

    async def _reactions(self, guild: str, channel: str, message: Message) -> AsyncIterator[Reacted]:
        if not is_written(message):
            return
        id_ = str(message["id"])
        for one in message.get("reactions") or []:
            async for user in self._users(channel, id_, written(one["emoji"])):
                if not user.get("bot"):
                    yield Reacted(place(guild, channel), id_, str(user["id"]), name_of(one["emoji"]), instant(id_))

    async def _users(self, channel: str, message: str, emoji: str) -> AsyncIterator[Mapping[str, Any]]:
        path = f"{MESSAGES}/{{message}}/reactions/{{emoji}}"
        asked: dict[str, str | int] = {"limit": limits.PAGE}
        while True:
            try:
                page = await self.api.get(path, asked, channel_id=channel, message=message, emoji=emoji)
            except Gone:  # taken away, or deleted, meanwhile
                return
            for user in page:
                yield user
            if len(page) < limits.PAGE:
                return
            asked["after"] = str(page[-1]["id"])
