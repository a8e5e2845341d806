"""One side would like a change: coordinators hear of it, the other side doesn't."""

import pytest

from bot.people import Role
from tests.drivers.driver import Seen
from tests.pairings.people import change, everything_for, inbox, made, said_in, spaces
from tests.platforms import on_each_platform
from tests.world import LENA, World


async def wishes(riverside: World, button: str, talked: str = "Not yet") -> Seen:
    """Let Lena ask for something."""
    question = await riverside.driver.presses("lena", button, await riverside.driver.commands("lena", "/mentor change"))
    if not talked:
        return question
    return await riverside.driver.presses("lena", talked, question)


@pytest.mark.parametrize(
    ("talked", "told"),
    [
        ("Yes", "They have talked about it with Amara Okafor."),
        ("Not yet", "They haven't talked about it with Amara Okafor yet."),
        ("I'd rather not", "They would rather not talk about it with Amara Okafor."),
    ],
)
async def test_a_wish_goes_to_the_coordinator_alone(riverside: World, talked: str, told: str) -> None:
    """Whatever is answered, the wish goes on; the other side sees nothing of it anywhere."""
    answer = await wishes(riverside, "I'd like to end this pairing", talked)
    assert "I'm telling Rosa Delgado that you'd like to end your pairing with Amara Okafor." in answer.text
    (message,) = await inbox(riverside, "rosa")
    assert "Lena Vogt would like to end the pairing with Amara Okafor." == message.texts[0]
    assert told == message.texts[1]
    assert "Amara Okafor isn't told of this." == message.texts[2]
    card = await riverside.driver.presses("rosa", "Open the pair", message)
    assert f"Lena Vogt would like to end this pairing. {told}" in card.text
    for user in ("amara", "noor", "ravi"):
        assert "" == await everything_for(riverside, user)
    assert [] == await said_in(riverside, LENA)
    for command in ("/mentor change with @lena", "/mentor pace with @lena", "/mentor waiting"):
        assert "would like" not in await riverside.asks("amara", command)


@on_each_platform
async def test_safety_comes_first(riverside: World) -> None:
    """Nothing is asked, danger is spoken of first, and a coordinator gets a note that gives nothing away."""
    answer = await wishes(riverside, "It's about safety", "")
    assert "call the emergency number of your country now" in answer.texts[0]
    assert "I'm asking Rosa Delgado to write to you today." in answer.texts[1]
    assert "You can also write to Rosa Delgado directly." in answer.texts[1]
    (message,) = await inbox(riverside, "rosa")
    assert ("You have a private note. Please read it today.",) == message.texts
    note = await riverside.presses("rosa", "Read it", message)
    assert "Lena Vogt would like to talk with you today, because of safety." in note
    assert "safety" not in await everything_for(riverside, "amara")
    assert "isn't part of your role" in await riverside.presses("amara", "pairings.note:1")


async def test_asked_twice_is_one_wish(riverside: World) -> None:
    """Who asks again sees what was asked; the coordinator is told once, and again only of safety."""
    await wishes(riverside, "I'd like somebody else")
    again = await riverside.driver.commands("lena", "/mentor change")
    assert "Your wish is noted already" in again.text
    await riverside.presses("lena", "pairings.wish:1:other:yes")
    assert 1 == len(await inbox(riverside, "rosa"))
    await riverside.presses("lena", "It's about safety", again)
    assert 2 == len(await inbox(riverside, "rosa"))
    await riverside.presses("lena", "pairings.wish:1:end:yes")
    await riverside.passes(days=1)
    assert 2 == len(await inbox(riverside, "rosa"))
    assert 1 == (await riverside.asks("rosa", "/mentor-admin pairs")).count("a wish is open")


async def test_a_wish_is_taken_back(riverside: World) -> None:
    """Taken back, a wish is gone, and whoever was told of it is told that too."""
    noted = await wishes(riverside, "I'd like to end this pairing")
    (first,) = await inbox(riverside, "rosa")
    assert "I've taken it back" in await riverside.presses("lena", "Take it back", noted)
    _, second = await inbox(riverside, "rosa")
    assert "Lena Vogt has taken back their wish" in second.text
    assert "a wish is open" not in await riverside.asks("rosa", "/mentor-admin pairs")
    assert "There is nothing to take back" in await riverside.presses("lena", "Take it back", noted)
    card = await riverside.driver.presses("rosa", "Open the pair", first)
    assert "would like" not in card.text


async def test_a_wish_that_is_taken_back_at_once(riverside: World) -> None:
    """What was taken back before anybody was told of it is never told."""
    await riverside.passes(hours=12)  # 22:00: the coordinator is told tomorrow
    noted = await wishes(riverside, "I'd like to end this pairing")
    await riverside.presses("lena", "Take it back", noted)
    await riverside.passes(days=2)
    assert [] == await inbox(riverside, "rosa")


async def test_which_pairing(riverside: World) -> None:
    """Who has several pairings says which, or is asked."""
    which = await riverside.driver.commands("amara", "/mentor change")
    assert ["Lena Vogt", "Noor Haddad"] == list(which.buttons)
    one = await riverside.driver.presses("amara", "Noor Haddad", which)
    assert "What would you like, with Noor Haddad?" in one.text
    other = await riverside.driver.commands("amara", "/mentor change @noor")
    assert (one.texts, one.buttons) == (other.texts, other.buttons)
    assert "You aren't paired with anybody just now." in await riverside.asks("ravi", "/mentor change")


async def test_a_coordinator_who_is_a_side_learns_nothing(riverside: World) -> None:
    """A wish about somebody who coordinates too is for the other coordinators, and they can't look it up."""
    await change(riverside, "amara", roles=frozenset({Role.MENTOR, Role.COORDINATOR}))
    await wishes(riverside, "I'd like to end this pairing")
    assert "a wish is open" not in await riverside.asks("amara", "/mentor-admin pairs")
    card = await riverside.driver.commands("amara", "/mentor-admin pairing @amara @lena")
    assert "Lena Vogt would like" not in card.text
    assert "The wish is settled" not in card.buttons
    assert "Nothing was changed" in await riverside.presses("amara", "pairings.note:1")
    await riverside.presses("amara", "pairings.settled:1")
    assert "a wish is open" in await riverside.asks("rosa", "/mentor-admin pairs")
    assert [] == await inbox(riverside, "amara")


async def test_only_coordinator_is_the_other_side(riverside: World) -> None:
    """Where nobody else could be told, that is said, and the wish is kept."""
    await change(riverside, "rosa", roles=frozenset({Role.MENTEE}))
    await change(riverside, "amara", roles=frozenset({Role.MENTOR, Role.COORDINATOR}))
    answer = await wishes(riverside, "It's about safety", "")
    assert "call the emergency number of your country now" in answer.text
    assert "There is no coordinator whom I could tell just now" in answer.text
    assert [] == await inbox(riverside, "amara")


@on_each_platform
async def test_a_change_of_mentor(riverside: World) -> None:
    """A mentee asks for somebody else; the coordinator ends one pairing and makes the other in one step."""
    await change(riverside, "rosa", roles=frozenset({Role.MENTOR, Role.COORDINATOR}))
    await wishes(riverside, "I'd like somebody else", "Yes")
    (message,) = await inbox(riverside, "rosa")
    card = await riverside.driver.presses("rosa", "Open the pair", message)
    form = (await riverside.driver.presses("rosa", "Change the mentor", card)).form
    assert form is not None
    (field,) = form.fields
    assert ["Rosa Delgado"] == list(field.choices.values())
    wrong = await riverside.driver.submits("rosa", form, {"mentor": "Noor Haddad"})
    assert "A pairing is a mentor and a mentee." in wrong.errors["mentor"]
    rosa = next(id_ for id_, name in field.choices.items() if name == "Rosa Delgado")
    done = await riverside.driver.submits("rosa", form, {"mentor": rosa})
    assert "The pairing with Amara Okafor has ended." in done.text
    assert "Rosa Delgado (mentor) and Lena Vogt (mentee) are paired." in done.text
    assert ["lena", "rosa"] == sorted((await spaces(riverside))[await made(riverside)])
    assert "Dear Amara Okafor and Lena Vogt" in (await said_in(riverside, LENA))[-1].text
    assert "would like" not in await everything_for(riverside, "amara")
    assert "a wish is open" not in await riverside.asks("rosa", "/mentor-admin pairs")
