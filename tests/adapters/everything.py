"""All that the bot says, for tests that a platform takes all of it."""

from collections.abc import AsyncIterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import update

from bot.people import Role
from bot.views import Reply
from storage.programs import State
from storage.schema import metadata
from tests.core.rooms import DONE
from tests.core.scene import Copy, Scene, at

# Eighty characters each, from the right to the left and emoji; somebody else's are a platform's markup.
LONGEST = {"Lena Vogt": ("לנה פוגט " * 9)[:80], "Noor Haddad": "👩🏽‍🦱" * 20}


@dataclass(frozen=True)
class Everything:
    """The scene of the tests of permissions, in which each declared thing can be asked for."""

    there: Scene
    file: Path  # its database

    async def speak(self, language: str) -> None:
        """Let everybody be active, in every role, in a running program that speaks a language."""
        every = ",".join(sorted(Role))
        async with self.there.world.database.connect() as conn:
            await conn.execute(update(metadata.tables["program"]).values(language=language, state=State.RUNNING))
            await conn.execute(update(metadata.tables["member"]).values(roles=every, language=None, active=True))

    async def rename(self, markup: str) -> None:
        """Let people have the longest names; Amara's is full of a platform's markup."""
        member = metadata.tables["member"]
        async with self.there.world.database.connect() as conn:
            for name, longest in {**LONGEST, "Amara Okafor": markup}.items():
                assert 80 >= len(longest)
                await conn.execute(update(member).where(member.c.name == name).values(name=longest))

    async def answers(self) -> AsyncIterator[Reply]:
        """Ask for each declared thing, by somebody whose it is; each time everything is as it was."""
        with closing(Copy(self.file)) as before:
            for name in DONE:
                yield await self.there.ask(self.there.call(name, at(DONE[name].owner)))
                before.put_back()
