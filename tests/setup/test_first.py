"""Who becomes the first coordinator."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.calls import Command
from bot.people import Role
from bot.views import Message
from storage.members import Members
from tests.databases import at_once
from tests.setup.empty import Knowing, add, code, coordinator
from tests.world import World, world

STRANGER = "I don't know you yet"


@pytest.fixture
async def empty(database_url: str, tmp_path: Path) -> AsyncIterator[World]:
    """Open a program with nobody in it."""
    async with world(database_url, tmp_path, empty=True) as opened:
        yield opened


async def roles(there: World) -> dict[str, set[str]]:
    """Return what everybody is who is active."""
    (program,) = await there.core.programs()
    async with there.core.at_work(program) as context:
        members = await context.work.of(Members).every()
    return {member.name: set(member.roles) for member in members if member.active}


async def test_whoever_holds_the_code(empty: World) -> None:
    """They are welcomed by the name that the platform knows, and shown what is to be done."""
    answer = await coordinator(empty)
    assert "Welcome, Rosa Delgado. You're this program's coordinator now." in answer.text
    assert "○ People" in answer.text
    assert {"Rosa Delgado": {"coordinator"}} == await roles(empty)


async def test_without_the_code(empty: World) -> None:
    """Nobody gets in, and it is said what is needed."""
    assert "the code that mentorbot printed" in await empty.asks("rosa", "/mentor-admin setup")
    assert "I don't know this code" in await empty.asks("rosa", "/mentor-admin setup ABCDE-FGHJK")
    assert STRANGER in await empty.asks("rosa", "/mentor-admin start")
    assert {} == await roles(empty)


async def test_a_code_that_was_used(empty: World) -> None:
    """By oneself it needs no second time; by another it opens nothing, nor does another one then."""
    first, second = await code(empty), await code(empty)
    await empty.asks("rosa", f"/mentor-admin setup {first}")
    assert "You're a coordinator already" in await empty.asks("rosa", f"/mentor-admin setup {first}")
    assert "used already" in await empty.asks("amara", f"/mentor-admin setup {first}")
    assert "no longer valid" in await empty.asks("amara", f"/mentor-admin setup {second}")
    assert STRANGER in await empty.asks("amara", "/mentor-admin setup")
    assert {"Rosa Delgado": {"coordinator"}} == await roles(empty)


async def test_a_code_that_is_too_old(empty: World) -> None:
    """A week later it is over; the next start prints another one."""
    old = await code(empty)
    await empty.passes(days=7)
    assert "no longer valid" in await empty.asks("rosa", f"/mentor-admin setup {old}")
    assert "Welcome" in (await coordinator(empty)).text


@at_once
async def test_two_at_once(empty: World) -> None:
    """Of two who type their codes at the same time one becomes it, and the other learns that there is one."""
    codes = {"rosa": await code(empty), "ravi": await code(empty)}
    texts = [f"setup {word}" for word in codes.values()]
    calls = [Command(one, empty.account(user), "mentor-admin", one) for user, one in zip(codes, texts, strict=True)]
    replies = await asyncio.gather(*map(empty.core.handle, calls))
    texts = [reply.plain for reply in replies if isinstance(reply, Message)]
    assert 1 == sum(text.startswith("Welcome") for text in texts)
    assert 1 == sum("no longer valid" in text or "has a coordinator already" in text for text in texts)
    assert 1 == len(await roles(empty))


async def test_who_manages_the_workspace(empty: World) -> None:
    """They need no code, as long as there is no coordinator."""
    empty.core.platforms[empty.platform.name] = Knowing(empty, manages=True, zone="Europe/Madrid", name=" ")  # type: ignore[assignment]
    assert f"Welcome, {empty.account('rosa').user}." in await empty.asks("rosa", "/mentor-admin setup")
    assert STRANGER in await empty.asks("amara", "/mentor-admin setup")


@pytest.mark.parametrize("zone", ["Mars/Olympus", "", "../../etc", None])
async def test_a_platform_may_know_zones_that_there_are_not(empty: World, zone: str | None) -> None:
    """Then it is UTC, until somebody says otherwise."""
    empty.core.platforms[empty.platform.name] = Knowing(empty, zone=zone)  # type: ignore[assignment]
    assert "Welcome" in (await coordinator(empty)).text


async def test_a_member_of_a_program_without_a_coordinator(empty: World) -> None:
    """Somebody who is there already can type the code; their other roles stay, and somebody who left comes back."""
    await add(empty, "amara", "Amara Okafor", Role.MENTOR)
    assert "the code that mentorbot printed" in await empty.asks("amara", "/mentor-admin setup")
    assert "Welcome, Amara Okafor" in (await coordinator(empty, "amara")).text
    assert "This is for coordinators" in await _asks_as_mentee(empty)
    (program,) = await empty.core.programs()
    async with empty.core.at_work(program) as context:
        (amara,) = await context.work.of(Members).with_role(Role.COORDINATOR)
        await context.work.of(Members).change(amara.id, active=False)
    assert "Welcome, Amara Okafor" in (await coordinator(empty, "amara")).text
    assert {"mentor", "coordinator"} == (await roles(empty))["Amara Okafor"]


async def _asks_as_mentee(there: World) -> str:
    await add(there, "lena", "Lena Vogt", Role.MENTEE)
    return await there.asks("lena", "/mentor-admin setup")


async def test_no_code_is_made_where_there_is_a_coordinator(empty: World) -> None:
    """A start prints one only as long as it is needed."""
    await coordinator(empty)
    with pytest.raises(AssertionError):
        await code(empty)
