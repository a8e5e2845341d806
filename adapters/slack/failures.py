"""What Slack's refusals and a broken connection mean for the bot.

Source: the error codes of each method in Slack's reference, https://docs.slack.dev/reference/methods
"""

from collections.abc import Awaitable, Mapping
from datetime import timedelta
from typing import Any

import aiohttp
from slack_sdk.errors import SlackApiError, SlackClientError
from slack_sdk.web.async_slack_response import AsyncSlackResponse

from bot.access import Access
from bot.errors import Busy, Closed, Forbidden, Gone, PlatformError, Refused

SHORTLY = timedelta(seconds=30)
AFTER_LOSS = timedelta(minutes=10)

LOST = {"account_inactive", "invalid_auth", "not_authed", "token_expired", "token_revoked", "team_not_found"}
BUSY = {
    "accesslimited",
    "fatal_error",
    "internal_error",
    "message_limit_exceeded",
    "org_login_required",
    "rate_limited",
    "ratelimited",
    "request_timeout",
    "service_unavailable",
    "team_added_to_org",
    "update_failed",
}
GONE = {
    "cant_update_message",
    "channel_is_limited_access",
    "channel_not_found",
    "is_archived",
    "is_inactive",
    "message_not_found",
    "no_channel",
    "no_user",
    "not_in_channel",
    "org_user_not_in_team",
    "posting_to_channel_denied",
    "thread_not_found",
    "user_disabled",
    "user_not_found",
    "users_not_found",
}
# Somebody is there and can't be written to: they, or whoever manages the workspace, don't let the bot.
CLOSED = {"cannot_dm", "cannot_dm_bot", "invalid_user_combination", "messages_tab_disabled", "user_not_visible"}

# The bot may not: a scope is missing, or whoever manages the workspace lets only some write in a channel.
FORBIDDEN = {
    "access_denied",
    "file_uploads_disabled",
    "file_uploads_except_images_disabled",
    "missing_scope",
    "no_permission",
    "restricted_action",
    "restricted_action_read_only_channel",
    "restricted_action_thread_only_channel",
}


class LockedOut(Busy):
    """Slack no longer lets the bot in: its token was revoked, or the app was taken out of the workspace."""

    def __init__(self) -> None:
        """Wait long: only people can change this."""
        super().__init__(AFTER_LOSS)


class Failed(Refused):
    """Slack refused for a reason of its own, which has a `code`."""

    def __init__(self, code: str) -> None:
        """Keep the code."""
        super().__init__(f"Slack refused it: {code}")
        self.code = code


class NotAllowed(Failed, Forbidden):
    """The bot lacks a right."""


class Api:
    """Asks Slack's Web API; every failure becomes one of `bot.errors`."""

    def __init__(self, access: Access) -> None:
        """Note in `access` whether Slack lets the bot in."""
        self._access = access

    async def ask(self, asked: Awaitable[AsyncSlackResponse]) -> Mapping[str, Any]:
        """Return what Slack answers. Raises Busy, Gone, Closed and Refused."""
        try:
            answer = await asked
        except (SlackClientError, aiohttp.ClientError, TimeoutError, OSError) as error:
            found = meaning(error)
            if isinstance(found, LockedOut):
                self._access.denied()
            elif not isinstance(found, Busy):
                self._access.granted()
            raise found from None
        self._access.granted()
        return answer.data if isinstance(answer.data, dict) else {}


def meaning(error: Exception) -> PlatformError:
    """Return what an error of the SDK's or of the connection means."""
    if not isinstance(error, SlackApiError):
        return Busy(SHORTLY)
    code = code_of(error)
    if code in LOST:
        return LockedOut()
    if code in GONE:
        return Gone(code)
    if code in CLOSED:
        return Closed(code)
    if not code or code in BUSY:  # no code: not Slack answered, but something in between, as with 500 and 503
        return Busy(wait_told(getattr(error.response, "headers", {})))
    return (NotAllowed if code in FORBIDDEN else Failed)(code)


def code_of(error: SlackApiError) -> str:
    """Return Slack's code of an error; nothing if there is none."""
    content = getattr(error.response, "data", error.response)
    return str(content.get("error", "")) if isinstance(content, dict) else ""


def wait_told(headers: Mapping[str, str]) -> timedelta:
    """Return how long Slack says to wait."""
    told = headers.get("Retry-After", "")
    return timedelta(seconds=int(told)) if told.isascii() and told.isdigit() else SHORTLY
