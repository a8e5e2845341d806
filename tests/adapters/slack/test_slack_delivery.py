"""The true core on Slack: what is to be sent while Slack is busy, broken, or keeps the bot out."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.drivers.slack import SlackDriver
from tests.stand_ins.slack import Slack
from tests.world import LENA, NOOR, World, world

NUDGE = "may be waiting for an answer"


@pytest.fixture
async def there(sqlite_url: str, tmp_path: Path) -> AsyncIterator[World]:
    """Open the program of the dialogue tests on Slack."""
    async with world(sqlite_url, tmp_path, on="slack") as opened:
        yield opened


def slack_of(there: World) -> Slack:
    """Return the stand-in."""
    assert isinstance(there.driver, SlackDriver)
    return there.driver.slack


async def nudges(there: World, user: str) -> int:
    """Return how many reminders somebody got."""
    return sum(NUDGE in seen.text for seen in await there.driver.inbox(user))


async def test_a_busy_conversation_holds_nobody_up(there: World) -> None:
    """Lena's is busy: Noor gets her reminder at once, and Lena hers when Slack lets it through."""
    slack = slack_of(there)
    slack.faults.limits("chat.postMessage", 120, channel=slack.person("lena").dm.id)
    await there.says("amara", LENA)
    await there.says("amara", NOOR)
    await there.passes(days=1)
    assert (0, 1) == (await nudges(there, "lena"), await nudges(there, "noor"))
    await there.passes(minutes=3)
    assert (1, 1) == (await nudges(there, "lena"), await nudges(there, "noor"))


@pytest.mark.parametrize("arrived", [True, False])
async def test_a_message_whose_answer_was_lost_is_not_sent_twice(there: World, arrived: bool) -> None:
    """The connection breaks just after Slack took it, or just before: it is there once."""
    slack_of(there).faults.drops("chat.postMessage", after=arrived)
    await there.says("amara", LENA)
    await there.passes(days=1)
    assert int(arrived) == await nudges(there, "lena")
    await there.passes(hours=1)
    assert 1 == await nudges(there, "lena")


async def test_slack_is_down_for_an_hour(there: World) -> None:
    """Nothing is lost, nothing is given up, and it isn't asked without end."""
    slack = slack_of(there)
    fault = slack.faults.breaks("*", 503, times=10_000)
    await there.says("amara", LENA)
    await there.passes(days=1, hours=1)
    assert (0, True) == (await nudges(there, "lena"), there.platform.connected)
    assert 10_000 - fault.times < 400
    slack.faults.clear()
    await there.passes(minutes=5)
    assert 1 == await nudges(there, "lena")


async def test_the_token_is_revoked_for_a_day(there: World) -> None:
    """The bot goes on, asks now and then, and sends what is still needed once it is let in again."""
    slack = slack_of(there)
    await there.says("amara", LENA)
    await slack.revoke()
    before = len(slack.requests)
    await there.passes(days=2)
    assert (0, False) == (await nudges(there, "lena"), there.platform.connected)
    assert len(slack.requests) - before < 24 * 6 * 3
    slack.app.revoked = ""
    await there.passes(hours=1)
    assert (1, True) == (await nudges(there, "lena"), there.platform.connected)


async def test_somebody_is_deactivated(there: World) -> None:
    """It is given up, a coordinator can read why, and the others go on."""
    slack = slack_of(there)
    await there.says("amara", LENA)
    await there.says("amara", NOOR)
    await slack.changes_user(slack.person("lena"), deleted=True)
    await there.passes(days=4)
    assert 1 <= await nudges(there, "noor")
    assert "their account is gone" in await there.asks("rosa", "/mentor-admin undelivered")


@pytest.mark.parametrize("how", ["archived", "put out"])
async def test_a_conversation_is_lost(there: World, how: str) -> None:
    """Its channel was archived, or the bot put out: nobody is reminded, a coordinator can read why, others go on."""
    slack = slack_of(there)
    await there.says("amara", LENA)
    amara = slack.person("amara")
    await (amara.archives(LENA) if how == "archived" else amara.removes(LENA, slack.app.bot_user))
    await slack.settled()
    await there.passes(days=2)
    await there.says("amara", NOOR)
    await there.passes(days=1)
    assert (0, 1) == (await nudges(there, "lena"), await nudges(there, "noor"))
    assert "the conversation is gone" in await there.asks("rosa", "/mentor-admin undelivered")
    assert 1 == sum("I no longer see the conversation of" in text.text for text in await there.inbox("rosa"))


@pytest.mark.parametrize("how", ["opened again", "taken in again"])
async def test_a_conversation_is_found_again(there: World, how: str) -> None:
    """The channel is back before anybody was told: all goes on, and nothing is said of it."""
    slack = slack_of(there)
    amara, bot = slack.person("amara"), slack.app.bot_user
    if how == "opened again":
        await amara.archives(LENA)
        await amara.archives(LENA, back=True)
    else:
        await amara.removes(LENA, bot)
        await amara.invites(LENA, bot)
    await slack.settled()
    await there.says("amara", LENA)
    await there.passes(days=2)
    assert 1 == await nudges(there, "lena")
    assert [] == [text for text in await there.inbox("rosa") if "no longer see" in text.text]


async def test_an_answer_that_nobody_told_of(there: World) -> None:
    """Just before a reminder goes out, the channel is read: what came while nobody listened counts, also in threads."""
    asked = await there.says("amara", LENA)
    there.ears.deaf = True
    await there.says("lena", LENA, reply_to=asked)
    there.ears.deaf = False
    await there.passes(days=2)
    assert 0 == await nudges(there, "lena")


async def test_a_reaction_that_nobody_told_of(there: World) -> None:
    """Slack doesn't tell when it was put; it is an answer all the same."""
    asked = await there.says("amara", LENA)
    there.ears.deaf = True
    await there.driver.reacts("lena", asked, "+1", LENA)
    there.ears.deaf = False
    await there.passes(days=2)
    assert 0 == await nudges(there, "lena")
