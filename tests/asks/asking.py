"""How a test asks for something, as a coordinator does."""

from storage.members import Members
from tests.drivers.driver import Seen
from tests.world import World

PHOTO = "Please send me your photo."


async def drafts(riverside: World, text: str, user: str = "rosa", **more: str) -> Seen:
    """Fill in the form of a request; return the preview, or what is wrong."""
    opened = await riverside.driver.commands(user, "/mentor-admin ask")
    assert opened.form is not None
    return await riverside.driver.submits(user, opened.form, {"text": text, **more})


async def asks(riverside: World, text: str, user: str = "rosa", **more: str) -> str:
    """Ask for something and send it; return what is said to that."""
    preview = await drafts(riverside, text, user, **more)
    return await riverside.presses(user, "Send it", preview)


async def listed(riverside: World, button: str, user: str = "rosa") -> Seen:
    """Press a button of the newest request in the list."""
    seen = await riverside.driver.commands(user, "/mentor-admin asks")
    return await riverside.driver.presses(user, button, seen)


async def first(riverside: World, user: str) -> Seen:
    """Return the one message that somebody got."""
    (seen,) = await riverside.inbox(user)
    return seen


async def change(riverside: World, user: str, **values: object) -> None:
    """Change somebody as a coordinator could: their roles, or whether they are active."""
    async with riverside.database.work(1) as work:
        await work.of(Members).change(await riverside.member(work, user), **values)
