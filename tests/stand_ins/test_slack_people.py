"""What people do with an app: commands, buttons, forms, shortcuts; and what they see in return."""

from typing import Any

import pytest

from tests.stand_ins.conftest import Bolt
from tests.stand_ins.failing import code
from tests.stand_ins.slack import Json, NotPossible, Slack, buttons, readable


def actions(*labels: str) -> list[Json]:
    """Return blocks: a text and a row of buttons."""
    row = [
        {"type": "button", "action_id": f"do.{label}", "value": label, "text": {"type": "plain_text", "text": label}}
        for label in labels
    ]
    text = {"type": "section", "text": {"type": "mrkdwn", "text": "What now?"}}
    return [text, {"type": "actions", "elements": row}]


def modal(title: str = "A form", **more: Any) -> Json:  # noqa: ANN401
    """Return a modal with one field."""
    field = {"type": "plain_text_input", "action_id": "typed", "max_length": 50}
    block = {"type": "input", "block_id": "why", "label": {"type": "plain_text", "text": "Why"}, "element": field}
    plain = {"type": "modal", "title": {"type": "plain_text", "text": title}, "blocks": [block]}
    return {**plain, "submit": {"type": "plain_text", "text": "Send"}, **more}


async def test_a_command_is_answered_privately(slack: Slack, online: Bolt) -> None:
    """What the app sends to the response URL is seen by who asked, and by nobody else."""

    @online.app.command("/try")
    async def answer(ack: Any, respond: Any, body: Json) -> None:  # noqa: ANN401
        await ack()
        await respond(f"{body['text']} by {body['user_id']} in {body['channel_name']}")

    amara, lena = slack.person("amara"), slack.person("lena")
    answer_ = await amara.commands("/try this & that with @lena")
    expected = f"this & that with @{lena.id} by {amara.id} in directmessage"
    assert [expected] == [readable(message) for message in answer_.ephemerals]
    assert ([expected], []) == ([readable(message) for message in amara.ephemerals], lena.ephemerals)
    assert [] == amara.inbox


async def test_a_press_opens_a_form_that_is_sent_off(slack: Slack, online: Bolt) -> None:
    """A button opens a modal, errors stand beside its field, and what was typed arrives."""
    got: list[str] = []

    @online.app.action("do.Form")
    async def open_(ack: Any, body: Json, client: Any) -> None:  # noqa: ANN401
        await ack()
        await client.views_open(trigger_id=body["trigger_id"], view=modal(callback_id="form"))

    @online.app.view("form")
    async def take(ack: Any, view: Json) -> None:  # noqa: ANN401
        typed = view["state"]["values"]["why"]["typed"]["value"]
        got.append(typed)
        if typed == "wrong":
            await ack(response_action="errors", errors={"why": "Not so."})
        else:
            await ack()

    amara = slack.person("amara")
    await online.client.chat_postMessage(channel=amara.id, text="What now?", blocks=actions("Form"))
    opened = await amara.presses(amara.inbox[0], "Form")
    assert opened.view is not None
    assert ("A form", [opened.view]) == (opened.view.title, amara.stack)
    assert {"why": "Not so."} == (await amara.submits({"why": "wrong"})).errors
    assert {"why": "Not so."} == amara.view.errors
    assert (await amara.submits({"why": "right"})).acknowledged
    assert ([], ["wrong", "right"]) == (amara.stack, got)


async def test_what_a_client_checks_is_not_sent(slack: Slack, online: Bolt) -> None:
    """A required field that is empty, or one that is too long, is held back by the client."""

    @online.app.shortcut("try")
    async def open_(ack: Any, body: Json, client: Any) -> None:  # noqa: ANN401
        await ack()
        await client.views_open(trigger_id=body["trigger_id"], view=modal())

    amara = slack.person("amara")
    await amara.shortcut("try")
    for values in ({}, {"why": ""}, {"why": "x" * 51}, {"why": "two\nlines"}, {"what": "x"}):
        with pytest.raises(NotPossible):
            await amara.submits(values)
    assert ["interactive"] == [envelope.kind for envelope in slack.sockets.sent]


async def test_a_private_answer_has_buttons_too(slack: Slack, online: Bolt) -> None:
    """A press on an ephemeral message can replace it; its payload holds no message."""
    bodies: list[Json] = []

    @online.app.command("/try")
    async def answer(ack: Any, respond: Any) -> None:  # noqa: ANN401
        await ack()
        await respond(text="What now?", blocks=actions("Go"))

    @online.app.action("do.Go")
    async def go(ack: Any, respond: Any, body: Json) -> None:  # noqa: ANN401
        await ack()
        bodies.append(body)
        await respond(text="Gone.", replace_original=True)

    amara = slack.person("amara")
    first = (await amara.commands("/try")).ephemerals[0]
    assert ["Go"] == list(buttons(first))
    await amara.presses(first, "Go")
    assert ["Gone."] == [readable(message) for message in amara.ephemerals]
    assert (True, False) == (bodies[0]["container"]["is_ephemeral"], "message" in bodies[0])


async def test_a_message_shortcut_names_its_message(slack: Slack, online: Bolt) -> None:
    """The app learns which message it was used on, and can answer privately."""

    @online.app.shortcut("try.this")
    async def answer(ack: Any, respond: Any, body: Json) -> None:  # noqa: ANN401
        await ack()
        await respond(f"{body['message_ts']} {body['message']['text']}")

    amara, lena = slack.person("amara"), slack.person("lena")
    pair = slack.channel("pair", amara, lena, kind="group")
    ts = await lena.says(pair.id, "Hello")
    answered = await amara.shortcut("try.this", amara.sees(pair.id)[-1])
    assert [f"{ts} Hello"] == [readable(message) for message in answered.ephemerals]
    with pytest.raises(NotPossible):
        await amara.shortcut("another", amara.sees(pair.id)[-1])


async def test_an_app_that_is_away_is_told_so(slack: Slack) -> None:
    """Without a connection a command fails, as the person sees."""
    assert "dispatch_failed" == (await slack.person("amara").commands("/try")).error
    with pytest.raises(NotPossible):
        await slack.person("amara").commands("/other")


async def test_an_app_that_says_nothing_is_told_so(slack: Slack, online: Bolt) -> None:
    """A command that isn't acknowledged in time fails, as the person sees, and is not told again."""
    slack.sockets.ack_within = 0.05

    @online.app.command("/try")
    async def never() -> None:
        """Acknowledge nothing."""

    assert "operation_timeout" == (await slack.person("amara").commands("/try")).error
    assert [1] == [envelope.attempts for envelope in slack.sockets.sent]


async def test_a_button_can_be_forged(slack: Slack, online: Bolt) -> None:
    """An action that stands on no message reaches the app as it is."""
    got: list[str] = []

    @online.app.action("do.Anything")
    async def take(ack: Any, action: Json, respond: Any) -> None:  # noqa: ANN401
        await ack()
        got.append(action["value"])
        await respond("No.")

    answer = await slack.person("somebody").presses(None, action={"action_id": "do.Anything", "value": "forged"})
    assert (["forged"], ["No."]) == (got, [readable(message) for message in answer.ephemerals])


async def test_an_app_that_was_taken_out_has_no_commands(slack: Slack, online: Bolt) -> None:
    """The client knows its commands no more."""
    await slack.uninstall()
    with pytest.raises(NotPossible):
        await slack.person("amara").commands("/try")


async def test_a_command_can_be_answered_by_its_acknowledgement(slack: Slack, online: Bolt) -> None:
    """Privately, or for all in the conversation."""

    @online.app.command("/try")
    async def answer(ack: Any, body: Json) -> None:  # noqa: ANN401
        await ack(text="Here.", response_type=body["text"])

    amara = slack.person("amara")
    pair = slack.channel("pair", amara, kind="group")
    assert [amara.id] == [message.to for message in (await amara.commands("/try ephemeral", pair.id)).messages]
    assert [None] == [message.to for message in (await amara.commands("/try in_channel", pair.id)).messages]
    assert (["Here."], ["Here."]) == tuple([one.text for one in rows] for rows in (amara.ephemerals, pair.messages))


async def test_a_form_that_is_closed_is_told_if_wished(slack: Slack, online: Bolt) -> None:
    """Only where the view asks for it."""
    got: list[str] = []

    @online.app.shortcut("try")
    async def open_(ack: Any, body: Json, client: Any) -> None:  # noqa: ANN401
        await ack()
        await client.views_open(
            trigger_id=body["trigger_id"], view=modal(callback_id="form", notify_on_close=not got, external_id="one")
        )

    @online.app.view_closed("form")
    async def closed(ack: Any, view: Json) -> None:  # noqa: ANN401
        await ack()
        got.append(view["external_id"])

    amara = slack.person("amara")
    for _ in range(2):
        await amara.shortcut("try")
        await amara.closes()
    assert (["one"], []) == (got, amara.stack)


async def test_a_bot_without_a_messages_tab_is_not_written_to(slack: Slack, online: Bolt) -> None:
    """Neither can it write there itself."""
    amara = slack.person("amara")
    slack.app.read_only = True
    with pytest.raises(NotPossible):
        await amara.says(amara.dm.id, "Hello")
    slack.app.messages_tab = False
    assert "messages_tab_disabled" == await code(online.client.chat_postMessage(channel=amara.id, text="Hello"))
    assert [] == amara.dm.messages
