"""How a test makes goals and reads what is said of them, as people do."""

from tests.drivers.driver import Seen, SeenForm
from tests.world import World

GOAL = "I want to speak in team meetings"


async def sees(riverside: World, user: str = "lena", partner: str = "") -> Seen:
    """Write /mentor goals."""
    return await riverside.driver.commands(user, f"/mentor goals {partner}".strip())


async def opens(riverside: World, user: str, button: str, on: Seen | None = None) -> SeenForm:
    """Press a button that opens a form."""
    form = (await riverside.driver.presses(user, button, on)).form
    assert form is not None
    return form


async def wants(riverside: World, text: str = GOAL, user: str = "lena") -> Seen:
    """Make a goal with Amara, or as her with Lena."""
    shown = await sees(riverside, user, "@lena" if user == "amara" else "")
    return await riverside.driver.submits(user, await opens(riverside, user, "New goal …", shown), {"text": text})


async def moves(riverside: World, percent: int, line: str = "", user: str = "lena", goal: int = 1) -> Seen:
    """Say how far a goal is."""
    form = await opens(riverside, user, f"goals.update:{goal}")
    return await riverside.driver.submits(user, form, {"percent": str(percent), "line": line})


async def questions(riverside: World, user: str = "lena") -> list[Seen]:
    """Return the messages in which somebody is, or was, asked how goals go."""
    return [seen for seen in await riverside.inbox(user) if "I ask this by myself" in seen.text or seen.edited]
