"""A word because of safety gives nothing away, it reaches somebody, and it isn't lost."""

import pytest

from bot.people import Role
from tests.pairings.people import change, inbox
from tests.pairings.test_change import wishes
from tests.world import World


async def test_taken_back_it_gives_nothing_away(riverside: World) -> None:
    """Whoever sees a coordinator's screen learns neither whose note it was nor about whom."""
    noted = await wishes(riverside, "It's about safety", "")
    await riverside.inbox("rosa")
    await riverside.presses("lena", "Take it back", noted)
    _, second = await inbox(riverside, "rosa")
    assert "A private note was taken back." in second.text
    assert not {"Lena", "Amara", "wish", "pair of"} & set(second.text.split())
    assert "Amara Okafor (mentor) and Lena Vogt" in await riverside.presses("rosa", "Open it", second)


@pytest.mark.parametrize("other_side", ["forgotten", "ended"])
async def test_it_outlives_what_the_other_side_does(riverside: World, other_side: str) -> None:
    """The note stays until a coordinator has read it and says so, though the pairing ends or its mentor is gone."""
    await wishes(riverside, "It's about safety", "")
    (note,) = await inbox(riverside, "rosa")
    if other_side == "ended":
        await riverside.presses("rosa", "pairings.end_now:1")
    else:
        await riverside.driver.submits("rosa", "mydata.forget_other:1", {"name": "Amara Okafor"})
    await riverside.passes(days=2)
    read = await riverside.driver.presses("rosa", "Read it", note)
    assert "Lena Vogt would like to talk with you today, because of safety." in read.text
    assert "settled and deleted" in await riverside.presses("rosa", "I've read it and take care of it", read)
    assert "Nothing was changed" in await riverside.presses("rosa", "Read it", note)


async def test_every_coordinator_hears_of_it(riverside: World) -> None:
    """Somebody who looks after the pairing and is away holds it up for nobody."""
    await change(riverside, "ravi", roles=frozenset({Role.COORDINATOR}))
    answer = await wishes(riverside, "It's about safety", "")
    assert "Ravi Menon" in answer.text
    assert "Rosa Delgado" in answer.text
    for user in ("rosa", "ravi"):
        assert "You have a private note." in (await inbox(riverside, user))[-1].text


async def test_responders_where_no_coordinator_can(riverside: World) -> None:
    """A responder hears of it, and can read it, if every coordinator is a side of the pairing."""
    await change(riverside, "rosa", roles=frozenset({Role.MENTEE}))
    await change(riverside, "ravi", roles=frozenset({Role.RESPONDER}))
    answer = await wishes(riverside, "It's about safety", "")
    assert "I'm asking Ravi Menon to write to you today." in answer.text
    (note,) = await inbox(riverside, "ravi")
    assert "because of safety" in await riverside.presses("ravi", "Read it", note)
