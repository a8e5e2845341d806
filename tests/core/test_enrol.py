"""A program and its people are put into the database at each start, by however many processes."""

import asyncio

import pytest

from bot.core import Core
from bot.features import FEATURES
from bot.members import roster
from storage.opening import open_database
from tests.storage.tables import every_row
from tests.world import COMMUNITY, MONDAY


@pytest.mark.parametrize("database_url", ["postgres"], indirect=True)
async def test_several_may_start_for_the_first_time_at_once(database_url: str) -> None:
    """Each process brings the same people; they are added once, and nobody stumbles over the others."""
    databases = [await open_database(database_url, lambda: MONDAY) for _ in range(4)]
    people = roster.read(COMMUNITY)
    await asyncio.gather(*(roster.enrol(Core(database, FEATURES), people) for database in databases))
    rows = await every_row(databases[0])
    assert (1, len(people.people)) == (len(rows["program"]), len(rows["member"]))
    assert len(people.pairings) == len(rows["pairing"])
    for database in databases:
        await database.close()
