"""Discord's side, in a process of its own and as lean as can be: `python -m bench.discord_server TOWN`.

The first line that it says is its address. Then it makes as many messages ready as a line of its input says, such as
`ours 2000`, and tells of them all at once after the next line; each line is answered with one. Who is meant is known by
the gateway's address.
"""

import asyncio
import json
import sys
import zlib
from collections.abc import Iterator
from itertools import islice
from typing import Any

from aiohttp import WSMsgType, web

from adapters.discord.guild import just_before
from bench.chatter import chatter
from bench.ground import Built
from bench.town import Town
from bot.calls import Posted

Json = dict[str, Any]

GUILD = "100000000000000001"
APP_ID = "100000000000000002"
APP: Json = {"id": APP_ID, "username": "mentorbot", "discriminator": "0", "avatar": None, "bot": True}
MOST = 10_000_000
QUIET = 3_600_000  # milliseconds between heartbeats: none comes while something is measured
HELLO, HEARTBEAT, IDENTIFY, ACKNOWLEDGED = 10, 1, 2, 11


def snowflake(name: str) -> str:
    """Return the id of what has a number in its name, such as C0000012."""
    return str(10**17 + int("".join(filter(str.isdigit, name)) or "0"))


class App:
    """One app: its socket, and what it is told."""

    def __init__(self, town: Town) -> None:
        """Tell of a town."""
        self._events = payloads(town)
        self._sequence = 0
        self._press = zlib.compressobj()
        self._wire: asyncio.WriteTransport | None = None

    def open(self, wire: asyncio.BaseTransport | None) -> None:
        """Speak on a socket, of which nothing was sent yet."""
        if not isinstance(wire, asyncio.WriteTransport):
            raise ConnectionError
        self._wire, self._press = wire, zlib.compressobj()

    def send(self, *texts: str) -> None:
        """Send frames, as one stream of zlib's."""
        self.write(b"".join(map(self._frame, texts)))

    def write(self, frames: bytes) -> None:
        """Send frames that are ready."""
        if self._wire is None:
            raise ConnectionError
        self._wire.write(frames)

    def dispatch(self, kind: str, data: str) -> str:
        """Return an event."""
        self._sequence += 1
        return f'{{"op":0,"s":{self._sequence},"t":"{kind}","d":{data}}}'

    def ready(self, count: int) -> bytes:
        """Return the next messages as frames."""
        texts = [self.dispatch("MESSAGE_CREATE", event) for event in islice(self._events, count)]
        return b"".join(map(self._frame, texts))

    def _frame(self, text: str) -> bytes:
        data = self._press.compress(text.encode()) + self._press.flush(zlib.Z_SYNC_FLUSH)
        size = len(data)
        return (bytes((0x82, size)) if size < 126 else b"\x82\x7e" + size.to_bytes(2, "big")) + data  # noqa: PLR2004


class Server:
    """The routes that an app asks for at its start, and the sockets."""

    def __init__(self, town: Town) -> None:
        """Tell of a town."""
        self.apps = {"ours": App(town), "bare": App(town)}

    async def serve(self) -> str:
        """Begin; return the address."""
        application = web.Application()
        application.router.add_get("/api/v10/users/@me", self._say(APP))
        application.router.add_get("/api/v10/oauth2/applications/@me", self._say(_application()))
        application.router.add_get("/api/v10/applications/{app}/commands", self._say([]))
        application.router.add_put("/api/v10/applications/{app}/commands", self._say([]))
        application.router.add_get("/{app}/", self._link)
        runner = web.AppRunner(application, access_log=None)
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        self._address = f"127.0.0.1:{runner.addresses[0][1]}"
        return self._address

    def _say(self, said: Any) -> Any:  # noqa: ANN401 - any JSON
        async def answer(_request: web.Request) -> web.Response:
            return web.Response(body=json.dumps(said).encode(), headers={"Content-Type": "application/json"})

        return answer

    async def _link(self, request: web.Request) -> web.WebSocketResponse:
        wire = web.WebSocketResponse(compress=False)
        await wire.prepare(request)
        app = self.apps[request.match_info["app"]]
        app.open(request.transport)
        app.send(json.dumps({"op": HELLO, "d": {"heartbeat_interval": QUIET}}))
        async for frame in wire:
            operation = json.loads(frame.data)["op"] if frame.type is WSMsgType.TEXT else None
            if operation == IDENTIFY:
                app.send(app.dispatch("READY", self._ready()), app.dispatch("GUILD_CREATE", json.dumps(_guild())))
            elif operation == HEARTBEAT:
                app.send(json.dumps({"op": ACKNOWLEDGED}))
        return wire

    def _ready(self) -> str:
        ready: Json = {"v": 10, "user": APP, "guilds": [{"id": GUILD, "unavailable": True}], "session_id": "s"}
        ready |= {"resume_gateway_url": f"ws://{self._address}/ours/", "shard": [0, 1]}
        return json.dumps(ready | {"application": {"id": APP["id"], "flags": 0}, "private_channels": []})


def payloads(town: Town) -> Iterator[str]:
    """Yield what Discord tells of a town's chatter; a message that comes twice is the same."""
    for posted in chatter(town, MOST):
        yield json.dumps(_message(posted))


def _message(posted: Posted) -> Json:
    """Return a message as an app without message content is told of it."""
    number = int(posted.message.rpartition("-")[2])
    id_ = str(just_before(posted.at) + 1 + number % 4_000_000)
    author: Json = {"id": snowflake(posted.author), "username": posted.author, "discriminator": "0", "avatar": None}
    author |= {"global_name": posted.author, "public_flags": 0, "primary_guild": None, "avatar_decoration_data": None}
    member: Json = {"roles": [], "nick": None, "joined_at": "2025-01-01T00:00:00+00:00", "premium_since": None}
    member |= {"deaf": False, "mute": False, "flags": 0, "pending": False, "avatar": None, "banner": None}
    message: Json = {"id": id_, "channel_id": snowflake(posted.place.channel), "guild_id": GUILD, "type": 0}
    message |= {"content": "", "timestamp": posted.at.isoformat(), "edited_timestamp": None, "tts": False, "flags": 0}
    message |= {"mention_everyone": False, "mentions": [], "mention_roles": [], "attachments": [], "embeds": []}
    message |= {"pinned": False, "components": [], "nonce": id_, "channel_type": 0}
    return message | {"author": author, "member": member}


def _application() -> Json:
    about: Json = {"id": APP_ID, "name": "mentorbot", "icon": None, "description": "", "bot_public": False}
    return about | {"bot_require_code_grant": False, "verify_key": "", "summary": "", "owner": APP, "flags": 0}


def _guild() -> Json:
    role: Json = {"id": GUILD, "name": "@everyone", "permissions": "0", "position": 0, "color": 0, "hoist": False}
    role |= {"managed": False, "mentionable": False, "flags": 0}
    about: Json = {"id": GUILD, "name": "Riverside", "owner_id": APP["id"], "roles": [role], "member_count": 2}
    return about | {name: [] for name in ("channels", "threads", "members", "emojis", "stickers", "features")}


async def _main(town: Town) -> None:
    server = Server(town)
    _say(await server.serve())
    while line := await asyncio.to_thread(sys.stdin.readline):
        name, count = line.split()
        app = server.apps[name]
        frames = app.ready(int(count))
        _say("ready")
        await asyncio.to_thread(sys.stdin.readline)
        app.write(frames)
        _say("sent")


def _say(text: str) -> None:
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    asyncio.run(_main(Built.from_text(sys.argv[1]).town))
