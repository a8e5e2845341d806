"""Socket Mode with the real handler: acknowledgements, redelivery, refreshing, several connections, order."""

import asyncio
import json
from collections import Counter

import aiohttp
import pytest
from slack_sdk.web.async_client import AsyncWebClient

from tests.stand_ins.conftest import Bolt
from tests.stand_ins.slack import Channel, Person, Slack


@pytest.fixture
def amara(slack: Slack) -> Person:
    """Return somebody."""
    return slack.person("amara")


@pytest.fixture
def pair(slack: Slack, amara: Person) -> Channel:
    """Return a private channel with the bot in it."""
    return slack.channel("pair", amara, kind="group")


async def test_hello_comes_first_and_an_acknowledgement_ends_it(slack: Slack, amara: Person, pair: Channel) -> None:
    """On the bare wire: hello, an envelope, its id sent back."""
    opened = await AsyncWebClient(base_url=slack.api_url).apps_connections_open(app_token=slack.app.app_token)
    async with aiohttp.ClientSession() as session, session.ws_connect(opened["url"]) as wire:
        hello = await wire.receive_json()
        assert ("hello", 1, slack.app.id) == (
            hello["type"],
            hello["num_connections"],
            hello["connection_info"]["app_id"],
        )
        saying = asyncio.create_task(amara.says(pair.id, "Hello"))
        envelope = await wire.receive_json()
        assert ("events_api", False, 0) == tuple(
            envelope[name] for name in ("type", "accepts_response_payload", "retry_attempt")
        )
        assert not saying.done()
        await wire.send_str(json.dumps({"envelope_id": envelope["envelope_id"]}))
        ts = await saying
    assert (ts, "group") == (envelope["payload"]["event"]["ts"], envelope["payload"]["event"]["channel_type"])
    assert slack.sockets.sent[0].acknowledged


async def test_an_address_lets_one_connection_in(slack: Slack) -> None:
    """The address of a connection is good for one only."""
    opened = await AsyncWebClient(base_url=slack.api_url).apps_connections_open(app_token=slack.app.app_token)
    async with aiohttp.ClientSession() as session:
        async with session.ws_connect(opened["url"]):
            pass
        with pytest.raises(aiohttp.WSServerHandshakeError):
            await session.ws_connect(opened["url"])


async def test_what_is_not_acknowledged_comes_again(slack: Slack, online: Bolt, amara: Person, pair: Channel) -> None:
    """At once, then when the pauses are over, under the same event id and marked as tried before."""
    slack.sockets.ack_within = 0.02
    online.deaf = True
    ts = await amara.says(pair.id, "Hello")
    [envelope] = slack.sockets.sent
    assert (2, False) == (envelope.attempts, envelope.acknowledged)
    online.deaf, slack.sockets.ack_within = False, 30
    slack.sockets.redeliver()
    assert await slack.settled()
    assert [ts] == [event["ts"] for event in online.events]
    assert (3, True) == (envelope.attempts, envelope.acknowledged)
    assert 3 == len(set(envelope.sent))


async def test_it_is_given_up_in_the_end(slack: Slack, online: Bolt, amara: Person, pair: Channel) -> None:
    """After the third repetition nothing comes any more."""
    slack.sockets.ack_within, online.deaf = 0.02, True
    await amara.says(pair.id, "Hello")
    for _ in range(4):
        slack.sockets.redeliver()
        assert await slack.settled()
    assert ([4], []) == ([envelope.attempts for envelope in slack.sockets.sent], slack.sockets.unacknowledged)


async def test_what_happens_while_nobody_listens_comes_later(
    slack: Slack, bolt: Bolt, amara: Person, pair: Channel
) -> None:
    """An event without a connection is told at the next attempt."""
    ts = await amara.says(pair.id, "Hello")
    async with bolt.connected():
        slack.sockets.redeliver()
        assert await slack.settled()
    assert [ts] == [event["ts"] for event in bolt.events]


async def test_connections_take_turns(slack: Slack, bolt: Bolt, amara: Person, pair: Channel) -> None:
    """Each event goes to one of the connections."""
    async with bolt.connected(3):
        for number in range(6):
            await amara.says(pair.id, f"Message {number}")
        assert [2, 2, 2] == [len(socket.got) for socket in slack.sockets.open]
    assert 6 == len(bolt.heard)


async def test_a_connection_is_replaced_when_asked(slack: Slack, online: Bolt, amara: Person, pair: Channel) -> None:
    """The real client opens another connection, and nothing is lost on the way."""
    [old] = slack.sockets.open
    await slack.sockets.refresh(old)
    said = asyncio.create_task(amara.says(pair.id, "Hello"))
    assert await slack.changes.until(lambda: bool(slack.sockets.open) and old not in slack.sockets.open, 30)
    ts = await said
    slack.sockets.redeliver()
    assert await slack.settled()
    assert ([ts], []) == ([event["ts"] for event in online.events], old.got)


async def test_a_lost_connection_is_opened_again(slack: Slack, bolt: Bolt, amara: Person, pair: Channel) -> None:
    """The real client notices, and what happened in between comes again."""
    async with bolt.connected(ping=0.5):
        [old] = slack.sockets.open
        await slack.sockets.drop(old)
        ts = await amara.says(pair.id, "Hello")
        assert await slack.connected()
        slack.sockets.redeliver()
        assert await slack.settled()
        assert ts in [event["ts"] for event in bolt.events]


async def test_an_event_can_come_twice(slack: Slack, online: Bolt, amara: Person, pair: Channel) -> None:
    """Although it was acknowledged; its id is the same."""
    slack.sockets.twice = 1
    await amara.says(pair.id, "Hello")
    await amara.says(pair.id, "Again")
    assert [1, 2] == sorted(Counter(body["event_id"] for body in online.heard).values())


async def test_events_can_come_in_disorder(slack: Slack, online: Bolt, amara: Person, pair: Channel) -> None:
    """What is held back can be let go in any order."""
    slack.sockets.hold()
    told = [await amara.says(pair.id, f"Message {number}") for number in range(3)]
    slack.sockets.release(lambda held: held[::-1])
    assert await slack.settled()
    assert told[::-1] == [event["ts"] for event in online.events]
