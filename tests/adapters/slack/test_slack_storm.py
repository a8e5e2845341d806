"""A thousand events of which many come twice, late, in another order, or while the socket is lost."""

import shutil
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest

from tests.adapters.slack.storm import LENGTH, TALKS, Month, month
from tests.drivers.slack import CALM, SlackDriver
from tests.platforms import Usual
from tests.world import World, world


def _month(opened: World) -> Month:
    assert isinstance(opened.driver, SlackDriver)
    return Month(opened, opened.driver.slack)


@pytest.mark.parametrize("seed", [1])
async def test_a_storm_leaves_nothing_behind(
    sqlite_url: str, migrated_file: Path, tmp_path: Path, seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In the end the same is known, was reminded of, and is planned, as if everything had gone well."""
    talks = month(seed)
    monkeypatch.setattr(Usual, "timing", replace(CALM, ping=0.5))  # a lost socket is soon missed
    calm = shutil.copy(migrated_file, tmp_path / "calm.db")
    async with world(f"sqlite+aiosqlite:///{calm}", tmp_path, on="slack") as opened:
        lived = _month(opened)
        expected = await lived.clean(talks)
        assert TALKS * LENGTH <= len(lived.slack.sockets.sent)
    async with world(sqlite_url, tmp_path / "stormy", on="slack") as opened:
        found = await _month(opened).stormy(talks, seed)
    assert [] == [*Counter(expected) - Counter(found)]
    assert [] == [*Counter(found) - Counter(expected)]
