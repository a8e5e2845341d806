"""What people notice of each figure that private reports go by: for tests/settings/test_every_figure.py."""

from collections.abc import Awaitable, Callable

from bot.reports.sealing import identity
from storage.responders import Responders
from tests.reports.making import responders, sends, writes
from tests.world import World

Story = Callable[[World], Awaitable[object]]


async def sent(riverside: World) -> str:
    """Send a report on Monday at ten; return what its writer is told."""
    await responders(riverside, "ravi")
    _, seen = await sends(riverside, await writes(riverside))
    return seen.text


async def begun(riverside: World) -> str:
    """Return what somebody reads before they write; there is an outside contact with a key."""
    await responders(riverside, "ravi")
    async with riverside.database.work(1) as work:
        await work.of(Responders).put_contact(outside=identity()[1])
    return await riverside.asks("lena", "/mentor report")


# By key: what is typed, the story, and what is noticed before and after.
STORIES: dict[str, tuple[str, Story, object, object]] = {
    "reports.acknowledged_within": (
        "reports acknowledged within 2",
        sent,
        "By Tuesday 3 March a person has read it.",
        "By Wednesday 4 March a person has read it.",
    ),
    "reports.answered_within": (
        "reports answered within 5",
        sent,
        "By Thursday 5 March you have an answer.",
        "By Monday 9 March you have an answer.",
    ),
    "reports.country": ("country of the program Brazil", begun, "your local emergency number", "call 190 (police)"),
    "reports.emergency": ("emergency number 1234", begun, "your local emergency number", "call 1234 first"),
    "reports.outside": (
        "outside contact Dr. Haddad, 555 0199",
        begun,
        "by nobody else",
        "it goes outside of the program: to Dr. Haddad, 555 0199 alone.",
    ),
}
