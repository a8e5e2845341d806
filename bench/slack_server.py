"""Slack's side of the socket, in a process of its own and as lean as can be: `python -m bench.slack_server TOWN`.

The first line that it says is its address. Then it does what each line of its input says, as JSON, and answers with a
line: see `Order`. Who is meant is known by the app's token.
"""

import asyncio
import json
import sys
import time
from collections.abc import Awaitable, Callable, Iterator
from dataclasses import asdict, dataclass, field
from itertools import count, islice
from typing import Any

from aiohttp import WSMsgType, web

from adapters.slack.workspace import time_stamp
from bench.chatter import chatter
from bench.ground import Built
from bench.town import Town
from bot.calls import Posted

Json = dict[str, Any]

TEAM = "T00000001"
MOST = 10_000_000
IN_TIME = 3.0  # seconds that Slack waits for an acknowledgement
GIVE_UP = 60.0
WORDS = "How did the interview go? I have been thinking about what you said about the second question. " * 2


@dataclass(frozen=True, slots=True)
class Order:
    """What to tell an app: `count` events, `in_flight` at a time, or `rate` a second, or (with neither) all at once."""

    app: str
    count: int
    in_flight: int = 0
    rate: float = 0.0


@dataclass(frozen=True, slots=True)
class Told:
    """How long it took in all, and until the acknowledgements; how many came in time, again, and in the end."""

    seconds: float
    middle: float
    late: float
    in_time: int
    again: int
    in_the_end: int


@dataclass
class App:
    """One app: its socket, what it is told, and what it has acknowledged."""

    events: Iterator[str]
    wire: web.WebSocketResponse | None = None
    open: asyncio.Event = field(default_factory=asyncio.Event)
    sent: dict[str, float] = field(default_factory=dict)
    waits: dict[str, float] = field(default_factory=dict)  # seconds until the acknowledgement, by envelope
    acknowledged: Callable[[], None] = lambda: None

    async def send(self, envelope: str, payload: str) -> None:
        """Send one envelope; its time runs from now on, even if the socket is full."""
        if self.wire is None:
            raise ConnectionError
        self.sent[envelope] = time.perf_counter()
        head = f'{{"envelope_id":"{envelope}","type":"events_api","accepts_response_payload":false,'
        await self.wire.send_str(f'{head}"retry_attempt":0,"retry_reason":"","payload":{payload}}}')

    def take(self, envelope: str) -> None:
        """Note an acknowledgement."""
        if envelope in self.sent and envelope not in self.waits:
            self.waits[envelope] = time.perf_counter() - self.sent[envelope]
            self.acknowledged()


class Server:
    """The two methods that an app asks for a socket, and the sockets."""

    def __init__(self, town: Town) -> None:
        """Tell of a town."""
        self._apps = {name: App(payloads(town)) for name in ("ours", "bare")}
        self._numbers = count(1)

    async def serve(self) -> str:
        """Begin; return the address of the Web API."""
        application = web.Application()
        application.router.add_post("/api/auth.test", self._auth)
        application.router.add_post("/api/apps.connections.open", self._open)
        application.router.add_get("/link/{app}", self._link)
        runner = web.AppRunner(application, access_log=None)
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        self._address = f"127.0.0.1:{runner.addresses[0][1]}"
        return f"http://{self._address}/api/"

    async def _auth(self, request: web.Request) -> web.Response:
        about = {"team_id": TEAM, "team": "Riverside", "url": "https://riverside.slack.com/", "user": "bot"}
        return web.json_response({"ok": True, **about, "user_id": "UBOT", "bot_id": "BBOT"})

    async def _open(self, request: web.Request) -> web.Response:
        name = request.headers["Authorization"].rpartition("-")[2]
        return web.json_response({"ok": True, "url": f"ws://{self._address}/link/{name}"})

    async def _link(self, request: web.Request) -> web.WebSocketResponse:
        app = self._apps[request.match_info["app"]]
        wire = web.WebSocketResponse()
        await wire.prepare(request)
        await wire.send_json({"type": "hello", "num_connections": 1, "connection_info": {"app_id": "A1"}})
        app.wire = wire
        app.open.set()
        async for frame in wire:
            if frame.type is WSMsgType.TEXT:
                app.take(json.loads(frame.data)["envelope_id"])
        return wire

    async def tell(self, order: Order) -> Told:
        """Do what is ordered."""
        app = self._apps[order.app]
        await asyncio.wait_for(app.open.wait(), GIVE_UP)
        told = {f"{next(self._numbers):036d}": payload for payload in islice(app.events, order.count)}
        app.sent.clear()
        app.waits.clear()
        begin = time.perf_counter()
        await self._way(order)(app, told, order)
        seconds = time.perf_counter() - begin
        again = await self._until_all(app, told)
        waits = sorted(app.waits[one] for one in told if one in app.waits)
        in_time = sum(wait <= IN_TIME for wait in waits)
        late = waits[int(len(waits) * 0.99)] if waits else GIVE_UP
        return Told(seconds, waits[len(waits) // 2] if waits else GIVE_UP, late, in_time, *again)

    def _way(self, order: Order) -> Callable[[App, dict[str, str], Order], Awaitable[None]]:
        if order.in_flight:
            return _in_flight
        return _paced if order.rate else _at_once

    async def _until_all(self, app: App, told: dict[str, str]) -> tuple[int, int]:
        """Tell once more what wasn't acknowledged in time; return how much that was, and how much was in the end."""
        left = {one: payload for one, payload in told.items() if app.waits.get(one, IN_TIME + 1) > IN_TIME}
        renamed = {f"{next(self._numbers):036d}": payload for payload in left.values()}
        for one, payload in renamed.items():
            await app.send(one, payload)
        await _until(app, lambda: all(one in app.waits for one in renamed), GIVE_UP)
        return len(left), len(told) - len(left) + sum(one in app.waits for one in renamed)


async def _in_flight(app: App, told: dict[str, str], order: Order) -> None:
    free = asyncio.Semaphore(order.in_flight)
    app.acknowledged = free.release
    for one, payload in told.items():
        await free.acquire()
        await app.send(one, payload)
    await _until(app, lambda: len(app.waits) >= len(told), GIVE_UP)


async def _paced(app: App, told: dict[str, str], order: Order) -> None:
    begin = time.perf_counter()
    for number, (one, payload) in enumerate(told.items()):
        ahead = begin + number / order.rate - time.perf_counter()
        if ahead > 0:
            await asyncio.sleep(ahead)
        await app.send(one, payload)
    await _until(app, lambda: len(app.waits) >= len(told), IN_TIME)


async def _at_once(app: App, told: dict[str, str], order: Order) -> None:
    for one, payload in told.items():
        await app.send(one, payload)
    await _until(app, lambda: len(app.waits) >= len(told), IN_TIME)


async def _until(app: App, done: Callable[[], bool], seconds: float) -> None:
    """Wait until something is so, or so many seconds have passed."""
    changed = asyncio.Event()
    app.acknowledged = changed.set
    end = time.perf_counter() + seconds
    while not done() and (left := end - time.perf_counter()) > 0:
        changed.clear()
        try:
            await asyncio.wait_for(changed.wait(), left)
        except TimeoutError:
            return


def payloads(town: Town) -> Iterator[str]:
    """Yield what Slack tells of a town's chatter; a message that comes twice is the same event."""
    last: tuple[Posted, str] | None = None
    for number, posted in enumerate(chatter(town, MOST)):
        if last is None or posted is not last[0]:
            last = posted, json.dumps(_payload(number, posted))
        yield last[1]


def _payload(number: int, posted: Posted) -> Json:
    ts, user, channel = time_stamp(posted.at), posted.author, posted.place.channel
    section: Json = {"type": "rich_text_section", "elements": [{"type": "text", "text": WORDS}]}
    blocks = [{"type": "rich_text", "block_id": "b1", "elements": [section]}]
    event: Json = {"type": "message", "user": user, "ts": ts, "client_msg_id": f"{number:036d}", "text": WORDS}
    event |= {"team": TEAM, "blocks": blocks, "channel": channel, "event_ts": ts, "channel_type": "group"}
    bot: Json = {
        "enterprise_id": None,
        "team_id": TEAM,
        "user_id": "UBOT",
        "is_bot": True,
        "is_enterprise_install": False,
    }
    about: Json = {
        "token": "t",
        "team_id": TEAM,
        "context_team_id": TEAM,
        "context_enterprise_id": None,
        "api_app_id": "A1",
    }
    about |= {"event": event, "type": "event_callback", "event_id": f"Ev{number:09d}", "event_time": int(float(ts))}
    return about | {"authorizations": [bot], "is_ext_shared_channel": False, "event_context": f"4-{number:048d}"}


async def _main(town: Town) -> None:
    server = Server(town)
    _say(await server.serve())
    while line := await asyncio.to_thread(sys.stdin.readline):
        _say(json.dumps(asdict(await server.tell(Order(**json.loads(line))))))


def _say(text: str) -> None:
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    asyncio.run(_main(Built.from_text(sys.argv[1]).town))
