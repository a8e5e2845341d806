"""Commands and presses over the real socket, and their answers: as typed, forged, late, and where Slack fails."""

import asyncio

import pytest

from bot.calls import Command, Press
from bot.views import Actions, Button, File, Link, Message, Text, message
from tests.adapters.slack.scene import Scene, scene
from tests.adapters.slack.slow import HURRIED, Slow
from tests.stand_ins.slack import readable


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


async def test_a_press_that_takes_long_is_acknowledged_before() -> None:
    """Slack waits three seconds; the answer comes when it is there."""
    core = Slow()
    async with scene(HURRIED, core, ack_within=1.0) as opened:
        pressed = asyncio.create_task(opened.lena.presses(None, action={"action_id": "press.0", "value": "trying.a"}))
        await opened.slack.changes.until(lambda: any(one.acknowledged for one in opened.slack.sockets.sent), 30)
        core.go_on.set()
        assert ["Noted."] == [readable(one) for one in (await pressed).ephemerals]


async def test_files_of_a_private_answer_come_directly(riverside_slack: Scene) -> None:
    """A private answer can't hold files: it says where they are."""
    riverside_slack.core.otherwise = Message((Text("Here it is."), File("data.json", b"{}", "All of it.")))
    answer = await riverside_slack.lena.commands("/mentor try", riverside_slack.channel.id)
    assert "I sent you data.json as a direct message." in readable(answer.ephemerals[0])
    lena, slack = riverside_slack.lena, riverside_slack.slack
    await slack.changes.until(lambda: bool(lena.inbox), 30)
    assert [["data.json"]] == [[file["name"] for file in one.body["files"]] for one in lena.inbox]
    assert [b"{}"] == [file.content for file in slack.files.values()]


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
