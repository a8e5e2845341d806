"""What comes in twice, broken, from elsewhere or too late, over the real socket."""

import asyncio
import io
from datetime import timedelta
from typing import Any

import pytest

from bot.calls import Call, Command, Deleted, Posted, Press, Reacted, Submit
from bot.errors import PlatformError
from bot.views import Actions, Button, Errors, Field, File, Form, Link, Message, Reply, Text, message
from tests.adapters.slack.scene import Scene, feature, scene
from tests.drivers.recording import RecordingCore
from tests.drivers.slack import QUICK
from tests.stand_ins.slack import buttons, readable


class Slow(RecordingCore):
    """Answers only when it is let."""

    def __init__(self) -> None:
        """Begin with everything waiting."""
        super().__init__(feature())
        self.go_on = asyncio.Event()

    async def handle(self, call: Call) -> Reply | None:
        """Wait before the answer."""
        await self.go_on.wait()
        return await super().handle(call)


HURRIED = QUICK.__class__(ping=QUICK.ping, silence=QUICK.silence, patience=0.1, request=QUICK.request)


# Observations.


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


# Calls.


async def test_a_command_is_read_as_it_was_typed(riverside_slack: Scene) -> None:
    """People are named by their ids, addresses as they are; the place is told unless only the bot is there."""
    await riverside_slack.lena.commands("/mentor try @amara amara@example.org", riverside_slack.channel.id)
    await riverside_slack.lena.commands("/mentor try")
    first, second = riverside_slack.core.calls
    assert isinstance(first, Command)
    assert isinstance(second, Command)
    assert f"try @{riverside_slack.amara.id} amara@example.org" == first.text
    assert (riverside_slack.space, None) == (first.place, second.place)


async def test_a_link_tells_nothing(riverside_slack: Scene) -> None:
    """Slack reports a press on it, which is acknowledged and no more."""
    link = Link("Open", riverside_slack.space, "1741089600.000100")
    await riverside_slack.platform.send(
        riverside_slack.account(riverside_slack.lena), message("Look.", actions=(link,)), "k"
    )
    answer = await riverside_slack.lena.presses(riverside_slack.lena.inbox[0], "Open", wait=0)
    assert (True, "", []) == (answer.acknowledged, answer.error, riverside_slack.core.calls)


@pytest.mark.parametrize("value", ["", ":::", "x" * 2000, "trying.a:' OR 1=1 --"])
async def test_a_forged_press_is_the_cores_to_judge(riverside_slack: Scene, value: str) -> None:
    """Whatever it carries arrives as it is, and its answer comes back."""
    answer = await riverside_slack.lena.presses(None, action={"action_id": "press.0", "value": value})
    (call,) = riverside_slack.core.calls
    assert isinstance(call, Press)
    assert (value, ["Noted."]) == (call.action, [readable(one) for one in answer.ephemerals])


async def test_another_press_on_a_private_answer_takes_its_place(riverside_slack: Scene) -> None:
    """A private answer is replaced; a message stays as it is, with a private answer beside."""
    again = message("Really?", actions=(Button("Yes", "trying.yes"),))
    riverside_slack.core.answers["trying.a"] = again
    lena = riverside_slack.lena
    await riverside_slack.platform.send(
        riverside_slack.account(lena), message("Hello.", actions=(Button("Begin", "trying.a"),)), "k"
    )
    asked = await lena.presses(lena.inbox[0], "Begin")
    assert ["Hello.", "Really?"] == [readable(lena.inbox[0]), readable(asked.ephemerals[0])]
    await lena.presses(asked.ephemerals[0], "Yes")
    assert ["Noted."] == [readable(one) for one in lena.ephemerals]


async def test_a_form_that_comes_too_late() -> None:
    """A trigger lives three seconds; whoever pressed is told, and can press again."""

    class Late(RecordingCore):
        async def handle(self, call: Call) -> Reply | None:
            opened.clock.move_to(opened.clock.now() + timedelta(seconds=4))
            return await super().handle(call)

    core = Late(feature())
    core.answers["trying.form"] = Form("A form", "trying.sent", (Field("why", "Why"),))
    async with scene(core=core) as opened:
        answer = await opened.lena.presses(None, action={"action_id": "press.0", "value": "trying.form"})
        assert ["That took a moment too long. Please try again."] == [readable(one) for one in answer.ephemerals]


async def test_a_press_that_takes_long_is_acknowledged_before() -> None:
    """Slack waits three seconds; the answer comes when it is there."""
    core = Slow()
    async with scene(HURRIED, core, ack_within=1.0) as opened:
        pressed = asyncio.create_task(opened.lena.presses(None, action={"action_id": "press.0", "value": "trying.a"}))
        await opened.slack.changes.until(lambda: any(one.acknowledged for one in opened.slack.sockets.sent), 5)
        core.go_on.set()
        assert ["Noted."] == [readable(one) for one in (await pressed).ephemerals]


@pytest.mark.parametrize(
    ("reply", "shown"),
    [
        (message("Done."), ["Done."]),
        (Form("Step two", "trying.end", (Field("more", "More"),)), []),
        (Errors({"why": "Say more."}), ["Say more."]),
    ],
    ids=["message", "form", "errors"],
)
async def test_a_form_that_takes_long_is_answered_in_its_place(reply: Reply, shown: list[str]) -> None:
    """First it says that it takes a moment; nothing that was typed is lost if it was wrong."""
    core = Slow()
    core.answers = {"trying.form": Form("A form", "trying.sent", (Field("why", "Why"),)), "trying.sent": reply}
    async with scene(HURRIED, core, ack_within=1.0) as opened:
        core.go_on.set()
        await opened.lena.presses(None, action={"action_id": "press.0", "value": "trying.form"})
        core.go_on.clear()
        form = opened.lena.view.hash
        await opened.lena.submits({"why": "Because."})
        waiting = opened.lena.view.hash
        assert form != waiting
        core.go_on.set()
        await opened.slack.changes.until(lambda: opened.lena.view.hash != waiting, 5)
        view = opened.lena.view
        assert shown == [block["text"]["text"] for block in view.blocks if block["type"] == "section"]
        if isinstance(reply, Errors):
            await opened.lena.submits()
            last = core.calls[-1]
            assert isinstance(last, Submit)
            assert {"why": "Because."} == last.values


async def test_forms_on_top_of_each_other(riverside_slack: Scene) -> None:
    """A button in a form opens another above it, as far as Slack lets it; then in its place."""
    deeper = message("Go on?", actions=(Button("Deeper", "trying.form"),))
    riverside_slack.core.answers = {
        "trying.form": Form("A form", "trying.sent", (Field("why", "Why", required=False),)),
        "trying.sent": deeper,
    }
    lena = riverside_slack.lena
    await lena.presses(None, action={"action_id": "press.0", "value": "trying.form"})
    heights = []
    for _ in range(4):
        await lena.submits()
        heights.append(len(lena.stack))
        await lena.presses(lena.view, "Deeper")
        assert "A form" == lena.view.title
    assert [1, 2, 3, 3] == heights


async def test_a_button_in_a_form_is_answered_there(riverside_slack: Scene) -> None:
    """The answer takes the place of what was seen."""
    riverside_slack.core.answers = {
        "trying.form": Form("A form", "trying.sent", ()),
        "trying.sent": message("Go on?", actions=(Button("Yes", "trying.yes"),)),
    }
    lena = riverside_slack.lena
    await lena.presses(None, action={"action_id": "press.0", "value": "trying.form"})
    await lena.submits()
    assert ["Yes"] == list(buttons(lena.view))
    await lena.presses(lena.view, "Yes")
    assert ["Noted."] == [block["text"]["text"] for block in lena.view.blocks]


async def test_a_form_that_is_sent_off_twice_closes_once(riverside_slack: Scene) -> None:
    """The second delivery is acknowledged; the core decides that it is the same."""
    riverside_slack.core.answers["trying.form"] = Form("A form", "trying.sent", ())
    lena = riverside_slack.lena
    await lena.presses(None, action={"action_id": "press.0", "value": "trying.form"})
    view = lena.view
    await lena.submits(trigger="once")
    await lena.submits(view=view, trigger="once")
    ids = [call.id for call in riverside_slack.core.calls if isinstance(call, Submit)]
    assert ["once", "once"] == ids


async def test_files_of_a_private_answer_come_directly(riverside_slack: Scene) -> None:
    """A private answer can't hold files: it says where they are."""
    riverside_slack.core.otherwise = Message((Text("Here it is."), File("data.json", b"{}", "All of it.")))
    answer = await riverside_slack.lena.commands("/mentor try", riverside_slack.channel.id)
    assert "I sent you data.json as a direct message." in readable(answer.ephemerals[0])
    lena, slack = riverside_slack.lena, riverside_slack.slack
    await slack.changes.until(lambda: bool(lena.inbox), 5)
    assert [["data.json"]] == [[file["name"] for file in one.body["files"]] for one in lena.inbox]
    assert [b"{}"] == [file.content for file in slack.files.values()]


async def test_a_file_that_can_not_be_fetched(riverside_slack: Scene) -> None:
    """The core is told, and says so in its own words; what was typed is there."""
    fields = (Field("why", "Why"), Field("list", "A list", file=True, required=False))
    riverside_slack.core.answers["trying.form"] = Form("A form", "trying.sent", fields)
    lena = riverside_slack.lena
    await lena.presses(None, action={"action_id": "press.0", "value": "trying.form"})
    riverside_slack.slack.faults.breaks("download", 503)
    await lena.submits({"why": "Because."}, {"list": [("a.csv", b"a")]})
    sent = riverside_slack.core.calls[-1]
    assert isinstance(sent, Submit)
    assert (False, {}, {"why": "Because."}) == (sent.whole, dict(sent.files), dict(sent.values))


async def test_an_answer_is_tried_again_when_slack_fails(riverside_slack: Scene) -> None:
    """One failure more or less isn't seen by whoever asked."""
    riverside_slack.slack.faults.breaks("response_url", 500)
    answer = await riverside_slack.lena.commands("/mentor try")
    assert ["Noted."] == [readable(one) for one in answer.ephemerals]


async def test_an_answer_that_fails_for_good_harms_nobody(riverside_slack: Scene) -> None:
    """The next one is answered."""
    riverside_slack.slack.faults.fails("response_url", "invalid_blocks")
    failed = await riverside_slack.lena.commands("/mentor try", wait=0.3)
    assert ([], "") == (failed.ephemerals, failed.error)
    answer = await riverside_slack.lena.commands("/mentor try")
    assert ["Noted."] == [readable(one) for one in answer.ephemerals]


async def test_ten_buttons_in_a_row(riverside_slack: Scene) -> None:
    """Ids of elements are unique, so that each press is its own."""
    rows = tuple(Actions((Button("Same", f"trying.{number}"),)) for number in range(3))
    await riverside_slack.platform.send(riverside_slack.account(riverside_slack.lena), Message((Text("?"), *rows)), "k")
    (seen,) = riverside_slack.lena.inbox
    for block in seen.blocks[1:]:
        await riverside_slack.lena.presses(seen, block["elements"][0]["action_id"])
    pressed = [call.action for call in riverside_slack.core.calls if isinstance(call, Press)]
    assert ["trying.0", "trying.1", "trying.2"] == pressed


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
