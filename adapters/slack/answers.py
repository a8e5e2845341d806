"""How the core's answers go back to whoever asked: privately, in a modal, or in the view they are looking at."""

from dataclasses import dataclass
from datetime import timedelta
from http import HTTPStatus
from typing import Any

import aiohttp
import stamina
import structlog
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.webhook.async_client import AsyncWebhookClient

from adapters.slack import forms, limits, render
from adapters.slack.failures import SHORTLY, Api, Failed, wait_told
from adapters.slack.files import Files
from adapters.slack.render import Links
from bot import wording
from bot.errors import Busy, PlatformError, Refused
from bot.views import Errors, Form, Message, Reply, message

log = structlog.get_logger(__name__)

Body = dict[str, Any]

LONGEST_WAIT = timedelta(seconds=20)
KEPT = ("type", "title", "submit", "close", "private_metadata", "callback_id")


@dataclass(frozen=True, slots=True)
class Answers:
    """Answers payloads of a workspace."""

    client: AsyncWebClient
    api: Api
    files: Files
    link: Links

    async def to_call(self, body: Body, reply: Reply) -> None:
        """Answer a command, a press or a shortcut. What fails is logged: whoever asked can ask again."""
        try:
            if isinstance(reply, Form):
                await self._open(body, reply)
            else:
                await self._say(body, _as_message(reply))
        except PlatformError as error:
            log.warning("an answer could not be shown", kind=type(reply).__name__, reason=str(error))

    async def to_remark(self, channel: str, said: Message) -> None:
        """Answer plain words where they were said."""
        shown = render.message(said, self.link)
        try:
            await self.api.ask(
                self.client.chat_postMessage(
                    channel=channel,
                    text=shown.text,
                    blocks=shown.blocks,
                    mrkdwn=False,
                    unfurl_links=False,
                    unfurl_media=False,
                )
            )
        except PlatformError as error:
            log.warning("plain words could not be answered", reason=str(error))

    def to_form(self, body: Body, reply: Reply | None) -> Body:
        """Return with what a form is acknowledged."""
        return forms.answer(body["view"], reply, self.link)

    def wait(self, body: Body) -> Body:
        """Return with what a form is acknowledged whose answer takes longer."""
        return forms.answer(body["view"], message(wording.one_moment()), self.link)

    async def late(self, body: Body, reply: Reply | None) -> None:
        """Answer a form that was acknowledged already."""
        if reply is None:
            return
        view = self._instead(body["view"], reply)
        try:
            await self.api.ask(self.client.views_update(view_id=body["view"]["id"], view=view))
        except PlatformError as error:
            log.warning("a form could not be answered", reason=str(error))

    def _instead(self, submitted: Body, reply: Reply) -> Body:
        match reply:
            case Form():
                return forms.view(reply)
            case Errors():
                return _once_more(submitted, reply)
            case Message():
                return forms.shown(reply, self.link)

    async def share(self, user: str, reply: Reply | None) -> None:
        """Send what can't be shown in a private answer into the direct conversation."""
        files = render.uploads(reply) if isinstance(reply, Message) else ()
        if not files:
            return
        try:
            opened = await self.api.ask(self.client.conversations_open(users=user))
            await self.files.share(opened["channel"]["id"], files)
        except PlatformError as error:
            log.warning("files of an answer could not be sent", count=len(files), reason=str(error))

    async def _open(self, body: Body, form: Form) -> None:
        view, trigger = forms.view(form), body["trigger_id"]
        try:
            below = body.get("view")
            if below is None:
                await self.api.ask(self.client.views_open(trigger_id=trigger, view=view))
            elif _depth(below) < limits.VIEWS:
                await self.api.ask(self.client.views_push(trigger_id=trigger, view=view))
            else:
                await self.api.ask(self.client.views_update(view_id=below["id"], view=view))
        except Failed as error:
            if error.code not in ("expired_trigger_id", "trigger_expired", "exchanged_trigger_id"):
                raise
            await self._say(body, message(wording.too_long()))

    async def _say(self, body: Body, said: Message) -> None:
        view = body.get("view")
        if view is not None:
            shown = forms.shown(said, self.link)
            await self.api.ask(self.client.views_update(view_id=view["id"], view=shown))
            return
        shown_privately = render.message(said, self.link, elsewhere=True)
        again = bool((body.get("container") or {}).get("is_ephemeral"))
        await self._respond(
            body["response_url"],
            {
                "response_type": "ephemeral",
                "replace_original": again,
                "text": shown_privately.text,
                "blocks": shown_privately.blocks,
                "unfurl_links": False,
                "unfurl_media": False,
            },
        )

    async def _respond(self, url: str, content: Body) -> None:
        """Send to where Slack awaits an answer. Raises Busy, and Refused."""
        async for attempt in stamina.retry_context(on=_worth_waiting, attempts=3, wait_initial=0.2):
            with attempt:
                await self._respond_once(url, content)

    async def _respond_once(self, url: str, content: Body) -> None:
        hook = AsyncWebhookClient(url, session=self.client.session, logger=self.client.logger, retry_handlers=[])
        try:
            answer = await hook.send_dict(content)
        except (aiohttp.ClientError, TimeoutError, OSError):
            raise Busy from None
        if answer.status_code == HTTPStatus.TOO_MANY_REQUESTS:
            raise Busy(wait_told(answer.headers))
        if answer.status_code >= HTTPStatus.INTERNAL_SERVER_ERROR:
            raise Busy
        if answer.status_code != HTTPStatus.OK or answer.body.startswith("{"):  # "ok" says that it is shown
            raise Refused(f"the answer's address said {answer.status_code}")


def _worth_waiting(error: Exception) -> bool | timedelta:
    """Tell whether to try an answer again, and when: somebody waits for it."""
    if not isinstance(error, Busy):
        return False
    return error.retry_after if error.retry_after <= LONGEST_WAIT else error.retry_after == SHORTLY


def _as_message(reply: Message | Errors | Form) -> Message:
    if isinstance(reply, Message):
        return reply
    return message(*(reply.errors.values() if isinstance(reply, Errors) else ()))


def _once_more(submitted: Body, told: Errors) -> Body:
    """Return a form with what was typed, and above it what is wrong: it stood aside while it was waited for."""
    typed = {name: element for block in submitted["state"]["values"].values() for name, element in block.items()}
    blocks = [_filled_in(block, typed) for block in submitted["blocks"]]
    above = forms.shown(_as_message(told), lambda _place, _message: "")["blocks"]
    kept = {key: submitted[key] for key in KEPT if submitted.get(key)}
    return {**kept, "blocks": [*above, *blocks][: limits.MODAL_BLOCKS]}


def _filled_in(block: Body, typed: Body) -> Body:
    if block.get("type") != "input":
        return block
    element = dict(block["element"])
    given = typed.get(element["action_id"]) or {}
    if given.get("value"):
        element["initial_value"] = given["value"]
    if given.get("selected_option"):
        element["initial_option"] = given["selected_option"]
    return {**block, "block_id": f"{block['block_id']}.again"[-limits.ID :], "element": element}


def _depth(view: Body) -> int:
    """Return how many modals lie on each other, this one included."""
    below = view.get("previous_view_id")
    if not below:
        return 1
    return 2 if below == view.get("root_view_id") else 3
