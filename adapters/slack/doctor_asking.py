"""Asking Slack for `mentorbot doctor`: whatever comes of it is an answer that something can be said of."""

from collections.abc import Awaitable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import aiohttp
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.web.async_slack_response import AsyncSlackResponse

from adapters.slack import doctor_wording as wording
from adapters.slack.failures import BUSY, code_of
from bot.doctor import Now


@dataclass(frozen=True, slots=True)
class Answer:
    """What came of a question: Slack's `data`, or the `code` of its refusal; `lost` says why no answer came."""

    data: Mapping[str, Any] = field(default_factory=dict)
    headers: Mapping[str, str] = field(default_factory=dict)
    at: datetime | None = None
    code: str = ""
    lost: str = ""

    @property
    def granted(self) -> bool:
        """Whether Slack did as it was asked."""
        return not self.code and not self.lost

    @property
    def busy(self) -> bool:
        """Whether another moment may give another answer."""
        return bool(self.lost) or self.code in BUSY

    @property
    def trouble(self) -> str | None:
        """What stands between Slack and this machine, or that Slack asks for a pause; None if it refused."""
        return self.lost or (wording.BUSY if self.busy else None)


NOT_ASKED = Answer(lost="there is no token to ask with")


@dataclass(frozen=True, slots=True)
class Asking:
    """Asks Slack; `now` tells this machine's time."""

    client: AsyncWebClient
    now: Now

    async def ask(self, asked: Awaitable[AsyncSlackResponse]) -> Answer:
        """Return what Slack answers, and when; an error is an answer too."""
        try:
            answer = await asked
        except SlackApiError as error:
            headers = getattr(error.response, "headers", {})
            code = code_of(error)
            lost = "" if code else wording.BROKEN.format(status=getattr(error.response, "status_code", ""))
            return Answer(headers=headers, at=self.now(), code=code, lost=lost)
        except (aiohttp.ClientError, TimeoutError, OSError) as error:
            return Answer(lost=wording.UNREACHED.format(address=self.client.base_url, why=type(error).__name__))
        data = answer.data if isinstance(answer.data, dict) else {}
        return Answer(data, answer.headers, self.now())
