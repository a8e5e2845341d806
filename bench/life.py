"""One process that serves a town as the running bot would: `python -m bench.life TOWN`.

It tells, step by step, how much memory it has needed so far, as JSON.
"""

import asyncio
import json
import sys
from collections.abc import Awaitable, Callable
from contextlib import suppress
from datetime import timedelta
from pathlib import Path
from time import perf_counter

from bench.chatter import chatter, handed_over
from bench.ground import Bot, Built
from bench.quiet import Quiet
from bot import logs
from bot.health import Health
from scheduler.jobs import Jobs

READING = 10.0  # seconds of catching up: it takes a platform days to tell of a million spaces
TIDYING = 60.0
DUE = 200
WRITTEN = 3000

Step = Callable[[], Awaitable[object]]


def peak() -> int:
    """Return the most memory that this process has had, in KB.

    Not from `getrusage`: there a process begins with the peak of the one that started it.
    """
    lines = Path("/proc/self/status").read_text("ascii").splitlines()
    return int(next(line.split()[1] for line in lines if line.startswith("VmHWM")))


async def live(bot: Bot) -> None:
    """Do what a bot does from one day to the next, and tell after each step."""
    platforms = {Quiet.name: Quiet(bot.town)}
    jobs = Jobs(bot.core, platforms)
    health = Health(bot.core, bot.clock, platforms, timedelta(seconds=5))
    await _step("opening", bot.core.programs)
    await _step("catching up", lambda: _for_a_while(jobs.catch_up, READING))
    bot.clock.move_to(bot.town.alarm(DUE - 1))
    await _step("ringing", bot.core.ring)
    await _step("delivering", jobs.round)
    messages = chatter(bot.town, WRITTEN)
    await _step("taking in", lambda: handed_over(messages, lambda message: bot.core.ingest([message])))
    await _step("looking ahead", bot.core.next_at)
    await _step("health", health.report)
    await _step("tidying", lambda: _for_a_while(bot.core.daily, TIDYING))


async def _step(name: str, work: Step) -> None:
    begin, failed = perf_counter(), ""
    try:
        await work()
    except Exception as error:  # noqa: BLE001 - the table tells it
        failed = type(error).__name__
    told = {"name": name, "seconds": perf_counter() - begin, "kb": peak(), "failed": failed}
    sys.stdout.write(f"{json.dumps(told)}\n")


async def _for_a_while(work: Step, seconds: float) -> None:
    with suppress(TimeoutError):
        async with asyncio.timeout(seconds):
            await work()


async def _main(built: Built) -> None:
    async with built.opened() as bot:
        await live(bot)


if __name__ == "__main__":
    logs.configure("error", "json")
    asyncio.run(_main(Built.from_text(sys.argv[1])))
