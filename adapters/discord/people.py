"""Who somebody is in a server: by user id, or by the handle or name that stands behind an @ on Discord.

Without the intent for members there is no list of everybody: each is asked for by id or name. Discord tells no
addresses, no time zones, and a person's language only when they do something.
"""

import asyncio
from collections.abc import Collection, Mapping, Sequence
from typing import Any

import discord

from adapters.discord import limits
from adapters.discord.failures import UNKNOWN_MEMBER, UNKNOWN_USER, Api, GoneFor
from adapters.discord.guild import account, is_id
from adapters.discord.searching import Member, names, search
from bot.errors import Gone, TooMany
from bot.people import Profile
from bot.recent import Recent


class _Turn:
    """Lets a few requests go at once, and so many in all: one more, and none goes any longer."""

    def __init__(self, most: int) -> None:
        self._left = most
        self._few = asyncio.Semaphore(limits.AT_ONCE)

    async def __aenter__(self) -> None:
        self._left -= 1
        await self._few.acquire()
        if self._left < 0:
            self._few.release()
            raise TooMany

    async def __aexit__(self, kind: object, *_: object) -> None:
        if kind is not None:  # nobody waits for the others any more
            self._left = -1
        self._few.release()


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
        """Return people by what names them; bots, strangers and who left are left out.

        Raises TooMany if it would take too many requests, or too long.
        """
        try:
            async with asyncio.timeout(limits.LOOKING_UP):
                members = await self._members(guild, {word.removeprefix("@").strip() for word in words})
        except TimeoutError:
            raise TooMany from None
        named = ((word, members.get(word.removeprefix("@").strip())) for word in words)
        found = {word: member for word, member in named if member is not None and not _is_bot(member)}
        if not found:
            return {}
        about = await self._api.get("/guilds/{guild_id}", guild_id=guild)
        return {word: self._profile(guild, member, about) for word, member in found.items()}

    async def _members(self, guild: str, wanted: Collection[str]) -> dict[str, Member | None]:
        """Return who is meant by ids and by names. An address means nobody: Discord tells none."""
        turn = _Turn(limits.LOOKED_UP)
        ids = [one for one in wanted if is_id(one)]
        called = [one for one in wanted if one and not is_id(one) and "@" not in one]

        async def by_id(user: str) -> Member | None:
            async with turn:
                return await self.member(guild, user)

        async def near(start: str, limit: int) -> Sequence[Member]:
            async with turn:
                return await self._near(guild, start, limit)

        known = dict(zip(ids, await asyncio.gather(*map(by_id, ids)), strict=True))
        found = await search(near, called)
        return known | {name: found.called(name) for name in called}

    async def _near(self, guild: str, start: str, limit: int) -> Sequence[Member]:
        """Return people whose name begins with something."""
        path = "/guilds/{guild_id}/members/search"
        try:
            found: Sequence[Member] = await self._api.get(path, {"query": start, "limit": limit}, guild_id=guild)
        except Gone:
            return []
        return found

    def _profile(self, guild: str, member: Member, about: Mapping[str, Any]) -> Profile:
        user = str(member["user"]["id"])
        name = next(iter(names(member)), user)
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


def _is_bot(member: Member) -> bool:
    return bool(member["user"].get("bot"))
