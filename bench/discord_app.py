"""An app on a gateway, in a process of its own: `python -m bench.discord_app ours|bare TOWN ADDRESS`.

"ours" is mentorbot's adapter before its core; "bare" is a client as discord.py's documentation shows it, with an
`on_message` that does nothing. It says "ready"; for each number that it reads it says "waits", and "taken" when so many
messages more have been taken; then it ends what it has in hand, and says "settled".
"""

import asyncio
import sys
from base64 import b64encode
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass, field

import discord as library
import yarl
from discord.gateway import DiscordWebSocket
from discord.http import Route

from adapters import discord
from bench.discord_server import APP_ID
from bench.ground import Built
from bot import logs
from bot.calls import Call, Observation
from bot.core import Core
from bot.rubbish import leave_alone_what_is_there
from bot.views import Reply

Settle = Callable[[], Awaitable[None]]


@dataclass
class Count:
    """How many messages were taken."""

    taken: int = 0
    changed: asyncio.Event = field(default_factory=asyncio.Event)

    def add(self, count: int) -> None:
        """Count messages that were taken."""
        self.taken += count
        self.changed.set()

    async def until(self, count: int) -> None:
        """Wait for so many, and begin anew."""
        while self.taken < count:
            self.changed.clear()
            await self.changed.wait()
        self.taken = 0


class Counted:
    """A core as the adapter has it, before which it is counted what is committed."""

    def __init__(self, core: Core, count: Count) -> None:
        """Count for a core."""
        self._core = core
        self._count = count
        self.features = core.features
        self.unseen = core.unseen
        self.roles = core.roles

    async def handle(self, call: Call) -> Reply | None:
        """Pass a call on."""
        return await self._core.handle(call)

    async def note(self, batch: Sequence[Observation]) -> None:
        """Pass on what happened, and count it when it is committed."""
        await self._core.note(batch)
        self._count.add(len(batch))


def _token(name: str) -> str:
    """Return a token in which Discord's own would name the app."""
    return f"{b64encode(APP_ID.encode()).decode()}.x.{name}"


@asynccontextmanager
async def ours(built: Built, address: str, count: Count) -> AsyncIterator[Settle]:
    """Serve a town as the running bot does."""
    where = discord.Where(f"http://{address}/api/v10", f"ws://{address}/ours/")
    async with built.opened() as bot:
        platform = await discord.connect(Counted(bot.core, count), token=_token("ours"), where=where)
        leave_alone_what_is_there()
        try:
            yield bot.core.settled
        finally:
            await platform.close()


@asynccontextmanager
async def bare(_built: Built, address: str, count: Count) -> AsyncIterator[Settle]:
    """Take messages, and do nothing with them."""
    Route.BASE, DiscordWebSocket.DEFAULT_GATEWAY = f"http://{address}/api/v10", yarl.URL(f"ws://{address}/bare/")
    client = library.Client(intents=library.Intents(guilds=True, guild_messages=True))

    @client.event
    async def on_message(_message: library.Message) -> None:
        count.add(1)

    await client.login(_token("bare"))
    running = asyncio.create_task(client.connect())
    await client.wait_until_ready()

    async def nothing() -> None:
        pass

    try:
        yield nothing
    finally:
        await client.close()
        await asyncio.gather(running, return_exceptions=True)


APPS: dict[str, Callable[[Built, str, Count], AbstractAsyncContextManager[Settle]]] = {"ours": ours, "bare": bare}


async def _main(name: str, built: Built, address: str) -> None:
    count = Count()
    async with APPS[name](built, address, count) as settle:
        _say("ready")
        while line := await asyncio.to_thread(sys.stdin.readline):
            _say("waits")
            await count.until(int(line))
            _say("taken")
            await settle()
            _say("settled")


def _say(text: str) -> None:
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    logs.configure("warning", "text")
    asyncio.run(_main(sys.argv[1], Built.from_text(sys.argv[2]), sys.argv[3]))
