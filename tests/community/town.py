"""A platform on which more people are than are members: the program of tests/community.toml, and some beside it."""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from pathlib import Path

from bot.calls import Upload
from bot.feature import Feature
from bot.features import FEATURES
from bot.people import Account, Member, Role
from storage.members import Members, NewMember
from storage.pairings import Pairing, Pairings
from storage.programs import State
from tests.drivers.driver import Seen
from tests.world import World, world

NEWCOMERS = {
    "tomas": ("Tomás Berg", "Europe/Madrid"),
    "yusuf": ("يوسف الخطيب", "Africa/Cairo"),
    "mei": ("梅 Mei 🌱", "Asia/Shanghai"),
    "long": ("L" * 80, "UTC"),
    "twin": ("Lena Vogt", "Europe/Berlin"),
    "nozone": ("Nora Nowhere", "Mars/Olympus"),
    **{f"p{number}": (f"Person {number:02}", "UTC") for number in range(1, 31)},
}


@asynccontextmanager
async def town(
    url: str, folder: Path, state: State = State.SET_UP, features: Sequence[Feature] = FEATURES
) -> AsyncIterator[World]:
    """Open the program in a state, on a platform with more people on it."""
    strangers = [
        NewMember(name, frozenset(), (Account("playground", "riverside", user),), zone)
        for user, (name, zone) in NEWCOMERS.items()
    ]
    async with world(url, folder, strangers=strangers, state=state, features=features) as opened:
        yield opened


async def members(there: World) -> dict[str, Member]:
    """Return all members by name."""
    async with there.database.work(1) as work:
        return {member.name: member for member in await work.of(Members).every()}


async def pairs(there: World) -> dict[tuple[str, str], Pairing]:
    """Return all pairings, by the names of mentor and mentee."""
    names = {member.id: name for name, member in (await members(there)).items()}
    async with there.database.work(1) as work:
        return {(names[one.mentor_id], names[one.mentee_id]): one for one in await work.of(Pairings).every()}


async def roles(there: World, name: str) -> frozenset[Role]:
    """Return what somebody is."""
    return (await members(there))[name].roles


def zone(there: World, known: str) -> str:
    """Return the zone of somebody who was added: Discord tells none, so it is that of whoever added them."""
    return "UTC" if there.platform.name == "discord" else known


async def uploads(there: World, content: bytes, user: str = "rosa", **values: str) -> Seen:
    """Send off the import's form with a file."""
    files = {"file": Upload("people.csv", content)}
    return await there.driver.submits(user, "community.import", {"text": "", **values}, files=files)


async def imports(there: World, text: str, user: str = "rosa") -> str:
    """Import a list with its dry run's button; return what was answered to that."""
    looked = await uploads(there, text.encode(), user)
    return (await there.driver.presses(user, button(looked, "community.import_now"))).text


def button(seen: Seen, name: str) -> str:
    """Return the action of a button, by its handler's name."""
    found = [action for action in seen.buttons.values() if action.partition(":")[0] == name]
    assert found, seen
    return found[0]


def problems(seen: Seen) -> str:
    """Return the text of the file with what has to be mended."""
    return seen.files["problems.csv"].decode("utf-8-sig")
