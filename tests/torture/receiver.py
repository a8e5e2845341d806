"""The receiver: what the bots talk to. It lives in a process that is never killed, and tells the time."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from aiohttp import web

from bot.calls import Observation
from bot.people import Account, Place
from bot.ports import Sent
from tests.torture.counter import Counter
from tests.torture.mishaps import Mishaps, Point, When
from tests.torture.pretended import Pretended
from tests.torture.shared_clock import EPOCH, SharedClock
from tests.torture.wire import PROCESS, Item, Rendered, Reply, dumps, loads

BREATH = 0.02  # seconds between two rounds while there is something to take in


@dataclass
class Receiver:
    """The platform, the counter and the clock behind one socket; its public methods are what bots can ask for."""

    clock: SharedClock
    mishaps: Mishaps
    platform: Pretended
    now: datetime = EPOCH  # in truth, whatever the bots' clock says
    counter: Counter = field(default_factory=Counter)
    troubles: int = 0
    beat: int = 1
    resting: dict[int, int] = field(default_factory=dict)
    _news: asyncio.Event = field(default_factory=asyncio.Event)
    _over: bool = False

    async def send(self, process: int, to: Account, message: Rendered, key: str) -> Sent:
        """Take a message of the bot's."""
        return self.platform.send(self.now, to, message, key)

    async def find(self, process: int, to: Account, key: str) -> Sent | None:
        """Look for a message of the bot's."""
        return self.platform.find(to, key)

    async def edit(self, process: int, sent: Sent, message: Rendered) -> None:
        """Change a message of the bot's."""
        self.platform.edit(sent, message)

    async def history(self, process: int, place: Place, since: datetime) -> list[Observation]:
        """Show a channel."""
        return self.platform.history(place, since)

    async def take(self, process: int) -> list[Item] | None:
        """Hand something out."""
        return await self.counter.take(process)

    async def done(self, process: int, replies: list[Reply]) -> None:
        """Take note that something is done."""
        self.counter.done(replies)

    async def failed(self, process: int, ids: list[str]) -> None:
        """Take note that something could not be done."""
        await asyncio.sleep(BREATH)
        self.counter.not_done(ids)

    async def trouble(self, process: int, what: str) -> None:
        """Take note that something else failed."""
        self.troubles += 1

    async def rest(self, process: int, beat: int) -> int | None:
        """Let a process rest that has done a round for `beat`, until there may be something to do again."""
        if self.counter.open:
            await asyncio.sleep(BREATH)
            return self.beat
        self.resting[process] = beat
        while beat == self.beat and not self._over:
            self._news.clear()
            await self._news.wait()
        self.resting.pop(process, None)
        return None if self._over else self.beat

    def rouse(self) -> None:
        """Let every process look for something to do."""
        self.beat += 1
        self._news.set()

    def at_rest(self, process: int) -> bool:
        """Tell whether a process has nothing more to do, as far as it knows."""
        return self.resting.get(process) == self.beat

    def lost(self, process: int) -> None:
        """Take note that a process is no more."""
        self.resting.pop(process, None)
        self.counter.lost(process)

    def close(self) -> None:
        """Tell everybody that all is over."""
        self._over = True
        self._news.set()
        self.counter.close()

    async def answer(self, request: web.Request) -> web.StreamResponse:
        """Answer a request, with a mishap where one is armed."""
        what, process = request.match_info["what"], int(request.headers[PROCESS])
        args = loads(await request.read())
        await self.mishaps.strike(Point(what, When.BEFORE), process, request)
        result = await getattr(self, what)(process, *args)
        await self.mishaps.strike(Point(what, When.NOTED), process, request)
        response = web.Response(body=dumps(result))
        with suppress(ConnectionError):  # whoever asked is no more
            await response.prepare(request)
            await response.write_eof()
        with suppress(web.HTTPException):
            await self.mishaps.strike(Point(what, When.ANSWERED), process, request)
        return response


@asynccontextmanager
async def listening(receiver: Receiver, socket: Path) -> AsyncIterator[None]:
    """Answer on a Unix socket."""
    application = web.Application(client_max_size=2**26)
    application.router.add_post("/{what}", receiver.answer)
    runner = web.AppRunner(application, access_log=None, shutdown_timeout=1)
    await runner.setup()
    try:
        await web.UnixSite(runner, str(socket)).start()
        yield
    finally:
        await runner.cleanup()
