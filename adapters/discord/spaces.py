"""Spaces for pairings: private channels in a category, or private threads; each made once for its key, and closed.

A space's name ends with a few characters that are worked out from its key: by them it is found again after a crash.
Discord takes a name twice, so whoever has made one looks whether it was there before, and takes the newer one away.
"""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol
from unicodedata import category

import discord

from adapters.discord import limits, text
from adapters.discord.failures import UNKNOWN_MEMBER, Api, Failed, GoneFor
from adapters.discord.people import People
from adapters.discord.text import Json
from bot.feature import NewSpace

Channel = Mapping[str, Any]

TEXT, CATEGORY, PRIVATE_THREAD = 0, 4, 12  # kinds of channels
THREADS = (10, 11, PRIVATE_THREAD)
ROLE, MEMBER = 0, 1  # kinds of overwrites
HOME = "Mentoring"  # the category of all spaces, or the channel in which they are threads
FULL = 50035  # a form that isn't right: of ours, that the category is full, or gone
_LETTERS = "abcdefghijkmnpqrstuvwxyz23456789"  # none that looks like another

SEES = discord.Permissions(view_channel=True, read_message_history=True)
WRITES = discord.Permissions(view_channel=True, read_message_history=True, send_messages=True)
CLOSED = discord.Permissions(send_messages=True, send_messages_in_threads=True, add_reactions=True)
HIDDEN = discord.Permissions(view_channel=True)
PARENT = discord.Permissions(send_messages=True, create_public_threads=True, create_private_threads=True)
INSIDE = discord.Permissions(view_channel=True, read_message_history=True, send_messages_in_threads=True)


class Spaces(Protocol):
    """How spaces are made: one of two ways."""

    async def open(self, guild: str, space: NewSpace, key: str) -> str:
        """Return the channel of a key with everybody in it, and make it if it isn't there."""
        ...


@dataclass(frozen=True, slots=True)
class Channels:
    """Makes private channels; `us` is the bot's user id."""

    api: Api
    people: People
    us: str

    async def open(self, guild: str, space: NewSpace, key: str) -> str:
        """Return the channel of a key, and make it if it isn't there."""
        users = [one.user for one in space.people]
        await check_all(self.people, guild, users)
        there = await channels(self.api, guild)
        known = oldest(there, key, [TEXT])
        if known is not None:
            return str(known["id"])
        made = await self._make(guild, there, space, users, key)
        return await only_one(self.api, await channels(self.api, guild), made, key, [TEXT])

    async def _make(self, guild: str, there: Sequence[Channel], space: NewSpace, users: Sequence[str], key: str) -> str:
        body: Json = {
            "name": space_name(space.name, key),
            "type": TEXT,
            "topic": text.short(space.topic, limits.TOPIC),
            "permission_overwrites": [
                overwrite(guild, ROLE, deny=HIDDEN),
                overwrite(self.us, MEMBER, allow=WRITES),
                *(overwrite(user, MEMBER, allow=WRITES) for user in users),
            ],
        }
        try:
            return await create(self.api, guild, {**body, "parent_id": await self._category(guild, there)})
        except Failed as failed:
            if failed.code != FULL:
                raise
        # Others fill a category, or delete it, at the same time. If that wasn't the reason, it is refused once more.
        there = await channels(self.api, guild)
        return await create(self.api, guild, {**body, "parent_id": await self._category(guild, there)})

    async def _category(self, guild: str, there: Sequence[Channel]) -> str:
        """Return a category with room, and make one if there is none."""
        for one in sorted(_categories(there), key=lambda category_: int(category_["id"])):
            if sum(channel.get("parent_id") == one["id"] for channel in there) < limits.IN_CATEGORY:
                return str(one["id"])
        return await self._new_category(guild, there)

    async def _new_category(self, guild: str, there: Sequence[Channel]) -> str:
        number = len(_categories(there)) + 1
        name = HOME if number == 1 else f"{HOME} {number}"
        return await create(self.api, guild, {"name": name, "type": CATEGORY})


@dataclass(frozen=True, slots=True)
class Threads:
    """Makes private threads, all in one channel that everybody sees and nobody writes in."""

    api: Api
    people: People
    us: str

    async def open(self, guild: str, space: NewSpace, key: str) -> str:
        """Return the thread of a key with everybody in it, and make it if it isn't there."""
        users = [one.user for one in space.people]
        await check_all(self.people, guild, users)
        parent = await self._parent(guild)
        known = oldest(await self._there(guild, parent), key, THREADS)
        thread = str(known["id"]) if known is not None else await self._make(guild, parent, space, key)
        if known is not None and (known.get("thread_metadata") or {}).get("archived"):
            await self.api.patch("/channels/{channel_id}", {"archived": False}, channel_id=thread)
        path = "/channels/{channel_id}/thread-members/{user}"
        for user in users:
            await self.api.put(path, channel_id=thread, user=user)
        return thread

    async def _make(self, guild: str, parent: str, space: NewSpace, key: str) -> str:
        body: Json = {
            "name": space_name(space.name, key),
            "type": PRIVATE_THREAD,
            "invitable": False,
            "auto_archive_duration": limits.ARCHIVED_AFTER,
        }
        made = await self.api.post("/channels/{channel_id}/threads", body, channel_id=parent)
        return await only_one(self.api, await self._there(guild, parent), str(made["id"]), key, THREADS)

    async def _parent(self, guild: str) -> str:
        """Return the channel of all threads, and make it if there is none."""
        there = await channels(self.api, guild)
        named = [one for one in there if one.get("type") == TEXT and one.get("name") == HOME.lower()]
        mine = [
            one for one in named if any(str(each["id"]) == self.us for each in one.get("permission_overwrites") or [])
        ]
        if mine:
            return str(min(mine, key=lambda one: int(one["id"]))["id"])
        overwrites = [
            overwrite(guild, ROLE, allow=INSIDE, deny=PARENT),
            overwrite(self.us, MEMBER, allow=discord.Permissions(WRITES.value | INSIDE.value | PARENT.value)),
        ]
        body = {"name": HOME.lower(), "type": TEXT, "permission_overwrites": overwrites}
        return await create(self.api, guild, body)

    async def _there(self, guild: str, parent: str) -> list[Channel]:
        """Return the threads in which the bot is, also those that rest."""
        active = await self.api.get("/guilds/{guild_id}/threads/active", guild_id=guild)
        found = [one for one in active["threads"] if str(one.get("parent_id")) == parent]
        path = "/channels/{channel_id}/users/@me/threads/archived/private"
        asked: Json = {"limit": limits.PAGE}
        while True:
            page = await self.api.get(path, asked, channel_id=parent)
            found += page["threads"]
            if not page.get("has_more") or not page["threads"]:
                return found
            asked["before"] = str(min(int(one["id"]) for one in page["threads"]))


async def close(api: Api, us: str, channel: str) -> None:
    """Let nobody write in a channel or thread; one that is closed stays so."""
    about = await api.get("/channels/{channel_id}", channel_id=channel)
    if about.get("type") in THREADS:
        told = about.get("thread_metadata") or {}
        if not (told.get("locked") and told.get("archived")):
            if told.get("archived"):  # nothing else about a thread that rests can be changed
                await api.patch("/channels/{channel_id}", {"archived": False}, channel_id=channel)
            await api.patch("/channels/{channel_id}", {"archived": True, "locked": True}, channel_id=channel)
        return
    before = [_plain(one) for one in about.get("permission_overwrites") or []]
    after = [one if one["id"] == us else _closed(one) for one in before]
    if before != after:
        await api.patch("/channels/{channel_id}", {"permission_overwrites": after}, channel_id=channel)


def _plain(one: Mapping[str, Any]) -> Json:
    return {"id": str(one["id"]), "type": int(one["type"]), "allow": str(one["allow"]), "deny": str(one["deny"])}


def _closed(one: Mapping[str, Any]) -> Json:
    allow, deny = int(one["allow"]), int(one["deny"])
    return {**_plain(one), "allow": str(allow & ~CLOSED.value), "deny": str(deny | CLOSED.value)}


def overwrite(
    id_: str,
    kind: int,
    allow: discord.Permissions = discord.Permissions.none(),  # noqa: B008 - it isn't changed
    deny: discord.Permissions = discord.Permissions.none(),  # noqa: B008
) -> Json:
    """Return what somebody may and may not in a channel."""
    return {"id": id_, "type": kind, "allow": str(allow.value), "deny": str(deny.value)}


async def channels(api: Api, guild: str) -> list[Channel]:
    """Return the channels and categories of a server."""
    return list(await api.get("/guilds/{guild_id}/channels", guild_id=guild))


async def create(api: Api, guild: str, body: Json) -> str:
    """Make a channel or category; return its id."""
    return str((await api.post("/guilds/{guild_id}/channels", body, guild_id=guild))["id"])


async def check_all(people: People, guild: str, users: Iterable[str]) -> None:
    """Raise Gone for somebody who isn't in the server: a space is for those who are."""
    for user in users:
        if await people.member(guild, user) is None:
            raise GoneFor(UNKNOWN_MEMBER)


def oldest(there: Iterable[Channel], key: str, kinds: Sequence[int]) -> Channel | None:
    """Return the channel that was made for a key first."""
    mine = [one for one in there if one.get("type") in kinds and str(one.get("name", "")).endswith(mark(key))]
    return min(mine, key=lambda one: int(one["id"]), default=None)


async def only_one(api: Api, there: Iterable[Channel], made: str, key: str, kinds: Sequence[int]) -> str:
    """Return the channel of a key; one that was just made beside an older one is taken away again."""
    first = oldest(there, key, kinds)
    if first is None or str(first["id"]) == made:
        return made
    await api.delete("/channels/{channel_id}", channel_id=made)
    return str(first["id"])


def mark(key: str) -> str:
    """Return how the names of a key's channels end."""
    digest = int.from_bytes(hashlib.sha256(key.encode()).digest()[:5], "big")
    return "-" + "".join(_LETTERS[digest >> (5 * place) & 31] for place in range(6))


def space_name(name: str, key: str) -> str:
    """Return a name that Discord leaves as it is: small letters, digits and hyphens; the key's mark behind it."""
    ending = mark(key)
    kept = "".join(char if category(char)[0] in "LMN" else " " for char in text.clean(name).lower())
    words = text.cut("-".join(kept.split()), limits.CHANNEL - len(ending)).strip("-")
    return (words or "mentoring") + ending


def _categories(there: Iterable[Channel]) -> list[Channel]:
    """Return the categories of spaces: `Mentoring`, `Mentoring 2` and so on."""
    return [one for one in there if one.get("type") == CATEGORY and _is_home(str(one.get("name", "")))]


def _is_home(name: str) -> bool:
    rest = name.removeprefix(HOME)
    return rest != name and (not rest or (rest[0] == " " and rest[1:].isdigit()))
