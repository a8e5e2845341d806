"""Asking Slack at the start who the bot is; what is wrong is said in plain words."""

from collections.abc import Awaitable
from http import HTTPStatus
from typing import TypeVar

import aiohttp
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from adapters.slack.failures import code_of
from adapters.slack.workspace import Workspace
from bot.config import ConfigError
from bot.errors import UserError

WRONG_BOT = (
    "SLACK_BOT_TOKEN: Slack doesn't take it. It should be the Bot User OAuth Token, which begins with xoxb- and stands "
    'under "OAuth & Permissions" once the app is installed in the workspace.'
)
WRONG_APP = (
    "SLACK_APP_TOKEN: Slack doesn't take it. It should be an App-Level Token, which begins with xapp- and is made "
    'under "Basic Information", with the scope connections:write.'
)

T = TypeVar("T")


async def introduced(client: AsyncWebClient) -> Workspace:
    """Return the workspace that a bot's token is for.

    Raises ConfigError for a wrong token, UserError if Slack can't be reached.
    """

    async def ask() -> Workspace:
        told = await client.auth_test()
        return Workspace(told["team_id"], told["team"], told["url"], told["user_id"], told.get("bot_id") or "")

    workspace = await _checked(ask(), WRONG_BOT, client.base_url)
    if not workspace.bot:  # a person's token
        raise ConfigError([WRONG_BOT])
    return workspace


async def address_of(client: AsyncWebClient, app_token: str) -> str:
    """Return where a socket can be opened with an app's token. Raises as `introduced` does."""
    opened = await _checked(client.apps_connections_open(app_token=app_token), WRONG_APP, client.base_url)
    return str(opened["url"])


async def _checked(asked: Awaitable[T], wrong: str, api_url: str) -> T:
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
