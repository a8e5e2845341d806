"""Reading again what happened in a channel, with its threads."""

from collections.abc import AsyncIterator, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from slack_sdk.web.async_client import AsyncWebClient

from adapters.slack import limits
from adapters.slack.failures import Api, Failed
from adapters.slack.observations import is_written, posted, reaction
from adapters.slack.workspace import Workspace, instant, time_stamp
from bot.calls import Observation, Reacted
from bot.errors import Gone

Message = Mapping[str, Any]

THREADS = timedelta(days=14)  # how long a thread may rest and its answers are still found


@dataclass(frozen=True, slots=True)
class History:
    """Reads channels of a workspace."""

    client: AsyncWebClient
    api: Api
    workspace: Workspace

    async def read(self, channel: str, since: datetime) -> list[Observation]:
        """Return people's messages from `since` on, and all reactions that are found, oldest first.

        Slack doesn't tell when a reaction was put: it counts from its message on, or from `since` if that is later.
        Raises Gone for an archived channel, too: nobody can answer there any more.
        """
        if await self._is_archived(channel):
            raise Gone("is_archived")
        found: dict[str, Message] = {}
        async for message in self._messages(channel, since):
            found[message["ts"]] = message
        told: list[Observation] = []
        for message in found.values():
            told += self._written(channel, message, since)
            told += self._reactions(channel, message, since)
        return sorted(told, key=lambda fact: fact.at)

    async def _is_archived(self, channel: str) -> bool:
        try:
            about = await self.api.ask(self.client.conversations_info(channel=channel))
        except Failed:  # a conversation with the bot alone: those it may not ask about, and nobody archives them
            return False
        return bool(about["channel"].get("is_archived"))

    async def find(self, channel: str, mark: str) -> str | None:
        """Return the id of the bot's own message with this mark, if it is among the last."""
        pages = self._pages(self.client.conversations_history, channel=channel, include_all_metadata=True)
        number = 0
        async for page in pages:
            for message in page:
                payload = (message.get("metadata") or {}).get("event_payload") or {}
                if payload.get("key") == mark and self._is_own(message):
                    return str(message["ts"])
            number += 1
            if number == limits.PAGES_SEARCHED:
                break
        return None

    async def _messages(self, channel: str, since: datetime) -> AsyncIterator[Message]:
        start = time_stamp(since)
        oldest = time_stamp(since - THREADS)
        async for page in self._pages(self.client.conversations_history, channel=channel, oldest=oldest):
            for message in page:
                yield message
                if float(message.get("latest_reply") or 0) >= float(start):
                    async for reply in self._thread(channel, message["ts"], start):
                        yield reply

    async def _thread(self, channel: str, ts: str, start: str) -> AsyncIterator[Message]:
        async for page in self._pages(self.client.conversations_replies, channel=channel, ts=ts, oldest=start):
            for message in page:
                if message["ts"] != ts:
                    yield message

    async def _pages(self, method: Any, **asked: Any) -> AsyncIterator[list[Message]]:  # noqa: ANN401 - the SDK's own
        cursor: str | None = None
        while cursor != "":
            answer = await self.api.ask(method(**asked, inclusive=True, limit=limits.PAGE, cursor=cursor))
            yield answer.get("messages") or []
            cursor = (answer.get("response_metadata") or {}).get("next_cursor") or ""

    def _is_own(self, message: Message) -> bool:
        return message.get("user") == self.workspace.user or message.get("bot_id") == self.workspace.bot

    def _written(self, channel: str, message: Message, since: datetime) -> Iterable[Observation]:
        fact = posted(self.workspace, channel, message)
        return [fact] if fact is not None and fact.at >= since else []

    def _reactions(self, channel: str, message: Message, since: datetime) -> Iterable[Observation]:
        if not is_written(self.workspace, message):
            return
        at = max(instant(message["ts"]), since)
        place = self.workspace.place(channel)
        for one in message.get("reactions") or []:
            for user in one["users"]:
                if user != self.workspace.user:
                    yield Reacted(place, message["ts"], user, reaction(one["name"]), at)
