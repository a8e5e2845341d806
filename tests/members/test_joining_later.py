"""Whoever joins a program that runs is asked the same as everybody is at its start."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.drivers.driver import Seen
from tests.setup.empty import made_ready, start, stop
from tests.world import World, world


@pytest.fixture
async def there(database_url: str, tmp_path: Path) -> AsyncIterator[World]:
    """Open a program that runs, of Rosa, and of Amara and Lena who are paired."""
    async with world(database_url, tmp_path, empty=True) as opened:
        await made_ready(opened)
        await start(opened)
        yield opened


async def welcomes(there: World, user: str) -> list[Seen]:
    """Return the questions that somebody got."""
    return [seen for seen in await there.inbox(user) if "Welcome to" in seen.text]


async def deactivate(there: World, user: str) -> None:
    """Take somebody out of the program."""
    card = await there.driver.commands("rosa", f"/mentor-admin person @{user}")
    question = await there.driver.presses("rosa", "Deactivate", card)
    await there.driver.presses("rosa", "Yes, deactivate", question)


async def test_who_is_added(there: World) -> None:
    """They are asked at once, though nobody is paired with them yet; and not again when they are."""
    await there.asks("rosa", "/mentor-admin add @ravi mentor")
    (asked,) = await welcomes(there, "ravi")
    assert "I help mentors and mentees stay in touch" in asked.text
    await there.presses("ravi", "Evenings 17-21", asked)
    await there.asks("rosa", "/mentor-admin pair @ravi with @lena")
    await there.passes(days=1)
    (edited,) = await welcomes(there, "ravi")
    assert "✓ I may remind you at these hours: 17:00\u201321:00" in edited.texts


async def test_who_is_imported(there: World) -> None:
    """Whoever comes with a pairing is asked when they have their space, with the name of the other side."""
    form = (await there.driver.commands("rosa", "/mentor-admin import")).form
    assert form is not None
    rows = "account,role,mentor\n@ravi,mentee,Amara Okafor\n@noor,mentee,\n"
    would = await there.driver.submits("rosa", form, {"text": rows})
    await there.presses("rosa", "Add 2 people and 1 pairing", would)
    (to_noor,), (to_ravi,) = await welcomes(there, "noor"), await welcomes(there, "ravi")
    assert "I help mentors and mentees stay in touch" in to_noor.text
    assert "I help you and Amara Okafor stay in touch" in to_ravi.text


async def test_who_is_brought_back(there: World) -> None:
    """Whoever was never asked is asked now; whoever was isn't asked again."""
    await stop(there)
    await there.asks("rosa", "/mentor-admin add @noor mentee")
    await deactivate(there, "noor")
    await start(there)
    assert [] == await welcomes(there, "noor")
    await deactivate(there, "lena")
    for user in ("noor", "lena"):
        card = await there.driver.commands("rosa", f"/mentor-admin person @{user}")
        await there.presses("rosa", "Bring back", card)
    assert (1, 1) == (len(await welcomes(there, "noor")), len(await welcomes(there, "lena")))


@pytest.mark.parametrize("role", ["coordinator", "responder"])
async def test_who_has_no_conversation(there: World, role: str) -> None:
    """Coordinators and responders aren't asked: nobody's messages wait for them."""
    await there.asks("rosa", f"/mentor-admin add @ravi {role}")
    assert [] == await welcomes(there, "ravi")


async def test_who_is_added_while_it_is_stopped(there: World) -> None:
    """They are asked at the next start, also without a pairing; and not before."""
    await stop(there)
    await there.asks("rosa", "/mentor-admin add @ravi mentor")
    await there.passes(days=1)
    assert [] == await welcomes(there, "ravi")
    await start(there)
    assert 1 == len(await welcomes(there, "ravi"))


async def test_who_has_left_before_they_were_asked(there: World) -> None:
    """What waits for their hours is needless then."""
    await there.passes(hours=12)
    await there.asks("rosa", "/mentor-admin add @ravi mentor")
    assert [] == await welcomes(there, "ravi")
    await deactivate(there, "ravi")
    await there.passes(days=2)
    assert [] == await welcomes(there, "ravi")
