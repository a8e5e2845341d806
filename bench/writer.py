"""One of several processes that take messages in: `python -m bench.writer TOWN SEED`.

For each line that it reads it takes messages in for a while, and says how many a second; "ready" comes before all.
"""

import asyncio
import sys
from collections.abc import Iterator
from itertools import takewhile
from time import perf_counter

from bench.chatter import chatter, handed_over
from bench.ground import Bot, Built
from bench.ingest import taken_in
from bot import logs
from bot.calls import Posted

WARMING = 500
SECONDS = 3.0
MOST = 1_000_000


async def _write(bot: Bot, messages: Iterator[Posted]) -> float:
    end, count = perf_counter() + SECONDS, 0

    async def take(message: Posted) -> None:
        nonlocal count
        await bot.core.ingest([message])
        count += 1

    took = await handed_over(takewhile(lambda _: perf_counter() < end, messages), take)
    return count / took


async def _main(built: Built, seed: int) -> None:
    async with built.opened() as bot:
        messages = chatter(built.town, MOST, seed)
        await taken_in(bot, messages, WARMING)
        _say("ready")
        while await asyncio.to_thread(sys.stdin.readline):
            _say(str(await _write(bot, messages)))


def _say(text: str) -> None:
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    logs.configure("warning", "text")
    asyncio.run(_main(Built.from_text(sys.argv[1]), int(sys.argv[2])))
