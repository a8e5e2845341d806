"""A program on Slack, from an administrator's first word to the first answer, over Socket Mode and the true core."""

from pathlib import Path

from tests.drivers.slack import SlackDriver
from tests.stand_ins.slack import check_against_wire, described
from tests.world import World, world


async def test_from_set_up_to_the_first_answer(database_url: str, tmp_path: Path) -> None:
    """Whoever manages the workspace needs no code; the pair's channel is made; a nudge leads to an answer."""
    async with world(database_url, tmp_path, empty=True, on="slack") as there:
        assert isinstance(there.driver, SlackDriver)
        slack = there.driver.slack
        slack.workspace.users["rosa"].is_admin = True
        assert "the code that mentorbot printed" in await there.asks("amara", "/mentor-admin setup")
        assert "You're this program's coordinator now" in await there.asks("rosa", "/mentor-admin setup")
        await _people(there)
        channel = await _start(there)
        assert [True, "group", ["amara", "lena"]] == [
            slack.workspace.channels[channel].name.startswith("mentoring-amara-lena-"),
            slack.workspace.channels[channel].kind,
            sorted((await there.driver.spaces("lena"))[channel]),
        ]
        await _nudged(there, channel)
        if described() is not None:
            assert [] == check_against_wire(slack.requests)


async def _people(there: World) -> None:
    """Rosa adds two people, by their handles and their zones as Slack knows them, and pairs them."""
    assert "is in the program now" in await there.asks("rosa", "/mentor-admin add @amara mentor")
    assert "is in the program now" in await there.asks("rosa", "/mentor-admin add @lena mentee")
    assert "are paired" in await there.asks("rosa", "/mentor-admin pair @amara with @lena")
    await there.asks("rosa", "/mentor-admin contact @rosa")
    (asked,) = await there.inbox("rosa")
    await there.presses("rosa", "Yes, I'm the contact", asked)


async def _start(there: World) -> str:
    """Nothing is made and nobody written to before Start."""
    assert ({}, []) == (await there.driver.spaces("lena"), await there.inbox("lena"))
    asked = await there.driver.commands("rosa", "/mentor-admin start")
    assert "is running" in await there.presses("rosa", "Start now", asked)
    (channel,) = await there.driver.spaces("lena")
    (welcome,) = await there.driver.posts("amara", channel)
    assert "Welcome, Amara Okafor and Lena Vogt!" in welcome.text
    return channel


async def _nudged(there: World, channel: str) -> None:
    """Lena's message waits, Amara is reminded with a link to it, and answers; the reminder then says so."""
    written = await there.says("lena", channel, "heliotrope")
    await there.passes(days=1)
    nudge = (await there.inbox("amara"))[-1]
    assert "Lena Vogt wrote to you yesterday and may be waiting for an answer." in nudge.text
    assert (channel, written) in nudge.links.values()
    await there.says("amara", channel, "Sorry, here it is", reply_to=written)
    await there.passes(days=7)
    (after,) = [seen for seen in await there.inbox("amara") if seen.id == nudge.id]
    assert (True, True) == (after.edited, after.text != nudge.text)
    assert not [seen for seen in await there.inbox("amara") if seen.id > nudge.id and "may be waiting" in seen.text]
