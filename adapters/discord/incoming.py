"""What Discord tells becomes calls and observations, and the core's answers go back.

Each interaction has an id, which is the call's; delivered again it has the same. What happened before it is committed
first, so that the core knows the message that somebody means.
"""

import asyncio
import secrets
import time
from collections.abc import Awaitable, Callable, Coroutine
from contextlib import suppress
from datetime import datetime
from functools import partial
from typing import Any

import structlog

from adapters.discord import forms, limits, reading, render
from adapters.discord.answers import Asking, Kind, own
from adapters.discord.connection import OBSERVED, Event
from adapters.discord.drafts import Draft
from adapters.discord.guild import account
from adapters.discord.history import MESSAGES
from adapters.discord.homes import Home, author
from adapters.discord.observations import is_written, observed
from adapters.discord.parts import Core, Parts
from adapters.discord.render import OWN
from adapters.discord.text import Json
from bot import steps_wording as wording
from bot.calls import Call, Press, Remark, Submit, Upload
from bot.errors import Busy, Closed, Gone, PlatformError, Refused
from bot.hush import is_quiet
from bot.language import nearest, speaking
from bot.views import Message, Reply, message
from bot.wording import too_long

log = structlog.get_logger(__name__)

Joined = Callable[[str, str], Awaitable[None]]

BEFORE = 1.0  # seconds to wait for what happened before, and for whose program it is


class Incoming:
    """Takes Discord's events to the core."""

    def __init__(self, core: Core, us: str, parts: Parts, now: Callable[[], datetime], joined: Joined) -> None:
        """Listen as the bot `us`; `joined` is told of each server that the bot is in or comes to."""
        self._core = core
        self._us = us
        self._with = parts
        self._now = now
        self._joined = joined
        self._met: set[str] = set()  # the servers that were told of
        self._begun: set[int] = set()  # the shards that were connected before
        self._under_way: set[asyncio.Task[None]] = set()
        self._is_deaf = False

    def hear(self, kind: str, event: Event) -> None:
        """Take an event; returns at once."""
        if self._is_deaf:
            return
        if kind == "INTERACTION_CREATE":
            with self._core.unseen.hush(when=reading.is_unseen(self._core.features, self._core.unseen, event)):
                self._begin(self._interaction(event))
        elif kind == "MESSAGE_CREATE" and not event.get("guild_id"):
            if is_written(event):
                self._begin(self._remark(str(event["id"]), str(event["channel_id"]), str(event["author"]["id"])))
        elif kind in OBSERVED:
            self._with.stream.put(observed(kind, event, self._us, self._now()))
        else:
            self._moved(kind, event)

    def _moved(self, kind: str, event: Event) -> None:
        """Note in which servers the bot is; what was missed is read again after each break."""
        match kind:
            case "READY":
                self._with.homes.enter(*(str(guild["id"]) for guild in event["guilds"]))
                shard = (event.get("shard") or (0, 1))[0]
                if shard in self._begun:
                    self._with.stream.behind()
                self._begun.add(shard)
            case "RESUMED":
                self._with.stream.behind()
            case "GUILD_CREATE":
                self._begin(self._meet(str(event["id"]), str(event.get("name") or "")))
                is_new = self._with.homes.enter(str(event["id"]))
                self._with.homes.call(str(event["id"]), str(event.get("name") or ""))
                if is_new:
                    self._with.stream.behind()
            case "GUILD_DELETE" if not event.get("unavailable"):  # what can't be read there any more is told as lost
                self._with.homes.leave(str(event["id"]))
                self._with.stream.behind()

    async def _meet(self, guild: str, name: str) -> None:
        """Tell of a server, once; if that fails, again when Discord tells of it again."""
        if guild in self._met:
            return
        self._met.add(guild)
        try:
            await self._joined(guild, name)
        except Exception:
            self._met.discard(guild)
            raise

    async def settled(self) -> None:
        """Wait until everything that came in is committed and answered."""
        while self._under_way:
            await asyncio.wait(self._under_way)
        await self._with.stream.settled()

    async def end(self, seconds: float) -> None:
        """Hear nothing more, and let what is under way end within some seconds."""
        self._is_deaf = True
        with suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                await self.settled()
        for task in self._under_way:
            task.cancel()
        await asyncio.gather(*self._under_way, return_exceptions=True)

    def _begin(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.create_task(work)
        self._under_way.add(task)
        task.add_done_callback(self._ended)

    def _ended(self, task: asyncio.Task[None]) -> None:
        self._under_way.discard(task)
        if not task.cancelled() and (error := task.exception()) is not None:
            log.error("what Discord sent could not be answered", exc_info=error)

    # What wants an answer.

    async def _interaction(self, body: Json) -> None:
        """Answer an interaction: whatever happens, whoever asks is told something."""
        since = time.monotonic()
        try:
            if body["type"] == Kind.TYPING:
                await self._with.answers.offer(body, reading.completed(self._core.features, body.get("data") or {}))
            else:
                await self._answered(body, since)
        except (Busy, Gone, Closed) as error:
            log.warning("an answer could not be shown", reason=str(error))
        except Refused as error:
            log.warning("an answer could not be shown", reason=str(error))
            await self._with.answers.fail(body, wording.not_shown)
        except Exception:
            reference = secrets.token_hex(4)
            log.exception("what Discord sent could not be answered", reference=reference)
            fault = wording.fault_unseen if is_quiet() else partial(wording.fault, reference)
            await self._with.answers.fail(body, fault)

    async def _answered(self, body: Json, since: float) -> None:
        user, data = author(body), body.get("data") or {}
        if not is_quiet():
            self._with.people.heard(user, body.get("locale"))
        here = str(body.get("guild_id") or "")
        try:
            async with asyncio.timeout(BEFORE):
                home = Home(here) if here else await self._with.homes.of(user, reading.home(body))
        except TimeoutError:
            await self._with.answers.fail(body, too_long)
            return
        guild, name = (home.guild, home.name) if home is not None else ("", "")
        asking = Asking(body, account(guild, user), None if here or not guild else guild, since, name)
        if home is None:
            await self._tell(asking, lambda: message(wording.not_here()))
        elif body["type"] == Kind.SUBMIT:
            await self._submitted(asking, data)
        elif body["type"] == Kind.COMMAND:
            await self._answer(asking, reading.command(self._core.features, asking))
        else:
            await self._pressed(asking, reading.pressed(data))

    async def _pressed(self, asking: Asking, action: str) -> None:
        if not action.startswith(OWN):
            await self._answer(asking, Press(str(asking.body["id"]), asking.account, action))
            return
        draft = self._with.drafts.get(asking.account, action.removeprefix(OWN))
        if draft is None:
            await self._tell(asking, lambda: message(wording.too_old_to_open()))
        else:
            await self._with.answers.open(asking, draft)

    async def _submitted(self, asking: Asking, data: Json) -> None:
        """Take a form that was sent off, or a step of one: what of it is in hand is kept."""
        action, _, is_step = forms.opened_with(data)
        draft = self._with.drafts.get(asking.account, action)
        if draft is None and is_step:
            await self._tell(asking, lambda: wording.too_old([*forms.values(data).values()]))
            return
        sent = draft and draft.filled(forms.values(data), {}, forms.names(data))
        if sent is None or not is_step or sent.is_last:
            await self._answer(asking, None, sent)
        else:
            await self._with.answers.give(asking, asyncio.create_task(self._gone_on(asking, sent, data)))

    async def _gone_on(self, asking: Asking, sent: Draft, data: Json) -> Message:
        """Take a step of a form that has further ones."""
        try:
            filled = sent.filled({}, await self._with.files.fetch(data), forms.names(data))
        except PlatformError:
            self._with.drafts.keep(asking.account, sent)
            with speaking(nearest(asking.locale)):
                return wording.put_right([("", wording.no_file())], own(sent.form.action), sent.typed)
        self._with.drafts.keep(asking.account, filled.further)
        steps = len(forms.steps(sent.form))
        return wording.go_on(asking.locale, filled.step + 1, steps, own(sent.form.action), filled.typed)

    async def _tell(self, asking: Asking, said: Callable[[], Message]) -> None:
        """Answer in words of the adapter's own; what was answered before stays as it is."""
        with speaking(nearest(asking.locale)):
            await self._with.answers.show(asking, said(), beside=True)

    async def _answer(self, asking: Asking, call: Call | None, draft: Draft | None = None) -> None:
        """Let the core answer; without a call it is about a form that was sent off."""
        handled = asyncio.create_task(self._handled(asking, call, draft))
        await self._with.answers.give(asking, handled, draft)

    async def _handled(self, asking: Asking, call: Call | None, draft: Draft | None) -> Reply | None:
        if asking.home is not None:
            refusal = await self._with.homes.refused(asking.home, asking.account.user, asking.locale)
            if refusal is not None:
                return message(refusal)
        with suppress(TimeoutError):
            async with asyncio.timeout(BEFORE):
                await self._with.stream.settled()
        return await self._core.handle(call or await self._submit(asking, draft))

    async def _submit(self, asking: Asking, draft: Draft | None) -> Submit:
        data, id_ = asking.body.get("data") or {}, str(asking.body["id"])
        action, _, is_step = forms.opened_with(data)
        is_whole, files = True, dict[str, Upload]()
        try:
            files = await self._with.files.fetch(data)
        except PlatformError:
            is_whole = False
        if draft is None or not is_step:
            return Submit(id_, asking.account, action, forms.values(data), files, whole=is_whole)
        filled = draft.filled({}, files, forms.names(data))
        self._with.drafts.keep(asking.account, filled)
        return Submit(id_, asking.account, draft.form.action, filled.values, filled.files, whole=is_whole)

    async def _remark(self, id_: str, channel: str, user: str) -> None:
        """Answer plain words to the bot alone, where they were said."""
        home = await self._with.homes.of(user, None)
        if home is None:
            return
        guild = home.guild
        refusal = await self._with.homes.refused(guild, user, None)
        whose = account(guild, user)
        reply = message(refusal) if refusal is not None else await self._core.handle(Remark(id_, whose))
        if not isinstance(reply, Message):
            return
        for number, part in enumerate(render.messages(reply, guild)):
            nonce = f"{number}{id_}"[: limits.NONCE]
            body = {**render.payload(part), "nonce": nonce, "enforce_nonce": True}
            try:
                await self._with.api.post(MESSAGES, body, render.uploads(part), channel_id=channel)
            except PlatformError as error:
                log.warning("plain words could not be answered", reason=str(error))
