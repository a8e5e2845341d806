"""About which server somebody speaks with the bot alone: Discord doesn't say, so buttons and forms there carry it."""

from collections.abc import Callable, Collection, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Protocol

import structlog

from adapters.discord.guild import PLATFORM
from adapters.discord.people import People
from adapters.discord.text import Json
from bot import steps_wording as wording
from bot.errors import Gone, PlatformError
from bot.language import nearest, speaking
from bot.wording import too_long

SEVERAL = 10  # servers in which somebody is looked for

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Home:
    """The server that something is about; its `name`, if it could as well have been about another one."""

    guild: str
    name: str = ""


class Knows(Protocol):
    """Who knows the members of programs."""

    async def roles(self, platform: str, workspace: str) -> Mapping[str, Collection[str]]:
        """Return the members of a server's program, by user id."""
        ...


class Homes:
    """The servers that the bot is in."""

    def __init__(self, core: Knows, people: People) -> None:
        """Begin with none."""
        self._core = core
        self._people = people
        self._guilds: dict[str, str] = {}  # their names, as far as they are known

    def enter(self, *guilds: str) -> bool:
        """Note that the bot is in servers; return whether one of them is new."""
        new = [guild for guild in guilds if guild not in self._guilds]
        self._guilds |= dict.fromkeys(new, "")
        return bool(new)

    def call(self, guild: str, name: str) -> None:
        """Note what a server is called."""
        self._guilds[guild] = name

    def leave(self, guild: str) -> None:
        """Note that the bot isn't in a server any more."""
        log.warning("the bot is no longer in a server", server=guild)
        self._guilds.pop(guild, None)

    async def of(self, user: str, told: str | None) -> Home | None:
        """Return the server about which somebody speaks: the one that is told, or of a program in which they are.

        Who is in no program yet may be in a server that has one.
        """
        if told is not None or len(self._guilds) <= 1:
            guild = told or next(iter(self._guilds), None)
            return None if guild is None else Home(guild)
        there = {guild: await self._core.roles(PLATFORM, guild) for guild in self._guilds}
        theirs = [guild for guild, roles in there.items() if user in roles]
        if theirs:
            return Home(theirs[0], self._guilds.get(theirs[0], "") if len(theirs) > 1 else "")
        return Home(await self._seen_in(user, sorted(there, key=lambda guild: not there[guild])))

    async def _seen_in(self, user: str, guilds: Sequence[str]) -> str:
        """Return the first server that somebody is in, as far as Discord says so."""
        for guild in guilds[:SEVERAL]:
            with suppress(PlatformError):
                if await self._people.member(guild, user) is not None:
                    return guild
        return guilds[0]

    async def refused(self, guild: str, user: str, locale: str | None) -> str | None:
        """Say why not to somebody who isn't in a server any more; None to whoever is."""
        try:
            why = None if await self._people.member(guild, user) is not None else wording.not_here
        except Gone:
            why = wording.not_here
        except PlatformError:
            why = too_long
        return None if why is None else told_in(locale, why)


def told_in(locale: str | None, said: Callable[[], str]) -> str:
    """Say something in the language in which somebody uses Discord."""
    with speaking(nearest(locale)):
        return said()


def author(body: Json) -> str:
    """Return who does something."""
    return str(((body.get("member") or {}).get("user") or body.get("user") or {})["id"])
