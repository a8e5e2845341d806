"""Calls of the real client that Slack refuses."""

from collections.abc import Awaitable

import pytest
from slack_sdk.errors import SlackApiError

from tests.stand_ins.slack import Json


async def failure(call: Awaitable[object]) -> Json:
    """Return the answer of a call that fails."""
    with pytest.raises(SlackApiError) as caught:
        await call
    answer: Json = caught.value.response.data
    return answer


async def code(call: Awaitable[object]) -> str:
    """Return the code with which a call fails."""
    return str((await failure(call))["error"])
