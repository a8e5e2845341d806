"""The pages that are open: each has a queue of its own, so that a tab that sleeps holds nobody up."""

import asyncio
import json
from contextlib import suppress

from aiohttp import WSCloseCode
from aiohttp.web import WebSocketResponse

from adapters.playground import limits
from adapters.playground.community import Json


class Tab:
    """One page's connection."""

    def __init__(self, socket: WebSocketResponse, transport: asyncio.BaseTransport | None) -> None:
        """Begin to send what is put in its queue."""
        self._socket = socket
        self._transport = transport
        self._queue: asyncio.Queue[Json] = asyncio.Queue(limits.WAITING_FRAMES)
        self._writer = asyncio.create_task(self._write())

    def tell(self, frame: Json) -> None:
        """Send a frame when its turn comes. A tab that is too far behind is cut off; it connects anew."""
        try:
            self._queue.put_nowait(frame)
        except asyncio.QueueFull:
            self._cut_off()

    async def close(self) -> None:
        """Send nothing more and end the connection."""
        self._writer.cancel()
        with suppress(ConnectionError, RuntimeError):
            await self._socket.close(code=WSCloseCode.GOING_AWAY)

    async def _write(self) -> None:
        try:
            while True:
                await self._socket.send_str(json.dumps(await self._queue.get()))
        except ConnectionError:
            self._cut_off()

    def _cut_off(self) -> None:
        self._writer.cancel()
        if isinstance(self._transport, asyncio.WriteTransport):
            self._transport.abort()


class Tabs:
    """All of them."""

    def __init__(self) -> None:
        """Begin without any."""
        self._open: set[Tab] = set()

    def add(self, tab: Tab) -> None:
        """Tell this one too from now on."""
        self._open.add(tab)

    def remove(self, tab: Tab) -> None:
        """Tell it nothing more."""
        self._open.discard(tab)

    def tell(self, frame: Json) -> None:
        """Send a frame to each."""
        for tab in self._open:
            tab.tell(frame)

    async def close(self) -> None:
        """End all connections."""
        await asyncio.gather(*(tab.close() for tab in list(self._open)))
