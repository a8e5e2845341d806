"""Disturbances: each is a task beside the run, and goes on until the week is over."""

import asyncio
from collections.abc import Sequence
from contextlib import suppress
from datetime import timedelta

from tests.torture.ground import Ground
from tests.torture.mishaps import DEADLY, HANGING, Point
from tests.torture.run import Disturbance, Run

LONGEST = 1.0  # seconds until the next kill: as long as a life takes to begin and to do something
A_MOMENT = 0.03  # seconds: as long as something takes to be taken in
STEPS_HANGING = 3
HANGING_AT_MOST = 8.0  # seconds; if the others don't get on in that time, the one that hangs is in their way


def kills(count: int, at_once: int = 1, points: Sequence[Point] = DEADLY) -> Disturbance:
    """Kill processes so often, evenly over the week: one half at any moment, one half at chosen points."""

    async def disturb(run: Run) -> None:
        for number in range(0, count, at_once):
            await run.reaches(number / count)
            if number // at_once % 2:
                run.receiver.mishaps.deadly += [run.random.choice(points) for _ in range(at_once)]
            else:
                await _at_any_moment(run)
                for process in run.random.sample(run.herd.running, min(at_once, len(run.herd.running))):
                    run.herd.kill(process)

    return disturb


async def _at_any_moment(run: Run) -> None:
    await asyncio.sleep(run.random.uniform(0, LONGEST))
    await run.under_way.wait()
    await asyncio.sleep(run.random.uniform(0, LONGEST / 10))


def hangs(count: int) -> Disturbance:
    """Let one process hang so often, with rows in its hands, and go on when the others have taken them over."""

    async def disturb(run: Run) -> None:
        for number in range(count):
            await run.reaches(number / count)
            process = await _hangs_alone(run)
            run.hangs += 1
            await _others_get_on(run)
            run.herd.go_on(process)

    return disturb


async def _hangs_alone(run: Run) -> int:
    """Let a process hang that is in nobody's way: one in a transaction is let go on, and the next one is tried."""
    while True:
        run.receiver.mishaps.hanging.append(run.random.choice(HANGING))
        process = await run.herd.somebody_hangs()
        await asyncio.sleep(2 * run.look.SOON)
        if not await run.look.transaction_hangs():
            return process
        run.herd.go_on(process)


def hangs_anywhere(count: int) -> Disturbance:
    """Let one process hang so often, at any moment: also in a transaction, so that others wait for it."""

    async def disturb(run: Run) -> None:
        for number in range(count):
            await run.reaches(number / count)
            await _at_any_moment(run)
            process = run.random.choice(run.herd.running)
            run.herd.stop(process)
            run.hangs += 1
            await _others_get_on(run)
            run.herd.go_on(process)

    return disturb


async def _others_get_on(run: Run) -> None:
    with suppress(TimeoutError):
        async with asyncio.timeout(HANGING_AT_MOST):
            await run.reaches(min(1, run.done + STEPS_HANGING / len(run.script.week)))


def gone(ground: Ground, times: int, seconds: float) -> Disturbance:
    """Take the database away so often, for so long."""

    async def disturb(run: Run) -> None:
        for number in range(times):
            await run.reaches((number + 0.5) / times)
            await _at_any_moment(run)
            await ground.take_away()
            try:
                await asyncio.sleep(seconds)
            finally:
                await ground.give_back()

    return disturb


def cuts(ground: Ground, times: int) -> Disturbance:
    """Take the database away for a moment so often, each time while something is being taken in."""

    async def disturb(run: Run) -> None:
        for number in range(times):
            await run.reaches(number / times)
            await run.receiver.counter.handed_out()
            await asyncio.sleep(run.random.uniform(0, A_MOMENT))
            await ground.take_away()
            await ground.give_back()

    return disturb


def failing(share: float) -> Disturbance:
    """Let the platform fail at a share of what it is asked, until the week is over."""

    async def disturb(run: Run) -> None:
        run.receiver.mishaps.failing = share
        await run.reaches(1)
        run.receiver.mishaps.failing = 0

    return disturb


def wrong_clock(ahead: timedelta, begin: float, end: float) -> Disturbance:
    """Let the bots' clock be wrong for a part of the week."""

    async def disturb(run: Run) -> None:
        await run.reaches(begin)
        run.wrong = ahead
        await run.reaches(end)
        run.wrong = timedelta(0)

    return disturb
