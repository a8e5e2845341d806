"""Socket Mode: hello, envelopes, acknowledgements, redelivery, refreshing; several sockets take turns."""

import asyncio
import json
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from uuid import uuid4

from aiohttp import WSMsgType, web

from tests.stand_ins.changes import Changes
from tests.stand_ins.slack.errors import Json

MOST = 10


@dataclass(eq=False)
class Envelope:
    """Something that is told to the app; `response` is what it acknowledged with."""

    kind: str  # events_api, slash_commands, interactive
    payload: Json
    accepts_response: bool = False
    attempts: int = 0
    sent: list[str] = field(default_factory=list)  # envelope ids, one for each attempt that found a socket
    acknowledged: bool = False
    response: Json | None = None
    hurry: asyncio.Event = field(default_factory=asyncio.Event)

    def frame(self) -> Json:
        """Return what goes over the wire."""
        again = {"retry_attempt": self.attempts - 1, "retry_reason": "timeout" if self.attempts > 1 else ""}
        return {
            "envelope_id": self.sent[-1],
            "type": self.kind,
            "accepts_response_payload": self.accepts_response,
            "payload": self.payload,
            **(again if self.kind == "events_api" else {}),
        }


@dataclass(eq=False)
class Socket:
    """A connection of the app; one that is `leaving` was told that it will be closed and gets nothing more."""

    wire: web.WebSocketResponse
    leaving: bool = False
    got: list[str] = field(default_factory=list)  # envelope ids

    async def disconnect(self, reason: str) -> None:
        """Say that this connection ends soon."""
        await self.wire.send_json({"type": "disconnect", "reason": reason, "debug_info": {"host": "applink-1"}})


class Sockets:
    """All connections, and what is on its way over them."""

    def __init__(self, changes: Changes, *, ack_within: float = 3.0, again: tuple[float, ...] = (0, 60, 300)) -> None:
        """Wait `ack_within` seconds for an acknowledgement, and tell an event again after each of `again`."""
        self._changes = changes
        self.ack_within = ack_within
        self.again = again
        self.open: list[Socket] = []
        self.sent: list[Envelope] = []
        self.held: list[Envelope] | None = None
        self.twice = 0  # so many events yet are told twice although they were acknowledged
        self._moving: set[Envelope] = set()  # neither acknowledged nor waiting for a later attempt
        self._by_id: dict[str, Envelope] = {}
        self._tickets: set[str] = set()
        self._tasks: set[asyncio.Task[None]] = set()
        self._turn = 0

    def ticket(self) -> str:
        """Return what lets one connection in."""
        self._tickets.add(ticket := uuid4().hex)
        return ticket

    async def serve(self, request: web.Request) -> web.StreamResponse:
        """Serve one connection until it ends."""
        ticket = request.query.get("ticket", "")
        if ticket not in self._tickets:
            return web.Response(status=403)
        self._tickets.discard(ticket)
        wire = web.WebSocketResponse()
        await wire.prepare(request)
        socket = Socket(wire)
        if len(self.open) >= MOST:
            await socket.disconnect("too_many_websockets")
            await wire.close()
            return wire
        await self._hello(wire, request.query.get("app_id", ""))
        self.open.append(socket)
        self._changes.tell()
        try:
            await self._listen(wire)
        finally:
            self.open.remove(socket)
            self._changes.tell()
        return wire

    async def _hello(self, wire: web.WebSocketResponse, app: str) -> None:
        about = {"host": "applink-1", "build_number": 1, "approximate_connection_time": 18060}
        hello = {"type": "hello", "num_connections": len(self.open) + 1, "debug_info": about}
        await wire.send_json({**hello, "connection_info": {"app_id": app}})

    async def _listen(self, wire: web.WebSocketResponse) -> None:
        async for frame in wire:
            if frame.type is WSMsgType.TEXT:
                self._acknowledge(json.loads(frame.data))

    def _acknowledge(self, frame: Json) -> None:
        envelope = self._by_id.get(frame.get("envelope_id", ""))
        if envelope is not None and not envelope.acknowledged:
            envelope.acknowledged = True
            envelope.response = frame.get("payload") or None
            envelope.hurry.set()
        self._changes.tell()

    def deliver(self, kind: str, payload: Json, *, accepts_response: bool = False) -> Envelope:
        """Tell the app something, as soon as the others before it are told."""
        envelope = Envelope(kind, payload, accepts_response)
        self.sent.append(envelope)
        if self.held is not None:
            self.held.append(envelope)
        else:
            self._start(envelope)
        return envelope

    def hold(self) -> None:
        """Tell nothing until `release`."""
        self.held = []

    def release(self, order: Callable[[list[Envelope]], list[Envelope]] = lambda held: held) -> None:
        """Tell what was held back, in an order of one's own."""
        held, self.held = self.held or [], None
        for envelope in order(list(held)):
            self._start(envelope)

    def redeliver(self) -> None:
        """Let the time pass at which the app is told again what it did not acknowledge."""
        for envelope in self.unacknowledged:
            self._moving.add(envelope)
            envelope.hurry.set()

    def repeat(self, envelope: Envelope) -> Envelope:
        """Tell something once more, although it was acknowledged."""
        again = Envelope(envelope.kind, envelope.payload, envelope.accepts_response, attempts=envelope.attempts)
        self.sent.append(again)
        self._start(again)
        return again

    @property
    def unacknowledged(self) -> list[Envelope]:
        """What waits to be told again."""
        late = [one for one in self.sent if not one.acknowledged and not self.moves(one)]
        return [one for one in late if 0 < one.attempts <= len(self.again)]

    @property
    def quiet(self) -> bool:
        """Whether nothing is on its way."""
        return not self._moving

    def moves(self, envelope: Envelope) -> bool:
        """Tell whether something is on its way."""
        return envelope in self._moving

    def _start(self, envelope: Envelope) -> None:
        self._moving.add(envelope)
        task = asyncio.create_task(self._carry(envelope))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _carry(self, envelope: Envelope) -> None:
        pauses = self.again if envelope.kind == "events_api" else ()
        for pause in (None, *pauses):
            if pause is not None:
                await self._pause(envelope, pause)
            if envelope.acknowledged:  # late, but still
                break
            envelope.attempts += 1
            await self._attempt(envelope)
            if envelope.acknowledged:
                break
        self._moving.discard(envelope)
        if envelope.acknowledged and self.twice and envelope.kind == "events_api":
            self.twice -= 1
            self.repeat(envelope)
        self._changes.tell()

    async def _pause(self, envelope: Envelope, seconds: float) -> None:
        if not seconds:
            return
        self._moving.discard(envelope)
        envelope.hurry.clear()
        self._changes.tell()
        with suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                await envelope.hurry.wait()
        self._moving.add(envelope)

    async def _attempt(self, envelope: Envelope) -> None:
        socket = self._next()
        if socket is None:
            return
        envelope.sent.append(str(uuid4()))
        self._by_id[envelope.sent[-1]] = envelope
        socket.got.append(envelope.sent[-1])
        try:
            await socket.wire.send_json(envelope.frame())
        except ConnectionError:
            return
        self._changes.tell()
        await self._changes.until(lambda: envelope.acknowledged or socket not in self.open, self.ack_within)

    def _next(self) -> Socket | None:
        able = [socket for socket in self.open if not socket.leaving and not socket.wire.closed]
        self._turn += 1
        return able[self._turn % len(able)] if able else None

    async def refresh(self, socket: Socket, reason: str = "refresh_requested") -> None:
        """Ask a connection to be replaced by another."""
        socket.leaving = True
        await socket.disconnect(reason)

    async def drop(self, socket: Socket) -> None:
        """Lose a connection without a word."""
        transport = socket.wire._req.transport if socket.wire._req else None  # noqa: SLF001
        if transport is not None:
            transport.abort()
        await self._changes.until(lambda: socket not in self.open, 5)

    async def close(self) -> None:
        """End all connections."""
        for task in [*self._tasks]:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        for socket in [*self.open]:
            await socket.wire.close()
