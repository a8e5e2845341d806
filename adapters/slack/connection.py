"""The socket on which Slack tells what happens: Socket Mode.

Source: https://docs.slack.dev/apis/events-api/using-socket-mode
"""

import asyncio
import socket
import time
from collections.abc import Awaitable, Callable
from contextlib import AbstractContextManager, suppress
from dataclasses import dataclass
from typing import Any

import structlog
from slack_bolt.adapter.socket_mode.async_base_handler import AsyncBaseSocketModeHandler
from slack_bolt.adapter.socket_mode.async_internals import run_async_bolt_app, send_async_response
from slack_bolt.async_app import AsyncApp
from slack_sdk.errors import SlackApiError
from slack_sdk.socket_mode.aiohttp import SocketModeClient
from slack_sdk.socket_mode.async_client import AsyncBaseSocketModeClient
from slack_sdk.socket_mode.request import SocketModeRequest

from adapters.slack import limits
from adapters.slack.client import QUIET
from adapters.slack.failures import AFTER_LOSS, LockedOut, meaning
from bot.access import Access

log = structlog.get_logger(__name__)

Missed = Callable[[], Awaitable[object]]
Hush = Callable[[dict[str, Any]], AbstractContextManager[None]]


@dataclass(frozen=True, slots=True)
class Timing:
    """How long things may take, in seconds.

    `ping`: between two looks whether the socket still stands. `silence`: without Slack, after which some of what it
    told is lost, as it tells again for some minutes only. `patience`: until a call is acknowledged unanswered; Slack
    waits three. `request`: for an answer of Slack's. `ending`: for calls under way, when the bot is ended.
    """

    ping: float = 5.0
    silence: float = 180.0
    patience: float = 2.0
    request: float = 30.0
    ending: float = 5.0


class Socket(SocketModeClient):
    """The SDK's client; where Slack no longer lets the bot in, it asks again only after a long time."""

    def __init__(self, app: AsyncApp, app_token: str, access: Access, timing: Timing, missed: Missed) -> None:
        """Belong to an app; `missed` is done when Slack is heard again after a long silence."""
        super().__init__(app_token, QUIET, app.client, ping_interval=timing.ping)
        self._access = access
        self._silence = timing.silence
        self._missed = missed
        self._catching_up: asyncio.Task[None] | None = None
        self._ending = asyncio.Event()
        self._under_way = 0  # events
        self._done = asyncio.Event()  # that one of them was taken in

    async def connect(self) -> None:
        """Connect, and read what was missed if Slack couldn't be heard for long."""
        heard = self.last_ping_pong_time
        await super().connect()  # type: ignore[no-untyped-call]
        self._keep_small()
        if not self.closed:
            log.info("connected to Slack")
        if heard is not None and time.time() - heard >= self._silence and not self.closed:
            self._catching_up = asyncio.create_task(self._catch_up())

    async def _catch_up(self) -> None:
        try:
            await self._missed()
        except Exception:
            log.exception("what was missed could not be read")

    def _keep_small(self) -> None:
        """Let little wait in the socket: what this machine has received, Slack takes for delivered."""
        wire = None if self.current_session is None else self.current_session.get_extra_info("socket")
        if wire is not None:
            wire.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, limits.RECEIVED)

    async def enqueue_message(self, message: str) -> None:
        """Take what came on the socket; while there is much in hand nothing more is read: the rest waits at Slack's."""
        if _is_event(message):
            await self._room()
            self._under_way += 1
        await super().enqueue_message(message)

    async def _room(self) -> None:
        """Wait until there is room for one more, or for a while: a socket that isn't read at all is held for lost."""
        self._done.clear()
        if self._under_way >= limits.EVENTS_AT_ONCE:
            with suppress(TimeoutError):
                async with asyncio.timeout(self.ping_interval / 5):
                    await self._done.wait()

    async def run_message_listeners(self, message: dict[str, object], raw_message: str) -> None:
        """Take one envelope to the app."""
        try:
            await super().run_message_listeners(message, raw_message)
        finally:
            if _is_event(raw_message):
                self._under_way -= 1
                self._done.set()

    async def issue_new_wss_url(self) -> str:
        """Ask Slack for the address of a socket."""
        log.debug("asking Slack for a new socket")
        try:
            return await super().issue_new_wss_url()
        except SlackApiError as error:
            if isinstance(meaning(error), LockedOut):
                self._access.denied()
                await self._rest()
            raise

    async def _rest(self) -> None:
        try:
            async with asyncio.timeout(AFTER_LOSS.total_seconds()):
                await self._ending.wait()
        except TimeoutError:
            return

    def is_open(self) -> bool:
        """Tell whether there is a socket just now."""
        return not self.closed and self.current_session is not None and not self.current_session.closed

    async def close(self) -> None:
        """Close the socket, and wait until everything that belongs to it has ended."""
        self._ending.set()
        await super().close()  # type: ignore[no-untyped-call]
        if self._catching_up is not None:
            self._catching_up.cancel()
        tasks = (self.message_processor, self.current_session_monitor, self.message_receiver, self._catching_up)
        await asyncio.gather(*(task for task in tasks if task is not None), return_exceptions=True)


def _is_event(message: str) -> bool:
    return '"events_api"' in message  # in what people wrote the quotes would be escaped


class Handler(AsyncBaseSocketModeHandler):
    """Takes what comes on the socket to the app, and acknowledges what the app took."""

    def __init__(self, app: AsyncApp, socket: Socket, hush: Hush) -> None:
        """Listen on a socket for an app; `hush` keeps it quiet while a payload is taken that must leave no trace."""
        self._app = app
        self._hush = hush
        self.client = socket
        socket.socket_mode_request_listeners.append(self.handle)

    async def handle(self, client: AsyncBaseSocketModeClient, req: SocketModeRequest) -> None:
        """Take one envelope; what fails is not acknowledged, so that Slack delivers it again."""
        with self._hush(req.payload):
            try:
                answer = await run_async_bolt_app(self._app, req)
                await send_async_response(client, req, answer, 0)
            except ConnectionError:
                log.info("what Slack sent could not be acknowledged, as the socket was lost; it comes again")
            except Exception:
                log.exception("what Slack sent could not be taken", kind=req.type)
