"""What people notice of each figure that notes and feedback go by: for tests/settings/test_every_figure.py."""

from collections.abc import Awaitable, Callable

from storage.pairings import Pairings
from tests.feedback.meeting import met, rated_by_somebody, writes
from tests.feedback.test_writing import FEEDBACK, NOTES, WRITTEN
from tests.world import World

Story = Callable[[World], Awaitable[object]]


def asked_after(**span: float) -> Story:
    """Let Amara have met Lena; count what she got after a time."""

    async def story(riverside: World) -> int:
        await met(riverside)
        await riverside.passes(**span)
        return len(await riverside.inbox("amara"))

    return story


async def after_forty_hours(riverside: World) -> bool:
    """Tell whether notes are late that come after forty hours."""
    await met(riverside)
    await riverside.passes(hours=40)
    await writes(riverside, "amara", NOTES, WRITTEN)
    return ", counts as late" in await riverside.asks("amara", "/mentor notes why")


async def five_people(riverside: World) -> bool:
    """Tell whether something is seen of what five people said."""
    for number in range(5):
        await rated_by_somebody(riverside, f"Person {number}", "4")
    return "What people say" in await riverside.asks("amara", "/mentor notes")


async def one_answer(riverside: World) -> bool:
    """Tell whether a coordinator sees a single rating."""
    await met(riverside)
    await writes(riverside, "lena", FEEDBACK, {"rating": "4"})
    return "How was this session" in await riverside.presses("rosa", "feedback.given")


async def forty_days_after_the_end(riverside: World) -> bool:
    """Tell whether notes are still there."""
    session_id = await met(riverside)
    await writes(riverside, "amara", NOTES, WRITTEN)
    async with riverside.database.work(1) as work:
        await work.of(Pairings).change(1, ended_at=work.now)
    await riverside.passes(days=40)
    await riverside.core.daily()
    return "Berlin" in await riverside.presses("amara", f"feedback.read:{session_id}")


# By key: what is typed, the story, and what is noticed before and after.
STORIES: dict[str, tuple[str, Story, object, object]] = {
    "notes.within": ("time for notes 30h", after_forty_hours, False, True),
    "notes.first_after": ("first reminder of notes 12h", asked_after(hours=23, minutes=30), 1, 2),
    "notes.last_after": ("last reminder of notes 50h", asked_after(hours=60), 2, 3),
    "notes.totals_from": ("people in a total 6", five_people, True, False),
    "notes.each_answer": ("each answer for coordinators no", one_answer, True, False),
    "kept.notes": ("notes after the end 4 weeks", forty_days_after_the_end, True, False),
}
