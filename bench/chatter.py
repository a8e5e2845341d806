"""People who talk: messages that open and close turns, some of them delivered twice."""

import asyncio
import random
from collections.abc import Awaitable, Callable, Iterable, Iterator
from datetime import timedelta
from time import perf_counter

from bench.town import Town
from bot.calls import Posted

IN_FLIGHT = 64  # messages that a platform hands over before the first of them is acknowledged
TWICE = 0.05  # the part of them that a platform delivers once more
PACE = timedelta(hours=10)  # so that each message is an answer, or a question after a quiet time


def chatter(town: Town, count: int, seed: int = 1) -> Iterator[Posted]:
    """Yield `count` messages in a town's spaces, each pairing's sides taking turns, after what the town wrote."""
    chance = random.Random(seed)  # noqa: S311 - no secret
    written: dict[int, int] = {}
    begin = town.alarms_from + timedelta(days=1)
    last: Posted | None = None
    for number in range(count):
        if last is not None and chance.random() < TWICE:
            yield last
            continue
        pairing = chance.randrange(town.size)
        step = written[pairing] = written.get(pairing, 0) + 1
        author = town.mentor(pairing) if step % 2 else town.mentee(pairing)
        last = Posted(
            town.place(pairing), f"{seed}-{number}", town.account(author).user, begin + step * PACE, frozenset()
        )
        yield last


async def handed_over(messages: Iterable[Posted], take: Callable[[Posted], Awaitable[object]]) -> float:
    """Hand messages over, 64 in flight; return how many seconds that took."""
    waiting = iter(messages)

    async def one_after_the_other() -> None:
        for message in waiting:
            await take(message)

    begin = perf_counter()
    await asyncio.gather(*(one_after_the_other() for _ in range(IN_FLIGHT)))
    return perf_counter() - begin
