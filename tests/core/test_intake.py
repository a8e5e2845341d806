"""What comes in side by side is taken in together, and each part is acknowledged when it is committed."""

import asyncio
from collections.abc import Sequence

import pytest

from bot.calls import Observation, Posted
from bot.intake import AT_ONCE, Intake, Workspace
from bot.people import Place
from tests.world import MONDAY

HERE, THERE = ("slack", "here"), ("slack", "there")


def posted(*names: str) -> list[Observation]:
    """Return messages."""
    return [Posted(Place(*HERE, "space"), name, "lena", MONDAY) for name in names]


class Ledger:
    """Notes what is taken in together, and fails or waits where a test says so."""

    def __init__(self) -> None:
        """Begin empty, with the gate open."""
        self.batches: list[tuple[str, str]] = []
        self.gate = asyncio.Event()
        self.gate.set()
        self.fails = False

    async def take_in(self, workspace: Workspace, batch: Sequence[Observation]) -> None:
        """Take a batch in."""
        await self.gate.wait()
        if self.fails:
            raise ConnectionError
        self.batches.append((workspace[1], " ".join(one.message for one in batch if isinstance(one, Posted))))


async def test_what_comes_while_one_is_at_work_is_the_next_batch() -> None:
    """A commit costs the same for one message and for many; the order stays."""
    ledger = Ledger()
    intake = Intake(ledger.take_in)
    ledger.gate.clear()
    first = asyncio.create_task(intake.take(HERE, posted("a")))
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    others = [asyncio.create_task(intake.take(HERE, posted(name))) for name in "bcd"]
    elsewhere = asyncio.create_task(intake.take(THERE, posted("x")))
    await asyncio.sleep(0)
    assert not any(task.done() for task in (first, *others, elsewhere))
    ledger.gate.set()
    await asyncio.gather(first, *others, elsewhere)
    assert [("here", "a"), ("here", "b c d"), ("there", "x")] == sorted(ledger.batches)


async def test_a_failure_is_told_to_all_who_wait_for_it_and_to_nobody_else() -> None:
    """Nobody is told that something is committed that isn't; the next batch is tried anew."""
    ledger = Ledger()
    intake = Intake(ledger.take_in)
    ledger.fails = True
    outcomes = await asyncio.gather(*(intake.take(HERE, posted(n)) for n in "abc"), return_exceptions=True)
    assert [ConnectionError] * 3 == [type(outcome) for outcome in outcomes]
    ledger.fails = False
    await intake.take(HERE, posted("d"))
    assert [("here", "d")] == ledger.batches


async def test_whoever_goes_away_takes_nobody_along() -> None:
    """A connection that is closed while its message is being taken in leaves the others' messages alone."""
    ledger = Ledger()
    intake = Intake(ledger.take_in)
    ledger.gate.clear()
    tasks = [asyncio.create_task(intake.take(HERE, posted(name))) for name in "ab"]
    await asyncio.sleep(0)
    tasks[0].cancel()
    with pytest.raises(asyncio.CancelledError):
        await tasks[0]
    ledger.gate.set()
    await tasks[1]
    await intake.settled()
    assert [("here", "a b")] == ledger.batches


async def test_a_batch_of_any_size_is_cut_into_what_one_transaction_takes() -> None:
    """Somebody who comes with a whole history doesn't make one endless transaction of it."""
    ledger = Ledger()
    await Intake(ledger.take_in).take(HERE, posted(*map(str, range(2 * AT_ONCE + 1))))
    assert [AT_ONCE, AT_ONCE, 1] == [len(batch.split()) for _, batch in ledger.batches]
