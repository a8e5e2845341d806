"""A long list keeps nobody waiting: it is written beside all other work, from one moment's state."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from pathlib import Path

import pytest

from bot import exports
from bot.calls import Command
from bot.context import Asked
from bot.core import Core
from bot.feature import Feature
from bot.features import FEATURES
from bot.tables import Row
from bot.views import File, Message
from storage.members import Members
from tests.world import World, world


@pytest.fixture
async def riverside(database_url: str, tmp_path: Path) -> AsyncIterator[World]:
    """Open the program of tests/community.toml, on Monday morning."""
    async with world(database_url, tmp_path) as opened:
        yield opened


def slow(begun: asyncio.Event, goes_on: asyncio.Event) -> Feature:
    """Return a feature with a list that begins, and goes on when it is told to."""
    feature = Feature("slow")

    @feature.export("names", "Names")
    async def names(asked: Asked) -> AsyncIterator[Sequence[Row]]:
        """Yield how somebody is called, before and after."""
        yield [("Name",)]
        for _ in range(2):
            member = (await asked.work.of(Members).get([asked.member.id]))[asked.member.id]
            yield [(member.name,)]
            begun.set()
            await goes_on.wait()

    return feature


async def test_others_go_on(riverside: World) -> None:
    """While a list is being written, others are answered and what they change is kept; the list doesn't change."""
    begun, goes_on = asyncio.Event(), asyncio.Event()
    core = Core(riverside.database, (*FEATURES[:-2], exports.make([slow(begun, goes_on)])))
    call = Command("names", riverside.account("rosa"), "mentor-admin", "export names csv")
    async with asyncio.TaskGroup() as tasks:
        writing = tasks.create_task(core.handle(call))
        await begun.wait()
        async with asyncio.timeout(30):
            async with riverside.database.work(1) as work:
                await work.of(Members).change(await riverside.member(work, "rosa"), name="Rosa D.")
            answer = await core.handle(Command("rate", riverside.account("amara"), "mentor", "rate"))
        goes_on.set()
    assert isinstance(answer, Message)
    reply = await writing
    assert isinstance(reply, Message)
    (file,) = [block for block in reply.blocks if isinstance(block, File)]
    assert ["Name", "Rosa Delgado", "Rosa Delgado"] == file.content.decode("utf-8-sig").splitlines()
