"""An app on a socket, in a process of its own: `python -m bench.slack_app ours|bare TOWN ADDRESS`.

"ours" is mentorbot's adapter before its core; "bare" is Bolt as its documentation shows it, with a listener that does
nothing. For each line that it reads it ends what it has in hand, and says how much memory it has needed so far, in KB;
"ready" comes before all.
"""

import asyncio
import sys
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager

from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_bolt.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from adapters import slack
from bench.ground import Built
from bench.life import peak
from bot import logs
from bot.rubbish import leave_alone_what_is_there

BOT = "xoxb-bench"

Settle = Callable[[], Awaitable[None]]


@asynccontextmanager
async def ours(built: Built, address: str) -> AsyncIterator[Settle]:
    """Serve a town as the running bot does."""
    async with built.opened() as bot:
        platform = await slack.connect(bot.core, bot_token=BOT, app_token="xapp-ours", api_url=address)  # noqa: S106
        leave_alone_what_is_there()
        try:
            yield bot.core.settled
        finally:
            await platform.close()


@asynccontextmanager
async def bare(built: Built, address: str) -> AsyncIterator[Settle]:
    """Acknowledge, and do nothing else."""
    app = AsyncApp(client=AsyncWebClient(token=BOT, base_url=address))

    async def noted() -> None:
        pass

    app.event("message")(noted)
    handler = AsyncSocketModeHandler(app, "xapp-bare", web_client=app.client)
    await handler.connect_async()  # type: ignore[no-untyped-call]
    try:
        yield noted
    finally:
        await handler.close_async()  # type: ignore[no-untyped-call]


APPS: dict[str, Callable[[Built, str], AbstractAsyncContextManager[Settle]]] = {"ours": ours, "bare": bare}


async def _main(name: str, built: Built, address: str) -> None:
    async with APPS[name](built, address) as settle:
        _say("ready")
        while await asyncio.to_thread(sys.stdin.readline):
            await settle()
            _say(str(peak()))


def _say(text: str) -> None:
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    logs.configure("warning", "text")
    asyncio.run(_main(sys.argv[1], Built.from_text(sys.argv[2]), sys.argv[3]))
