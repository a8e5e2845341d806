"""Discord, over its gateway: the real platform of programs that live in a Discord server."""

from collections.abc import Awaitable, Callable
from contextlib import AsyncExitStack
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Literal

import aiohttp
import structlog

from adapters.discord.answers import Answers
from adapters.discord.connection import Gateway, Timing, Where, client
from adapters.discord.drafts import Drafts
from adapters.discord.failures import Api
from adapters.discord.files import Files
from adapters.discord.guild import PLATFORM
from adapters.discord.homes import Homes
from adapters.discord.hooks import Hooks
from adapters.discord.incoming import Incoming
from adapters.discord.introduction import checked, introduced, tell_commands
from adapters.discord.parts import Core, Parts
from adapters.discord.people import People
from adapters.discord.platform import Discord, Socket
from adapters.discord.spaces import Channels, Threads
from adapters.discord.spelling import Spelling
from adapters.discord.stream import Missed, Stream
from bot.access import Access

__all__ = ["PLATFORM", "Core", "Discord", "Guild", "Missed", "Timing", "Where", "connect", "guilds_of"]

LOCKED_OUT = "its token was reset, or the app deleted; mentorbot doctor tells"

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
    async with client(where, _USUAL) as one:
        await checked(one.login(token), where.api_url)
        found = await checked(one.http.get_guilds(limit=200), where.api_url)
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
    async with AsyncExitStack() as opened:  # closed again if it comes to nothing
        session = await opened.enter_async_context(_session(timing))
        one = client(where, timing)
        opened.push_async_callback(one.close)
        us, app = await introduced(one, token, where.api_url)
        api = Api(one.http, access, timing.request, timing.asking)
        stream = Stream(core.note, missed, timing.pause)
        parts = _parts(core, app, api, session, stream, timing)
        incoming = Incoming(core, us, parts, now, lambda guild, name: joined(Guild(guild, name)))
        gateway = Gateway(one, access, incoming.hear)
        for close in (gateway.close, api.close, stream.close):
            opened.push_async_callback(close)
        await tell_commands(api, app, core.features, where.api_url)
        await checked(gateway.connect(timing.asking), where.api_url)
        log.info("connected to Discord")
        opened.push_async_callback(incoming.end, timing.ending)
        socket = _socket(gateway, access, incoming, stream, opened.pop_all())
    making = (Threads if spaces == "thread" else Channels)(api, parts.people, us)
    return Discord(api, us, parts.people, making, Spelling(core.features), socket)


def _session(timing: Timing) -> aiohttp.ClientSession:
    return aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=timing.request))


def _parts(core: Core, app: str, api: Api, session: aiohttp.ClientSession, stream: Stream, timing: Timing) -> Parts:
    people, drafts = People(api), Drafts()
    answers = Answers(Hooks(app, session), people, Spelling(core.features), drafts, timing.patience)
    return Parts(api, people, Homes(core, people), stream, answers, drafts, Files(session))


def _socket(gateway: Gateway, access: Access, incoming: Incoming, stream: Stream, opened: AsyncExitStack) -> Socket:
    async def settled() -> None:
        await incoming.settled()
        await stream.caught_up()

    return Socket(lambda: gateway.is_open and not access.lost, settled, opened.aclose)
