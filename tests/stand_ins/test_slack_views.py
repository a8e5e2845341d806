"""Modals and Home: trigger ids, limits, stacks, hashes, what is typed, files in forms."""

from datetime import timedelta
from typing import Any

import pytest
from slack_sdk.web.async_client import AsyncWebClient

from bot.clock import SetClock
from tests.stand_ins.conftest import Bolt
from tests.stand_ins.failing import code, failure
from tests.stand_ins.slack import Json, NotPossible, Person, Slack, value_of
from tests.stand_ins.test_slack_messages import button, plain, row, section
from tests.stand_ins.test_slack_people import modal


@pytest.fixture
def amara(slack: Slack) -> Person:
    """Return somebody."""
    return slack.person("amara")


@pytest.fixture
def triggers(online: Bolt) -> list[str]:
    """Return the trigger ids that the app got, of presses and shortcuts, and which it leaves to the test."""
    got: list[str] = []

    async def take(ack: Any, body: Json) -> None:  # noqa: ANN401
        await ack()
        got.append(body["trigger_id"])

    online.app.shortcut("try")(take)
    online.app.action("again")(take)
    return got


def field(block: str, element: Json, **more: object) -> Json:
    """Return an input block."""
    return {
        "type": "input",
        "block_id": block,
        "label": plain(block),
        "element": {"action_id": "value", **element},
        **more,
    }


async def act(slack: Slack, amara: Person, triggers: list[str]) -> str:
    """Let somebody use a shortcut; return the fresh trigger id."""
    before = len(triggers)
    await amara.shortcut("try", wait=0)
    assert await slack.changes.until(lambda: len(triggers) > before, 30) or len(triggers) > before
    return triggers[-1]


async def test_a_trigger_opens_one_view_and_not_for_long(
    slack: Slack, client: AsyncWebClient, amara: Person, triggers: list[str], clock: SetClock
) -> None:
    """Once, within three seconds; a view that is wrong doesn't use it up."""
    trigger = await act(slack, amara, triggers)
    assert "invalid_arguments" == await code(client.views_open(trigger_id=trigger, view={"type": "modal"}))
    opened = await client.views_open(trigger_id=trigger, view=modal())
    assert [opened["view"]["id"]] == [view.id for view in amara.stack]
    assert "exchanged_trigger_id" == await code(client.views_open(trigger_id=trigger, view=modal()))
    late = await act(slack, amara, triggers)
    clock.move_to(clock.now() + timedelta(seconds=3.1))
    assert "expired_trigger_id" == await code(client.views_open(trigger_id=late, view=modal()))
    assert "invalid_trigger_id" == await code(client.views_open(trigger_id="1.2.3", view=modal()))


async def test_what_is_delivered_again_has_the_same_trigger(
    slack: Slack, client: AsyncWebClient, amara: Person, triggers: list[str]
) -> None:
    """The second delivery can open nothing any more."""
    for _ in range(2):
        await amara.shortcut("try", trigger="once", wait=0)
    assert await slack.changes.until(lambda: 2 == len(triggers), 30)
    assert ["once", "once"] == triggers
    await client.views_open(trigger_id="once", view=modal())
    assert "exchanged_trigger_id" == await code(client.views_open(trigger_id="once", view=modal()))


WRONG = {
    "must be less than 25 characters [json-pointer:/view/title/text]": modal("x" * 25),
    "must be less than 3001 characters [json-pointer:/view/private_metadata]": modal(private_metadata="x" * 3001),
    "must be less than 25 characters [json-pointer:/view/submit/text]": modal(submit=plain("x" * 25)),
    "no more than 100 items allowed [json-pointer:/view/blocks]": modal(blocks=[{"type": "divider"}] * 101),
    "must be less than 151 characters [json-pointer:/view/blocks/0/element/placeholder/text]": modal(
        blocks=[field("a", {"type": "plain_text_input", "placeholder": plain("x" * 151)})]
    ),
    "must be less than 6 characters [json-pointer:/view/blocks/0/element/initial_value]": modal(
        blocks=[field("a", {"type": "plain_text_input", "initial_value": "longer", "max_length": 5})]
    ),
    "must be between 1 and 3000 [json-pointer:/view/blocks/0/element/max_length]": modal(
        blocks=[field("a", {"type": "plain_text_input", "max_length": 3001})]
    ),
    "must have 1 to 100 items [json-pointer:/view/blocks/0/element/options]": modal(
        blocks=[field("a", {"type": "static_select", "options": []})]
    ),
    "must be less than 76 characters [json-pointer:/view/blocks/0/element/options/0/text/text]": modal(
        blocks=[field("a", {"type": "static_select", "options": [{"text": plain("x" * 76), "value": "x"}]})]
    ),
    "unsupported type: button [json-pointer:/view/blocks/0/element/type]": modal(blocks=[field("a", button())]),
}


@pytest.mark.parametrize("wrong", WRONG)
async def test_views_are_held_to_the_limits(
    slack: Slack, client: AsyncWebClient, amara: Person, triggers: list[str], wrong: str
) -> None:
    """What is wrong is told with its place."""
    trigger = await act(slack, amara, triggers)
    answer = await failure(client.views_open(trigger_id=trigger, view=WRONG[wrong]))
    assert ("invalid_arguments", [f"[ERROR] {wrong}"]) == (answer["error"], answer["response_metadata"]["messages"])
    assert [] == amara.stack


async def test_a_form_with_fields_needs_a_submit(
    slack: Slack, client: AsyncWebClient, amara: Person, triggers: list[str]
) -> None:
    """A view that only shows something needs none."""
    trigger = await act(slack, amara, triggers)
    form = modal()
    del form["submit"]
    assert "invalid_arguments" == await code(client.views_open(trigger_id=trigger, view=form))
    await client.views_open(trigger_id=trigger, view={**form, "blocks": [section("Done.")]})
    assert "A form" == amara.view.title


async def test_three_views_lie_on_each_other(
    slack: Slack, client: AsyncWebClient, amara: Person, triggers: list[str]
) -> None:
    """A fourth can't be pushed, not by the Web API and not by an answer; closing shows the one below."""
    view = modal(blocks=[row(button(action_id="again"))])
    await client.views_open(trigger_id=await act(slack, amara, triggers), view=view)
    for expected in (2, 3):
        await amara.presses(amara.view, "again", wait=0)
        assert await slack.changes.until(lambda number=expected: number == len(triggers), 30)  # type: ignore[misc]
        pushed = await client.views_push(trigger_id=triggers[-1], view=view)
        assert (amara.stack[0].id, amara.stack[-2].id) == (
            pushed["view"]["root_view_id"],
            pushed["view"]["previous_view_id"],
        )
    await amara.presses(amara.view, "again", wait=0)
    assert await slack.changes.until(lambda: 4 == len(triggers), 30)
    assert "push_limit_reached" == await code(client.views_push(trigger_id=triggers[-1], view=view))
    await amara.closes()
    assert 2 == len(amara.stack)


async def test_a_view_is_updated_if_it_is_the_one_that_was_meant(
    slack: Slack, client: AsyncWebClient, amara: Person, triggers: list[str]
) -> None:
    """Its hash changes with each change; what was typed stays where the field stays; what is closed is gone."""
    trigger = await act(slack, amara, triggers)
    first = (await client.views_open(trigger_id=trigger, view=modal(external_id="mine")))["view"]
    with pytest.raises(NotPossible):
        await amara.submits({"nothing": "x"})
    amara.view.values["why"]["typed"] = {"type": "plain_text_input", "value": "typed"}
    amara.view.touched.add(("why", "typed"))
    second = (await client.views_update(view_id=first["id"], hash=first["hash"], view=modal("Two")))["view"]
    assert first["hash"] != second["hash"]
    assert ("Two", "typed") == (amara.view.title, second["state"]["values"]["why"]["typed"]["value"])
    stale = client.views_update(view_id=first["id"], hash=first["hash"], view=modal("Three"))
    assert "hash_conflict" == await code(stale)
    await amara.closes()
    assert "not_found" == await code(client.views_update(view_id=first["id"], view=modal("Four")))


async def test_a_submission_is_answered(slack: Slack, online: Bolt, amara: Person, triggers: list[str]) -> None:
    """By another view in its place, by one above, by closing all; an answer that can't be is trouble for the person."""
    answers: list[Json] = [
        {"response_action": "update", "view": modal("Two", callback_id="form")},
        {"response_action": "push", "view": modal("Three", callback_id="form")},
        {"response_action": "errors", "errors": {"not-there": "x"}},
        {"response_action": "clear"},
    ]

    @online.app.view("form")
    async def take(ack: Any) -> None:  # noqa: ANN401
        await ack(**answers.pop(0))

    trigger = await act(slack, amara, triggers)
    await online.client.views_open(trigger_id=trigger, view=modal(callback_id="form"))
    await amara.submits({"why": "x"})
    assert ["Two"] == [view.title for view in amara.stack]
    await amara.submits()
    assert ["Two", "Three"] == [view.title for view in amara.stack]
    trouble = await amara.submits({"why": "y"})
    assert "trouble" in trouble.error
    assert 1 == len(slack.complaints)
    slack.complaints.clear()
    await amara.submits()
    assert [] == amara.stack


async def test_a_form_takes_choices_dates_and_files(
    slack: Slack, online: Bolt, amara: Person, triggers: list[str]
) -> None:
    """What was chosen and added arrives in the state; files can be fetched."""
    got: list[Json] = []

    @online.app.view("form")
    async def take(ack: Any, view: Json) -> None:  # noqa: ANN401
        await ack()
        got.append(view["state"]["values"])

    options = [{"text": plain(name.title()), "value": name} for name in ("mentor", "mentee")]
    blocks = [
        field("role", {"type": "static_select", "options": options, "initial_option": options[1]}),
        field("many", {"type": "checkboxes", "options": options}, optional=True),
        field("day", {"type": "datepicker"}),
        field("list", {"type": "file_input", "filetypes": ["csv"], "max_files": 1}, optional=True),
    ]
    trigger = await act(slack, amara, triggers)
    await online.client.views_open(trigger_id=trigger, view=modal(blocks=blocks, callback_id="form"))
    assert "mentee" == value_of(amara.view, "role")
    with pytest.raises(NotPossible):
        await amara.submits({"role": "owner"})
    with pytest.raises(NotPossible):
        await amara.submits({"day": "2026-03-04"}, {"list": [("x.exe", b"x")]})
    await amara.submits({"role": "mentor", "day": "2026-03-04", "many": ["mentor"]}, {"list": [("a.csv", b"a;b")]})
    [values] = got
    assert ("mentor", "2026-03-04", ["mentor"]) == (
        values["role"]["value"]["selected_option"]["value"],
        values["day"]["value"]["selected_date"],
        [one["value"] for one in values["many"]["value"]["selected_options"]],
    )
    assert b"a;b" == slack.files[values["list"]["value"]["files"][0]["id"]].content


async def test_a_home_is_published(slack: Slack, online: Bolt, amara: Person) -> None:
    """Opening it is told; its hash guards it; only a home can stand there."""
    await amara.opens_home()
    assert ["app_home_opened"] == online.subtypes()
    home = {"type": "home", "blocks": [section("Welcome")]}
    first = (await online.client.views_publish(user_id=amara.id, view=home))["view"]
    await online.client.views_publish(user_id=amara.id, view=home, hash=first["hash"])
    stale = online.client.views_publish(user_id=amara.id, view=home, hash=first["hash"])
    assert "hash_conflict" == await code(stale)
    assert "invalid_arguments" == await code(online.client.views_publish(user_id=amara.id, view=modal()))
    assert amara.home is not None
