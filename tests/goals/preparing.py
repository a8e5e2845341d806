"""What there is to be tried on in tests/core/test_permissions.py."""

from collections.abc import Mapping

from storage.goals import Goals, State
from tests.world import World


async def prepare(riverside: World) -> Mapping[str, str]:
    """Let Amara and Lena have a goal that goes on, and one that is reached."""
    async with riverside.database.work(1) as work:
        lena = await riverside.member(work, "lena")
        goals = work.of(Goals)
        goal, reached = await goals.add(1, lena, "Speak up"), await goals.add(1, lena, "Listen")
        await goals.close(reached, State.DONE, lena)
    return {"goal": str(goal), "reached": str(reached)}
