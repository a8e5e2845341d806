"""Something is done when there is a lull, after a while in any case, and at once for whoever is in a hurry."""

import asyncio
import io

from bot.lull import Lull

LONG = 60.0


class Work:
    """Counts how often it is done."""

    def __init__(self) -> None:
        """Begin."""
        self.count = 0
        self.done = asyncio.Event()
        self.error: Exception | None = None

    async def do(self) -> None:
        """Do it, or fail."""
        self.count += 1
        self.done.set()
        if self.error is not None:
            raise self.error


async def told_for_ever(lull: Lull) -> None:
    """Tell of something new again and again."""
    while True:
        lull.tell()
        await asyncio.sleep(0.001)


async def test_what_was_told_of_together_is_done_once() -> None:
    """In the lull that follows."""
    work = Work()
    lull = Lull(work.do, 0.01, LONG)
    for _ in range(5):
        lull.tell()
    assert 0 == work.count
    await asyncio.wait_for(work.done.wait(), LONG)
    await lull.hurry()
    assert 1 == work.count


async def test_without_a_lull_it_is_done_all_the_same() -> None:
    """After as long as may be waited."""
    work = Work()
    lull = Lull(work.do, LONG, 0.01)
    telling = asyncio.create_task(told_for_ever(lull))
    await asyncio.wait_for(work.done.wait(), LONG)
    telling.cancel()


async def test_a_hurry_waits_for_no_lull() -> None:
    """It returns when everything is done that was told of before; what comes meanwhile has to wait."""
    work = Work()
    lull = Lull(work.do, LONG, LONG)
    await lull.hurry()
    assert 0 == work.count
    telling = asyncio.create_task(told_for_ever(lull))
    await asyncio.sleep(0)
    await asyncio.wait_for(lull.hurry(), LONG)
    assert 1 == work.count
    telling.cancel()


async def test_a_failure_does_not_end_it(log: io.StringIO) -> None:
    """It is logged; what comes next is tried anew, and nobody waits for ever."""
    work = Work()
    work.error = ValueError("no")
    lull = Lull(work.do, 0.0, LONG)
    lull.tell()
    await lull.hurry()
    lull.tell()
    await lull.hurry()
    assert 2 == work.count
    assert "could not be worked out" in log.getvalue()
