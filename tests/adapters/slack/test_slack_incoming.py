"""Events that come twice, broken, from elsewhere or too late, over the real socket."""

import io
from typing import Any

import pytest

from bot.calls import Deleted, Posted, Reacted
from bot.errors import PlatformError
from bot.views import Field, Form, message
from tests.adapters.slack.scene import Scene, scene


async def test_an_event_that_comes_twice_is_told_once(riverside_slack: Scene) -> None:
    """Slack delivers again what it believes was lost: it is acknowledged, and that is all."""
    riverside_slack.slack.sockets.twice = 1
    await riverside_slack.lena.says(riverside_slack.channel.id, "Hello")
    await riverside_slack.slack.settled()
    assert [True, True] == [one.acknowledged for one in riverside_slack.slack.sockets.sent]
    assert 1 == len(riverside_slack.observed())


async def test_what_the_core_could_not_take_in_comes_again() -> None:
    """An event is acknowledged only after the core has it; until then Slack keeps it."""
    async with scene(ack_within=0.3) as opened:
        opened.core.fault = OSError("the disk is full")
        await opened.lena.says(opened.channel.id, "Hello")
        (event,) = opened.slack.sockets.sent
        assert (False, []) == (event.acknowledged, opened.core.observed)
        opened.core.fault = None
        opened.slack.sockets.redeliver()
        await opened.slack.settled()
        assert (True, 1) == (event.acknowledged, len(opened.observed()))


async def test_events_out_of_order(riverside_slack: Scene) -> None:
    """Each is told as it comes, with its own time: putting them in order is the core's."""
    riverside_slack.slack.sockets.hold()
    first = await riverside_slack.lena.says(riverside_slack.channel.id, "Hello")
    second = await riverside_slack.amara.says(riverside_slack.channel.id, "Hi")
    riverside_slack.slack.sockets.release(lambda held: held[::-1])
    await riverside_slack.slack.settled()
    told = sorted(seen.message for seen in riverside_slack.observed() if isinstance(seen, Posted))
    assert [first, second] == told


async def test_a_reaction_that_comes_after_it_was_taken_away(riverside_slack: Scene) -> None:
    """Slack keeps no order when it tells again: the later word by its own clock counts."""
    channel, lena, slack = riverside_slack.channel.id, riverside_slack.lena, riverside_slack.slack
    ts = await riverside_slack.amara.says(channel, "Hello")
    slack.sockets.hold()
    await lena.reacts(channel, ts, "eyes")
    await lena.unreacts(channel, ts, "eyes")
    riverside_slack.observed()
    slack.sockets.release(lambda held: held[::-1])
    await slack.settled()
    assert [True] == [isinstance(seen, Reacted) and seen.taken_away for seen in riverside_slack.observed()]


async def test_what_belongs_to_another_workspace_is_skipped(riverside_slack: Scene) -> None:
    """It is acknowledged, so that it doesn't come again."""
    await riverside_slack.lena.says(riverside_slack.channel.id, "Hello")
    payload = {**riverside_slack.slack.sockets.sent[-1].payload, "team_id": "T99999999", "event_id": "Ev2"}
    riverside_slack.observed()
    other = riverside_slack.slack.sockets.deliver("events_api", payload)
    await riverside_slack.slack.settled()
    assert (True, []) == (other.acknowledged, riverside_slack.observed())


@pytest.mark.parametrize("kind", ["slash_commands", "block_actions", "view_submission", "message_action"])
async def test_a_call_from_another_workspace_is_left_alone(riverside_slack: Scene, kind: str, log: io.StringIO) -> None:
    """Nobody there is taken for somebody here: the core hears nothing, and the log says no more than what it was."""
    lena, slack = riverside_slack.lena, riverside_slack.slack
    riverside_slack.core.answers["trying.form"] = Form("A form", "trying.sent", (Field("why", "Why"),))
    await lena.commands("/mentor try heliotrope", riverside_slack.channel.id)
    await lena.presses(None, action={"action_id": "press.0", "value": "trying.form"})
    await lena.submits({"why": "heliotrope"})
    written = await lena.says(riverside_slack.channel.id, "heliotrope")
    on = riverside_slack.channel.message(written)
    await lena.shortcut("trying.this", on)
    sent = {one.payload.get("type", one.kind): one for one in slack.sockets.sent}[kind]
    assert ([], 4) == (log.getvalue().splitlines(), len(riverside_slack.core.calls))
    there = {"team_id": "T99999999"} if kind == "slash_commands" else {"team": {"id": "T99999999", "domain": "there"}}
    forged = slack.sockets.deliver(sent.kind, {**sent.payload, **there, "trigger_id": "another"}, accepts_response=True)
    await slack.settled()
    assert (True, 4) == (forged.acknowledged, len(riverside_slack.core.calls))
    (line,) = log.getvalue().splitlines()
    assert "another workspace" in line
    assert "heliotrope" not in line


@pytest.mark.parametrize(
    "event",
    [
        {},
        {"type": "message"},
        {"type": "message", "subtype": "message_changed", "channel": "C1"},
        {"type": "message", "channel": "C1", "user": "U1", "ts": "yesterday"},
        {"type": "reaction_added", "item": "this"},
        {"type": "something_new", "more": [1]},
    ],
    ids=str,
)
async def test_a_broken_event_harms_nobody(riverside_slack: Scene, event: dict[str, Any]) -> None:
    """What can't be read is acknowledged and dropped, and the next one is taken in."""
    payload = {"type": "event_callback", "team_id": riverside_slack.platform.workspace.id, "event": event}
    broken = riverside_slack.slack.sockets.deliver("events_api", {**payload, "event_id": "Ev1"})
    await riverside_slack.slack.settled()
    await riverside_slack.lena.says(riverside_slack.channel.id, "Hello")
    assert (True, 1) == (broken.acknowledged, len(riverside_slack.observed()))


async def test_bots_and_slack_itself_are_not_heard(riverside_slack: Scene) -> None:
    """The bot's own messages and edits, other apps', and that somebody came, went or changed the topic."""
    sent = await riverside_slack.platform.send(riverside_slack.space, message("Welcome."), "k1")
    await riverside_slack.platform.edit(sent, message("Welcome, you two."))
    await riverside_slack.amara.says(riverside_slack.channel.id, "From an app", subtype="bot_message")
    await riverside_slack.amara.invites(riverside_slack.channel.id, riverside_slack.rosa.id)
    await riverside_slack.rosa.leaves(riverside_slack.channel.id)
    await riverside_slack.slack.settled()
    assert len(riverside_slack.slack.sockets.sent) >= 5
    assert [] == riverside_slack.observed()


async def test_a_message_above_answers_is_deleted(riverside_slack: Scene) -> None:
    """Slack leaves a stone in its place; for the bot it is gone, and its answers stay."""
    channel = riverside_slack.channel.id
    above = await riverside_slack.lena.says(channel, "A question")
    below = await riverside_slack.amara.says(channel, "An answer", thread=above)
    riverside_slack.observed()
    await riverside_slack.lena.deletes(channel, above)
    (deleted,) = riverside_slack.observed()
    assert isinstance(deleted, Deleted)
    assert above == deleted.message
    found = await riverside_slack.platform.history(riverside_slack.space, riverside_slack.clock.now())
    assert [below] == [seen.message for seen in found if isinstance(seen, Posted)]


async def test_what_is_changed_in_the_conversation_with_the_bot_is_no_news(riverside_slack: Scene) -> None:
    """Only what is said anew there gets an answer."""
    lena = riverside_slack.lena
    said = await lena.says(lena.dm.id, "Hi")
    await lena.edits(lena.dm.id, said, "Hello")
    await lena.deletes(lena.dm.id, said)
    assert (1, 1, []) == (len(riverside_slack.core.calls), len(lena.inbox), riverside_slack.observed())


async def test_nothing_that_people_write_is_logged(log: io.StringIO) -> None:
    """Whatever goes wrong, and however much is logged."""
    async with scene(ack_within=0.3) as opened:
        channel = opened.channel.id
        opened.core.fault = OSError("the disk is full")
        await opened.lena.says(channel, "heliotrope one")
        await opened.lena.commands("/mentor try heliotrope two", wait=0)
        opened.core.fault = None
        team = opened.platform.workspace.id
        broken = {"type": "message", "user": "U1", "text": "heliotrope three"}
        opened.slack.sockets.deliver("events_api", {"type": "event_callback", "team_id": team, "event": broken})
        opened.slack.faults.fails("response_url", "invalid_blocks")
        opened.core.otherwise = message("heliotrope four")
        await opened.lena.commands("/mentor try", wait=0.3)
        opened.slack.faults.breaks("chat.postMessage", 500)
        with pytest.raises(PlatformError):
            await opened.platform.send(opened.space, message("heliotrope five"), "k1")
        await opened.slack.settled()
    assert "an event could not be taken in" in log.getvalue()
    assert "heliotrope" not in log.getvalue()
    assert "xoxb-1" not in log.getvalue()
