"""Who somebody is in a server: by user id, or by the handle or name that stands behind an @ on Discord.

Without the intent for members there is no list of everybody: each is asked for singly. Discord tells no addresses, no
time zones, and a person's language only when they do something.
"""

import asyncio
from collections.abc import Collection, Mapping, Sequence
from typing import Any

import discord

from adapters.discord import limits
from adapters.discord.failures import UNKNOWN_MEMBER, UNKNOWN_USER, Api, GoneFor
from adapters.discord.guild import account, is_id
from bot.errors import Gone, Refused
from bot.people import Profile
from bot.recent import Recent

Member = Mapping[str, Any]


class People:
    """Looks up the people of servers."""

    def __init__(self, api: Api) -> None:
        """Look them up over REST."""
        self._api = api
        self._languages: Recent[str, str] = Recent(limits.REMEMBERED)

    def heard(self, user: str, language: str | None) -> None:
        """Note in which language somebody uses Discord."""
        if language:
            self._languages.pop(user, None)
            self._languages[user] = language

    async def member(self, guild: str, user: str) -> Member | None:
        """Return somebody who is in a server; None for who isn't. Raises Gone if the bot itself isn't."""
        try:
            found: Member = await self._api.get("/guilds/{guild_id}/members/{user}", guild_id=guild, user=user)
        except GoneFor as gone:
            if gone.code in (UNKNOWN_MEMBER, UNKNOWN_USER) or not is_id(user):
                return None
            raise
        return found

    async def handles(self, guild: str, users: Collection[str]) -> dict[str, str]:
        """Return people's handles, by user id; who isn't in the server has none."""
        members = await asyncio.gather(*(self.member(guild, user) for user in users))
        return {str(one["user"]["id"]): str(one["user"]["username"]) for one in members if one is not None}

    async def look_up(self, guild: str, words: Collection[str]) -> dict[str, Profile]:
        """Return people by what names them; bots, strangers and who left are left out."""
        plain = {word: word.removeprefix("@").strip() for word in words}
        names = set(plain.values())
        if len(names) > limits.LOOKED_UP:
            raise Refused("too many people at once")
        turn = asyncio.Semaphore(limits.AT_ONCE)

        async def one(name: str) -> Member | None:
            async with turn:
                return await self._find(guild, name)

        members = dict(zip(names, await asyncio.gather(*map(one, names)), strict=True))
        named = ((word, members[name]) for word, name in plain.items())
        found = {word: member for word, member in named if member is not None and not _is_bot(member)}
        if not found:
            return {}
        about = await self._api.get("/guilds/{guild_id}", guild_id=guild)
        return {word: self._profile(guild, member, about) for word, member in found.items()}

    async def _find(self, guild: str, name: str) -> Member | None:
        if is_id(name):
            return await self.member(guild, name)
        wanted = name.casefold().strip()
        if not wanted or "@" in wanted:
            return None
        path = "/guilds/{guild_id}/members/search"
        asked = {"query": name[: limits.COMMAND_TEXT], "limit": limits.PAGE}
        try:
            near: Sequence[Member] = await self._api.get(path, asked, guild_id=guild)
        except Gone:
            return None
        handles = [one for one in near if (one["user"].get("username") or "").casefold() == wanted]
        named = [one for one in near if wanted in {shown.casefold() for shown in _names(one)}]
        return (handles or named)[0] if handles or len(named) == 1 else None

    def _profile(self, guild: str, member: Member, about: Mapping[str, Any]) -> Profile:
        user = str(member["user"]["id"])
        name = next(iter(_names(member)), user)
        language = self._languages.get(user)
        return Profile(account(guild, user), name, language=language, manages=manages(about, member))


def manages(guild: Mapping[str, Any], member: Member) -> bool:
    """Tell whether somebody may manage a server: as its owner, or by a role."""
    if str(guild.get("owner_id")) == str(member["user"]["id"]):
        return True
    mine = {*map(str, member.get("roles") or []), str(guild["id"])}
    roles = [role for role in guild.get("roles") or [] if str(role["id"]) in mine]
    allowed = [discord.Permissions(int(role["permissions"])) for role in roles]
    return any(one.manage_guild or one.administrator for one in allowed)


def _names(member: Member) -> list[str]:
    user = member["user"]
    return [name for name in (member.get("nick"), user.get("global_name"), user.get("username")) if name]


def _is_bot(member: Member) -> bool:
    return bool(member["user"].get("bot"))
