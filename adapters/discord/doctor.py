"""Discord's part of `mentorbot doctor`: what Discord says of the token, the servers, the permissions and the spaces.

It asks by REST alone and opens no gateway; so a bot that runs is not disturbed, and nobody is written to.
"""

from collections.abc import Mapping, Sequence
from typing import Any

import discord

from adapters.discord import doctor_wording as wording
from adapters.discord.connection import Timing, Where, client
from adapters.discord.failures import FAILURES, Api
from adapters.discord.guild import PLATFORM
from adapters.discord.invite import Space, missing
from adapters.discord.people import People
from bot.access import Access
from bot.config import Config
from bot.doctor import Check, Known, Now, Room
from bot.errors import Gone, PlatformError

_USUAL = Timing()


class DiscordExaminer:
    """Implements `bot.doctor.Examiner` with the token of a deployment."""

    platform = PLATFORM

    def __init__(self, token: str, where: Where, spaces: Space, timing: Timing = _USUAL) -> None:
        """Look with this token."""
        self._token = token
        self._where = where
        self._spaces = spaces
        self._timing = timing

    async def look(self, known: Known | None) -> Sequence[Check]:
        """Look at token, servers, permissions and spaces."""
        one = client(self._where, self._timing)
        try:
            wrong = await self._login(one)
            if wrong is not None:
                later = (wording.INTENTS, wording.SERVERS, wording.PERMISSIONS, wording.SPACES)
                return [Check(wording.TOKEN, fine=False, text=wrong), *(Check(name, None) for name in later)]
            api = Api(one.http, Access(PLATFORM, ""), self._timing.request, self._timing.asking)
            us = str(one.user.id) if one.user is not None else ""
            accepted = Check(wording.TOKEN, fine=True, text=wording.ACCEPTED)
            return [accepted, _intents(one.application_flags), *await self._look(api, us, known)]
        finally:
            await one.close()

    async def _login(self, one: discord.Client) -> str | None:
        """Say why Discord doesn't let the bot in; None if it does."""
        try:
            await one.login(self._token)
        except discord.LoginFailure:
            return wording.REFUSED
        except FAILURES:
            return wording.UNREACHED.format(address=self._where.api_url)
        return None

    async def _look(self, api: Api, us: str, known: Known | None) -> list[Check]:
        try:
            guilds = await api.get("/users/@me/guilds")
        except PlatformError:
            return [Check(name, fine=False, text=wording.UNKNOWN) for name in (wording.SERVERS,)]
        checks = _servers(guilds, known)
        for guild in guilds:
            if known is None or guild["id"] in known.owners or not known.owners:
                checks.append(await self._permissions(api, us, guild))
        if known is None:
            return [*checks, Check(wording.SPACES, None)]
        here = {str(guild["id"]) for guild in guilds}
        return [*checks, *await self._rooms(api, [room for room in known.rooms if room.place.workspace in here])]

    async def _permissions(self, api: Api, us: str, guild: Mapping[str, Any]) -> Check:
        try:
            about = await api.get("/guilds/{guild_id}", guild_id=str(guild["id"]))
            member = await People(api).member(str(guild["id"]), us)
        except PlatformError:
            return Check(wording.PERMISSIONS, fine=False, text=wording.UNKNOWN)
        mine = {*map(str, (member or {}).get("roles") or []), str(guild["id"])}
        value = 0
        for role in about["roles"]:
            value |= int(role["permissions"]) if str(role["id"]) in mine else 0
        lacking = missing(self._spaces, discord.Permissions(value))
        if not lacking:
            return Check(wording.PERMISSIONS, fine=True, text=wording.ALL_PERMISSIONS.format(server=guild["name"]))
        names = ", ".join(wording.NAMES[name] for name in lacking)
        return Check(wording.PERMISSIONS, fine=False, text=wording.LACKING.format(server=guild["name"], names=names))

    async def _rooms(self, api: Api, rooms: Sequence[Room]) -> list[Check]:
        wrong = [text for room in rooms if (text := await _wrong(api, room)) is not None]
        if wrong:
            return [Check(wording.SPACES, fine=False, text=text) for text in wrong]
        text = wording.ALL_SPACES.format(number=len(rooms)) if rooms else wording.NO_SPACE
        return [Check(wording.SPACES, fine=True, text=text)]


def _intents(flags: discord.ApplicationFlags) -> Check:
    """Say whether Discord would tell more than is asked for: it does so in what is read of the history."""
    names = [
        name for flag, name in wording.INTENT_NAMES.items() if getattr(flags, flag) or getattr(flags, f"{flag}_limited")
    ]
    text = wording.INTENTS_ON.format(names=", ".join(names)) if names else wording.NO_INTENTS
    return Check(wording.INTENTS, fine=not names, text=text)


async def _wrong(api: Api, room: Room) -> str | None:
    """Say what is wrong with a space; None if nothing is."""
    try:
        about = await api.get("/channels/{channel_id}", channel_id=room.place.channel)
    except Gone:
        return wording.GONE.format(pair=room.pair)
    except PlatformError:
        return wording.UNKNOWN
    locked = (about.get("thread_metadata") or {}).get("locked")
    return wording.LOCKED.format(pair=room.pair) if locked else None


def _servers(guilds: Sequence[Mapping[str, Any]], known: Known | None) -> list[Check]:
    if not guilds:
        return [Check(wording.SERVERS, fine=False, text=wording.NO_SERVER)]
    if known is None:
        return [Check(wording.SERVERS, None)]
    names = {str(guild["id"]): guild["name"] for guild in guilds}
    checks: list[Check] = []
    for id_, name in names.items():
        if id_ in known.owners:
            text = wording.SERVER_FINE.format(server=name, program=known.owners[id_])
            checks.append(Check(wording.SERVERS, fine=True, text=text))
        elif known.owners:
            checks.append(Check(wording.SERVERS, fine=True, text=wording.NOT_OURS.format(server=name)))
        else:
            checks.append(Check(wording.SERVERS, fine=False, text=wording.NEVER_STARTED.format(server=name)))
    gone = [program for id_, program in known.owners.items() if id_ not in names]
    return checks + [
        Check(wording.SERVERS, fine=False, text=wording.NOT_THERE.format(program=program)) for program in gone
    ]


def examiner(settings: Config, _now: Now) -> DiscordExaminer | None:
    """Return what looks at Discord; None without a token for it."""
    if settings.secrets.discord_token is None:
        return None
    there = settings.discord
    where = Where(there.api_url, there.gateway_url)
    return DiscordExaminer(settings.secrets.discord_token.get_secret_value(), where, there.spaces)
