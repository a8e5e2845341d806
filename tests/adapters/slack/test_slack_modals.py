"""Forms over the real socket: too late, slow, on top of each other, twice, and with files that can't be fetched."""

from datetime import timedelta

import pytest

from bot.calls import Call, Submit
from bot.views import Button, Errors, Field, Form, Reply, message
from tests.adapters.slack.scene import Scene, feature, scene
from tests.adapters.slack.slow import HURRIED, Slow
from tests.drivers.recording import RecordingCore
from tests.stand_ins.slack import buttons, readable


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
        await opened.slack.changes.until(lambda: opened.lena.view.hash != waiting, 30)
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
