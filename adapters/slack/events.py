"""Slack's events become observations; they are acknowledged when these are committed.

They are taken before Bolt authorizes anything: what comes in a burst would wait for that, and be told again.
"""

from collections.abc import Awaitable, Callable
from datetime import datetime

import structlog
from slack_bolt.middleware.async_middleware import AsyncMiddleware
from slack_bolt.request.async_request import AsyncBoltRequest
from slack_bolt.response import BoltResponse

from adapters.slack import limits
from adapters.slack.incoming import Body, Core, Incoming
from adapters.slack.observations import observed
from adapters.slack.workspace import Workspace
from bot.access import Access
from bot.calls import Observation, Reacted
from bot.recent import Recent

log = structlog.get_logger(__name__)

ENDED = {"app_uninstalled", "tokens_revoked"}
TAKEN, NOT_NOW = 200, 503  # to the second, Slack tells again


class Events(AsyncMiddleware):
    """Takes what happened to the core, and lets calls pass."""

    def __init__(self, core: Core, workspace: Workspace, calls: Incoming, access: Access) -> None:
        """Listen in a workspace; plain words to the bot alone are `calls`."""
        self._core = core
        self._workspace = workspace
        self._calls = calls
        self._access = access
        self._taken_in: Recent[str, None] = Recent(limits.REMEMBERED)  # ids of events
        # When somebody last put or took away a reaction.
        self._last_words: Recent[tuple[str, ...], datetime] = Recent(limits.REMEMBERED)

    async def async_process(
        self,
        *,
        req: AsyncBoltRequest,
        resp: BoltResponse,
        next: Callable[[], Awaitable[BoltResponse]],  # noqa: A002
    ) -> BoltResponse:
        """Take in an event; other payloads go on, unless they are of another workspace."""
        body: Body = req.body
        kind = body.get("type") or "command"
        if _team(body) != self._workspace.id:
            log.warning("what came from another workspace was left alone", kind=str(kind)[:40])
            return BoltResponse(status=TAKEN)
        if kind != "event_callback":
            return await next()
        event = body.get("event") or {}
        if event.get("channel_type") == "im":
            await self._calls.remark(event)
            return BoltResponse(status=TAKEN)
        return BoltResponse(status=await self._taken(body, event))

    async def _taken(self, body: Body, event: Body) -> int:
        try:
            seen = observed(self._workspace, event)
        except (KeyError, TypeError, ValueError, AttributeError):
            log.warning("an event of Slack's could not be read", kind=str(event.get("type"))[:40])
            return TAKEN
        if event.get("type") in ENDED and self._is_about_us(event):
            self._access.denied()
        if seen is None or await self._note(str(body.get("event_id")), seen):
            return TAKEN
        return NOT_NOW

    async def _note(self, event: str, seen: Observation) -> bool:
        """Take an observation to the core, if it isn't one that was there before; False if the core can't now."""
        if event in self._taken_in or self._is_overtaken(seen):
            return True
        try:
            await self._core.note([seen])
        except Exception:
            log.exception("an event could not be taken in; Slack delivers it again")
            return False
        self._taken_in[event] = None
        return True

    def _is_overtaken(self, seen: Observation) -> bool:
        """Tell whether a reaction was put or taken away once more since: Slack keeps no order, least of all again."""
        if not isinstance(seen, Reacted):
            return False
        which = (seen.place.channel, seen.message, seen.author, seen.reaction)
        if seen.at < self._last_words.get(which, seen.at):
            return True
        self._last_words[which] = seen.at
        return False

    def _is_about_us(self, event: Body) -> bool:
        """Tell whether the bot's own token was revoked, and not that of somebody who installed it."""
        tokens = event.get("tokens")
        return tokens is None or self._workspace.user in (tokens.get("bot") or [])


def _team(body: Body) -> str | None:
    """Return in which workspace something was done: commands and events say it otherwise than the rest."""
    told = body.get("team_id") or (body.get("team") or {}).get("id") or (body.get("user") or {}).get("team_id")
    return None if told is None else str(told)
