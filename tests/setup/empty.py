"""A program with nobody in it, on a platform with people: what the tests of the set-up begin with."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace

from bot.feature import NewSpace
from bot.people import Place, Profile, Role
from bot.setup.first import code_if_needed
from storage.members import Members, NewMember
from storage.pairings import Pairings
from tests.drivers.driver import Seen
from tests.world import World

PEOPLE = ("amara", "lena", "noor", "rosa", "ravi")


async def code(there: World) -> str:
    """Return the code that a start prints."""
    (program,) = await there.core.programs()
    async with there.core.at_work(program) as context:
        made = await code_if_needed(context)
    assert made is not None
    return made


async def coordinator(there: World, user: str = "rosa") -> Seen:
    """Let somebody become the first coordinator."""
    return await there.driver.commands(user, f"/mentor-admin setup {await code(there)}")


async def add(there: World, user: str, name: str, *roles: Role) -> int:
    """Put somebody into the program."""
    (program,) = await there.core.programs()
    async with there.core.at_work(program) as context:
        return await context.work.of(Members).save(NewMember(name, frozenset(roles), (there.account(user),)))


async def space(there: World, name: str, users: Sequence[str]) -> Place:
    """Make a conversation of these people on the platform."""
    made = NewSpace(name, "", tuple(map(there.account, users)))
    return await there.platform.open_space(there.account("").workspace, made, f"test:{name}")


async def pair(there: World) -> Place:
    """Put Amara and Lena into the program and pair them, with a conversation of theirs."""
    amara = await add(there, "amara", "Amara Okafor", Role.MENTOR)
    lena = await add(there, "lena", "Lena Vogt", Role.MENTEE)
    place = await space(there, "amara-lena", ["amara", "lena"])
    (program,) = await there.core.programs()
    async with there.core.at_work(program) as context:
        await context.work.of(Pairings).save(amara, lena, [place])
    return place


async def theirs(there: World) -> str:
    """Return Amara's and Lena's conversation."""
    (found,) = await there.driver.spaces("amara")
    return found


async def prove_contact(there: World, user: str = "rosa") -> None:
    """Let a coordinator be the contact, and say so."""
    await there.asks("rosa", f"/mentor-admin contact @{user}")
    question = (await there.inbox(user))[-1]
    assert "contact for worries" in await there.presses(user, "Yes, I'm the contact", question)


async def go_without(there: World, user: str = "rosa") -> None:
    """Let a coordinator start without anybody who answers private reports."""
    assert "decided to go on without it" in await there.presses(user, "setup.go_without")


async def made_ready(there: World) -> Place:
    """Do all that Start waits for; return the pair's conversation."""
    await coordinator(there)
    place = await pair(there)
    await prove_contact(there)
    await go_without(there)
    return place


async def start(there: World, user: str = "rosa") -> str:
    """Start the program as a coordinator does."""
    question = await there.driver.commands(user, "/mentor-admin start")
    return await there.presses(user, "Start now", question)


async def stop(there: World, user: str = "rosa") -> str:
    """Stop it."""
    question = await there.driver.commands(user, "/mentor-admin stop")
    return await there.presses(user, "Stop now", question)


class Knowing:
    """A platform that answers as another one does, and has its own word on who people are."""

    def __init__(self, there: World, **known: object) -> None:
        """Let everybody's profile have these values."""
        self._platform, self._known = there.platform, known

    def __getattr__(self, name: str) -> object:
        """Do everything else as the other one."""
        return getattr(self._platform, name)

    async def look_up(self, workspace: str, words: Collection[str]) -> Mapping[str, Profile]:
        """Change what the other one says."""
        found = await self._platform.look_up(workspace, words)
        return {word: replace(profile, **self._known) for word, profile in found.items()}  # type: ignore[arg-type]
