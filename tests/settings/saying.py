"""What coordinators do with figures, in one line each."""

from tests.drivers.driver import Seen, SeenForm
from tests.world import World


async def sees(riverside: World, what: str = "", user: str = "rosa") -> Seen:
    """Write /mentor-admin settings."""
    return await riverside.driver.commands(user, f"/mentor-admin settings {what}".strip())


async def changes(riverside: World, what: str, user: str = "rosa") -> str:
    """Change a figure, such as `first reminder 36h`; return what is answered in the end."""
    shown = await sees(riverside, what, user)
    return await riverside.presses(user, "Change it", shown)


async def form_of(riverside: World, button: str, user: str = "rosa") -> SeenForm:
    """Open the form of a section."""
    form = (await riverside.driver.presses(user, button, await sees(riverside, user=user))).form
    assert form is not None
    return form
