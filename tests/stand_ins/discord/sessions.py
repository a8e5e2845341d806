"""Sessions of the gateway, which outlive their connections, and the connections themselves."""

import asyncio
import json
import zlib
from collections import deque
from dataclasses import dataclass, field
from uuid import uuid4

from aiohttp import web

from tests.stand_ins.discord.errors import Json

DISPATCH, HEARTBEAT, RECONNECT, INVALID_SESSION, HELLO, HEARTBEAT_ACK = 0, 1, 7, 9, 10, 11
REPLAYED = 50_000  # as many events as are kept for a session that comes back


@dataclass(eq=False)
class Connection:
    """One socket. What is sent goes out in order, by a task of its own; `held` back if it is to wait."""

    wire: web.WebSocketResponse
    compressed: bool = False
    session: "Session | None" = None
    frames: asyncio.Queue[str | None] = field(default_factory=asyncio.Queue)
    close_code: int | None = None
    beats: int = 0
    taken: deque[float] = field(default_factory=deque)  # when it sent something, of late

    def send(self, op: int, data: object = None) -> None:
        """Send what isn't an event."""
        self.frames.put_nowait(json.dumps({"op": op, "d": data, "s": None, "t": None}))

    async def write(self) -> None:
        """Send what there is to send, until the end."""
        deflate = zlib.compressobj(1)
        while (frame := await self.frames.get()) is not None:
            try:
                if self.compressed:
                    parts = deflate.compress(frame.encode()) + deflate.flush(zlib.Z_SYNC_FLUSH)
                    await self.wire.send_bytes(parts)
                else:
                    await self.wire.send_str(frame)
            except (ConnectionError, RuntimeError):
                return
        await self.wire.close(code=self.close_code or 1000)

    def end(self, code: int) -> None:
        """Close with a code, after all that is yet to be sent."""
        self.close_code = code
        self.frames.put_nowait(None)

    def abort(self) -> None:
        """Lose the connection without a word."""
        transport = self.wire._req.transport if self.wire._req else None  # noqa: SLF001
        if transport is not None:
            transport.abort()


@dataclass(eq=False)
class Session:
    """What one shard of the app is told; while it has no connection, events wait for it to be resumed."""

    intents: int
    shard: tuple[int, int] = (0, 1)
    id: str = field(default_factory=lambda: uuid4().hex)
    number: int = 0  # of its last event
    heard: int = 0  # the last event that the app said it has
    connection: Connection | None = None
    sent: deque[tuple[int, str]] = field(default_factory=lambda: deque(maxlen=REPLAYED))
    swallowed: list[tuple[str, Json]] = field(default_factory=list)
    left: float = 0.0  # when its connection was lost
    swallows: int = 0  # so many events yet are lost for good
    swallows_only: str = ""  # events of this kind

    def hears(self, guild: str | None) -> bool:
        """Tell whether a server belongs to this shard; direct messages belong to the first."""
        number, shards = self.shard
        return number == ((int(guild) >> 22) % shards if guild else 0)

    def dispatch(self, event: str, data: Json) -> None:
        """Tell of an event."""
        if self.swallows and (not self.swallows_only or event == self.swallows_only):
            self.swallows -= 1
            self.swallowed.append((event, data))
            return
        self.number += 1
        frame = json.dumps({"t": event, "s": self.number, "op": DISPATCH, "d": data})
        self.sent.append((self.number, frame))
        if self.connection is not None:
            self.connection.frames.put_nowait(frame)

    def replay(self, after: int) -> None:
        """Tell again what came after an event, and that this is all."""
        assert self.connection is not None
        for number, frame in self.sent:
            if number > after:
                self.connection.frames.put_nowait(frame)
        self.dispatch("RESUMED", {"_trace": ["stand-in"]})
