"""The short torture: `make torture` has the long one, with every disturbance."""

import pytest

from tests.postgres import Postgres
from tests.torture.mishaps import Point, When
from tests.torture.scenarios import Stage, hanging, killed

BETWEEN_YES_AND_MARK = (Point("send", When.NOTED), Point("send", When.ANSWERED))


@pytest.fixture(scope="module")
def stage(postgres: Postgres) -> Stage:
    """Prepare two days of a small town."""
    return Stage(seed=7, pairs=14, days=2, server=postgres)


async def test_killed(stage: Stage) -> None:
    """A bot that is killed six times ends where one ends that was left alone."""
    lived = await stage.play(killed("sqlite", processes=1, kills=6, points=BETWEEN_YES_AND_MARK))
    assert [] == lived.wrong
    assert lived.run.herd.kills > len(lived.run.receiver.mishaps.struck) > 0


async def test_killed_in_company(stage: Stage) -> None:
    """Two processes on one database, killed both at once: the result is that of one that was left alone."""
    lived = await stage.play(killed("postgres", processes=2, kills=4))
    assert [] == lived.wrong
    assert lived.run.herd.kills


async def test_one_hangs(stage: Stage) -> None:
    """What a process held that hangs is taken over, and not sent again when it goes on."""
    lived = await stage.play(hanging(processes=2, hangs=1))
    assert [] == lived.wrong
    assert 1 == lived.run.hangs
