"""How a test announces a community event, comes to it, and notes who was there, as people do."""

from storage.events import Events
from tests.drivers.driver import Seen
from tests.world import World

CIRCLE = {
    "title": "Mentoring circle",
    "kind": "circle",
    "time": "Thursday 18:00",
    "minutes": "60",
    "venue": "https://zoom.us/j/1",
    "about": "What helps when a mentee goes quiet?",
}


async def lists(riverside: World, user: str) -> Seen:
    """Look at the list of community events."""
    return await riverside.driver.presses(user, "events.list")


async def fills(riverside: World, user: str, button: str, on: Seen | None = None, **values: str) -> Seen:
    """Press a button that opens a form, fill it in and send it off; return the answer."""
    opened = await riverside.driver.presses(user, button, on)
    assert opened.form is not None, opened.text
    return await riverside.driver.submits(user, opened.form, values)


async def types(riverside: World, user: str = "rosa", **values: str) -> Seen:
    """Fill in the form of an event; return the echo of it, or what is wrong."""
    return await fills(riverside, user, "Announce one …", await lists(riverside, user), **{**CIRCLE, **values})


async def announces(riverside: World, user: str = "rosa", **values: str) -> Seen:
    """Announce an event; return what is said to that."""
    return await riverside.driver.presses(user, "Announce it", await types(riverside, user, **values))


async def code(riverside: World, event_id: int = 1) -> str:
    """Return the code that is shown at an event."""
    async with riverside.database.work(1) as work:
        return (await work.of(Events).get([event_id]))[event_id].code


async def enters(riverside: World, user: str, typed: str, event_id: int = 1) -> Seen:
    """Type a code."""
    return await riverside.driver.submits(user, f"events.there:{event_id}", {"code": typed})


async def newest(riverside: World, user: str) -> Seen:
    """Return the newest message that somebody got."""
    return (await riverside.inbox(user))[-1]
