"""Whom Slack doesn't let the bot write to: it is said where they can see it, and coordinators learn of it once."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.drivers.slack import SlackDriver
from tests.stand_ins.slack import Slack
from tests.world import LENA, World, world

ASKED = "Amara Okafor, I have a note for you and can't write to you directly."
CLOSED = "Amara Okafor takes no direct messages from me"
GONE = "Amara Okafor's account here is gone"
REMINDER = "may be waiting for an answer"


@pytest.fixture
async def there(database_url: str, tmp_path: Path) -> AsyncIterator[World]:
    """Open the program on Slack."""
    async with world(database_url, tmp_path, on="slack") as opened:
        yield opened


def slack_of(there: World) -> Slack:
    """Return the stand-in."""
    assert isinstance(there.driver, SlackDriver)
    return there.driver.slack


async def told(there: World, words: str) -> int:
    """Return how often the coordinator has read something."""
    return sum(seen.text.count(words) for seen in await there.inbox("rosa"))


@pytest.mark.parametrize(
    ("method", "code"),
    [
        ("conversations.open", "cannot_dm_bot"),
        ("conversations.open", "user_not_visible"),
        ("chat.postMessage", "messages_tab_disabled"),
    ],
)
async def test_closed_to_direct_messages(there: World, method: str, code: str) -> None:
    """They are asked in their channel, once a day; Rosa is told once; once they allow it, all goes on."""
    slack = slack_of(there)
    where = "amara" if method == "conversations.open" else slack.person("amara").dm.id
    slack.faults.fails(method, code, channel=where, times=1000)
    await there.says("lena")
    await there.passes(days=3)
    asked = [seen for seen in await there.driver.posts("lena", LENA) if ASKED in seen.text]
    assert (True, 0) == (1 <= len(asked) <= 3, len(await there.inbox("amara")))
    assert not any("Lena" in seen.text for seen in asked)
    assert 1 == await told(there, CLOSED)
    assert "they take no direct messages" in await there.asks("rosa", "/mentor-admin undelivered")
    slack.faults.clear()
    listed = await there.driver.commands("rosa", "/mentor-admin undelivered")
    await there.presses("rosa", "Try again" if "Try again" in listed.buttons else "Try all again", listed)
    await there.passes(hours=1)
    assert any(REMINDER in seen.text for seen in await there.inbox("amara"))


async def test_whose_account_is_deactivated(there: World) -> None:
    """Nobody is asked anything in the channel; Rosa is told once, in words, and what waits for others goes on."""
    slack = slack_of(there)
    await there.says("lena")
    await slack.changes_user(slack.person("amara"), deleted=True)
    await there.passes(days=9)
    assert [] == [seen for seen in await there.driver.posts("lena", LENA) if "Amara Okafor, I have" in seen.text]
    assert 1 == await told(there, GONE)
    assert "their account is gone" in await there.asks("rosa", "/mentor-admin undelivered")


async def test_whose_direct_conversation_is_gone(there: World) -> None:
    """Slack opens a conversation and doesn't find it when it is written to: it is given up, and told once."""
    slack = slack_of(there)
    slack.faults.fails("chat.postMessage", "channel_not_found", channel=slack.person("amara").dm.id, times=1000)
    await there.says("lena")
    before = len(slack.requests)
    await there.passes(days=9)
    assert 1 == await told(there, GONE)
    assert len(slack.requests) - before < 200
