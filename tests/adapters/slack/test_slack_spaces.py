"""Pairs' channels on Slack: made once, whatever fails on the way."""

import asyncio

import pytest

from bot.errors import Busy, Gone, Refused
from tests.adapters.slack.scene import Scene, a_pair


@pytest.mark.parametrize("method", ["conversations.create", "conversations.invite", "conversations.setTopic"])
async def test_a_space_is_made_once_however_often_it_is_tried(riverside_slack: Scene, method: str) -> None:
    """Whatever was the last thing that reached Slack: the next try goes on with the same channel."""
    for after in (False, True):
        riverside_slack.slack.faults.drops(method, after=after)
        with pytest.raises(Busy):
            await riverside_slack.platform.open_space(
                riverside_slack.space.workspace, a_pair(riverside_slack), "space:1"
            )
    place = await riverside_slack.platform.open_space(
        riverside_slack.space.workspace, a_pair(riverside_slack), "space:1"
    )
    (made,) = [one for one in riverside_slack.slack.workspace.channels.values() if one.name.startswith("amara-lena-")]
    assert (place.channel, "You two", "group") == (made.id, made.topic, made.kind)
    people = {riverside_slack.amara.id, riverside_slack.lena.id, riverside_slack.slack.app.bot_user}
    assert people == set(made.members)


async def test_two_processes_make_one_space(riverside_slack: Scene) -> None:
    """Slack itself sees to it that there is one of a name."""
    opening = [
        riverside_slack.platform.open_space(riverside_slack.space.workspace, a_pair(riverside_slack), "space:1")
        for _ in range(3)
    ]
    assert 1 == len(set(await asyncio.gather(*opening)))


async def test_a_space_for_somebody_who_left(riverside_slack: Scene) -> None:
    """Nobody is left alone in a channel: it is closed again."""
    await riverside_slack.slack.changes_user(riverside_slack.lena, deleted=True)
    with pytest.raises((Gone, Refused)):
        await riverside_slack.platform.open_space(riverside_slack.space.workspace, a_pair(riverside_slack), "space:1")
    assert [riverside_slack.channel.id] == [one.id for one in riverside_slack.amara.channels]
    (made,) = [one for one in riverside_slack.slack.workspace.channels.values() if one.kind == "group"][1:]
    assert made.archived


async def test_a_name_that_others_have(riverside_slack: Scene) -> None:
    """A channel of that name which isn't the bot's is left alone."""
    workspace = riverside_slack.space.workspace
    first = await riverside_slack.platform.open_space(workspace, a_pair(riverside_slack), "space:1")
    name = riverside_slack.slack.workspace.channels[first.channel].name
    riverside_slack.slack.workspace.channels[first.channel].creator = riverside_slack.rosa.id
    second = await riverside_slack.platform.open_space(workspace, a_pair(riverside_slack), "space:1")
    assert (True, f"{name}-2") == (first != second, riverside_slack.slack.workspace.channels[second.channel].name)


async def test_a_name_that_slack_does_not_take(riverside_slack: Scene) -> None:
    """Then the channel has one that says less."""
    riverside_slack.slack.faults.fails("conversations.create", "invalid_name_specials")
    place = await riverside_slack.platform.open_space(
        riverside_slack.space.workspace, a_pair(riverside_slack, "नूर"), "space:1"
    )
    assert riverside_slack.slack.workspace.channels[place.channel].name.startswith("mentoring-")


async def test_a_workspace_where_apps_may_make_no_channels(riverside_slack: Scene) -> None:
    """That is for people to change: it is refused with Slack's reason."""
    riverside_slack.slack.faults.fails("conversations.create", "restricted_action")
    with pytest.raises(Refused, match="restricted_action"):
        await riverside_slack.platform.open_space(riverside_slack.space.workspace, a_pair(riverside_slack), "space:1")
