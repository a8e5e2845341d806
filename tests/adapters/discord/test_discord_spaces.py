"""Spaces on Discord: who sees them, how many fit, and what befalls them."""

import asyncio
from datetime import timedelta

import pytest

from adapters.discord.guild import place
from bot.calls import Lost, Posted
from bot.errors import Gone, Refused
from bot.feature import NewSpace
from bot.people import Place
from bot.views import message
from tests.adapters.discord.community import Scene, scene
from tests.drivers.driver import Rejected
from tests.stand_ins.discord import Kind

HELLO = message("Hello.")
WAYS = ("channel", "thread")


async def _opened(there: Scene, key: str = "space:1", name: str = "Amara & Lena") -> Place:
    both = (there.account(there.amara), there.account(there.lena))
    return await there.platform.open_space(there.guild.id, NewSpace(name, "You two and mentorbot", both), key)


@pytest.mark.parametrize("way", WAYS)
async def test_nobody_else_sees_a_space(way: str) -> None:
    """The two do and can write; a member of the server, one who came later, and one of another pairing don't."""
    async with scene(spaces=way) as there:  # type: ignore[arg-type]
        opened = await _opened(there)
        late = there.discord.person("late", there.guild)
        assert {there.amara.id, there.lena.id} == set((await there.driver.spaces(there.lena.id))[opened.channel])
        for other in (there.rosa, late):
            assert opened.channel not in [one.id for one in other.channels]
        await there.lena.says(opened.channel, "Hello")
        await there.platform.settled()
        assert [opened] == [seen.place for seen in there.observed() if isinstance(seen, Posted)]


@pytest.mark.parametrize("way", WAYS)
async def test_a_space_is_made_once_for_its_key(way: str) -> None:
    """Also if the answer was lost after it was made, which Discord's library doesn't even tell."""
    async with scene(spaces=way) as there:  # type: ignore[arg-type]
        await _opened(there, "space:0")
        kind = Kind.TEXT if way == "channel" else Kind.PRIVATE_THREAD
        before = [one.id for one in there.discord.channels.values() if one.kind is kind]
        path = "/guilds/{guild_id}/channels" if way == "channel" else "/channels/{channel_id}/threads"
        there.discord.faults.breaks(f"POST {path}", after=True)
        opened = await _opened(there)
        assert opened == await _opened(there)
        made = [one.id for one in there.discord.channels.values() if one.kind is kind and one.id not in before]
        assert [opened.channel] == made


async def test_a_full_category_gets_a_second_one() -> None:
    """Fifty channels are in one; who looks for one with room finds it again."""
    async with scene() as there:
        first = await _opened(there, "space:0")
        parent = there.discord.channels[first.channel].parent
        assert parent is not None
        for number in range(49):
            there.discord.text_channel(there.guild, f"other-{number}", parent=parent)
        others = [await _opened(there, f"space:{number}") for number in (1, 2)]
        parents = [there.discord.channels[one.channel].parent for one in others]
        assert parents[0] == parents[1] != parent
        categories = [one.name for one in there.discord.channels.values() if one.kind is Kind.CATEGORY]
        assert ["Mentoring", "Mentoring 2"] == categories


CHANNELS = "POST /guilds/{guild_id}/channels"


@pytest.mark.parametrize("how", ["filled", "deleted"])
async def test_a_category_that_others_fill_or_delete_meanwhile(how: str) -> None:
    """Just while a channel is being made in it: it is made in another one."""
    async with scene() as there:
        first = await _opened(there, "space:0")
        parent = there.discord.channels[there.discord.channels[first.channel].parent or ""]
        go_on = there.discord.faults.holds(CHANNELS)
        opening = asyncio.create_task(_opened(there, "space:1"))
        await there.discord.changes.until(lambda: there.discord.requests[-1].method == "POST", 30)
        if how == "deleted":
            there.discord.delete_channel(parent)
        else:
            for number in range(49):
                there.discord.text_channel(there.guild, f"other-{number}", parent=parent.id)
        go_on.set()
        opened = await opening
        assert there.discord.channels[opened.channel].parent not in (None, parent.id)
        assert opened == await _opened(there, "space:1")


async def test_what_discord_refuses_leaves_nothing_behind(monkeypatch: pytest.MonkeyPatch) -> None:
    """However often it is tried, there is no heap of empty categories afterwards."""
    async with scene() as there:
        await _opened(there, "space:0")
        monkeypatch.setattr("adapters.discord.spaces.space_name", lambda *_: "x" * 101)
        for number in range(3):
            with pytest.raises(Refused):
                await _opened(there, f"space:{number + 1}")
        assert ["Mentoring"] == [one.name for one in there.discord.channels.values() if one.kind is Kind.CATEGORY]


@pytest.mark.parametrize("way", WAYS)
async def test_a_name_does_no_harm_in_a_space(way: str) -> None:
    """Whatever somebody is called, nobody is pinged, and no more people see it."""
    async with scene(spaces=way) as there:  # type: ignore[arg-type]
        for number, name in enumerate(
            ("@everyone & <@&1>", "\u202eanel\u202c & <@1>", "\U0001f600" * 80, "**a** [b](c) " * 8)
        ):
            opened = await _opened(there, f"space:{number}", name)
            assert {there.amara.id, there.lena.id} == set((await there.driver.spaces(there.lena.id))[opened.channel])
            shown = there.discord.channels[opened.channel].name
            assert not {*"@<>&*[]()"} & {*shown}
            assert "\u202e" not in shown
        assert [] == there.rosa.pings == there.lena.pings


@pytest.mark.parametrize("way", WAYS)
async def test_somebody_who_left_gets_no_space(way: str) -> None:
    """It is said who isn't there, and no channel stays behind."""
    async with scene(spaces=way) as there:  # type: ignore[arg-type]
        await there.lena.leaves(there.guild)
        before = len(there.discord.channels)
        with pytest.raises(Gone):
            await _opened(there)
        assert before == len(there.discord.channels)


async def test_a_thread_that_rests_wakes_up() -> None:
    """After a week without a word it archives itself: the bot still reads it, writes and edits in it."""
    async with scene(spaces="thread") as there:
        opened = await _opened(there)
        sent = await there.platform.send(opened, HELLO, "k1")
        there.clock.move_to(there.clock.now() + timedelta(days=8))
        await there.platform.edit(sent, message("Hello again."))
        there.clock.move_to(there.clock.now() + timedelta(days=8))
        assert [] == list(await there.platform.history(opened, there.clock.now() - timedelta(days=30)))
        await there.platform.send(opened, HELLO, "k2")
        assert ["Hello again.", "Hello."] == [
            one.text for one in await there.driver.posts(there.lena.id, opened.channel)
        ]
        there.clock.move_to(there.clock.now() + timedelta(days=8))
        assert opened == await _opened(there)


@pytest.mark.parametrize("way", WAYS)
async def test_a_closed_space_stays_closed(way: str) -> None:
    """Nobody writes there, everybody in it reads; closing it again changes nothing."""
    async with scene(spaces=way) as there:  # type: ignore[arg-type]
        opened = await _opened(there)
        await there.lena.says(opened.channel, "Hello")
        for _ in range(2):
            await there.platform.close_space(opened)
        for person in (there.amara, there.lena):
            with pytest.raises(Rejected):
                await there.driver.says(person.id, "Hi", opened.channel)
            assert ["Hello"] == await there.driver.reads(person.id, opened.channel)


async def test_a_thread_that_rests_is_closed() -> None:
    """One that has archived itself is woken first: it can't be locked otherwise; then nobody writes there."""
    async with scene(spaces="thread") as there:
        opened = await _opened(there)
        await there.lena.says(opened.channel, "Hello")
        there.clock.move_to(there.clock.now() + timedelta(days=8))
        for _ in range(2):
            await there.platform.close_space(opened)
        thread = there.discord.channels[opened.channel]
        assert (True, True) == (thread.locked, thread.archived)
        with pytest.raises(Rejected):
            await there.driver.says(there.lena.id, "Hi", opened.channel)


async def test_a_deleted_channel_is_lost(riverside_discord: Scene) -> None:
    """The core is told at once, and whoever wants to read or write there."""
    sent = await riverside_discord.platform.send(riverside_discord.space, HELLO, "k1")
    riverside_discord.observed()
    riverside_discord.discord.delete_channel(riverside_discord.channel)
    await riverside_discord.discord.settled()
    await riverside_discord.platform.settled()
    (seen,) = riverside_discord.observed()
    assert Lost(riverside_discord.space, seen.at) == seen
    with pytest.raises(Gone):
        await riverside_discord.platform.send(riverside_discord.space, HELLO, "k2")
    with pytest.raises(Gone):
        await riverside_discord.platform.history(riverside_discord.space, seen.at)
    with pytest.raises(Gone):
        await riverside_discord.platform.edit(sent, HELLO)


async def test_a_place_of_another_server_is_none_of_a_programs(riverside_discord: Scene) -> None:
    """Two servers, two programs: under the name of one, nothing of the other is read, written or closed."""
    other = riverside_discord.discord.guild("Hillside")
    foreign = place(other.id, riverside_discord.channel.id)
    assert other.id != riverside_discord.guild.id
    for asked in (
        riverside_discord.platform.send(foreign, HELLO, "k1"),
        riverside_discord.platform.find(foreign, "k1"),
        riverside_discord.platform.history(foreign, riverside_discord.clock.now()),
        riverside_discord.platform.close_space(foreign),
    ):
        with pytest.raises(Gone):
            await asked


async def test_a_hidden_channel_is_gone(riverside_discord: Scene) -> None:
    """Who takes the bot's right to see it away: nothing goes out there, and nothing crashes."""
    del riverside_discord.channel.overwrites[riverside_discord.discord.app.bot]
    with pytest.raises(Gone):
        await riverside_discord.platform.history(riverside_discord.space, riverside_discord.clock.now())
