"""What coordinators do at the very moment at which something else happens: on PostgreSQL really at once."""

import asyncio
from pathlib import Path

import pytest

from bot.calls import Command, Press
from bot.context import Context
from bot.core import Core
from bot.facts import ProgramChanged
from bot.pairings.doing import close
from bot.people import Account, Role
from bot.views import Message
from storage.members import Members
from storage.pairings import Pairings
from storage.programs import State
from storage.settings import Settings
from tests.pairings.people import change, moves_to
from tests.world import world

pytestmark = pytest.mark.only_on("playground")  # it is about what stands behind every platform

ROSA = Account("playground", "riverside", "rosa")
A_MOMENT = 0.3  # seconds in which whoever doesn't wait would be done


async def _start(context: Context) -> None:
    before = context.program
    settings = context.work.of(Settings)
    await settings.lock()
    await settings.put(state=State.RUNNING)
    await (await context.house.context(context.work, await settings.lock())).tell(ProgramChanged(before))


async def _press(core: Core, action: str) -> str:
    reply = await core.handle(Press(action, ROSA, action))
    assert isinstance(reply, Message)
    return reply.plain


async def test_ended_while_the_program_starts(postgres_url: str, tmp_path: Path) -> None:
    """A goodbye is said, and the space closed, whoever is first."""
    async with world(postgres_url, tmp_path) as riverside:
        await moves_to(riverside, State.SHADOW)
        (program,) = await riverside.core.programs()
        async with riverside.core.at_work(program) as context:
            await _start(context)
            ending = asyncio.create_task(_press(riverside.core, "pairings.end_now:1"))
            await asyncio.sleep(A_MOMENT)
        assert "has ended" in await ending
        await riverside.jobs.round()
        async with riverside.database.work(1) as work:
            assert [] == await work.of(Pairings).open_spaces([1])


async def test_paired_while_the_program_starts(postgres_url: str, tmp_path: Path) -> None:
    """A space is made, whoever is first."""
    async with world(postgres_url, tmp_path) as riverside:
        await change(riverside, "ravi", roles=frozenset({Role.MENTEE}))
        await moves_to(riverside, State.SHADOW)
        (program,) = await riverside.core.programs()
        async with riverside.core.at_work(program) as context:
            await _start(context)
            pairing = asyncio.create_task(
                riverside.core.handle(Command("1", ROSA, "mentor-admin", "pair @amara @ravi"))
            )
            await asyncio.sleep(A_MOMENT)
        await pairing
        await riverside.jobs.round()
        async with riverside.database.work(1) as work:
            assert 1 == len(await work.of(Pairings).open_spaces([3]))


async def test_paired_again_while_the_goodbye_is_noted(postgres_url: str, tmp_path: Path) -> None:
    """The space is about to be closed: the coordinator is asked to wait a minute."""
    async with world(postgres_url, tmp_path) as riverside:
        await _press(riverside.core, "pairings.end_now:1")
        (program,) = await riverside.core.programs()
        async with riverside.core.at_work(program) as context:
            await context.work.of(Pairings).lock([1])
            await close(context, 1)
            again = asyncio.create_task(_press(riverside.core, "pairings.again:1:0"))
            await asyncio.sleep(A_MOMENT)
        assert "is just being closed" in await again


async def test_paired_while_somebody_is_deleted(postgres_url: str, tmp_path: Path) -> None:
    """The coordinator is told that they are gone."""
    async with world(postgres_url, tmp_path) as riverside:
        ravi = await change(riverside, "ravi", roles=frozenset({Role.MENTEE}))
        (program,) = await riverside.core.programs()
        async with riverside.core.at_work(program) as context:
            await context.work.of(Members).lock(ravi)
            await context.work.of(Members).forget(ravi)
            pairing = asyncio.create_task(
                riverside.core.handle(Command("1", ROSA, "mentor-admin", "pair @amara @ravi"))
            )
            await asyncio.sleep(A_MOMENT)
        reply = await pairing
        assert isinstance(reply, Message)
        assert "is no longer in this program" in reply.plain
