"""A whole program, as its people live it: from nobody at all to a change of mentor, in what they write and read."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.drivers.driver import Rejected
from tests.platforms import PLATFORMS
from tests.setup.empty import code, go_without
from tests.world import World, world


@pytest.fixture(params=PLATFORMS)
async def there(request: pytest.FixtureRequest, database_url: str, tmp_path: Path) -> AsyncIterator[World]:
    """Open a program without members, on each platform with people."""
    async with world(database_url, tmp_path, empty=True, on=request.param) as opened:
        yield opened


MEMBERS = ("amara", "lena", "noor", "ravi")


async def test_from_an_empty_program_to_a_change_of_mentor(there: World) -> None:
    """Set-up, Start, a first nudge, a wish to change, another mentor; and nothing before Start for anybody."""
    await _set_up(there)
    assert [] == await _heard(there)
    space = await _start(there)
    await _first_nudge(there, space)
    await _change_of_mentor(there, space)


async def _set_up(there: World) -> None:
    """Rosa comes with the code, adds people, pairs two, and names a contact who answers; a week passes."""
    welcome = await there.asks("rosa", f"/mentor-admin setup {await code(there)}")
    assert "You're this program's coordinator now" in welcome
    assert "What is missing" in await there.asks("rosa", "/mentor-admin start")
    assert "is in the program now" in await there.asks("rosa", "/mentor-admin add @amara mentor")
    assert "is in the program now" in await there.asks("rosa", "/mentor-admin add @ravi mentor")
    assert "Added: Lena Vogt and Noor Haddad" in await there.asks("rosa", "/mentor-admin add @lena @noor mentee")
    assert "are paired" in await there.asks("rosa", "/mentor-admin pair @amara with @lena")
    await there.asks("rosa", "/mentor-admin contact @rosa")
    (asked,) = await there.inbox("rosa")
    await there.presses("rosa", "Yes, I'm the contact", asked)
    await go_without(there)
    ticks = await there.asks("rosa", "/mentor-admin setup")
    assert ["✓", "✓", "✓", "✓", "✓", "✓", "✓", "○"] == [line[0] for line in ticks.split("\n") if line[0] in "✓○"]
    await there.passes(days=7)


async def _heard(there: World) -> list[str]:
    return [seen.text for user in MEMBERS for seen in await there.inbox(user)]


async def _start(there: World) -> str:
    """Rosa says Start: the two get their space and are welcomed there, everybody gets three questions."""
    asked = await there.driver.commands("rosa", "/mentor-admin start")
    assert "is running" in await there.presses("rosa", "Start now", asked)
    assert [1, 1, 1, 1] == [len(await there.inbox(user)) for user in MEMBERS]
    (space,) = set(await there.driver.spaces("lena")) - set(await there.driver.spaces("noor"))
    (welcome,) = await there.driver.posts("amara", space)
    assert "Welcome, Amara Okafor and Lena Vogt!" in welcome.text
    return space


async def _first_nudge(there: World, space: str) -> None:
    """Lena writes, a day passes, and Amara is reminded: kindly, and without a word of what was written."""
    await there.says("lena", space, "heliotrope")
    await there.passes(days=1)
    nudge = (await there.inbox("amara"))[-1]
    assert "Lena Vogt wrote to you yesterday and may be waiting for an answer." in nudge.text
    assert "heliotrope" not in nudge.text


async def _change_of_mentor(there: World, space: str) -> None:
    """Lena asks for somebody else; Rosa is told, Amara isn't; Rosa gives her Ravi, and the old space is closed."""
    before = len(await there.inbox("amara"))
    asked = await there.driver.commands("lena", "/mentor change")
    talked = await there.driver.presses("lena", "I'd like somebody else", asked)
    await there.presses("lena", "Not yet", talked)
    await there.passes(days=1)
    assert "Lena Vogt" in (await there.inbox("rosa"))[-1].text
    assert before == len(await there.inbox("amara"))
    card = await there.driver.commands("rosa", "/mentor-admin pairing @amara @lena")
    form = (await there.driver.presses("rosa", "Change the mentor", card)).form
    assert form is not None
    (who, *_) = form.fields
    (ravi,) = [value for value, label in who.choices.items() if "Ravi Menon" in label]
    done = await there.driver.submits("rosa", form, {who.name: ravi})
    assert "Ravi Menon" in done.text
    await there.passes(hours=1)
    (new,) = set(await there.driver.spaces("ravi"))
    assert "Welcome, Ravi Menon and Lena Vogt!" in (await there.driver.posts("lena", new))[0].text
    assert new != space
    assert "your time together in this program ends here" in (await there.driver.posts("lena", space))[-1].text
    with pytest.raises(Rejected):
        await there.says("lena", space)
