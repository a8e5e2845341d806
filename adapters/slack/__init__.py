"""Slack, over Socket Mode: the real platform of programs that live in a Slack workspace."""

import asyncio
import re
from collections.abc import Awaitable, Callable
from contextlib import suppress
from http import HTTPStatus
from typing import TypeVar

import aiohttp
import structlog
from slack_bolt.async_app import AsyncApp
from slack_bolt.authorization import AuthorizeResult
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from adapters.slack.access import Access
from adapters.slack.answers import Answers
from adapters.slack.connection import QUIET, Handler, Missed, Socket, Timing
from adapters.slack.events import Events
from adapters.slack.failures import Api, code_of
from adapters.slack.files import Files
from adapters.slack.incoming import Core, Incoming
from adapters.slack.platform import Slack
from adapters.slack.render import permalink
from adapters.slack.workspace import PLATFORM, Workspace
from bot.config import ConfigError
from bot.errors import UserError
from bot.people import Place

__all__ = ["PLATFORM", "Core", "Missed", "Slack", "Timing", "Workspace", "connect", "workspace_of"]

SLACK = "https://slack.com/api/"

WRONG_BOT = (
    "SLACK_BOT_TOKEN: Slack doesn't take it. It should be the Bot User OAuth Token, which begins with xoxb- and stands "
    'under "OAuth & Permissions" once the app is installed in the workspace.'
)
WRONG_APP = (
    "SLACK_APP_TOKEN: Slack doesn't take it. It should be an App-Level Token, which begins with xapp- and is made "
    'under "Basic Information", with the scope connections:write.'
)

T = TypeVar("T")
_USUAL = Timing()

log = structlog.get_logger(__name__)


async def _nothing() -> None:
    """Do nothing about what was missed."""


async def workspace_of(bot_token: str, api_url: str = SLACK) -> Workspace:
    """Return the workspace that a token is for.

    Raises ConfigError for a wrong token, UserError if Slack can't be reached.
    """
    async with _session(_USUAL) as session:
        return await _introduced(_client(bot_token, api_url, session))


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
    session = _session(timing)
    try:
        client = _client(bot_token, api_url, session)
        workspace = await _introduced(client)
        address = await _checked(_address(client, app_token), WRONG_APP, api_url)
        access = Access()
        api = Api(access)
        files = Files(client, api)
        answers = Answers(client, api, files, _links(workspace))
        incoming = Incoming(core, workspace, answers, files, timing.patience)
        events = Events(core, workspace, incoming, access)
        app = _app(client, workspace, incoming, events)
        socket = Socket(app, app_token, access, timing, missed)
        socket.wss_uri = address
        Handler(app, socket)
        await socket.connect()
    except BaseException:
        await session.close()
        raise

    async def close() -> None:
        await socket.close()
        with suppress(TimeoutError):  # whoever ends a service doesn't wait long
            async with asyncio.timeout(timing.ending):
                await incoming.settled()
        await session.close()

    return Slack(client, api, workspace, lambda: socket.is_open() and not access.lost, close)


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


def _session(timing: Timing) -> aiohttp.ClientSession:
    return aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=timing.request))


def _client(token: str, api_url: str, session: aiohttp.ClientSession) -> AsyncWebClient:
    """Return a client that tries nothing twice: what is sent again is looked for before."""
    return AsyncWebClient(token=token, base_url=api_url, session=session, logger=QUIET, retry_handlers=[])


async def _introduced(client: AsyncWebClient) -> Workspace:
    async def ask() -> Workspace:
        told = await client.auth_test()
        return Workspace(told["team_id"], told["team"], told["url"], told["user_id"], told.get("bot_id") or "")

    workspace = await _checked(ask(), WRONG_BOT, client.base_url)
    if not workspace.bot:  # a person's token
        raise ConfigError([WRONG_BOT])
    return workspace


async def _address(client: AsyncWebClient, app_token: str) -> str:
    return str((await client.apps_connections_open(app_token=app_token))["url"])


async def _checked(asked: Awaitable[T], wrong: str, api_url: str) -> T:
    """Ask Slack at the start; say in plain words what is wrong."""
    try:
        return await asked
    except SlackApiError as error:
        if code_of(error) and error.response.status_code != HTTPStatus.TOO_MANY_REQUESTS:
            raise ConfigError([f"{wrong} (Slack says: {code_of(error)})"]) from None
        raise UserError(f"Slack at {api_url} is too busy just now. Please start mentorbot again in a minute.") from None
    except (aiohttp.ClientError, TimeoutError, OSError) as error:
        raise UserError(
            f"Slack can't be reached at {api_url}: {type(error).__name__}. Is there a connection?"
        ) from None


def _links(workspace: Workspace) -> Callable[[Place, str], str]:
    return lambda place, message: permalink(workspace.url, place, message)
