"""How the core's answers go back to whoever asked: to them alone, as a message or as a form.

Discord waits three seconds for a first answer. What takes longer is told to take a moment, and the answer put in its
place. A form has to be a first answer, and can't answer a form: where that isn't so, a button opens it.
"""

import asyncio
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from enum import IntEnum
from functools import partial

import structlog

from adapters.discord import forms, hooks, limits, render
from adapters.discord.drafts import Draft, Drafts
from adapters.discord.hooks import Hooks
from adapters.discord.naming import named
from adapters.discord.people import People
from adapters.discord.render import OWN, Rendered
from adapters.discord.spelling import Spelling
from adapters.discord.text import Json
from bot import steps_wording as wording
from bot.errors import PlatformError
from bot.hush import is_quiet
from bot.language import nearest, speaking
from bot.people import Account
from bot.views import Errors, Form, Message, Note, Reply, message

log = structlog.get_logger(__name__)

WAITING: Json = {"flags": render.EPHEMERAL}


class Kind(IntEnum):
    """What somebody does, as Discord counts it."""

    COMMAND = 2
    PRESS = 3
    TYPING = 4
    SUBMIT = 5


@dataclass(frozen=True, slots=True)
class Asking:
    """An interaction, and who asks.

    `home`: it comes from a direct conversation, and is about this server. `since`: when it came, in seconds.
    `about`: what that server is called, if nobody said that it is meant.
    """

    body: Json
    account: Account
    home: str | None = None
    since: float = field(default_factory=time.monotonic)
    about: str = ""

    @property
    def locale(self) -> str | None:
        """In which language whoever asks uses Discord."""
        return self.body.get("locale")

    @property
    def is_form(self) -> bool:
        """Whether a form was sent off."""
        return bool(self.body.get("type") == Kind.SUBMIT)

    @property
    def on_message(self) -> bool:
        """Whether it was done under a message of the bot's."""
        return bool(self.body.get("message"))

    @property
    def on_answer(self) -> bool:
        """Whether that message is a private answer, which the next one replaces."""
        return bool((self.body.get("message") or {}).get("flags", 0) & render.EPHEMERAL)


class Answers:
    """Answers interactions."""

    def __init__(self, hooks_: Hooks, people: People, spelling: Spelling, drafts: Drafts, patience: float) -> None:
        """Tell whoever asks to wait after `patience` seconds."""
        self._hooks = hooks_
        self._people = people
        self._spelling = spelling
        self._drafts = drafts
        self._patience = patience

    async def give(self, asking: Asking, handled: asyncio.Task[Reply | None], sent: Draft | None = None) -> None:
        """Answer as soon as there is an answer; `sent` is a form that was sent off. Raises Busy, Gone and Refused."""
        patience = self._patience - (time.monotonic() - asking.since)
        done, _ = await asyncio.wait({handled}, timeout=max(patience, 0))
        if done:
            reply = handled.result()
            self._note(asking, reply, sent)
            await self._first(asking, reply, sent)
            return
        was_first = await self._wait(asking, handled)
        reply = await handled
        self._note(asking, reply, sent)
        await self._late(asking, reply, sent, was_first=was_first)

    async def _wait(self, asking: Asking, handled: asyncio.Task[Reply | None]) -> bool:
        """Tell that it takes a moment; return whether this was the first answer."""
        kind = hooks.DEFERRED_UPDATE if asking.on_answer else hooks.DEFERRED
        try:
            return await self._hooks.answer(asking.body, kind, None if asking.on_answer else WAITING)
        except PlatformError:
            await asyncio.wait({handled})
            raise

    async def show(self, asking: Asking, said: Message, *, beside: bool = False) -> None:
        """Answer at once with a message, in the place of a private answer or `beside` it.

        Raises Busy, Gone and Refused.
        """
        await self._say(asking, said, beside=beside)

    async def open(self, asking: Asking, draft: Draft) -> None:
        """Answer at once with a form, filled in as far as it is. Raises Busy, Gone and Refused."""
        self._drafts.keep(asking.account, draft)
        modal = forms.modal(draft.form, draft.step, draft.values, asking.home)
        await self._hooks.answer(asking.body, hooks.MODAL, modal)

    async def offer(self, body: Json, choices: Sequence[Json]) -> None:
        """Answer what is being typed with what it could become."""
        try:
            await self._hooks.answer(body, hooks.COMPLETION, {"choices": list(choices)})
        except PlatformError as error:
            log.debug("what was typed could not be completed", reason=str(error))

    async def fail(self, body: Json, said: Callable[[], str]) -> None:
        """Say to whoever asked alone what went wrong, whether or not something was answered already."""
        if body.get("type") == Kind.TYPING:
            await self.offer(body, ())
            return
        with speaking(nearest(body.get("locale"))):
            (part,) = render.messages(message(said()))
        told = render.payload(part, private=True)
        try:
            if not await self._hooks.answer(body, hooks.MESSAGE, told):
                await self._hooks.follow(body, told)
        except PlatformError as error:
            log.warning("nothing at all could be answered", reason=str(error))

    def _note(self, asking: Asking, reply: Reply | None, sent: Draft | None) -> None:
        """Keep what somebody has to go on with, and what was taken no longer."""
        match reply:
            case Form():
                self._drafts.keep(asking.account, Draft(reply))
            case Errors() if sent is not None:
                filled = self._drafts.get(asking.account, sent.form.action) if forms.is_long(sent.form) else None
                self._drafts.keep(asking.account, _to_put_right(filled or sent, reply))
            case Message() if sent is not None and is_quiet():  # with what was written in the forms before this one
                self._drafts.forget_quiet(asking.account)
            case Message() if sent is not None:
                self._drafts.forget(asking.account, sent.form.action)

    async def _first(self, asking: Asking, reply: Reply | None, sent: Draft | None) -> None:
        if reply is None:
            await self._nothing(asking)
        elif isinstance(reply, Form) and not asking.is_form:
            await self.open(asking, Draft(reply))
        else:
            await self._say(asking, self._said(asking, reply, sent))

    async def _late(self, asking: Asking, reply: Reply | None, sent: Draft | None, *, was_first: bool) -> None:
        """Put an answer in the place of what told to wait.

        If that wasn't the first answer, or only seems so, as Discord's word on it was lost, nobody knows what stands in
        that place: it could be for all to see.
        """
        if reply is None:
            if was_first and not asking.on_answer:
                await self._hooks.delete(asking.body)
        elif was_first or asking.on_answer:
            await self._replace(asking, self._said(asking, reply, sent))
        else:
            await self._follow(asking, await self._rendered(asking, self._said(asking, reply, sent)))

    def _said(self, asking: Asking, reply: Reply, sent: Draft | None) -> Message:
        with speaking(nearest(asking.locale)):
            match reply:
                case Message() if asking.about:
                    return Message((*reply.blocks, Note(wording.about(asking.about))))
                case Message():
                    return reply
                case Form():
                    return wording.open_it(own(reply.action))
                case Errors():
                    return _what_is_wrong(asking, reply, sent)

    async def _nothing(self, asking: Asking) -> None:
        """Say nothing: what came is delivered again, or only to be taken note of."""
        if asking.on_message:
            await self._hooks.answer(asking.body, hooks.DEFERRED_UPDATE)
        elif await self._hooks.answer(asking.body, hooks.DEFERRED, WAITING):
            await self._hooks.delete(asking.body)

    async def _say(self, asking: Asking, said: Message, *, beside: bool = False) -> None:
        first, *rest = await self._rendered(asking, said)
        replaces = asking.on_answer and not beside
        kind = hooks.UPDATE if replaces else hooks.MESSAGE
        body = render.payload(first, private=not replaces)
        await self._hooks.answer(asking.body, kind, body, render.uploads(first))
        await self._follow(asking, rest)

    async def _replace(self, asking: Asking, said: Message) -> None:
        first, *rest = await self._rendered(asking, said)
        await self._hooks.edit(asking.body, render.payload(first), render.uploads(first))
        await self._follow(asking, rest)

    async def _rendered(self, asking: Asking, said: Message) -> list[Rendered]:
        handles = partial(self._people.handles, asking.account.workspace)
        return render.messages(await named(self._spelling.message(said), handles), asking.home)

    async def _follow(self, asking: Asking, rest: Sequence[Rendered]) -> None:
        for part in rest:
            await self._hooks.follow(asking.body, render.payload(part, private=True), render.uploads(part))


def own(action: str) -> str:
    """Return the action of a button that opens a form which is in hand."""
    return f"{OWN}{action}"[: limits.ID - 1]


def _to_put_right(sent: Draft, told: Errors) -> Draft:
    """Return a form at the first step in which something is wrong; files can't be filled in again."""
    every = forms.steps(sent.form)
    wrong = (number for number, fields in enumerate(every) if any(field.name in told.errors for field in fields))
    return replace(sent, step=next(wrong, 0), files=sent.files if len(every) > 1 else {})


def _what_is_wrong(asking: Asking, told: Errors, sent: Draft | None) -> Message:
    """Say what is wrong beside the fields' labels, in their order, and what is wrong with none of them at the end."""
    values = forms.values(asking.body.get("data") or {})
    labels = {field.name: field.label for field in sent.form.fields} if sent is not None else dict.fromkeys(values, "")
    typed = [*values.values()] if sent is None else sent.typed
    lines = [(labels[name], told.errors[name]) for name in labels if name in told.errors]
    lines += [("", error) for name, error in told.errors.items() if name not in labels]
    return wording.put_right(lines, own(sent.form.action) if sent is not None else None, typed)
