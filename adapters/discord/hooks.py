"""Answering interactions: each brings a token of its own, which holds for 15 minutes, the first answer for 3 seconds.

These addresses know no other limits than their own, and don't wait when the bot has to wait elsewhere.
Source: https://discord.com/developers/docs/interactions/receiving-and-responding
"""

import aiohttp
import discord
from discord.http import Route
from discord.webhook.async_ import AsyncWebhookAdapter

from adapters.discord.failures import FAILURES, Failed, meaning
from adapters.discord.text import Json
from bot.errors import Busy

MESSAGE, DEFERRED, DEFERRED_UPDATE, UPDATE, COMPLETION, MODAL = 4, 5, 6, 7, 8, 9
ANSWERED_ALREADY = 40060


class LostConnection(Busy):
    """The connection was lost before Discord had answered."""


class Hooks:
    """Answers interactions of an app."""

    def __init__(self, app: str, session: aiohttp.ClientSession) -> None:
        """Answer for an app."""
        self._app = app
        self._session = session
        self._adapter = AsyncWebhookAdapter()  # type: ignore[no-untyped-call]

    async def answer(
        self, interaction: Json, kind: int, data: Json | None = None, files: list[Json] | None = None
    ) -> bool:
        """Give the first answer; return whether it was the first. Raises Busy, Gone and Refused."""
        path = "/interactions/{webhook_id}/{webhook_token}/callback"
        body = {"type": kind} if data is None else {"type": kind, "data": data}
        try:
            await self._surely("POST", path, str(interaction["id"]), str(interaction["token"]), body, files)
        except Failed as failed:
            if failed.code != ANSWERED_ALREADY:
                raise
            return False
        return True

    async def edit(self, interaction: Json, body: Json, files: list[Json] | None = None) -> None:
        """Put something in the place of the first answer."""
        path = "/webhooks/{webhook_id}/{webhook_token}/messages/@original"
        await self._surely("PATCH", path, self._app, str(interaction["token"]), body, files)

    async def delete(self, interaction: Json) -> None:
        """Take the first answer away."""
        path = "/webhooks/{webhook_id}/{webhook_token}/messages/@original"
        await self._surely("DELETE", path, self._app, str(interaction["token"]), None, None)

    async def follow(self, interaction: Json, body: Json, files: list[Json] | None = None) -> None:
        """Say something after the first answer."""
        path = "/webhooks/{webhook_id}/{webhook_token}"
        await self._send("POST", path, self._app, str(interaction["token"]), body, files)

    async def _surely(
        self, verb: str, path: str, id_: str, token: str, body: Json | None, files: list[Json] | None
    ) -> None:
        """Send what may come twice: once more if the connection was lost, such as one that stood idle for too long."""
        try:
            await self._send(verb, path, id_, token, body, files)
        except LostConnection:
            await self._send(verb, path, id_, token, body, files)

    async def _send(
        self, verb: str, path: str, id_: str, token: str, body: Json | None, files: list[Json] | None
    ) -> None:
        route = Route(verb, path, webhook_id=id_, webhook_token=token)
        sent: Json = {"payload": body}
        if files:
            sent = {"multipart": [{"name": "payload_json", "value": discord.utils._to_json(body)}, *files]}  # noqa: SLF001
        try:
            await self._adapter.request(route, self._session, **sent)
        except (aiohttp.ClientConnectionError, ConnectionError):
            raise LostConnection from None
        except FAILURES as error:
            raise meaning(error) from None
