"""About which server somebody speaks with the bot alone: Discord doesn't say, so buttons and forms there carry it."""

from collections.abc import Callable, Collection, Mapping
from typing import Protocol

import structlog

from adapters.discord.guild import PLATFORM
from adapters.discord.people import People
from adapters.discord.text import Json
from bot import steps_wording as wording
from bot.errors import Gone, PlatformError
from bot.language import nearest, speaking
from bot.wording import too_long

log = structlog.get_logger(__name__)


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
        self._guilds: dict[str, None] = {}

    def enter(self, *guilds: str) -> bool:
        """Note that the bot is in servers; return whether one of them is new."""
        new = [guild for guild in guilds if guild not in self._guilds]
        self._guilds |= dict.fromkeys(new)
        return bool(new)

    def leave(self, guild: str) -> None:
        """Note that the bot isn't in a server any more."""
        log.warning("the bot is no longer in a server", server=guild)
        self._guilds.pop(guild, None)

    async def of(self, user: str, told: str | None) -> str | None:
        """Return the server about which somebody speaks: the one that is told, or of a program in which they are."""
        if told is not None or len(self._guilds) <= 1:
            return told or next(iter(self._guilds), None)
        for guild in self._guilds:
            if user in await self._core.roles(PLATFORM, guild):
                return guild
        return next(iter(self._guilds))

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
