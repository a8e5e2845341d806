"""What Discord tells becomes calls and observations, and the core's answers go back.

Each interaction has an id, which is the call's; delivered again it has the same. What happened before it is committed
first, so that the core knows the message that somebody means.
"""

import asyncio
from collections.abc import Awaitable, Callable, Collection, Coroutine, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Protocol

import structlog

from adapters.discord import forms, limits, reading, render
from adapters.discord.answers import Answers, Asking, own
from adapters.discord.connection import OBSERVED, Event
from adapters.discord.drafts import Draft, Drafts
from adapters.discord.failures import Api
from adapters.discord.files import Files
from adapters.discord.guild import account
from adapters.discord.history import MESSAGES
from adapters.discord.homes import Homes, author
from adapters.discord.observations import is_written, observed
from adapters.discord.people import People
from adapters.discord.render import OWN
from adapters.discord.stream import Stream
from adapters.discord.text import Json
from bot import steps_wording as wording
from bot.calls import Call, Observation, Press, Remark, Submit
from bot.errors import PlatformError
from bot.feature import Feature
from bot.language import nearest, speaking
from bot.views import Message, Reply, message

log = structlog.get_logger(__name__)

Joined = Callable[[str, str], Awaitable[None]]

COMMAND, PRESSED, TYPING, SUBMITTED = 2, 3, 4, 5  # kinds of interactions
BUTTON = 2  # a kind of component
BEFORE = 1.0  # seconds to wait for what happened before


class Core(Protocol):
    """What Discord asks of the bot."""

    @property
    def features(self) -> Sequence[Feature]:
        """What the bot can do."""
        ...

    async def handle(self, call: Call) -> Reply | None:
        """Answer; None to a delivery that was answered before."""
        ...

    async def note(self, batch: Sequence[Observation]) -> None:
        """Note what happened; when this returns, it is committed."""
        ...

    async def roles(self, platform: str, workspace: str) -> Mapping[str, Collection[str]]:
        """Return the members of a server's program, by user id."""
        ...


@dataclass(frozen=True, slots=True)
class Parts:
    """What takes part in taking in: who answers, who looks up, what is kept for a while."""

    api: Api
    people: People
    homes: Homes
    stream: Stream
    answers: Answers
    drafts: Drafts
    files: Files


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
                if self._with.homes.enter(str(event["id"])):
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
        user, data = author(body), body.get("data") or {}
        self._with.people.heard(user, body.get("locale"))
        here = str(body.get("guild_id") or "")
        guild = here or await self._with.homes.of(user, reading.home(body))
        if guild is None:
            return
        asking = Asking(body, account(guild, user), None if here else guild)
        match body["type"]:
            case 4:
                await self._with.answers.offer(asking, reading.completed(self._core.features, data))
            case 5:
                await self._submitted(asking, data)
            case 3 if data.get("component_type") == BUTTON:
                await self._pressed(asking, reading.pressed(data))
            case 2:
                await self._answer(asking, reading.command(self._core.features, asking))

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
        if draft is not None and is_step:
            draft = await self._gone_on(asking, draft, data)
            if draft is None:
                return
        elif draft is not None:
            draft = draft.filled(forms.values(data), {})
        await self._answer(asking, None, draft)

    async def _gone_on(self, asking: Asking, draft: Draft, data: Json) -> Draft | None:
        """Take a step of a form; None if there are further ones."""
        try:
            filled = draft.filled(forms.values(data), await self._with.files.fetch(data))
        except PlatformError:
            filled = draft.filled(forms.values(data), {})
            self._with.drafts.keep(asking.account, filled)
            with speaking(nearest(asking.locale)):
                said = wording.put_right([("", wording.no_file())], own(draft.form.action), filled.typed)
            await self._with.answers.show(asking, said)
            return None
        if filled.is_last:
            return filled
        self._with.drafts.keep(asking.account, filled.further)
        steps = len(forms.steps(draft.form))
        said = wording.go_on(asking.locale, filled.step + 1, steps, own(draft.form.action), filled.typed)
        await self._with.answers.show(asking, said)
        return None

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
        if draft is not None and is_step:
            return Submit(id_, asking.account, draft.form.action, draft.values, draft.files)
        call = Submit(id_, asking.account, action, forms.values(data))
        try:
            return replace(call, files=await self._with.files.fetch(data))
        except PlatformError:
            return replace(call, whole=False)

    async def _remark(self, id_: str, channel: str, user: str) -> None:
        """Answer plain words to the bot alone, where they were said."""
        guild = await self._with.homes.of(user, None)
        if guild is None:
            return
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
