"""What Discord's refusals and a broken connection mean for the bot.

Source: https://discord.com/developers/docs/topics/opcodes-and-status-codes
"""

import asyncio
from collections.abc import Callable, Coroutine
from contextlib import suppress
from datetime import timedelta
from http import HTTPStatus
from typing import Any

import aiohttp
import discord
from discord.http import HTTPClient, Route

from adapters.discord.text import Json
from bot.access import Access
from bot.errors import Busy, Closed, Forbidden, Gone, PlatformError, Refused

SHORTLY = timedelta(seconds=30)
AFTER_LOSS = timedelta(minutes=10)

UNKNOWN_MEMBER = 10007
UNKNOWN_MESSAGE = 10008
UNKNOWN_ROLE = 10011
UNKNOWN_USER = 10013
NO_ACCESS = 50001
LACKING = 50013  # a permission
TOKEN_OVER = 50027  # of an interaction's, not of the bot's
ARCHIVED = 50083
GONE = {
    10003: "unknown channel",
    10004: "unknown server",
    UNKNOWN_MEMBER: "not in the server",
    UNKNOWN_MESSAGE: "unknown message",
    UNKNOWN_ROLE: "unknown role",
    UNKNOWN_USER: "unknown user",
    10015: "unknown webhook",
    10062: "unknown interaction",
    NO_ACCESS: "the bot doesn't see it",
    50005: "somebody else's message",
    50024: "not possible in this kind of channel",
    TOKEN_OVER: "the time for an answer is over",
    50033: "unknown recipient",
    50278: "no server in common",
    ARCHIVED: "the thread is archived",
    160005: "the thread is locked",
}
CLOSED = {50007}
BUSY = {20016, 20022, 20028, 20029, 31001, 31002, 40003, 40062, 130000}


class LockedOut(Busy):
    """Discord no longer lets the bot in: its token was reset, or the app deleted."""

    def __init__(self) -> None:
        """Wait long: only people can change this."""
        super().__init__(AFTER_LOSS)


class Failed(Refused):
    """Discord refused for a reason of its own, which has a `code`."""

    def __init__(self, code: int, status: int) -> None:
        """Keep the code."""
        super().__init__(f"Discord refused it: {code or status}")
        self.code = code


class Lacking(Failed, Forbidden):
    """The bot lacks a permission, or its role stands too low."""


class GoneFor(Gone):
    """Something isn't there any more, for a reason that has a `code`."""

    def __init__(self, code: int) -> None:
        """Keep the code."""
        super().__init__(GONE.get(code, "not found"))
        self.code = code


FAILURES = (discord.DiscordException, aiohttp.ClientError, TimeoutError, OSError, RuntimeError)


def meaning(error: Exception) -> PlatformError:
    """Return what an error of the library's or of the connection means."""
    match error:
        case discord.RateLimited():
            return Busy(timedelta(seconds=error.retry_after))
        case discord.LoginFailure():
            return LockedOut()
        case discord.HTTPException():
            return _refusal(error)
    return Busy(SHORTLY)


def _refusal(error: discord.HTTPException) -> PlatformError:
    status = error.status
    if status == HTTPStatus.UNAUTHORIZED and error.code not in GONE:
        return LockedOut()
    if status == HTTPStatus.TOO_MANY_REQUESTS:
        return Busy(_told(error))
    if status >= HTTPStatus.INTERNAL_SERVER_ERROR or error.code in BUSY:
        return Busy(SHORTLY)
    if error.code in CLOSED:
        return Closed(str(error.code))
    if error.code in GONE or status == HTTPStatus.NOT_FOUND:
        return GoneFor(error.code)
    return (Lacking if error.code == LACKING else Failed)(error.code, status)


def _told(error: discord.HTTPException) -> timedelta:
    """Return how long Discord says to wait."""
    told = error.response.headers.get("Retry-After", "") if error.response is not None else ""
    try:
        return max(timedelta(seconds=float(told)), timedelta(seconds=1))
    except (ValueError, OverflowError):
        return SHORTLY


class Api:
    """Asks Discord's REST interface through the library, which keeps to its limits; fails with `bot.errors` alone."""

    def __init__(self, http: HTTPClient, access: Access, request: float, patience: float) -> None:
        """Let one request take `request` seconds, and one with all its repeats and waiting `patience`."""
        self._http = http
        self._access = access
        self._timeout = aiohttp.ClientTimeout(total=request)
        self._patience = patience
        self._under_way: set[asyncio.Task[Any]] = set()

    async def get(self, path: str, params: Json | None = None, **ids: str) -> Any:  # noqa: ANN401 - any JSON
        """Ask for something. Raises Busy, Gone, Closed and Refused, as all here."""
        return await self.ask("GET", path, params=params or {}, **ids)

    async def post(self, path: str, body: Json, files: list[Json] | None = None, **ids: str) -> Any:  # noqa: ANN401
        """Make something, with files beside it or without."""
        return await self.ask("POST", path, **_sent(body, files), **ids)

    async def patch(self, path: str, body: Json, files: list[Json] | None = None, **ids: str) -> Any:  # noqa: ANN401
        """Change something."""
        return await self.ask("PATCH", path, **_sent(body, files), **ids)

    async def put(self, path: str, body: Any = None, **ids: str) -> Any:  # noqa: ANN401
        """Put something in its place."""
        return await self.ask("PUT", path, **({} if body is None else {"json": body}), **ids)

    async def delete(self, path: str, **ids: str) -> None:
        """Delete something."""
        await self.ask("DELETE", path, **ids)

    async def ask(self, verb: str, path: str, **given: Any) -> Any:  # noqa: ANN401
        """Make a request of the library's."""
        sent = {name: given.pop(name) for name in ("json", "form", "params") if name in given}
        route = Route(verb, path, **given)
        return await self._ask(lambda: self._http.request(route, timeout=self._timeout, **sent))

    async def _ask(self, request: Callable[[], Coroutine[Any, Any, Any]]) -> Any:  # noqa: ANN401
        """Wait for an answer, for as long as there is patience.

        Who gives up waiting doesn't cancel the request: cancelled while it waits for a limit that holds for all, the
        library would never again send anything.
        """
        task = asyncio.create_task(request())
        self._under_way.add(task)
        task.add_done_callback(self._ended)
        done, _ = await asyncio.wait({task}, timeout=self._patience)
        if not done:
            raise Busy(SHORTLY)
        try:
            answer = task.result()
        except FAILURES as error:
            raise self._noted(meaning(error)) from None
        self._access.granted()
        return answer

    def _noted(self, found: PlatformError) -> PlatformError:
        if isinstance(found, LockedOut):
            self._access.denied()
        elif not isinstance(found, Busy):
            self._access.granted()
        return found

    def _ended(self, task: asyncio.Task[Any]) -> None:
        self._under_way.discard(task)
        if not task.cancelled():
            task.exception()  # who waited was told, or waits no longer

    async def close(self) -> None:
        """End what is still under way."""
        for task in self._under_way:
            task.cancel()
        with suppress(asyncio.CancelledError):
            await asyncio.gather(*self._under_way, return_exceptions=True)


def _sent(body: Json, files: list[Json] | None) -> Json:
    """Return a body as the library wants it: with files, as a form of several parts."""
    if not files:
        return {"json": body}
    return {"form": [{"name": "payload_json", "value": discord.utils._to_json(body)}, *files]}  # noqa: SLF001
