"""What goes out when Slack is busy, broken, or no longer lets the bot do something."""

from datetime import timedelta

import pytest

from bot.errors import Busy, Closed, Gone, PlatformError, Refused
from bot.ports import Sent
from bot.views import Image, Message, Text, message
from tests.adapters.slack.scene import NOON, Scene, a_pair
from tests.stand_ins.slack import check_against_wire, described, readable

HELLO = message("Hello.")


# Busy and broken.


async def test_a_busy_channel_holds_no_other_up(riverside_slack: Scene) -> None:
    """Slack limits each channel by itself: it is told how long to wait there, and elsewhere goes on."""
    riverside_slack.slack.faults.limits("chat.postMessage", 7, channel=riverside_slack.channel.id, times=5)
    with pytest.raises(Busy) as busy:
        await riverside_slack.platform.send(riverside_slack.space, HELLO, "k1")
    assert timedelta(seconds=7) == busy.value.retry_after
    await riverside_slack.platform.send(riverside_slack.account(riverside_slack.amara), HELLO, "k1")
    assert ["Hello."] == [readable(one) for one in riverside_slack.amara.inbox]


@pytest.mark.parametrize("status", [500, 503])
async def test_slack_in_trouble_is_busy(riverside_slack: Scene, status: int) -> None:
    """What fails for a moment is tried again later, and is still connected."""
    riverside_slack.slack.faults.breaks("chat.postMessage", status)
    with pytest.raises(Busy):
        await riverside_slack.platform.send(riverside_slack.space, HELLO, "k1")
    assert riverside_slack.platform.connected
    await riverside_slack.platform.send(riverside_slack.space, HELLO, "k1")
    assert ["Hello."] == [readable(one) for one in riverside_slack.amara.sees(riverside_slack.channel.id)]


async def test_a_picture_is_there_once_where_its_message_has_to_wait(riverside_slack: Scene) -> None:
    """It goes before its message; when that is tried again, it is there already."""
    shown = Message((Text("Well done!"), Image("badge.png", b"PNG", "A badge.")))
    riverside_slack.slack.faults.limits("chat.postMessage", 7)
    with pytest.raises(Busy):
        await riverside_slack.platform.send(riverside_slack.space, shown, "k1")
    await riverside_slack.platform.send(riverside_slack.space, shown, "k1")
    assert 1 == len(riverside_slack.asked("files.completeUploadExternal"))
    assert 2 == len(riverside_slack.channel.messages)


@pytest.mark.parametrize("arrived", [True, False])
async def test_a_message_whose_answer_was_lost_is_found(riverside_slack: Scene, arrived: bool) -> None:
    """After a crash between sending and noting it, the message tells by its metadata that it is there."""
    riverside_slack.slack.faults.drops("chat.postMessage", after=arrived)
    with pytest.raises(Busy):
        await riverside_slack.platform.send(riverside_slack.space, HELLO, "k1")
    found = await riverside_slack.platform.find(riverside_slack.space, "k1")
    there = [Sent(riverside_slack.space, one.ts) for one in riverside_slack.channel.messages]
    assert (there[0] if arrived else None) == found


async def test_a_message_is_found_behind_many_others(riverside_slack: Scene) -> None:
    """Also if people wrote a lot since; what somebody else's app put under the same key isn't taken for it."""
    sent = await riverside_slack.platform.send(riverside_slack.space, HELLO, "k1")
    mark = riverside_slack.channel.messages[0].metadata
    for number in range(250):
        await riverside_slack.lena.says(riverside_slack.channel.id, str(number))
    riverside_slack.channel.messages[-1].metadata = mark
    assert sent == await riverside_slack.platform.find(riverside_slack.space, "k1")


async def test_keys_stand_nowhere_in_clear(riverside_slack: Scene) -> None:
    """Other apps may read a message's metadata."""
    await riverside_slack.platform.send(riverside_slack.space, HELLO, "nudge:lena:2025-03-04")
    assert "lena" not in repr(riverside_slack.channel.messages[0].metadata)


# Access that is lost.


async def test_an_archived_channel_is_gone(riverside_slack: Scene) -> None:
    """Nothing can be said there any more, and nothing be changed: what waits there for an answer waits in vain."""
    sent = await riverside_slack.platform.send(riverside_slack.space, HELLO, "k1")
    await riverside_slack.amara.archives(riverside_slack.channel.id)
    with pytest.raises(Gone):
        await riverside_slack.platform.send(riverside_slack.space, HELLO, "k2")
    with pytest.raises(Gone):
        await riverside_slack.platform.edit(sent, message("New."))
    with pytest.raises(Gone):
        await riverside_slack.platform.history(riverside_slack.space, NOON)


async def test_a_channel_that_put_the_bot_out_is_gone(riverside_slack: Scene) -> None:
    """For everything that it could do there."""
    sent = await riverside_slack.platform.send(riverside_slack.space, HELLO, "k1")
    await riverside_slack.amara.removes(riverside_slack.channel.id, riverside_slack.slack.app.bot_user)
    for tried in (
        riverside_slack.platform.send(riverside_slack.space, HELLO, "k2"),
        riverside_slack.platform.find(riverside_slack.space, "k1"),
        riverside_slack.platform.edit(sent, message("New.")),
        riverside_slack.platform.history(riverside_slack.space, NOON),
        riverside_slack.platform.close_space(riverside_slack.space),
    ):
        with pytest.raises(Gone):
            await tried


async def test_a_deactivated_person_is_gone(riverside_slack: Scene) -> None:
    """Nothing is sent to them any more, although their conversation is still there; and nobody knows them."""
    lena = riverside_slack.account(riverside_slack.lena)
    await riverside_slack.platform.send(lena, HELLO, "k1")
    await riverside_slack.slack.changes_user(riverside_slack.lena, deleted=True)
    with pytest.raises(Gone):
        await riverside_slack.platform.send(lena, HELLO, "k2")
    assert {} == await riverside_slack.platform.look_up(lena.workspace, [f"@{lena.user}", "lenchen"])


@pytest.mark.parametrize(
    ("code", "error"),
    [("cannot_dm_bot", Closed), ("user_not_visible", Closed), ("method_not_supported_for_channel_type", Refused)],
)
async def test_who_can_not_be_written_to(riverside_slack: Scene, code: str, error: type[PlatformError]) -> None:
    """Each of Slack's reasons is one of the bot's."""
    riverside_slack.slack.faults.fails("conversations.open", code)
    with pytest.raises(error) as raised:
        await riverside_slack.platform.send(riverside_slack.account(riverside_slack.lena), HELLO, "k1")
    assert type(raised.value).__mro__.index(error) <= 1


@pytest.mark.parametrize("how", ["revoke", "uninstall"])
async def test_without_access_it_waits(riverside_slack: Scene, how: str) -> None:
    """It counts as not connected once Slack says so, asks once for each thing to do, and goes on afterwards."""
    await getattr(riverside_slack.slack, how)()
    assert not riverside_slack.platform.connected
    before = len(riverside_slack.slack.requests)
    for number in range(3):
        with pytest.raises(Busy) as busy:
            await riverside_slack.platform.send(riverside_slack.space, HELLO, f"k{number}")
        assert busy.value.retry_after >= timedelta(minutes=10)
    assert before + 3 == len(riverside_slack.slack.requests)
    riverside_slack.slack.app.revoked = ""
    await riverside_slack.platform.send(riverside_slack.space, HELLO, "k4")
    assert riverside_slack.platform.connected


async def test_a_token_of_somebody_else_says_nothing(riverside_slack: Scene) -> None:
    """Slack also tells when a person's own token is revoked."""
    event = {"type": "tokens_revoked", "tokens": {"oauth": [riverside_slack.amara.id], "bot": []}}
    riverside_slack.slack.events.tell(event)
    await riverside_slack.slack.settled()
    assert riverside_slack.platform.connected


async def test_a_revoked_token_that_nobody_told_of(riverside_slack: Scene) -> None:
    """The first thing that fails tells it."""
    riverside_slack.slack.app.revoked = "account_inactive"
    assert riverside_slack.platform.connected
    with pytest.raises(Busy):
        await riverside_slack.platform.find(riverside_slack.space, "k1")
    assert not riverside_slack.platform.connected


@pytest.mark.skipif(described() is None, reason="Slack's own description isn't there")
async def test_all_that_is_asked_is_described(riverside_slack: Scene) -> None:
    """Every request has the arguments, the form and the permissions of Slack's own description."""
    platform, space = riverside_slack.platform, riverside_slack.space
    sent = await platform.send(riverside_slack.account(riverside_slack.lena), HELLO, "k1")
    await platform.edit(sent, message("New."))
    await platform.find(space, "k1")
    place = await platform.open_space(space.workspace, a_pair(riverside_slack), "space:1")
    await platform.open_space(space.workspace, a_pair(riverside_slack), "space:1")
    above = await riverside_slack.lena.says(place.channel, "Hello")
    await riverside_slack.amara.says(place.channel, "Hi", thread=above)
    await platform.history(place, NOON)
    await platform.close_space(place)
    await platform.look_up(space.workspace, ["amara@example.org", "lenchen", riverside_slack.rosa.id])
    assert [] == check_against_wire(riverside_slack.slack.requests)
