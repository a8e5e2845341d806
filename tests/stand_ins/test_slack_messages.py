"""Messages by the Web API: limits, changes, threads, metadata, histories by page, response URLs."""

from datetime import timedelta
from typing import Any

import aiohttp
import pytest
from slack_sdk.web.async_client import AsyncWebClient

from bot.clock import SetClock
from tests.stand_ins.conftest import Bolt
from tests.stand_ins.failing import code, failure
from tests.stand_ins.slack import Channel, Json, Slack, readable
from tests.stand_ins.test_slack_people import actions


@pytest.fixture
def pair(slack: Slack) -> Channel:
    """Return a private channel with the bot in it."""
    return slack.channel("pair", slack.person("amara"), slack.person("lena"), kind="group")


def plain(text: str) -> Json:
    """Return a text object."""
    return {"type": "plain_text", "text": text}


def section(text: str) -> Json:
    """Return a paragraph."""
    return {"type": "section", "text": {"type": "mrkdwn", "text": text}}


def row(*elements: Json) -> Json:
    """Return a row of elements."""
    return {"type": "actions", "elements": list(elements)}


def button(label: str = "Go", **more: object) -> Json:
    """Return a button."""
    return {"type": "button", "text": plain(label), **more}


WRONG = {
    "must be less than 3001 characters [json-pointer:/blocks/0/text/text]": [section("x" * 3001)],
    "must be more than 0 characters [json-pointer:/blocks/0/text/text]": [section("")],
    "must be less than 151 characters [json-pointer:/blocks/0/text/text]": [
        {"type": "header", "text": plain("x" * 151)}
    ],
    "must be one of: plain_text [json-pointer:/blocks/0/text/type]": [
        {"type": "header", "text": {"type": "mrkdwn", "text": "x"}}
    ],
    "no more than 50 items allowed [json-pointer:/blocks]": [{"type": "divider"}] * 51,
    "must have 1 to 25 items [json-pointer:/blocks/0/elements]": [row(*[button()] * 26)],
    "must be less than 76 characters [json-pointer:/blocks/0/elements/0/text/text]": [row(button("x" * 76))],
    "must be less than 2001 characters [json-pointer:/blocks/0/elements/0/value]": [row(button(value="x" * 2001))],
    "must be less than 256 characters [json-pointer:/blocks/0/elements/0/action_id]": [
        row(button(action_id="x" * 256))
    ],
    "must be one of: primary, danger [json-pointer:/blocks/0/elements/0/style]": [row(button(style="default"))],
    "action_id `a` already exists [json-pointer:/blocks/0]": [row(button(action_id="a"), button(action_id="a"))],
    "block_id `b` already exists [json-pointer:/blocks]": [{"type": "divider", "block_id": "b"}] * 2,
    "unsupported type: input [json-pointer:/blocks/0/type]": [{"type": "input"}],
    "must have 1 to 10 items [json-pointer:/blocks/0/elements]": [{"type": "context", "elements": [plain("x")] * 11}],
    "missing required field: alt_text [json-pointer:/blocks/0]": [{"type": "image", "image_url": "https://a.b"}],
}


@pytest.mark.parametrize("wrong", WRONG)
async def test_blocks_are_held_to_the_limits(client: AsyncWebClient, pair: Channel, wrong: str) -> None:
    """What is too long, too much, missing or twice is told with its place."""
    answer = await failure(client.chat_postMessage(channel=pair.id, text="x", blocks=WRONG[wrong]))
    assert ("invalid_blocks", [wrong]) == (answer["error"], answer["errors"])
    assert [] == pair.messages


async def test_texts_are_held_to_the_limits(client: AsyncWebClient, pair: Channel) -> None:
    """None at all, one that is cut, one that a change can't take, blocks too long together."""
    assert "no_text" == await code(client.api_call("chat.postMessage", json={"channel": pair.id, "text": ""}))
    sent = await client.chat_postMessage(channel=pair.id, text="x" * 40_001)
    assert 40_000 == len(sent["message"]["text"])
    assert "msg_too_long" == await code(client.chat_update(channel=pair.id, ts=sent["ts"], text="x" * 4001))
    long = [section("x" * 3000)] * 5
    assert "msg_blocks_too_long" == await code(client.chat_postMessage(channel=pair.id, text="x", blocks=long))
    assert "invalid_blocks_format" == await code(client.chat_postMessage(channel=pair.id, text="x", blocks="{"))


async def test_only_ones_own_is_changed(slack: Slack, client: AsyncWebClient, pair: Channel) -> None:
    """Blocks stay in a change without any; what others wrote can be neither changed nor deleted."""
    sent = await client.chat_postMessage(channel=pair.id, text="One", blocks=[section("One")])
    await client.chat_update(channel=pair.id, ts=sent["ts"], text="Two")
    assert ("Two", "One") == (pair.messages[0].text, readable(pair.messages[0]))
    await client.chat_update(channel=pair.id, ts=sent["ts"], text="Two", blocks=[])
    assert "Two" == readable(pair.messages[0])
    ts = await slack.person("amara").says(pair.id, "Mine")
    assert "cant_update_message" == await code(client.chat_update(channel=pair.id, ts=ts, text="x"))
    assert "cant_delete_message" == await code(client.chat_delete(channel=pair.id, ts=ts))
    assert "message_not_found" == await code(client.chat_delete(channel=pair.id, ts="1.000001"))
    await client.chat_delete(channel=pair.id, ts=sent["ts"])
    assert [ts] == [message.ts for message in pair.messages]
    link = (await client.chat_getPermalink(channel=pair.id, message_ts=ts))["permalink"]
    assert link.endswith(f"/archives/{pair.id}/p{ts.replace('.', '')}")


async def test_metadata_is_found_again(client: AsyncWebClient, pair: Channel) -> None:
    """Only with include_all_metadata; it has to be an event type and a payload."""
    about = {"event_type": "helper", "event_payload": {"key": "k1"}}
    await client.chat_postMessage(channel=pair.id, text="x", metadata=about)
    for asked, expected in ((True, about), (False, None)):
        [found] = (await client.conversations_history(channel=pair.id, include_all_metadata=asked))["messages"]
        assert expected == found.get("metadata")
    wrongs: list[Json] = [{"event_type": "x"}, {"event_type": "x", "event_payload": "y"}, {"event_payload": {}}]
    for wrong in wrongs:
        assert "invalid_metadata_format" == await code(
            client.chat_postMessage(channel=pair.id, text="x", metadata=wrong)
        )


async def test_an_ephemeral_message_is_in_no_history(slack: Slack, client: AsyncWebClient, pair: Channel) -> None:
    """One person sees it, who must be in the conversation."""
    amara = slack.person("amara")
    await client.chat_postEphemeral(channel=pair.id, user=amara.id, text="Only you")
    assert (["Only you"], []) == ([message.text for message in amara.ephemerals], pair.messages)
    outside = slack.person("rosa").id
    assert "user_not_in_channel" == await code(client.chat_postEphemeral(channel=pair.id, user=outside, text="x"))


async def _histories(client: AsyncWebClient, **asked: Any) -> list[list[str]]:  # noqa: ANN401
    pages, cursor = [], ""
    while True:
        page = await client.conversations_history(**asked, cursor=cursor)
        pages.append([message["ts"] for message in page["messages"]])
        assert page["has_more"] == ("response_metadata" in page.data)
        if not page["has_more"]:
            return pages
        cursor = page["response_metadata"]["next_cursor"]


async def test_history_comes_by_page(slack: Slack, client: AsyncWebClient, pair: Channel) -> None:
    """The newest first; with `oldest` alone the pages begin at the oldest; ends belong to it with `inclusive`."""
    amara = slack.person("amara")
    told = [await amara.says(pair.id, f"Message {number}") for number in range(5)]
    assert told == sorted(set(told), key=float)
    assert [told[:2:-1], told[2:0:-1], told[:1]] == await _histories(client, channel=pair.id, limit=2)
    forward = await _histories(client, channel=pair.id, limit=2, oldest=told[0], inclusive=True)
    assert [told[1::-1], told[3:1:-1], told[4:]] == forward
    assert [told[2:0:-1]] == await _histories(client, channel=pair.id, oldest=told[0], latest=told[3])
    both = await _histories(client, channel=pair.id, oldest=told[0], latest=told[3], inclusive=True)
    assert [told[3::-1]] == both
    assert "invalid_ts_oldest" == await code(client.conversations_history(channel=pair.id, oldest="yesterday"))
    assert "invalid_cursor" == await code(client.conversations_history(channel=pair.id, cursor="x"))


async def test_threads_are_read_apart(slack: Slack, client: AsyncWebClient, pair: Channel) -> None:
    """A history holds what is above and what was sent to all; the replies come by page below their message."""
    amara, lena = slack.person("amara"), slack.person("lena")
    above = await amara.says(pair.id, "Above")
    replies = [await lena.says(pair.id, f"Reply {number}", thread=above) for number in range(3)]
    shared = await lena.says(pair.id, "For all", thread=above, broadcast=True)
    history = (await client.conversations_history(channel=pair.id))["messages"]
    assert [shared, above] == [message["ts"] for message in history]
    assert (4, [lena.id], shared) == tuple(history[1][key] for key in ("reply_count", "reply_users", "latest_reply"))
    first = await client.conversations_replies(channel=pair.id, ts=above, limit=3)
    assert [above, *replies[:2]] == [message["ts"] for message in first["messages"]]
    cursor = first["response_metadata"]["next_cursor"]
    rest = await client.conversations_replies(channel=pair.id, ts=above, limit=3, cursor=cursor)
    assert [above, replies[2], shared] == [message["ts"] for message in rest["messages"]]
    assert "thread_not_found" == await code(client.conversations_replies(channel=pair.id, ts="1.000001"))


async def test_reactions_are_with_their_message(slack: Slack, client: AsyncWebClient, pair: Channel) -> None:
    """Who put which."""
    amara, lena = slack.person("amara"), slack.person("lena")
    ts = await amara.says(pair.id, "Hello")
    await amara.reacts(pair.id, ts, "eyes")
    await lena.reacts(pair.id, ts, "eyes")
    found = (await client.reactions_get(channel=pair.id, timestamp=ts))["message"]["reactions"]
    assert [{"name": "eyes", "users": [amara.id, lena.id], "count": 2}] == found
    await client.reactions_add(channel=pair.id, timestamp=ts, name="heart")
    assert "already_reacted" == await code(client.reactions_add(channel=pair.id, timestamp=ts, name="heart"))


async def test_a_response_url_wears_out(slack: Slack, online: Bolt, clock: SetClock, pair: Channel) -> None:
    """It works five times, and for half an hour."""
    urls: list[str] = []

    @online.app.command("/try")
    async def note(ack: Any, body: Json) -> None:  # noqa: ANN401
        await ack()
        urls.append(body["response_url"])

    amara = slack.person("amara")
    for _ in range(2):
        await amara.commands("/try", pair.id, wait=0)
    assert await slack.changes.until(lambda: 2 == len(urls), 30)
    async with aiohttp.ClientSession() as session:

        async def status(url: str, **body: object) -> int:
            async with session.post(url, json=body) as response:
                return response.status

        assert [200] * 4 == [await status(urls[0], text=f"Number {number}") for number in range(4)]
        assert [200, 404] == [await status(urls[0], text="For all", response_type="in_channel") for _ in range(2)]
        clock.move_to(clock.now() + timedelta(minutes=31))
        assert 404 == await status(urls[1], text="Late")
    assert [f"Number {number}" for number in range(4)] == [message.text for message in amara.ephemerals]
    assert ["For all"] == [message.text for message in pair.messages]


async def test_a_pressed_message_is_replaced_or_deleted(slack: Slack, online: Bolt) -> None:
    """By the response URL of the press."""

    @online.app.action("do.Replace")
    async def replace(ack: Any, respond: Any) -> None:  # noqa: ANN401
        await ack()
        await respond(text="Replaced.", replace_original=True)

    @online.app.action("do.Delete")
    async def delete(ack: Any, respond: Any) -> None:  # noqa: ANN401
        await ack()
        await respond(delete_original=True)

    @online.app.action("do.Update")
    async def update(ack: Any, body: Json, client: AsyncWebClient) -> None:  # noqa: ANN401
        await ack()
        await client.chat_update(channel=body["channel"]["id"], ts=body["message"]["ts"], text="Updated.", blocks=[])

    amara = slack.person("amara")
    for _ in range(3):
        await online.client.chat_postMessage(channel=amara.id, text="x", blocks=actions("Replace", "Delete", "Update"))
    for message, label in zip(list(amara.inbox), ("Replace", "Delete", "Update"), strict=True):
        answer = await amara.presses(message, label)
        assert 1 == len(answer.shown)
    assert ["Replaced.", "Updated."] == [readable(message) for message in amara.inbox]
