"""A word because of safety gives nothing away, it reaches somebody, and it isn't lost."""

import pytest

from bot.people import Role
from storage.contacts import Contacts
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
    read = await riverside.driver.presses("ravi", "Read it", note)
    assert "because of safety" in read.text
    assert ["I've read it and take care of it"] == list(read.buttons)
    assert "settled and deleted" in await riverside.presses("ravi", "I've read it and take care of it", read)


async def test_a_responder_who_wasnt_told_settles_nothing(riverside: World) -> None:
    """A note is for coordinators as long as one can read it: others neither see nor delete it."""
    await change(riverside, "ravi", roles=frozenset({Role.RESPONDER}))
    await wishes(riverside, "It's about safety", "")
    await inbox(riverside, "rosa")
    for button in ("pairings.note:1", "pairings.read:1"):
        assert "Nothing was changed" in await riverside.presses("ravi", button)
    assert "because of safety" in await riverside.presses("rosa", "pairings.note:1")


async def test_a_responder_is_offered_nothing_that_they_cannot_do(riverside: World) -> None:
    """Also when the note is taken back: a pair is for coordinators to open."""
    await change(riverside, "rosa", roles=frozenset({Role.MENTEE}))
    await change(riverside, "ravi", roles=frozenset({Role.RESPONDER}))
    noted = await wishes(riverside, "It's about safety", "")
    await riverside.inbox("ravi")
    await riverside.presses("lena", "Take it back", noted)
    _, second = await inbox(riverside, "ravi")
    assert (True, {}) == ("A private note was taken back." in second.text, second.buttons)


@pytest.mark.parametrize(
    ("user", "proven", "told"),
    [("ravi", True, True), ("ravi", False, False), ("amara", True, False), ("rosa", True, False), (None, True, True)],
)
async def test_the_contact_for_worries_is_told_at_once(
    riverside: World, user: str | None, *, proven: bool, told: bool
) -> None:
    """If they are proven, are no side of the pairing, and weren't named already; now and whenever it is looked at."""
    (program,) = await riverside.core.programs()
    async with riverside.core.at_work(program) as context:
        contacts = context.work.of(Contacts)
        outside = None if user else "help@example.org"
        inside = await riverside.member(context.work, user) if user else None
        made = await contacts.put(member_id=inside, address=outside)
        assert not proven or await contacts.prove(made)
    answer = await wishes(riverside, "It's about safety", "")
    again = await riverside.asks("lena", "/mentor change")
    line = f"contact for worries is {'Ravi Menon' if user else 'help@example.org'}."
    assert (told, told) == (line in answer.text, line in again)
    assert told is ("contact for worries" in answer.text)
