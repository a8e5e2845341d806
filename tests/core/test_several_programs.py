"""Several programs in one deployment: each is known by its workspaces."""

from collections.abc import Sequence

import pytest

from bot.core import Core
from bot.features import FEATURES
from bot.members import roster
from bot.members.roster import Roster
from storage.opening import open_database
from tests.world import MONDAY

ON_SLACK, ON_DISCORD = ("slack", "T1"), ("discord", "81")


def of_nobody(name: str, *home: tuple[str, str]) -> Roster:
    """Return a program that is to be set up in the chat."""
    return Roster(name, "default", (), (), home)


async def begun(url: str, programs: Sequence[Roster]) -> list[str]:
    """Start with programs; return the names of all that are there."""
    database = await open_database(url, lambda: MONDAY)
    core = Core(database, FEATURES)
    try:
        for program in programs:
            await roster.begin_empty(core, program)
        return [program.name for program in await core.programs()]
    finally:
        await database.close()


@pytest.mark.parametrize(
    ("programs", "names"),
    [
        ([of_nobody("Riverside", ON_SLACK), of_nobody("Riverside", ON_DISCORD)], ["Riverside", "Riverside 2"]),
        ([of_nobody("Riverside", ON_SLACK), of_nobody("Hillside", ON_DISCORD)], ["Riverside", "Hillside"]),
        ([of_nobody("Riverside", ON_SLACK, ON_DISCORD)], ["Riverside"]),
        ([of_nobody("Riverside", ON_SLACK), of_nobody("Riverside", ON_SLACK, ON_DISCORD)], ["Riverside"]),
    ],
    ids=["two of one name", "two names", "one on both", "one that comes to a second place"],
)
async def test_a_workspace_and_a_server_of_one_name_are_two_programs(
    database_url: str, programs: list[Roster], names: list[str]
) -> None:
    """Unless they are said to be one; another start changes nothing."""
    assert names == await begun(database_url, programs)
    assert names == await begun(database_url, programs)


async def test_a_program_takes_its_workspaces_new_name(database_url: str) -> None:
    """If another one has it, with a number."""
    await begun(database_url, [of_nobody("Riverside", ON_SLACK), of_nobody("Hillside", ON_DISCORD)])
    renamed = [of_nobody("Hillside", ON_SLACK), of_nobody("Hillside", ON_DISCORD)]
    assert ["Hillside 2", "Hillside"] == await begun(database_url, renamed)
