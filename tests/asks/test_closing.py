"""What coordinators do with requests that were sent: find them in the list, close them."""

from tests.asks.asking import PHOTO, asks, drafts, first, listed
from tests.world import World


async def test_a_request_is_closed(riverside: World) -> None:
    """Nobody is reminded further, what went out says so, and old buttons do nothing; the answers stay."""
    await asks(riverside, PHOTO, audience="mentees")
    await riverside.presses("noor", "Done", await first(riverside, "noor"))
    seen = await first(riverside, "lena")
    assert "Closed: nobody is reminded" in (await listed(riverside, "Close")).text
    closed = await first(riverside, "lena")
    assert (True, {}) == (closed.edited, dict(closed.buttons))
    assert "The team has closed this request." in closed.text
    for button in seen.buttons.values():
        assert "The team has closed this request." in await riverside.presses("lena", button)
    assert "You said that it's done." in (await first(riverside, "noor")).text
    await riverside.passes(days=30)
    assert (1, []) == (len(await riverside.inbox("lena")), await riverside.inbox("rosa"))
    seen = await riverside.driver.commands("rosa", "/mentor-admin asks")
    assert "1 of 2 has answered. Closed." in seen.text
    assert ["Answers"] == list(seen.buttons)
    assert "closed already" in await riverside.presses("rosa", "asks.close:1")
    assert "No message has counted" not in await riverside.asks("lena", "/mentor rate why")
    assert "taken back by Rosa Delgado; doesn't count." in await riverside.asks("lena", "/mentor rate why")


async def test_a_late_one_stays_late_when_it_is_closed(riverside: World) -> None:
    """Closing takes away only what could still have been answered in time."""
    await asks(riverside, PHOTO, audience="mentors")
    await riverside.passes(days=4)
    await listed(riverside, "Close")
    assert "no answer so far; counts as late." in await riverside.asks("amara", "/mentor rate why")


async def test_what_waits_in_the_outbox_ends_with_the_request(riverside: World) -> None:
    """A request that is closed before it has reached somebody never does."""
    await riverside.asks("lena", "/mentor away until Friday")
    await asks(riverside, PHOTO, audience="mentees")
    await listed(riverside, "Close")
    await riverside.passes(days=20)
    assert [] == await riverside.inbox("lena")


async def test_answers_before_it_arrives(riverside: World) -> None:
    """Somebody who is away and answers from the list doesn't get it afterwards."""
    await riverside.asks("lena", "/mentor away until Friday")
    await asks(riverside, PHOTO, audience="mentees")
    seen = await riverside.driver.commands("lena", "/mentor waiting")
    await riverside.presses("lena", "Done", seen)
    await riverside.passes(days=20)
    assert [] == await riverside.inbox("lena")


async def test_the_list_shows_the_newest(riverside: World) -> None:
    """Eight of them, with a word that there are more."""
    for number in range(9):
        await drafts(riverside, f"Request {number}")
    seen = await riverside.driver.commands("rosa", "/mentor-admin asks")
    assert ("Request 8" in seen.text, "Request 0" in seen.text) == (True, False)
    assert "Older ones are not shown." == seen.texts[-1]


async def test_members_cant(riverside: World) -> None:
    """Requests and answers are for coordinators."""
    await asks(riverside, PHOTO)
    for command in ("/mentor-admin ask", "/mentor-admin asks"):
        assert "This is for coordinators." in await riverside.asks("amara", command)
    for button in ("answers", "close", "send", "look", "change", "drop", "keep"):
        assert "This is for coordinators." in await riverside.presses("lena", f"asks.{button}:1")
