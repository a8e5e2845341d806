"""What Discord tells becomes calls and observations, and the core's answers go back.

Each interaction has an id, which is the call's; delivered again it has the same. What happened before it is committed
first, so that the core knows the message that somebody means.
"""

import asyncio
from collections.abc import Callable, Collection, Coroutine, Mapping, Sequence
from contextlib import suppress
from datetime import datetime
from typing import Any, Protocol

import aiohttp
import structlog

from adapters.discord import forms, render, wording
from adapters.discord.answers import Answers, Asking
from adapters.discord.connection import OBSERVED, Event
from adapters.discord.drafts import Draft, Drafts
from adapters.discord.failures import Api
from adapters.discord.guild import PLATFORM, account, place
from adapters.discord.observations import is_written, observed
from adapters.discord.people import People
from adapters.discord.render import OWN
from adapters.discord.stream import Stream
from adapters.discord.text import Json, read
from adapters.discord.tree import SAID, completions, shortcut_of
from bot.calls import Call, Command, Observation, Press, Remark, Shortcut, Submit, Upload
from bot.errors import Busy, Gone, PlatformError
from bot.feature import Feature
from bot.language import nearest, speaking
from bot.people import Account
from bot.views import Errors, Message, Reply, message
from bot.wording import no_file, too_long

log = structlog.get_logger(__name__)

COMMAND, PRESSED, TYPING, SUBMITTED = 2, 3, 4, 5  # kinds of interactions
BUTTON, ON_MESSAGE = 2, 3  # a kind of component, a kind of command
BOOLEAN = 5  # a kind of option
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

    async def ingest(self, batch: Sequence[Observation]) -> None:
        """Take note of what happened; when this returns, it is committed."""
        ...

    async def roles(self, platform: str, workspace: str) -> Mapping[str, Collection[str]]:
        """Return the members of a server's program, by user id."""
        ...


class Incoming:
    """Takes Discord's events to the core."""

    def __init__(
        self,
        core: Core,
        api: Api,
        people: People,
        stream: Stream,
        answers: Answers,
        drafts: Drafts,
        session: aiohttp.ClientSession,
        now: Callable[[], datetime],
    ) -> None:
        """Listen as this bot; files come over `session`."""
        self.us = ""
        self._core = core
        self._api = api
        self._people = people
        self._stream = stream
        self._answers = answers
        self._drafts = drafts
        self._session = session
        self._now = now
        self._guilds: dict[str, None] = {}
        self._begun: set[int] = set()  # the shards that were connected before
        self._under_way: set[asyncio.Task[None]] = set()

    def hear(self, kind: str, event: Event) -> None:
        """Take an event; returns at once."""
        if kind == "INTERACTION_CREATE":
            self._begin(self._interaction(event))
        elif kind == "MESSAGE_CREATE" and not event.get("guild_id"):
            if is_written(event):
                self._begin(self._remark(str(event["id"]), str(event["channel_id"]), str(event["author"]["id"])))
        elif kind in OBSERVED:
            self._stream.put(observed(kind, event, self.us, self._now()))
        else:
            self._moved(kind, event)

    async def settled(self) -> None:
        """Wait until everything that came in is committed and answered."""
        while self._under_way:
            await asyncio.wait(self._under_way)
        await self._stream.settled()

    def _moved(self, kind: str, event: Event) -> None:
        """Note in which servers the bot is; what was missed is read again after each break."""
        match kind:
            case "READY":
                self._guilds |= dict.fromkeys(str(guild["id"]) for guild in event["guilds"])
                shard = (event.get("shard") or (0, 1))[0]
                if shard in self._begun:
                    self._stream.behind()
                self._begun.add(shard)
            case "RESUMED":
                self._stream.behind()
            case "GUILD_CREATE" if str(event["id"]) not in self._guilds:
                log.info("the bot is in a server", server=str(event["id"]))
                self._guilds[str(event["id"])] = None
                self._stream.behind()
            case "GUILD_DELETE" if not event.get("unavailable"):
                log.warning("the bot is no longer in a server", server=str(event["id"]))
                self._guilds.pop(str(event["id"]), None)

    def _begin(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.create_task(work)
        self._under_way.add(task)
        task.add_done_callback(self._ended)

    def _ended(self, task: asyncio.Task[None]) -> None:
        self._under_way.discard(task)
        if not task.cancelled() and (error := task.exception()) is not None:
            log.error("what Discord sent could not be answered", exc_info=error)

    async def close(self) -> None:
        """End what is under way."""
        for task in self._under_way:
            task.cancel()
        await asyncio.gather(*self._under_way, return_exceptions=True)

    # What wants an answer.

    async def _interaction(self, body: Json) -> None:
        user = str(((body.get("member") or {}).get("user") or body.get("user") or {})["id"])
        self._people.heard(user, body.get("locale"))
        data = body.get("data") or {}
        hint = _home_of(body)
        guild = str(body["guild_id"]) if body.get("guild_id") else await self._home(user, hint)
        if guild is None:
            return
        asking = Asking(body, account(guild, user), None if body.get("guild_id") else guild)
        match body["type"]:
            case 4:
                await self._answers.offer(asking, self._completions(data))
            case 5:
                await self._submitted(asking, data)
            case 3 if data.get("component_type") == BUTTON:
                await self._pressed(asking, render.read_custom_id(str(data.get("custom_id") or ""))[0])
            case 2:
                await self._answer(asking, self._command(asking, data))

    async def _pressed(self, asking: Asking, action: str) -> None:
        if not action.startswith(OWN):
            await self._answer(asking, Press(str(asking.body["id"]), asking.account, action))
            return
        draft = self._drafts.get(asking.account, action.removeprefix(OWN))
        if draft is None:
            await self._answers.show(asking, message(_in(asking, wording.too_old)))
        else:
            await self._answers.open(asking, draft)

    async def _submitted(self, asking: Asking, data: Json) -> None:
        action, _, is_step = forms.opened_with(data)
        draft = self._drafts.get(asking.account, action)
        if draft is None and is_step:
            await self._answers.show(asking, message(_in(asking, wording.too_old)))
            return
        if draft is not None and len(forms.steps(draft.form)) > 1:
            draft = await self._gone_on(asking, draft, data)
            if draft is None:
                return
        elif draft is not None:
            draft = draft.filled(forms.values(data), {})
        await self._answer(asking, None, draft)

    async def _gone_on(self, asking: Asking, draft: Draft, data: Json) -> Draft | None:
        """Take a step of a form; None if there are further ones."""
        try:
            files = await self._fetched(data)
        except PlatformError:
            await self._answers.show(asking, message(_in(asking, no_file)))
            return None
        filled = draft.filled(forms.values(data), files)
        if filled.is_last:
            return filled
        self._drafts.keep(asking.account, filled.further)
        steps = len(forms.steps(draft.form))
        with speaking(nearest(asking.body.get("locale"))):
            said = wording.go_on(draft.form, filled.step + 1, steps, f"{OWN}{draft.form.action}"[: render.limits.ID - 1])
        await self._answers.show(asking, said)
        return None

    async def _answer(self, asking: Asking, call: Call | None, draft: Draft | None = None) -> None:
        """Let the core answer; without a call it is about a form that was sent off."""
        handled = asyncio.create_task(self._handled(asking, call, draft))
        await self._answers.give(asking, handled, draft)

    async def _handled(self, asking: Asking, call: Call | None, draft: Draft | None) -> Reply | None:
        if asking.home is not None and (refusal := await self._refused(asking, asking.home)) is not None:
            return refusal
        with suppress(TimeoutError):
            async with asyncio.timeout(BEFORE):
                await self._stream.settled()
        if call is None:
            try:
                call = await self._submit(asking, draft)
            except PlatformError:
                return Errors({"": _in(asking, no_file)})
        return await self._core.handle(call)

    async def _submit(self, asking: Asking, draft: Draft | None) -> Submit:
        data, id_ = asking.body.get("data") or {}, str(asking.body["id"])
        if draft is not None and len(forms.steps(draft.form)) > 1:
            return Submit(id_, asking.account, draft.form.action, draft.values, draft.files)
        action = forms.opened_with(data)[0] if draft is None else draft.form.action
        return Submit(id_, asking.account, action, forms.values(data), await self._fetched(data))

    async def _fetched(self, data: Json) -> dict[str, Upload]:
        return {name: await self._download(about) for name, about in forms.files(data).items()}

    async def _download(self, about: Json) -> Upload:
        try:
            async with self._session.get(about["url"]) as answer:
                answer.raise_for_status()
                return Upload(str(about.get("filename") or "file"), await answer.read())
        except (aiohttp.ClientError, TimeoutError, OSError):
            raise Busy from None

    def _command(self, asking: Asking, data: Json) -> Call:
        id_, channel = str(asking.body["id"]), str(asking.body.get("channel_id") or "")
        where = place(asking.account.workspace, channel)
        if data.get("type") == ON_MESSAGE:
            name = shortcut_of(self._core.features, str(data["name"]))
            return Shortcut(id_, asking.account, name, where, str(data["target_id"]))
        sub = next(iter(data.get("options") or []), {})
        here = where if asking.home is None else None
        return Command(id_, asking.account, str(data["name"]), str(sub.get("name") or ""), _options(sub), here)

    def _completions(self, data: Json) -> list[Json]:
        sub = next(iter(data.get("options") or []), {})
        typed = next((one for one in sub.get("options") or [] if one.get("focused")), {})
        where = str(data.get("name")), str(sub.get("name")), str(typed.get("name"))
        return completions(self._core.features, *where, str(typed.get("value") or ""))

    async def _remark(self, id_: str, channel: str, user: str) -> None:
        """Answer plain words to the bot alone, where they were said."""
        guild = await self._home(user, None)
        if guild is None:
            return
        reply = await self._refused(None, guild, user)
        if reply is None:
            reply = await self._core.handle(Remark(id_, account(guild, user)))
        if not isinstance(reply, Message):
            return
        for part in render.messages(reply, guild):
            body = {**render.payload(part), "nonce": id_[-render.limits.NONCE :], "enforce_nonce": True}
            try:
                await self._api.post("/channels/{channel_id}/messages", body, channel_id=channel)
            except PlatformError as error:
                log.warning("plain words could not be answered", reason=str(error))

    # About which server something is that is said to the bot alone.

    async def _home(self, user: str, hint: str | None) -> str | None:
        """Return the server about which somebody speaks with the bot: that of a program in which they are."""
        if hint is not None or len(self._guilds) <= 1:
            return hint or next(iter(self._guilds), None)
        for guild in self._guilds:
            if user in await self._core.roles(PLATFORM, guild):
                return guild
        return next(iter(self._guilds))

    async def _refused(self, asking: Asking | None, guild: str, user: str = "") -> Message | None:
        """Say why not to somebody who isn't in a server any more."""
        whose: Account = account(guild, user) if asking is None else asking.account
        try:
            member = await self._people.member(guild, whose.user)
        except Gone:
            member = None
        except PlatformError:
            return message(_in(asking, too_long))
        return None if member is not None else message(_in(asking, wording.not_here))


def _in(asking: Asking | None, said: Callable[[], str]) -> str:
    """Say something in the language in which somebody uses Discord."""
    with speaking(nearest(asking.body.get("locale") if asking is not None else None)):
        return said()


def _home_of(body: Json) -> str | None:
    """Return the server that a button or form in a direct conversation is about."""
    written = str((body.get("data") or {}).get("custom_id") or "")
    return render.read_custom_id(written.removeprefix(forms.STEP))[1]


def _options(sub: Json) -> dict[str, str]:
    """Return what was typed, by the options' names; of what is only said or not, what was said."""
    found: dict[str, str] = {}
    for one in sub.get("options") or []:
        if one.get("type") != BOOLEAN:
            found[str(one["name"])] = read(str(one.get("value", "")))
        elif one.get("value"):
            found[str(one["name"])] = SAID
    return found
