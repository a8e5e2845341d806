"""How a test books a session, as people do."""

from tests.drivers.driver import Seen
from tests.world import World

THURSDAY = {"time1": "Thursday 18:00"}
ROOM = "https://meet.google.com/abc-defg-hij"


async def types(riverside: World, user: str = "lena", **values: str) -> Seen:
    """Fill in the form of a proposal; return the echo of it, or what is wrong."""
    seen = await riverside.driver.commands(user, "/mentor sessions")
    opened = await riverside.driver.presses(user, "Propose a session …", seen)
    assert opened.form is not None
    return await riverside.driver.submits(user, opened.form, {**THURSDAY, **values})


async def proposes(riverside: World, user: str = "lena", **values: str) -> str:
    """Propose a session; return what is said to that."""
    return await riverside.presses(user, "Send it", await types(riverside, user, **values))


async def books(riverside: World, user: str = "lena", other: str = "amara", **values: str) -> None:
    """Propose a session, and let the other take the first time."""
    await proposes(riverside, user, **values)
    await takes(riverside, other)


async def takes(riverside: World, user: str = "amara", number: int = 0) -> str:
    """Take a time of the newest proposal; return what is said to that."""
    seen = await newest(riverside, user)
    return await riverside.presses(user, list(seen.buttons)[number], seen)


async def newest(riverside: World, user: str) -> Seen:
    """Return the newest message that somebody got."""
    return (await riverside.inbox(user))[-1]


async def fills(riverside: World, user: str, button: str, on: Seen, **values: str) -> Seen:
    """Press a button that opens a form, fill it in and send it off; return the answer."""
    opened = await riverside.driver.presses(user, button, on)
    assert opened.form is not None, opened.text
    return await riverside.driver.submits(user, opened.form, values)


async def details(riverside: World, user: str = "lena") -> Seen:
    """Return the details of the first session that is booked."""
    seen = await riverside.driver.commands(user, "/mentor sessions")
    label = next(one for one in seen.buttons if one.startswith("Details"))
    return await riverside.driver.presses(user, label, seen)
