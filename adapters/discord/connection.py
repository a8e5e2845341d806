"""The library's client, and the gateway on which Discord tells what happens.

Events are taken as they come, before the library makes objects of them and keeps them: nothing is to be remembered
between two of them, and so nothing is, and an old button works after a restart like a new one.
"""

import asyncio
import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import discord
import structlog
import yarl
from discord.gateway import DiscordWebSocket
from discord.http import Route

from bot.access import Access

log = structlog.get_logger(__name__)

Event = dict[str, Any]
Hear = Callable[[str, Event], None]

INTENTS = discord.Intents(guilds=True, guild_messages=True, guild_reactions=True, dm_messages=True)
OBSERVED = (
    "MESSAGE_CREATE",
    "MESSAGE_UPDATE",
    "MESSAGE_DELETE",
    "MESSAGE_DELETE_BULK",
    "MESSAGE_REACTION_ADD",
    "MESSAGE_REACTION_REMOVE",
    "CHANNEL_DELETE",
    "THREAD_DELETE",
    "THREAD_MEMBERS_UPDATE",
)
HEARD = (*OBSERVED, "READY", "RESUMED", "GUILD_CREATE", "GUILD_DELETE", "INTERACTION_CREATE")
WRONG_TOKEN, WRONG_SHARDS, NOT_ALLOWED = (4004,), (4010, 4011), (4013, 4014)  # how the gateway ends for good


@dataclass(frozen=True, slots=True)
class Timing:
    """How long things may take, in seconds.

    `patience`: until an interaction is answered for the time being; Discord waits three. `request`: for an answer of
    Discord's. `asking`: for one with all that the library repeats and waits. `identify`: before a session is begun
    anew; Discord wants five. `pause`: after the database was away. `ending`: for calls under way, when the bot ends.
    """

    patience: float = 2.0
    request: float = 20.0
    asking: float = 60.0
    identify: float = 5.0
    pause: float = 1.0
    ending: float = 5.0


@dataclass(frozen=True, slots=True)
class Where:
    """Where Discord is; in how many parts all servers are divided (0: not at all), and which are served here."""

    api_url: str = "https://discord.com/api/v10"
    gateway_url: str = "wss://gateway.discord.gg/"
    shard_count: int = 0
    shard_ids: tuple[int, ...] = ()


class Client(discord.Client):
    """A client that keeps nothing in mind."""

    wait_to_identify = 5.0

    async def before_identify_hook(self, shard_id: int | None, *, initial: bool = False) -> None:
        """Wait before a session is begun anew."""
        if not initial:
            await asyncio.sleep(self.wait_to_identify)


class Sharded(discord.AutoShardedClient):
    """The same, for some of several parts of all servers."""

    wait_to_identify = 5.0

    async def before_identify_hook(self, shard_id: int | None, *, initial: bool = False) -> None:
        """Wait before each session but the first."""
        if not initial:
            await asyncio.sleep(self.wait_to_identify)


def client(where: Where, timing: Timing) -> Client | Sharded:
    """Return a client for these addresses.

    They are global in the library: one process speaks with one Discord.
    """
    # It logs each attempt with a traceback: we say it in our own words.
    logging.getLogger("discord").setLevel(logging.CRITICAL)
    Route.BASE = where.api_url.rstrip("/")
    DiscordWebSocket.DEFAULT_GATEWAY = yarl.URL(where.gateway_url)
    options: dict[str, Any] = {
        "intents": INTENTS,
        "max_messages": None,
        "member_cache_flags": discord.MemberCacheFlags.none(),
        "chunk_guilds_at_startup": False,
        "allowed_mentions": discord.AllowedMentions.none(),
        "max_ratelimit_timeout": 30.0,
    }
    made: Client | Sharded
    if not where.shard_count:
        made = Client(**options)
    else:
        ids = list(where.shard_ids or range(where.shard_count))
        made = Sharded(**options, shard_count=where.shard_count, shard_ids=ids)
    made.wait_to_identify = timing.identify
    return made


class Gateway:
    """The gateway of a client: connected in the background, heard by `hear`."""

    def __init__(self, client_: Client | Sharded, access: Access, hear: Hear) -> None:
        """Let events come to `hear`, and to nobody else."""
        self._client = client_
        self._access = access
        self._hear = hear
        self._task: asyncio.Task[None] | None = None
        self._ready: set[int] = set()  # shards
        self._is_ready = asyncio.Event()
        self._is_closing = False
        # The library looks up here what it does with an event. What it would do is make objects and keep them.
        parsers = client_._connection.parsers  # noqa: SLF001 - there is no other way to an event as it came
        parsers.clear()
        parsers.update({kind: self._heard(kind) for kind in HEARD})

    async def connect(self, seconds: float) -> None:
        """Connect. Raises what ended the connection, or TimeoutError."""
        self._task = asyncio.create_task(self._client.connect())
        self._task.add_done_callback(self._ended)
        ready = asyncio.create_task(self._is_ready.wait())
        await asyncio.wait({self._task, ready}, timeout=seconds, return_when=asyncio.FIRST_COMPLETED)
        ready.cancel()
        if self._task.done():
            self._task.result()
        if not self._is_ready.is_set():
            raise TimeoutError

    @property
    def is_open(self) -> bool:
        """Whether every socket stands just now."""
        if not self._is_ready.is_set() or self._task is None or self._task.done():
            return False
        if isinstance(self._client, Sharded):
            return all(not shard.is_closed() for shard in self._client.shards.values())
        return bool(self._client.ws.open)

    async def close(self) -> None:
        """Close the sockets."""
        self._is_closing = True
        await self._client.close()
        if self._task is not None:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)

    def _heard(self, kind: str) -> Callable[[Event], None]:
        def heard(event: Event) -> None:
            try:
                if kind == "READY":
                    self._note(event)
                self._hear(kind, event)
            except (ArithmeticError, LookupError, TypeError, ValueError, AttributeError):
                log.warning("an event of Discord's could not be read", kind=kind)

        return heard

    def _note(self, event: Mapping[str, Any]) -> None:
        number, count = event.get("shard") or (0, 1)
        self._ready.add(number)
        expected = self._client.shard_ids or range(count) if isinstance(self._client, Sharded) else [0]
        if self._ready >= set(expected):
            self._is_ready.set()

    def _ended(self, task: asyncio.Task[None]) -> None:
        """Note that Discord ended it for good, while the bot was at work."""
        if task.cancelled() or self._is_closing:
            return
        error = task.exception()
        if self._is_ready.is_set():
            log.error("the connection to Discord has ended for good", reason=why_ended(error))
            self._access.denied()


def why_ended(error: BaseException | None) -> str:
    """Say why the gateway ended."""
    if isinstance(error, discord.PrivilegedIntentsRequired):
        return "an intent is not allowed"
    if isinstance(error, discord.ConnectionClosed):
        return f"Discord closed it with {error.code}"
    return type(error).__name__
