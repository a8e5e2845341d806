"""What goes wrong on demand, as the real client meets it."""

import asyncio

import aiohttp
import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.http_retry.builtin_async_handlers import AsyncRateLimitErrorRetryHandler
from slack_sdk.web.async_client import AsyncWebClient

from tests.stand_ins.failing import code
from tests.stand_ins.slack import Slack


@pytest.fixture
def client(slack: Slack) -> AsyncWebClient:
    """Return the real client, which tries nothing again by itself."""
    return AsyncWebClient(slack.app.bot_token, base_url=slack.api_url, retry_handlers=[])


async def test_a_busy_channel_holds_up_no_other(slack: Slack, client: AsyncWebClient) -> None:
    """429 with Retry-After, for as many calls of one method in one channel as were asked for."""
    busy, other = slack.channel("busy"), slack.channel("other")
    slack.faults.limits("chat.postMessage", 7, channel=busy.id, times=2)
    for _ in range(2):
        with pytest.raises(SlackApiError) as caught:
            await client.chat_postMessage(channel=busy.id, text="x")
        response = caught.value.response
        assert (429, "7", "ratelimited") == (response.status_code, response.headers["Retry-After"], response["error"])
        await client.chat_postMessage(channel=other.id, text="x")
    await client.chat_postMessage(channel=busy.id, text="x")
    assert (1, 2) == (len(busy.messages), len(other.messages))


async def test_the_clients_own_retry_waits(slack: Slack) -> None:
    """The handler of slack_sdk tries again after the pause that it was told."""
    town = slack.channel("town")
    patient = AsyncWebClient(
        slack.app.bot_token, base_url=slack.api_url, retry_handlers=[AsyncRateLimitErrorRetryHandler()]
    )
    slack.faults.limits("chat.postMessage", 0)
    await patient.chat_postMessage(channel=town.id, text="x")
    assert [429, 200] == [request.status for request in slack.requests]


@pytest.mark.parametrize("status", [500, 503])
async def test_slack_can_break(slack: Slack, client: AsyncWebClient, status: int) -> None:
    """An answer that is no JSON, and nothing was done."""
    town = slack.channel("town")
    slack.faults.breaks("*", status)
    with pytest.raises(SlackApiError) as caught:
        await client.chat_postMessage(channel=town.id, text="x")
    assert (status, []) == (caught.value.response.status_code, town.messages)


@pytest.mark.parametrize("after", [False, True])
async def test_a_connection_can_be_dropped(slack: Slack, client: AsyncWebClient, after: bool) -> None:
    """Before anything was done, or after: then the message is there although its sender doesn't know."""
    town = slack.channel("town")
    slack.faults.drops("chat.postMessage", after=after)
    with pytest.raises(aiohttp.ClientError):
        await client.chat_postMessage(channel=town.id, text="x")
    assert int(after) == len(town.messages)


async def test_any_code_can_be_answered(slack: Slack, client: AsyncWebClient) -> None:
    """As often as was asked for, then all is well."""
    slack.faults.fails("auth.test", "internal_error")
    assert "internal_error" == await code(client.auth_test())
    assert (await client.auth_test())["ok"]


async def test_a_call_can_be_held_up(slack: Slack, client: AsyncWebClient) -> None:
    """Until it is let go."""
    go_on = slack.faults.holds("auth.test")
    asked = asyncio.create_task(client.auth_test())
    assert (await client.team_info())["ok"]
    assert not asked.done()
    go_on.set()
    assert (await asked)["ok"]
