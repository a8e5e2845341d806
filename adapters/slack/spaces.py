"""Private channels for pairings: made once for each key, and archived.

A channel's name ends with a few characters that are worked out from its key. Slack lets no two channels have one name,
so whoever makes it a second time, after a crash or beside another process, finds the first one by it.
"""

import hashlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any
from unicodedata import category

from slack_sdk.web.async_client import AsyncWebClient

from adapters.slack import limits
from adapters.slack.failures import Api, Failed
from adapters.slack.text import short
from adapters.slack.workspace import Workspace
from bot.errors import Gone, Refused
from bot.feature import NewSpace
from bot.people import Account

NAMES = 5  # how many names are tried before it is given up
_LETTERS = "abcdefghijkmnpqrstuvwxyz23456789"  # none that looks like another


@dataclass(frozen=True, slots=True)
class Spaces:
    """Makes and archives channels."""

    client: AsyncWebClient
    api: Api
    workspace: Workspace

    async def open(self, space: NewSpace, key: str) -> str:
        """Return the channel of a key with everybody in it, and make it if it isn't there."""
        channel = await self._create(space.name, key)
        try:
            await self._gather(channel, space.people)
        except (Gone, Refused):
            await self.close(channel)  # nobody is in there
            raise
        topic = short(space.topic, limits.TOPIC)
        await self.api.ask(self.client.conversations_setTopic(channel=channel, topic=topic))
        return channel

    async def close(self, channel: str) -> None:
        """Archive a channel; one that is archived stays so."""
        with suppress_code("already_archived"):
            await self.api.ask(self.client.conversations_archive(channel=channel))

    async def _create(self, name: str, key: str) -> str:
        for number in range(1, NAMES + 1):
            for called in (channel_name(name, key, number), channel_name("", key, number)):
                try:
                    made = await self.api.ask(self.client.conversations_create(name=called, is_private=True))
                    return str(made["channel"]["id"])
                except Failed as error:
                    if error.code != "name_taken" and not error.code.startswith("invalid_name"):
                        raise
                    if error.code == "name_taken":
                        mine = await self._find(called)
                        if mine is not None:
                            return mine
                        break  # somebody else's: on with the next number
        raise Refused("no name is left for the channel")

    async def _find(self, name: str) -> str | None:
        """Return the bot's own channel of a name, unless it is archived."""
        cursor: str | None = None
        while cursor != "":
            answer = await self.api.ask(
                self.client.users_conversations(
                    types="private_channel", exclude_archived=True, limit=limits.PAGE, cursor=cursor
                )
            )
            for channel in answer.get("channels") or []:
                if channel.get("name") == name and self._is_own(channel):
                    return str(channel["id"])
            cursor = (answer.get("response_metadata") or {}).get("next_cursor") or ""
        return None

    def _is_own(self, channel: dict[str, Any]) -> bool:
        return bool(channel.get("creator") == self.workspace.user and not channel.get("is_archived"))

    async def _gather(self, channel: str, people: Sequence[Account]) -> None:
        """Invite all at once, so that nobody is left there alone; who is in there already stays."""
        try:
            await self._invite(channel, people)
        except Failed as error:
            if error.code != "already_in_channel":
                raise
            for account in people:
                with suppress_code("already_in_channel"):
                    await self._invite(channel, [account])

    async def _invite(self, channel: str, people: Sequence[Account]) -> None:
        users = ",".join(account.user for account in people)
        await self.api.ask(self.client.conversations_invite(channel=channel, users=users))


@contextmanager
def suppress_code(code: str) -> Iterator[None]:
    """Let a refusal pass that only says that all is as it should be."""
    try:
        yield
    except Failed as error:
        if error.code != code:
            raise


def channel_name(name: str, key: str, number: int = 1) -> str:
    """Return a name that Slack takes: small letters, digits and hyphens; the key's mark and a number behind it."""
    digest = int.from_bytes(hashlib.sha256(key.encode()).digest()[:5])
    mark = "".join(_LETTERS[digest >> (5 * place) & 31] for place in range(5))
    ending = f"-{mark}" if number == 1 else f"-{mark}-{number}"
    kept = "".join(char if category(char)[0] in "LMN" else " " for char in name.lower())
    words = "-".join(kept.split())[: limits.CHANNEL - len(ending)].strip("-")
    return (words or "mentoring") + ending
