"""The gateway: HELLO, IDENTIFY, READY, heartbeats, RESUME; and what can befall a connection."""

import asyncio
import json
import time
from collections.abc import Iterator
from contextlib import suppress
from typing import TYPE_CHECKING

from aiohttp import WSMsgType, web

from tests.stand_ins.discord import chunks, showing
from tests.stand_ins.discord.errors import Json
from tests.stand_ins.discord.events import EVERY_INTENT, GUILDS
from tests.stand_ins.discord.sessions import (
    HEARTBEAT,
    HEARTBEAT_ACK,
    HELLO,
    INVALID_SESSION,
    RECONNECT,
    Connection,
    Session,
)

if TYPE_CHECKING:
    from tests.stand_ins.discord.state import State


MINUTE, MOST_A_MINUTE = 60.0, 120  # seconds, frames of a connection


class Closing(Exception):
    """The connection is to be closed with this code."""

    def __init__(self, code: int) -> None:
        """Close so."""
        super().__init__(code)
        self.code = code


class Gateway:
    """All sessions and connections.

    In seconds, `beat` is the pause between heartbeats, `pace` the one between two logins (a login that comes sooner is
    no session), and after `expires` a session without a connection is over. `deaf`, it confirms no heartbeat.
    """

    def __init__(self, state: "State") -> None:
        """Begin without any."""
        self._state = state
        self.beat = 41.25
        self.deaf = False
        self.pace = 0.0
        self.expires = 600.0
        self._logged_in = -1e9
        self.sessions: dict[str, Session] = {}
        self.open: list[Connection] = []
        self.closed: list[int] = []  # the codes with which connections were refused
        self.refuses: int | None = None  # with this code, whoever identifies themself
        self.identified = 0
        self.resumed = 0

    async def serve(self, request: web.Request) -> web.StreamResponse:
        """Serve one connection until it ends."""
        wire = web.WebSocketResponse(max_msg_size=4096 * 4)
        await wire.prepare(request)
        connection = Connection(wire, compressed=request.query.get("compress") == "zlib-stream")
        writer = asyncio.create_task(connection.write())
        self.open.append(connection)
        if request.query.get("v", "10") != "10":
            self._refuse(connection, 4012)
        connection.send(HELLO, {"heartbeat_interval": int(self.beat * 1000), "_trace": ["stand-in"]})
        try:
            await self._listen(connection)
        finally:
            self.open.remove(connection)
            self._leave(connection)
            writer.cancel()
            with suppress(asyncio.CancelledError):
                await writer
            self._state.changes.tell()
        return wire

    async def _listen(self, connection: Connection) -> None:
        async for frame in connection.wire:
            if frame.type is not WSMsgType.TEXT:
                continue
            try:
                self._take(connection, frame.data)
            except Closing as closing:
                self._refuse(connection, closing.code)
            self._state.changes.tell()

    def _refuse(self, connection: Connection, code: int) -> None:
        self.closed.append(code)
        connection.end(code)

    def _leave(self, connection: Connection) -> None:
        session = connection.session
        if session is None or session.connection is not connection:
            return
        session.connection, session.left = None, time.monotonic()
        if connection.close_code is None and connection.wire.close_code in (1000, 1001):
            self.sessions.pop(session.id, None)  # the app itself said goodbye

    def _take(self, connection: Connection, text: str) -> None:
        self._count(connection)
        try:
            frame = json.loads(text)
            op, data = frame["op"], frame.get("d")
        except (ValueError, KeyError, TypeError):
            raise Closing(4002) from None
        match op:
            case 1:  # HEARTBEAT
                self._beats(connection, data)
            case 2:  # IDENTIFY
                self._identify(connection, data)
            case 6:  # RESUME
                self._resume(connection, data)
            case _ if connection.session is None:
                raise Closing(4003)
            case 8:  # REQUEST_MEMBERS
                chunks.tell(self._state, connection.session, data)
            case 3 | 4:  # PRESENCE, VOICE_STATE
                pass
            case _:
                raise Closing(4001)

    def _count(self, connection: Connection) -> None:
        """Close a connection that sends too much."""
        now = time.monotonic()
        connection.taken.append(now)
        while connection.taken[0] < now - MINUTE:
            connection.taken.popleft()
        if len(connection.taken) > MOST_A_MINUTE:
            raise Closing(4008)

    def _beats(self, connection: Connection, number: int | None) -> None:
        connection.beats += 1
        if connection.session is not None:
            connection.session.heard = max(connection.session.heard, number or 0)
        if not self.deaf:
            connection.send(HEARTBEAT_ACK)

    def _identify(self, connection: Connection, data: Json) -> None:
        app, intents = self._state.app, data.get("intents")
        if connection.session is not None:
            raise Closing(4005)
        if self.refuses is not None:
            raise Closing(self.refuses)
        if data.get("token") != app.token:
            raise Closing(4004)
        if not isinstance(intents, int) or intents & ~EVERY_INTENT:
            raise Closing(4013)
        if list(app.forbidden(intents)):
            raise Closing(4014)
        number, shards = data.get("shard", (0, 1))
        if not 0 <= number < shards:
            raise Closing(4010)
        self.identified += 1
        before, self._logged_in = self._logged_in, time.monotonic()
        if self._logged_in < before + self.pace:
            connection.send(INVALID_SESSION, data=False)
            return
        session = Session(intents, (number, shards))
        self.sessions[session.id] = session
        connection.session, session.connection = session, connection
        self._ready(session)

    def _ready(self, session: Session) -> None:
        state = self._state
        guilds = [one for one in state.guilds.values() if session.hears(one.id) and state.app.bot in one.members]
        ready: Json = {"v": 10, "user": showing.user(state.users[state.app.bot]), "session_id": session.id}
        ready |= {"guilds": [{"id": one.id, "unavailable": True} for one in guilds], "shard": list(session.shard)}
        ready |= {"resume_gateway_url": self.url("resume"), "private_channels": [], "user_settings": {}}
        ready |= {"application": {"id": state.app.id, "flags": state.app.flags}, "_trace": ["stand-in"]}
        session.dispatch("READY", ready)
        for guild in guilds:
            if session.intents & GUILDS and not guild.unavailable:
                session.dispatch("GUILD_CREATE", showing.whole_guild(state, guild))

    def url(self, path: str = "") -> str:
        """Return the address of the gateway, or the one at which sessions are resumed."""
        return self._state.address.replace("http", "ws", 1) + f"/gateway/{path}"

    def _resume(self, connection: Connection, data: Json) -> None:
        if data.get("token") != self._state.app.token:
            raise Closing(4004)
        session = self.sessions.get(data.get("session_id") or "")
        if session is None:
            connection.send(INVALID_SESSION, data=False)
            return
        if session.connection is None and time.monotonic() > session.left + self.expires:
            del self.sessions[session.id]
            raise Closing(4009)
        if not isinstance(data.get("seq"), int) or data["seq"] > session.number:
            raise Closing(4007)
        if session.connection is not None:
            session.connection.end(4000)
        self.resumed += 1
        connection.session, session.connection = session, connection
        session.replay(data["seq"])

    def hearing(self, guild: str | None, intent: int) -> Iterator[Session]:
        """Return the sessions that hear of a server's events (None: of what is in none) for which an intent stands."""
        for session in [*self.sessions.values()]:
            if session.hears(guild) and (not intent or session.intents & intent):
                yield session

    async def settled(self, seconds: float = 30.0) -> bool:
        """Wait until the app has everything that it was told; the gateway asks for a heartbeat to know."""
        for connection in self.open:
            if connection.session is not None and connection.session.heard < connection.session.number:
                connection.send(HEARTBEAT)

        def all_heard() -> bool:
            sessions = [one.session for one in self.open if one.session is not None]
            return all(one.heard >= one.number for one in sessions if one.connection is not None)

        return await self._state.changes.until(all_heard, seconds)

    async def drop(self, session: Session | None = None, code: int | None = None, *, forget: bool = False) -> None:
        """Lose the connection of a session (None: of all), without a word or with a code; `forget` the session too."""
        for one in [session] if session else [*self.sessions.values()]:
            if forget:
                self.sessions.pop(one.id, None)
            connection = one.connection
            if connection is None:
                continue
            connection.abort() if code is None else connection.end(code)
            await self._state.changes.until(lambda gone=connection: gone not in self.open, 5)  # type: ignore[misc]

    def reconnect(self, session: Session | None = None) -> None:
        """Ask to connect anew and resume (op 7)."""
        self._say(session, RECONNECT, None)

    def invalidate(self, session: Session | None = None, *, resumable: bool = False) -> None:
        """Say that a session is invalid (op 9); it is forgotten unless it may be resumed."""
        self._say(session, INVALID_SESSION, resumable)
        if not resumable:
            for one in [session] if session else [*self.sessions.values()]:
                self.sessions.pop(one.id, None)

    def swallow(self, times: int = 1, event: str = "MESSAGE_CREATE") -> None:
        """Lose the next events of a kind for good: resuming doesn't bring them back, only history does."""
        for one in self.sessions.values():
            one.swallows, one.swallows_only = times, event

    def _say(self, session: Session | None, op: int, data: object) -> None:
        for one in [session] if session else [*self.sessions.values()]:
            if one.connection is not None:
                one.connection.send(op, data)

    async def close(self) -> None:
        """End all connections."""
        for connection in [*self.open]:
            await connection.wire.close()
