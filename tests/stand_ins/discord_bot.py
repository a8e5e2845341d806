"""The real client of discord.py, connected to a stand-in, with open ears; and calls of it that Discord refuses."""

import asyncio
import json
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

import discord
import pytest
import yarl
from discord.gateway import DiscordWebSocket
from discord.http import Route

from tests.stand_ins.discord import Discord, Json

UNPRIVILEGED = discord.Intents(guilds=True, guild_messages=True, dm_messages=True, reactions=True)
Asked = discord.Interaction["Bot"]
Act = Callable[[Asked], Awaitable[object]]
COMMANDS: list[Json] = [
    {
        "name": "mentor",
        "description": "For members",
        "options": [
            {
                "type": 1,
                "name": "away",
                "description": "Be away",
                "options": [
                    {"type": 3, "name": "until", "description": "When", "required": True, "autocomplete": True},
                    {"type": 6, "name": "who", "description": "Who"},
                    {"type": 4, "name": "days", "description": "Days", "min_value": 1, "max_value": 9},
                    {"type": 5, "name": "quietly", "description": "Tell nobody"},
                    {
                        "type": 3,
                        "name": "why",
                        "description": "Why",
                        "choices": [{"name": "Ill", "value": "i"}, {"name": "Busy", "value": "b"}],
                    },
                    {"type": 11, "name": "file", "description": "A file"},
                ],
            }
        ],
    },
    {"name": "admin", "description": "For some", "default_member_permissions": str(1 << 5), "contexts": [0]},
    {"name": "Try this", "type": 3},
    {"name": "Try them", "type": 2},
]


class Bot(discord.Client):
    """A real client: `heard` is what the gateway told it; `on` does something with the next interactions."""

    def __init__(self, server: Discord, intents: discord.Intents = UNPRIVILEGED) -> None:
        """Be the app of this server."""
        super().__init__(
            intents=intents,
            max_messages=None,
            chunk_guilds_at_startup=False,
            enable_debug_events=True,
            allowed_mentions=discord.AllowedMentions.none(),
            guild_ready_timeout=0,
        )
        self.server = server
        self.heard: list[tuple[str, Json]] = []
        self.interactions: list[discord.Interaction[Bot]] = []
        self.acts: list[Act] = []

    async def before_identify_hook(self, shard_id: int | None, *, initial: bool = False) -> None:
        """Connect again at once."""

    async def on_socket_raw_receive(self, text: str) -> None:
        """Take down what is told."""
        frame = json.loads(text)
        if frame["op"] == 0:
            self.heard.append((frame["t"], frame["d"]))

    async def on_interaction(self, interaction: discord.Interaction["Bot"]) -> None:
        """Do what was asked for."""
        self.interactions.append(interaction)
        if self.acts:
            await self.acts.pop(0)(interaction)
        self.server.changes.tell()

    def on(self, *acts: Act) -> None:
        """Answer the next interactions so."""
        self.acts.extend(acts)

    def of(self, event: str) -> list[Json]:
        """Return what was told of one kind of event."""
        return [data for name, data in self.heard if name == event]

    @property
    def events(self) -> list[str]:
        """What was told after the beginning."""
        return [name for name, _ in self.heard if name not in ("READY", "GUILD_CREATE")]

    def text(self, id_: str) -> discord.PartialMessageable:
        """Return a channel in which one can write."""
        return self.get_partial_messageable(int(id_))

    @asynccontextmanager
    async def connected(self) -> AsyncIterator["Bot"]:
        """Connect, and close."""
        before = Route.BASE, DiscordWebSocket.DEFAULT_GATEWAY
        Route.BASE, DiscordWebSocket.DEFAULT_GATEWAY = self.server.api_url, yarl.URL(self.server.gateway_url)
        running = asyncio.create_task(self.start(self.server.app.token))
        try:
            assert await self.server.connected()
            await self.wait_until_ready()
            yield self
        finally:
            await self.close()
            await asyncio.gather(running, return_exceptions=True)
            Route.BASE, DiscordWebSocket.DEFAULT_GATEWAY = before


async def failure(call: Awaitable[object]) -> discord.HTTPException:
    """Return the error with which a call fails."""
    with pytest.raises(discord.HTTPException) as caught:
        await call
    return caught.value


async def code(call: Awaitable[object]) -> int:
    """Return the code with which a call fails."""
    return (await failure(call)).code
