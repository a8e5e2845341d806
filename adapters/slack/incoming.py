"""What Slack sends becomes calls and observations, and the core's answers go back.

Observations are acknowledged after they were committed. Calls are acknowledged when their answer is there, or after a
while if it takes longer: Slack waits three seconds. Every payload of a call has a trigger, which is its id; delivered
again it has the same.
"""

import asyncio
from collections.abc import Awaitable, Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from typing import Any, Protocol

import structlog
from slack_bolt.async_app import AsyncAck
from slack_bolt.response import BoltResponse

from adapters.slack import forms, limits
from adapters.slack.access import Access
from adapters.slack.answers import Answers
from adapters.slack.files import Files
from adapters.slack.handled import Handled
from adapters.slack.observations import is_written, observed
from adapters.slack.render import PRESS
from adapters.slack.text import read
from adapters.slack.workspace import Workspace
from bot.calls import Call, Command, Observation, Press, Reacted, Remark, Shortcut, Submit
from bot.errors import PlatformError
from bot.feature import Feature
from bot.people import Place
from bot.views import Message, Reply

log = structlog.get_logger(__name__)

Body = dict[str, Any]
Next = Callable[[], Awaitable[BoltResponse]]

DIRECT = "directmessage"  # how the conversation with the bot is called where a command was written
ENDED = {"app_uninstalled", "tokens_revoked"}


class Core(Protocol):
    """What Slack asks of the bot."""

    @property
    def features(self) -> Sequence[Feature]:
        """What the bot can do."""
        ...

    async def handle(self, call: Call) -> Reply | None:
        """Answer, and go on in the language of whoever called; None to a delivery that was answered before."""
        ...

    async def ingest(self, batch: Sequence[Observation]) -> None:
        """Take note of what happened; when this returns, it is committed."""
        ...


class Incoming:
    """Takes Slack's payloads to the core."""

    def __init__(
        self, core: Core, workspace: Workspace, answers: Answers, files: Files, access: Access, patience: float
    ) -> None:
        """Listen in a workspace; acknowledge after `patience` seconds what isn't answered by then."""
        self._patience = patience
        self._core = core
        self._workspace = workspace
        self._answers = answers
        self._files = files
        self._access = access
        self._count = 0  # calls under way
        self._idle = asyncio.Event()
        self._idle.set()
        self._taken_in: dict[str, None] = {}  # ids of the last events
        self._last_words: dict[tuple[str, ...], datetime] = {}  # when somebody last put or took away a reaction

    async def events(self, body: Body, next: Next) -> BoltResponse:  # noqa: A002 - Bolt names its arguments
        """Take in what happened, before Bolt authorizes anything; other payloads go on."""
        if body.get("type") != "event_callback":
            return await next()
        if body.get("team_id") != self._workspace.id:
            return BoltResponse(status=200)
        event = body.get("event") or {}
        if event.get("channel_type") == "im":
            return await self._said_to_us(event)
        try:
            seen = observed(self._workspace, event)
        except (KeyError, TypeError, ValueError, AttributeError):
            log.warning("an event of Slack's could not be read", kind=str(event.get("type"))[:40])
            return BoltResponse(status=200)
        if event.get("type") in ENDED and self._is_about_us(event):
            self._access.denied()
        if seen is not None and not await self._take_in(str(body.get("event_id")), seen):
            return BoltResponse(status=503)
        return BoltResponse(status=200)

    async def _said_to_us(self, event: Body) -> BoltResponse:
        """Answer plain words to the bot alone; what is changed or deleted there is no news."""
        if not is_written(self._workspace, event):
            return BoltResponse(status=200)
        with self._busy():
            reply = await self._core.handle(Remark(event["ts"], self._workspace.account(event["user"])))
            if isinstance(reply, Message):
                await self._answers.to_remark(event["channel"], reply)
        return BoltResponse(status=200)

    async def _take_in(self, event: str, seen: Observation) -> bool:
        """Take an observation to the core, if it isn't one that was there before; False if the core can't now."""
        if event in self._taken_in or self._is_overtaken(seen):
            return True
        try:
            await self._core.ingest([seen])
        except Exception:
            log.exception("an event could not be taken in; Slack delivers it again")
            return False
        self._taken_in[event] = None
        _forget_oldest(self._taken_in)
        return True

    def _is_overtaken(self, seen: Observation) -> bool:
        """Tell whether a reaction was put or taken away once more since: Slack keeps no order, least of all again."""
        if not isinstance(seen, Reacted):
            return False
        which = (seen.place.channel, seen.message, seen.author, seen.reaction)
        if seen.at < self._last_words.get(which, seen.at):
            return True
        self._last_words[which] = seen.at
        _forget_oldest(self._last_words)
        return False

    async def command(self, ack: AsyncAck, body: Body) -> None:
        """Answer what somebody wrote behind a slash."""
        place = self._place(body["channel_id"]) if body.get("channel_name") != DIRECT else None
        account = self._workspace.account(body["user_id"])
        root = body["command"].removeprefix("/")
        call = Command(body["trigger_id"], account, root, read(body.get("text") or ""), place=place)
        await self._answer(call, ack, body)

    async def press(self, ack: AsyncAck, body: Body) -> None:
        """Answer a press on a button; links are only acknowledged."""
        pressed = body["actions"][0]
        if pressed.get("type") != "button" or not str(pressed.get("action_id")).startswith(PRESS):
            await ack()
            return
        account = self._workspace.account(body["user"]["id"])
        await self._answer(Press(body["trigger_id"], account, pressed.get("value") or ""), ack, body)

    async def shortcut(self, ack: AsyncAck, body: Body) -> None:
        """Answer an entry of a message's menu."""
        account = self._workspace.account(body["user"]["id"])
        place = self._place(body["channel"]["id"])
        message = body["message"]["ts"]
        call = Shortcut(body["trigger_id"], account, body["callback_id"], place, message)
        await self._answer(call, ack, body)

    async def submit(self, ack: AsyncAck, body: Body) -> None:
        """Answer a form that was sent off. One that takes longer than Slack waits is answered in a new view of it."""
        with self._busy():
            handled = Handled(self._submitted(body))
            if await handled.is_done(self._patience):
                await ack(**self._answers.to_form(body, await handled.reply()))
            else:
                await ack(**self._answers.wait(body))
                await self._answers.late(body, await handled.reply())
            await self._answers.share(body["user"]["id"], await handled.reply())

    async def _submitted(self, body: Body) -> Reply | None:
        view, account = body["view"], self._workspace.account(body["user"]["id"])
        call = Submit(body["trigger_id"], account, forms.action(view), forms.values(view))
        try:
            call = replace(call, files=await self._files.fetch(forms.files(view)))
        except PlatformError:
            call = replace(call, whole=False)
        return await self._core.handle(call)

    async def settled(self) -> None:
        """Wait until every call that came in is answered."""
        await self._idle.wait()

    async def _answer(self, call: Call, ack: AsyncAck, body: Body) -> None:
        with self._busy():
            handled = Handled(self._core.handle(call))
            await handled.is_done(self._patience)
            await ack()
            reply = await handled.reply()
            if reply is not None:
                await self._answers.to_call(body, reply)
                await self._answers.share(call.account.user, reply)

    @contextmanager
    def _busy(self) -> Iterator[None]:
        self._count += 1
        self._idle.clear()
        try:
            yield
        finally:
            self._count -= 1
            if not self._count:
                self._idle.set()

    def _place(self, channel: str) -> Place:
        return self._workspace.place(channel)

    def _is_about_us(self, event: Body) -> bool:
        """Tell whether the bot's own token was revoked, and not that of somebody who installed it."""
        tokens = event.get("tokens")
        return tokens is None or self._workspace.user in (tokens.get("bot") or [])


def _forget_oldest(kept: dict[Any, Any]) -> None:
    while len(kept) > limits.REMEMBERED:
        del kept[next(iter(kept))]
