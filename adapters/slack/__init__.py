"""Slack, over Socket Mode: the real platform of programs that live in a Slack workspace."""

import asyncio
import re
from contextlib import AsyncExitStack, suppress
from functools import partial

import structlog
from slack_bolt.async_app import AsyncApp
from slack_bolt.authorization import AuthorizeResult
from slack_sdk.web.async_client import AsyncWebClient

from adapters.slack.answers import Answers
from adapters.slack.client import QUIET, client_of, session_of
from adapters.slack.connection import Handler, Missed, Socket, Timing
from adapters.slack.events import Events
from adapters.slack.failures import Api
from adapters.slack.files import Files
from adapters.slack.incoming import Core, Incoming
from adapters.slack.introduction import address_of, introduced
from adapters.slack.platform import Slack
from adapters.slack.render import permalink
from adapters.slack.workspace import PLATFORM, Workspace
from bot.access import Access

__all__ = ["PLATFORM", "Core", "Missed", "Slack", "Timing", "Workspace", "connect", "workspace_of"]

SLACK = "https://slack.com/api/"
LOCKED_OUT = "the app was removed, or a token revoked; it needs new tokens"

_USUAL = Timing()

log = structlog.get_logger(__name__)


async def _nothing() -> None:
    """Do nothing about what was missed."""


async def workspace_of(bot_token: str, api_url: str = SLACK) -> Workspace:
    """Return the workspace that a token is for.

    Raises ConfigError for a wrong token, UserError if Slack can't be reached.
    """
    async with session_of(_USUAL.request) as session:
        return await introduced(client_of(bot_token, api_url, session))


async def connect(
    core: Core,
    *,
    bot_token: str,
    app_token: str,
    api_url: str = SLACK,
    missed: Missed = _nothing,
    timing: Timing = _USUAL,
) -> Slack:
    """Connect a core to the workspace that the tokens are for; `missed` is done after a long silence of Slack's.

    Raises ConfigError for a wrong token, UserError if Slack can't be reached.
    """
    access = Access(PLATFORM, LOCKED_OUT)
    async with AsyncExitStack() as opened:  # closed again if it comes to nothing
        client = client_of(bot_token, api_url, await opened.enter_async_context(session_of(timing.request)))
        workspace = await introduced(client)
        address = await address_of(client, app_token)
        api = Api(access)
        incoming = _incoming(core, client, api, workspace, timing)
        app = _app(client, workspace, incoming, Events(core, workspace, incoming, access))
        socket = Socket(app, app_token, access, timing, missed)
        await _connected(socket, app, incoming, address)
        opened.push_async_callback(_ended, incoming, timing.ending)
        opened.push_async_callback(socket.close)
        close = opened.pop_all().aclose
    return Slack(client, api, workspace, lambda: socket.is_open() and not access.lost, close)


def _incoming(core: Core, client: AsyncWebClient, api: Api, workspace: Workspace, timing: Timing) -> Incoming:
    files = Files(client, api)
    answers = Answers(client, api, files, partial(permalink, workspace.url))
    return Incoming(core, workspace, answers, files, timing.patience)


async def _connected(socket: Socket, app: AsyncApp, incoming: Incoming, address: str) -> None:
    """Open a socket at the address that Slack gave, and listen on it for the app."""
    socket.wss_uri = address
    Handler(app, socket, incoming.hush)
    await socket.connect()


async def _ended(incoming: Incoming, seconds: float) -> None:
    """Let what is under way end: whoever ends a service doesn't wait long."""
    with suppress(TimeoutError):
        async with asyncio.timeout(seconds):
            await incoming.settled()


def _app(client: AsyncWebClient, workspace: Workspace, incoming: Incoming, events: Events) -> AsyncApp:
    """Return Bolt's application: what happened comes to `events`, everything declared to `incoming`."""

    async def authorize() -> AuthorizeResult:
        return AuthorizeResult(
            enterprise_id=None,
            team_id=workspace.id,
            bot_user_id=workspace.user,
            bot_id=workspace.bot,
            bot_token=client.token,
        )

    async def failed(error: Exception) -> None:
        log.error("what Slack sent could not be answered", exc_info=error)

    app = AsyncApp(logger=QUIET, name="mentorbot", client=client, authorize=authorize, before_authorize=events)
    anything = re.compile("")
    app.command(anything)(incoming.command)
    app.block_action(anything)(incoming.press)
    app.message_shortcut(anything)(incoming.shortcut)
    app.view_submission(anything)(incoming.submit)
    app.error(failed)
    return app
