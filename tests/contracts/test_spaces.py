"""What every platform must do with spaces and people, over its real wire."""

import pytest

from bot.calls import Posted
from bot.errors import Gone
from bot.feature import NewSpace
from bot.people import Place
from bot.views import message
from tests.drivers.driver import Rejected
from tests.drivers.worlds import NOON, World

PAIR = ("Amara & Lena", "You two and mentorbot")


async def _opened(world: World, key: str = "space:1", name: str = PAIR[0]) -> Place:
    both = (world.amara, world.lena)
    return await world.platform.open_space(world.amara.workspace, NewSpace(name, PAIR[1], both), key)


async def test_a_space_is_made_for_its_people_alone(world: World) -> None:
    """Both are in it and can write there, which the core is told; nobody else sees it."""
    place = await _opened(world)
    people = (await world.driver.spaces(world.amara.user))[place.channel]
    assert {world.amara.user, world.lena.user} == set(people)
    assert place.channel not in await world.driver.spaces(world.outsider)
    written = await world.driver.says(world.lena.user, "Hello", place.channel)
    assert [(place, written)] == [(seen.place, seen.message) for seen in world.observed() if isinstance(seen, Posted)]


async def test_one_key_is_one_space(world: World) -> None:
    """What is made again under its key is the same space, under another key another one, whatever they are called."""
    first = await _opened(world)
    assert first == await _opened(world)
    assert first != await _opened(world, "space:2")


@pytest.mark.parametrize("name", ["", "نور و لينا", "👍🏽", "a" * 80, "dm-lena", "../..", "Ana & Ben <b>"])
async def test_a_space_can_have_any_name(world: World, name: str) -> None:
    """Where a platform can't write a name as it is, it finds another."""
    place = await _opened(world, name=name)
    await world.driver.says(world.lena.user, "Hello", place.channel)
    assert ["Hello"] == await world.driver.reads(world.amara.user, place.channel)


async def test_what_is_posted_in_a_space_is_read_there(world: World) -> None:
    """Once for each key, found again under it, and no observation."""
    place = await _opened(world)
    sent = await world.platform.send(place, message("Welcome, you two."), "k1")
    assert sent == await world.platform.send(place, message("Welcome again."), "k1")
    assert (sent, None) == (await world.platform.find(place, "k1"), await world.platform.find(place, "k2"))
    assert ["Welcome, you two."] == [seen.text for seen in await world.driver.posts(world.lena.user, place.channel)]
    assert [] == world.observed()
    assert [] == list(await world.platform.history(place, NOON))


async def test_a_closed_space_can_only_be_read(world: World) -> None:
    """Nobody writes there any more; what was written stays, and closing it again changes nothing."""
    place = await _opened(world)
    await world.driver.says(world.lena.user, "Hello", place.channel)
    for _ in range(2):
        await world.platform.close_space(place)
    with pytest.raises(Rejected):
        await world.driver.says(world.amara.user, "Hi", place.channel)
    assert ["Hello"] == await world.driver.reads(world.lena.user, place.channel)


async def test_a_space_that_is_not_there_can_not_be_used(world: World) -> None:
    """Posting in it and closing it say so."""
    nowhere = Place(world.platform.name, world.space.workspace, "nowhere")
    with pytest.raises(Gone):
        await world.platform.send(nowhere, message("Hello."), "k1")
    with pytest.raises(Gone):
        await world.platform.close_space(nowhere)


async def test_people_are_looked_up(world: World) -> None:
    """By a mention, whoever they are on the platform; who isn't there is left out."""
    known, unknown = f"@{world.amara.user}", "@nobody-at-all"
    found = await world.platform.look_up(world.amara.workspace, [known, unknown])
    assert {known: world.amara} == {word: profile.account for word, profile in found.items()}
    assert all(profile.name for profile in found.values())
    assert {} == await world.platform.look_up(world.amara.workspace, [])
