"""The file with the people is read at each start, by however many processes; it adds, and changes nothing."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest

from bot.core import Core
from bot.features import FEATURES
from bot.members import roster
from storage.opening import open_database
from tests.community.test_changing import deactivates, form_about
from tests.drivers.driver import Seen
from tests.mydata.test_forget import says_goodbye
from tests.storage.tables import changed, every_row
from tests.world import COMMUNITY, MONDAY, World, world

FILE = COMMUNITY.read_text("utf-8")
BOTH = """
[[people]]
name = "Hanna Lind"
roles = ["mentor"]
accounts = ["playground/riverside/hanna"]

[[pairings]]
mentor = "Hanna Lind"
mentee = "Lena Vogt"
spaces = ["playground/riverside/hanna-lena"]
"""


@pytest.fixture
async def riverside(database_url: str, tmp_path: Path) -> AsyncIterator[World]:
    """Start a program from the file."""
    async with world(database_url, tmp_path) as opened:
        yield opened


async def card_of(there: World) -> Seen:
    """Open the card of a pairing."""
    return await there.driver.commands("rosa", "/mentor-admin pairing @amara @lena")


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


async def read_again(there: World, text: str = FILE) -> set[str]:
    """Read the file as a start does; return the tables that it has changed."""
    before = await every_row(there.database)
    await roster.enrol(there.core, roster.parse(text, "people.toml"))
    return changed(before, await every_row(there.database))


async def test_what_was_changed_in_the_chat_outlives_a_restart(database_url: str, tmp_path: Path) -> None:
    """Name, roles, zone, hours, pace, policy: the file names all of them, and all stay as they are in the chat."""
    text = FILE.replace('riverside/lena"]', 'riverside/lena"]\nzone = "Europe/Paris"\nhours = "08:00-10:00"')
    async with world(database_url, tmp_path) as riverside:
        new = {"name": "Lena Vogt-Meyer", "roles": "mentee,responder", "zone": "Asia/Tokyo", "country": "JP"}
        assert "Changed." in (await riverside.driver.submits("rosa", await form_about(riverside, "lena"), new)).text
        await riverside.asks("lena", "/mentor hours 17-21")
        slow = await riverside.driver.presses("rosa", "Pace", await card_of(riverside))
        await riverside.presses("rosa", "7 days", slow)
        paced = text.replace('/amara-lena"]', '/amara-lena"]\npace = "4d"').replace('"default"', '"safety"')
        assert set() == await read_again(riverside, paced)
    async with world(database_url, tmp_path) as riverside:
        assert "17:00\u201321:00" in await riverside.asks("lena", "/mentor me")


async def test_who_left_and_what_ended_stay_so(riverside: World) -> None:
    """Nobody is brought back by the file, no pairing goes on again, and whoever left isn't paired by it."""
    ended = await riverside.driver.presses("rosa", "End", await card_of(riverside))
    await riverside.presses("rosa", "End it", ended)
    await deactivates(riverside, "noor")
    assert set() == await read_again(riverside)
    assert {"member", "account"} == await read_again(riverside, FILE + BOTH.replace("Lena Vogt", "Noor Haddad"))


async def test_the_same_two_the_other_way_round_are_not_paired(riverside: World) -> None:
    """As in the chat: they are a pairing already."""
    turned = 'mentor = "Lena Vogt"\nmentee = "Amara Okafor"\nspaces = []\n'
    assert set() == await read_again(riverside, FILE + f"[[pairings]]\n{turned}")


async def test_who_is_new_in_the_file_is_added(riverside: World) -> None:
    """A person, an account of somebody who is there, and a pairing."""
    accounts = '["playground/riverside/lena", "playground/riverside/lena2"]'
    text = FILE.replace('["playground/riverside/lena"]', accounts) + BOTH
    assert {"member", "account", "pairing", "space"} == await read_again(riverside, text)
    assert "Hanna Lind" in await riverside.asks("rosa", "/mentor-admin pairs hanna")


async def test_whoever_was_forgotten_is_added_again(riverside: World) -> None:
    """The program remembers nothing of them: they have to be taken out of the file."""
    await says_goodbye(riverside, "lena", "Lena Vogt")
    await riverside.passes(days=2)
    assert "Lena" not in await riverside.asks("rosa", "/mentor-admin people mentee")
    await read_again(riverside)
    assert "Lena Vogt" in await riverside.asks("rosa", "/mentor-admin people mentee")


async def test_the_file_renames_a_program(riverside: World) -> None:
    """It is known by its workspace: with another name it goes on with its people and what waits."""
    await riverside.says("lena")
    await roster.enrol(riverside.core, replace(roster.read(COMMUNITY), name="Riverside 2027"))
    (program,) = await riverside.core.programs()
    assert "Riverside 2027" == program.name
    await riverside.passes(days=1)
    assert 1 == len(await riverside.inbox("amara"))
