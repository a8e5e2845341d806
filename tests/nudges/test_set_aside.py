"""One observation that nobody can digest never takes others with it."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.calls import Posted
from bot.people import Place
from storage.messages import Messages
from tests.world import MONDAY, world

pytestmark = pytest.mark.only_on("playground")  # it is about what stands behind every platform

SPACE = Place("playground", "riverside", "amara-lena")


async def test_what_cannot_be_kept_is_set_aside_alone(database_url: str, tmp_path: Path) -> None:
    """An id that no database can hold, and a time before all time, are left out; their neighbours are kept."""
    async with world(database_url, tmp_path) as riverside:
        broken = Posted(SPACE, "broken \udcff", "lena", MONDAY)
        naive = Posted(SPACE, "naive", "lena", datetime(2026, 3, 2, 10, 0))  # noqa: DTZ001 - that is the fault
        good = [Posted(SPACE, f"good {n}", "lena", datetime(2026, 3, 2, 10, n, tzinfo=UTC)) for n in range(3)]
        await riverside.core.ingest([good[0], broken, good[1], naive, good[2]])
        (program,) = await riverside.core.programs()
        async with riverside.core.at_work(program) as context:
            kept = await context.work.of(Messages).since({1: datetime(2026, 1, 1, tzinfo=UTC)})
        assert ["good 0", "good 1", "good 2"] == [row.external for row in kept]
