"""What goes wrong at the very moment when a process talks to the platform: it dies, it hangs, or the platform fails."""

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from random import Random

from aiohttp import web


class When(StrEnum):
    """Before the platform took note of a request, after that, or after it has answered."""

    BEFORE = "before"
    NOTED = "noted"
    ANSWERED = "answered"


@dataclass(frozen=True, slots=True)
class Point:
    """A moment: `what` is the request."""

    what: str
    when: When


PLATFORM_ASKED = ("send", "find", "edit", "history")
# Where a kill does the most harm stands there more often: between the platform's yes and the bot's note of it.
DEADLY: Sequence[Point] = (
    *[Point("send", When.NOTED)] * 5,
    *[Point("send", When.ANSWERED)] * 5,
    *[Point("send", When.BEFORE)] * 2,
    *[Point(what, when) for what in ("edit", "find", "history") for when in When],
    *[Point("done", when) for when in When],
    Point("take", When.ANSWERED),
    Point("rest", When.ANSWERED),
)
# With rows in its hands: while it looks at what happened meanwhile, while it sends, and before it hears the yes.
HANGING: Sequence[Point] = (
    *[Point("history", when) for when in (When.BEFORE, When.NOTED)],
    *[Point("send", when) for when in (When.BEFORE, When.NOTED)],
)
FAILURES = ("error", "busy", "silence", "hang-up", "nonsense")
SILENCE = 2.0  # seconds, longer than the bots' patience in that scenario


def _spare(process: int) -> None:
    """Do no harm, as long as nobody says how."""


@dataclass
class Mishaps:
    """What is to go wrong next. An armed point goes off once; `failing` is the share of requests that fail."""

    random: Random
    deadly: list[Point] = field(default_factory=list)
    hanging: list[Point] = field(default_factory=list)
    failing: float = 0
    failed: int = 0
    struck: list[Point] = field(default_factory=list)
    kill: Callable[[int], None] = _spare
    stop: Callable[[int], None] = _spare

    async def strike(self, point: Point, process: int, request: web.Request) -> None:
        """Let happen what is armed for this moment."""
        if point in self.deadly:
            self.deadly.remove(point)
            self.struck.append(point)
            self.kill(process)
            raise web.HTTPServiceUnavailable  # nobody hears it any more
        if point in self.hanging:
            self.hanging.remove(point)
            self.stop(process)
        if self.random.random() < self.failing / 2 and point.what in PLATFORM_ASKED and point.when != When.ANSWERED:
            self.failed += 1
            await self._fail(request)

    async def _fail(self, request: web.Request) -> None:
        match self.random.choice(FAILURES):
            case "busy":
                raise web.HTTPTooManyRequests(headers={"Retry-After": str(self.random.randint(1, 3600))})
            case "silence":
                await asyncio.sleep(SILENCE)
            case "hang-up" if request.transport is not None:
                request.transport.abort()
            case "nonsense":
                raise web.HTTPOk(body=b"?")
        raise web.HTTPInternalServerError
