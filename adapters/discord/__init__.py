"""Discord, over its gateway: the real platform of programs that live in a Discord server."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Literal, TypeVar

import aiohttp
import discord
import structlog

from adapters.discord import tree
from adapters.discord.answers import Answers
from adapters.discord.connection import (
    NOT_ALLOWED,
    WRONG_SHARDS,
    WRONG_TOKEN,
    Client,
    Gateway,
    Sharded,
    Timing,
    Where,
    client,
    why_ended,
)
from adapters.discord.drafts import Drafts
from adapters.discord.failures import FAILURES, Api
from adapters.discord.files import Files
from adapters.discord.guild import PLATFORM
from adapters.discord.homes import Homes
from adapters.discord.hooks import Hooks
from adapters.discord.incoming import Core, Incoming, Parts
from adapters.discord.people import People
from adapters.discord.platform import Discord, Socket
from adapters.discord.spaces import Channels, Threads
from adapters.discord.spelling import Spelling
from adapters.discord.stream import Missed, Stream
from bot.access import Access
from bot.config import ConfigError
from bot.errors import PlatformError, UserError

__all__ = ["PLATFORM", "Core", "Discord", "Guild", "Missed", "Timing", "Where", "connect", "guilds_of"]

WRONG = (
    "DISCORD_TOKEN: Discord doesn't take it. It should be the bot's token, which stands in Discord's Developer Portal "
    'under "Bot"; "Reset Token" there makes a new one.'
)
SHARDS = "[discord] shard_count, shard_ids: Discord doesn't take them. It asks for another number of parts."
INTENT = "Discord doesn't allow an intent that mentorbot asks for. It asks for none that has to be switched on."

LOCKED_OUT = "its token was reset, or the app deleted; mentorbot doctor tells"

T = TypeVar("T")
Space = Literal["channel", "thread"]
_USUAL = Timing()
_THERE = Where()

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Guild:
    """A server that the bot is in."""

    id: str
    name: str


async def _nothing() -> None:
    """Do nothing about what was missed."""


async def _nobody(_guild: Guild) -> None:
    """Do nothing about a server."""


def _now() -> datetime:
    return datetime.now(UTC)


async def guilds_of(token: str, where: Where = _THERE) -> tuple[Guild, ...]:
    """Return the servers that a bot is in, the one that it came to first before others.

    Raises ConfigError for a wrong token, UserError if Discord can't be reached.
    """
    one = client(where, _USUAL)
    try:
        await _checked(one.login(token), where.api_url)
        found = await _checked(one.http.get_guilds(limit=200), where.api_url)
    finally:
        await one.close()
    return tuple(Guild(str(guild["id"]), guild["name"]) for guild in found)


async def connect(
    core: Core,
    *,
    token: str,
    where: Where = _THERE,
    spaces: Space = "channel",
    missed: Missed = _nothing,
    joined: Callable[[Guild], Awaitable[None]] = _nobody,
    timing: Timing = _USUAL,
    now: Callable[[], datetime] = _now,
) -> Discord:
    """Connect a core to all servers that the bot is in; `missed` is done after each break of the connection.

    `joined` is told of each server, also of those that the bot comes to later.

    Raises ConfigError for a wrong token, UserError if Discord can't be reached.
    """
    access = Access(PLATFORM, LOCKED_OUT)
    one = client(where, timing)
    api = Api(one.http, access, timing.request, timing.asking)
    session = aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=timing.request))
    people, drafts, spelling = People(api), Drafts(), Spelling(core.features)
    stream = Stream(core.note, missed, timing.pause)
    try:
        us, app = await _introduced(one, token, where.api_url)
        answers = Answers(Hooks(app, session), people, spelling, drafts, timing.patience)
        parts = Parts(api, people, Homes(core, people), stream, answers, drafts, Files(session))
        incoming = Incoming(core, us, parts, now, lambda guild, name: joined(Guild(guild, name)))
        gateway = Gateway(one, access, incoming.hear)
        if await _asked(tree.sync(api, app, core.features), where.api_url):
            log.info("Discord was told which commands there are")
        await _checked(gateway.connect(timing.asking), where.api_url)
        log.info("connected to Discord")
    except BaseException:
        await stream.close()
        await one.close()
        await session.close()
        raise

    async def close() -> None:
        await incoming.end(timing.ending)
        await stream.close()
        await api.close()
        await gateway.close()
        await session.close()

    async def settled() -> None:
        await incoming.settled()
        await stream.caught_up()

    socket = Socket(lambda: gateway.is_open and not access.lost, settled, close)
    making = (Threads if spaces == "thread" else Channels)(api, people, us)
    return Discord(api, us, people, making, spelling, socket)


async def _introduced(one: Client | Sharded, token: str, api_url: str) -> tuple[str, str]:
    """Return the ids of the bot and its app."""
    await _checked(one.login(token), api_url)
    if one.user is None or one.application_id is None:
        raise UserError("Discord doesn't say who the bot is. Please try again in a minute.")
    return str(one.user.id), str(one.application_id)


async def _asked(asked: Awaitable[T], api_url: str) -> T:
    try:
        return await asked
    except PlatformError as error:
        raise UserError(f"Discord at {api_url} refuses mentorbot's commands: {error}.") from None


async def _checked(asked: Awaitable[T], api_url: str) -> T:
    """Ask Discord at the start; say in plain words what is wrong."""
    try:
        return await asked
    except discord.LoginFailure:
        raise ConfigError([WRONG]) from None
    except discord.PrivilegedIntentsRequired:
        raise ConfigError([INTENT]) from None
    except discord.ConnectionClosed as closed:
        raise _refused(closed) from None
    except FAILURES as error:
        raise UserError(f"Discord can't be reached at {api_url}: {why_ended(error)}. Is there a connection?") from None


def _refused(closed: discord.ConnectionClosed) -> Exception:
    for codes, text in ((WRONG_TOKEN, WRONG), (WRONG_SHARDS, SHARDS), (NOT_ALLOWED, INTENT)):
        if closed.code in codes:
            return ConfigError([f"{text} (Discord says: {closed.code})"])
    return UserError(f"Discord closed the connection ({closed.code}). Please try again in a minute.")
