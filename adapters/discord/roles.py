"""Roles as titles: one of a title's name, without any rights, stands beside the names of those who wear it.

A role of that name that was there before is taken only if it lets nobody do more than everybody may: a title is never
a way to rights.
"""

import asyncio
from collections.abc import Mapping, Sequence
from typing import Any

from adapters.discord import limits, text
from adapters.discord.failures import SHORTLY, UNKNOWN_MEMBER, UNKNOWN_ROLE, Api, GoneFor
from adapters.discord.guild import is_id
from bot.errors import Busy

Role = Mapping[str, Any]

ROLES = "/guilds/{guild_id}/roles"
ROLE = "/guilds/{guild_id}/roles/{role_id}"
MINE = "/guilds/{guild_id}/members/{user_id}/roles/{role_id}"


class Roles:
    """Gives roles to people, and takes them away."""

    def __init__(self, api: Api) -> None:
        """Ask for it over REST."""
        self._api = api
        self._making = asyncio.Lock()  # of several who need a role at once, one makes it: Discord lets nobody make many

    async def give(self, guild: str, user: str, title: str) -> None:
        """Let somebody wear a title. Raises Gone for who isn't there, Forbidden where the bot may not."""
        _check(guild, user)
        name = _name(title)
        role = await self._find(guild, name) or await self._make(guild, name)
        try:
            await self._api.put(MINE, guild_id=guild, user_id=user, role_id=role)
        except GoneFor as gone:
            if gone.code == UNKNOWN_ROLE:  # somebody has just deleted it: it is made anew
                raise Busy(SHORTLY) from None
            raise

    async def take(self, guild: str, user: str, title: str) -> None:
        """Let somebody wear a title no longer; a role that isn't there is worn by nobody."""
        _check(guild, user)
        role = await self._find(guild, _name(title))
        if role is None:
            return
        try:
            await self._api.delete(MINE, guild_id=guild, user_id=user, role_id=role)
        except GoneFor as gone:
            if gone.code != UNKNOWN_ROLE:
                raise

    async def _find(self, guild: str, name: str) -> str | None:
        """Return the oldest role of a name that gives nobody any rights."""
        found: Sequence[Role] = await self._api.get(ROLES, guild_id=guild)
        everybody = next((int(one["permissions"]) for one in found if str(one["id"]) == guild), 0)
        ids = [int(one["id"]) for one in found if one["name"] == name and _is_harmless(one, guild, everybody)]
        return str(min(ids)) if ids else None

    async def _make(self, guild: str, name: str) -> str:
        """Make a role; whoever finds that another process was quicker takes the newer one away."""
        async with self._making:
            there = await self._find(guild, name)
            if there is not None:
                return there
            body = {"name": name, "permissions": "0", "hoist": False, "mentionable": False}
            made = str((await self._api.post(ROLES, body, guild_id=guild))["id"])
            first = await self._find(guild, name) or made
            if first != made:
                await self._api.delete(ROLE, guild_id=guild, role_id=made)
            return first


def _check(guild: str, user: str) -> None:
    if not (is_id(guild) and is_id(user)):
        raise GoneFor(UNKNOWN_MEMBER)


def _name(title: str) -> str:
    """Return what a role is called: Discord cuts off spaces, and takes no more than so many characters."""
    return text.label(title, limits.ROLE)


def _is_harmless(role: Role, guild: str, everybody: int) -> bool:
    """Tell whether a role is no bot's own, not that of all, and lets nobody do more than all may."""
    own = role.get("managed") or str(role["id"]) == guild
    return not own and not int(role["permissions"]) & ~everybody
