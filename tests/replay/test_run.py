"""A replay leaps from alarm to alarm, and takes in together what can be."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from adapters.replay.export import Export, read
from adapters.replay.platform import Recorder, Sending
from adapters.replay.run import BATCH, replay
from bot.calls import Observation
from bot.clock import SetClock
from bot.people import Account, Place
from bot.ports import Platform
from bot.views import message
from tests.replay.building import DAY, folder, said

BEGIN = datetime(2024, 3, 4, 11, 0, 0, 100, tzinfo=UTC)
PLACE = Place("replay", "T1", "G1")
HOUR = timedelta(hours=1)
WINDOW = 24 * HOUR


class _Core:
    """A core in which what was taken in last sets an alarm some time later, and each alarm one more, so many times."""

    def __init__(self, clock: SetClock, after: timedelta, again: int) -> None:
        self.clock = clock
        self.after = after
        self.again = again
        self.left = 0
        self.alarm: datetime | None = None
        self.batches: list[list[int]] = []
        self.rang: list[float] = []
        self.progress: list[int] = []

    async def ingest(self, batch: Sequence[Observation]) -> None:
        """Take observations in: an alarm is set from the newest one."""
        assert batch[-1].at == self.clock.now()
        self.batches.append([int((seen.at - BEGIN) / HOUR) for seen in batch])
        self.alarm, self.left = batch[-1].at + self.after, self.again

    async def next_at(self) -> datetime | None:
        """Return when the alarm rings."""
        return self.alarm

    async def leap(self, instant: datetime) -> None:
        """Ring what is due until `instant`."""
        while self.alarm is not None and self.alarm <= instant:
            self.clock.move_to(self.alarm)
            self.rang.append((self.alarm - BEGIN) / HOUR)
            self.alarm = self.alarm + self.after if self.left else None
            self.left -= 1
        self.clock.move_to(instant)

    async def run(self, export: Export) -> None:
        """Replay an export."""
        await replay(
            export,
            self,
            self.clock,
            self.leap,
            self.next_at,
            window=WINDOW,
            progress=self.progress.append,
        )


def _core(after: timedelta = WINDOW, again: int = 0) -> _Core:
    return _Core(SetClock(datetime(2000, 1, 1, tzinfo=UTC)), after, again)


def _export(path: Path, *hours: int) -> Export:
    return read(folder(path, {DAY: [said(3600 * hour, "UA") for hour in hours]}))


@pytest.mark.parametrize(
    ("hours", "batches", "rang"),
    [
        ((0, 1, 23), [[0, 1, 23]], [47]),
        ((0, 1, 24), [[0, 1], [24]], [48]),
        ((0, 1, 25, 26), [[0, 1], [25, 26]], [25, 50]),
        ((0, 20, 30, 43, 44, 45), [[0, 20], [30, 43], [44, 45]], [69]),
        ((0, 100), [[0], [100]], [24, 124]),
    ],
)
async def test_a_batch_ends_before_anything_can_ring(
    tmp_path: Path, hours: tuple[int, ...], batches: list[list[int]], rang: list[float]
) -> None:
    """Neither what is due already nor what one of its own messages may set lies within a batch."""
    core = _core()
    await core.run(_export(tmp_path, *hours))
    assert batches == core.batches
    assert rang == core.rang


async def test_afterwards_everything_rings_until_nothing_is_due(tmp_path: Path) -> None:
    """The last nudge of a series goes out days after the last message."""
    core = _core(again=3)
    await core.run(_export(tmp_path, 0))
    assert [24, 48, 72, 96] == core.rang


async def test_a_clock_that_never_runs_out_is_stopped(tmp_path: Path) -> None:
    """What comes again for ever is not waited for."""
    core = _core(after=30 * WINDOW, again=10_000)
    await core.run(_export(tmp_path, 0))
    assert 13 == len(core.rang)


async def test_an_alarm_that_is_never_done_is_a_fault(tmp_path: Path) -> None:
    """It would hold the replay for ever."""
    core = _core()
    core.leap = _stand_still  # type: ignore[method-assign]
    with pytest.raises(RuntimeError, match="is still due"):
        await core.run(_export(tmp_path, 0))


async def _stand_still(instant: datetime) -> None:
    """Ring nothing."""


async def test_large_batches_are_divided_and_progress_is_told(tmp_path: Path) -> None:
    """So that a transaction stays small; the bar moves with each."""
    core = _core()
    messages = [said(number, "UA") for number in range(BATCH + 1)]
    await core.run(read(folder(tmp_path, {DAY: messages})))
    assert [BATCH, 1] == [len(batch) for batch in core.batches] == core.progress


async def test_the_platform_remembers_what_was_sent_and_when() -> None:
    """So that the same message is found and not sent again."""
    recorder = Recorder(SetClock(BEGIN), ())
    platform: Platform = recorder
    ann = Account("replay", "T1", "UA")
    sent = await platform.send(ann, message("Hello"), "key")
    await platform.edit(sent, message("Hello again"))
    assert [Sending(ann, "key", BEGIN)] == recorder.sendings
    assert sent == await platform.find(ann, "key")
    assert await platform.find(ann, "other") is None
    await platform.close()


async def test_the_platform_shows_what_happened_until_now(tmp_path: Path) -> None:
    """Were a message missing there, it would be taken for deleted; what comes later isn't known yet."""
    clock = SetClock(BEGIN)
    seen = _export(tmp_path, 0, 1, 2).observations
    platform = Recorder(clock, seen)
    assert seen[:1] == await platform.history(PLACE, BEGIN)
    clock.move_to(BEGIN + HOUR)
    assert seen[:2] == await platform.history(PLACE, BEGIN)
    assert seen[1:2] == await platform.history(PLACE, BEGIN + HOUR)
    assert [] == await platform.history(Place("replay", "T1", "G2"), BEGIN)
