"""What people ask on Slack becomes calls, and the core's answers go back.

Calls are acknowledged when their answer is there, or after a while if it takes longer: Slack waits three seconds. Every
payload of a call has a trigger, which is its id; delivered again it has the same.
"""

import asyncio
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import replace
from typing import Any, Protocol

import structlog
from slack_bolt.async_app import AsyncAck

from adapters.slack import forms
from adapters.slack.answers import Answers
from adapters.slack.files import Files
from adapters.slack.handled import Handled
from adapters.slack.observations import is_written
from adapters.slack.render import PRESS
from adapters.slack.text import clean, read
from adapters.slack.workspace import Workspace
from bot.calls import Call, Command, Observation, Press, Remark, Shortcut, Submit
from bot.errors import PlatformError
from bot.feature import quoted
from bot.people import Place
from bot.ports import Bot
from bot.unseen import Unseen
from bot.views import Message, Reply

log = structlog.get_logger(__name__)

Body = dict[str, Any]

DIRECT = "directmessage"  # how the conversation with the bot is called where a command was written


class Core(Bot, Protocol):
    """What Slack asks of the bot."""

    async def note(self, batch: Sequence[Observation]) -> None:
        """Note what happened; when this returns, it is committed."""
        ...


def _is_unseen(unseen: Unseen, body: Body) -> bool:
    """Tell whether a payload is a call that must leave no trace."""
    match body:
        case {"command": str() as root}:
            return unseen.covers_command(root.removeprefix("/"), read(str(body.get("text") or "")))
        case {"actions": [{"value": str() as action}, *_]} | {"callback_id": str() as action}:
            return unseen.covers_action(action)
        case {"view": {"private_metadata": str() as action}}:
            return unseen.covers_action(action)
    return False


class Incoming:
    """Takes Slack's payloads to the core."""

    def __init__(self, core: Core, workspace: Workspace, answers: Answers, files: Files, patience: float) -> None:
        """Listen in a workspace; acknowledge after `patience` seconds what isn't answered by then."""
        self._patience = patience
        self._core = core
        self._workspace = workspace
        self._answers = answers
        self._files = files
        self._count = 0  # calls under way
        self._idle = asyncio.Event()
        self._idle.set()

    def hush(self, body: Body) -> AbstractContextManager[None]:
        """Log nothing while a payload is taken that must leave no trace."""
        return self._core.unseen.hush(when=_is_unseen(self._core.unseen, body))

    async def remark(self, event: Body) -> None:
        """Answer plain words to the bot alone; what is changed or deleted there is no news."""
        if not is_written(self._workspace, event):
            return
        with self._busy():
            reply = await self._core.handle(Remark(event["ts"], self._workspace.account(event["user"])))
            if isinstance(reply, Message):
                await self._answers.to_remark(event["channel"], reply)

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
        name, text = body["callback_id"], clean(read(body["message"].get("text") or ""))
        entries = (entry for feature in self._core.features for entry in feature.shortcuts)
        call = Shortcut(body["trigger_id"], account, name, place, message, quoted(entries, name, text))
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
