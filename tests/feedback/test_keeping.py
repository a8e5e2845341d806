"""How long is kept what hangs on a pairing."""

from datetime import timedelta

from storage.pairings import Pairings
from tests.feedback.meeting import met, rated_by_somebody, writes
from tests.feedback.test_writing import FEEDBACK, NOTES, WRITTEN
from tests.goals.wanting import moves, wants
from tests.sessions.booking import books, proposes
from tests.storage.tables import Rows, every_row
from tests.world import World

YEAR = timedelta(days=365)
GONE = ("session", "session_time", "session_goal", "session_word", "goal", "goal_update")
WRITTEN_DOWN = ("sheet", "sheet_answer", "next_step")


def counts(rows: Rows) -> dict[str, int]:
    """Return how many rows there are of what belongs to a pairing."""
    return {name: len(rows[name]) for name in (*GONE, *WRITTEN_DOWN)}


async def ended(riverside: World, pairing_id: int, ago: timedelta) -> None:
    """Let a pairing have ended so long ago, and a day end."""
    async with riverside.database.work(1) as work:
        await work.of(Pairings).change(pairing_id, ended_at=work.now - ago)
    await riverside.core.daily()


async def test_what_belongs_to_a_pairing_goes_a_year_after_its_end(riverside: World) -> None:
    """Its sessions, its goals, and what was said and written of both; not another's, and no total."""
    await met(riverside, "noor", said_yes=["noor"])
    before = counts(await every_row(riverside.database))
    for number in range(4):
        await rated_by_somebody(riverside, f"Person {number}", "4")
    others = counts(await every_row(riverside.database))
    assert others["sheet_answer"] == 4 > before["sheet_answer"]
    await wants(riverside)
    await moves(riverside, 50, "Half of it")
    await books(riverside, goals="1")
    await proposes(riverside, time1="Friday 18:00")
    await met(riverside, goals=[1])
    await writes(riverside, "amara", NOTES, WRITTEN)
    await writes(riverside, "lena", FEEDBACK, {"rating": "4"})
    kept = counts(await every_row(riverside.database))
    assert all(kept[name] > others[name] for name in kept)
    seen = await riverside.asks("amara", "/mentor notes")
    assert "from 5 answers" in seen
    await ended(riverside, 1, YEAR - timedelta(days=1))
    assert kept == counts(await every_row(riverside.database))
    await ended(riverside, 1, YEAR + timedelta(days=1))
    assert others == counts(await every_row(riverside.database))
    assert "from 5 answers" in await riverside.asks("amara", "/mentor notes")
    await riverside.passes(days=10)  # nothing that is still to come falls over what is gone
