"""A session that was never booked can be noted; the other can say that it was otherwise."""

import pytest

from storage.goals import Goals
from storage.pairings import Pairings
from storage.sessions import Sessions, State
from tests.drivers.driver import Seen
from tests.platforms import on_each_platform
from tests.sessions.having import asked, books, says, session, told, words
from tests.world import World


async def notes(riverside: World, user: str = "lena", **values: str) -> Seen:
    """Note a session."""
    form = (await riverside.driver.presses(user, "sessions.unbooked")).form
    assert form is not None
    seen = await riverside.driver.submits(user, form, values)
    await riverside.jobs.round()
    return seen


@on_each_platform
async def test_it_is_noted(riverside: World) -> None:
    """It is held at once; the other is asked whether it was so, and a no goes to a coordinator."""
    seen = await notes(riverside, when="yesterday 18:00", minutes="45")
    assert "Noted: you and Amara Okafor met, Sunday 1 March, 18:00." in seen.text
    one = await session(riverside)
    assert (State.HELD, 45, True) == (one.state, one.minutes, one.logged)
    assert [] == await told(riverside, "lena")
    question = await asked(riverside, "amara")
    assert "Lena Vogt noted that you two met: Sunday 1 March, 18:00. Did you?" == question.texts[0]
    assert ["Yes", "Not this time"] == list(question.buttons)
    await says(riverside, "amara", "Not this time", "Rather not say")
    assert State.UNCLEAR is (await session(riverside)).state
    assert "Amara Okafor: not this time (Rather not say)\nLena Vogt: we met" in (await riverside.inbox("rosa"))[0].text


async def test_with_whom_and_about_what(riverside: World) -> None:
    """A mentor of several chooses; goals of another pairing are refused, and nothing that was typed is lost."""
    async with riverside.database.work(1) as work:
        pairings = await work.of(Pairings).going_on(await riverside.member(work, "amara"))
        ids = [
            await work.of(Goals).add(one.id, await riverside.member(work, "amara"), f"Goal {one.id}")
            for one in pairings
        ]
    form = (await riverside.driver.presses("amara", "sessions.unbooked")).form
    assert form is not None
    assert ["with", "when", "minutes", "goals"] == [field.name for field in form.fields]
    values = {"with": str(pairings[0].id), "when": "yesterday 18:00", "minutes": "60"}
    wrong = await riverside.driver.submits("amara", form, {**values, "goals": str(ids[1])})
    assert {"goals"} == set(wrong.errors)
    await riverside.driver.submits("amara", form, {**values, "goals": str(ids[0])})
    async with riverside.database.work(1) as work:
        assert {1: [ids[0]]} == dict(await work.of(Sessions).goals([1]))


@pytest.mark.parametrize(
    ("values", "field", "why"),
    [
        ({"when": "tomorrow 18:00"}, "when", "still to come"),
        ({"when": "yesterday"}, "when", "one time of day"),
        ({"when": "9:30"}, "when", "isn't over yet"),
        ({"when": "yesterday at 6"}, "when", "several ways: Sunday 1 March, 18:00 / Sunday 1 March, 06:00"),
        ({"minutes": "0"}, "minutes", "10 minutes to 8 hours"),
        ({"minutes": "30 hours"}, "minutes", "10 minutes to 8 hours"),
        ({"minutes": "long"}, "minutes", "how long it takes"),
    ],
)
async def test_what_cant_be_noted(riverside: World, values: dict[str, str], field: str, why: str) -> None:
    """It is said beside the field what would be right."""
    seen = await notes(riverside, **{"when": "yesterday 18:00", "minutes": "60", **values})
    assert why in seen.wrong
    assert [field] == list(seen.errors) or seen.wrong
    assert [] == await words(riverside)


async def test_the_same_one_twice(riverside: World) -> None:
    """Two who note the same session, and one that was booked, give one session."""
    await notes(riverside, when="yesterday 18:00", minutes="60")
    assert "at that time already" in (await notes(riverside, "lena", when="yesterday 18:30", minutes="60")).wrong
    await books(riverside, minutes=60)
    await riverside.passes(days=4)
    assert "at that time already" in (await notes(riverside, when="Thursday 18:00", minutes="30")).wrong


async def test_the_other_is_asked_once(riverside: World) -> None:
    """However long ago the session was: one of the two has said that they met, so nobody is asked again."""
    await notes(riverside, when="26 February 2026 18:00", minutes="45")
    assert 1 == len(await riverside.inbox("amara"))
    await riverside.passes(days=10)
    assert 1 == len([seen for seen in await riverside.inbox("amara") if "Did you?" in seen.text])


async def test_the_other_is_away(riverside: World) -> None:
    """Whoever is away just now is asked when they are back."""
    await riverside.asks("amara", "/mentor away until 12 March")
    await notes(riverside, when="26 February 2026 18:00", minutes="45")
    await riverside.passes(days=1)
    assert [] == await riverside.inbox("amara")
    await riverside.asks("amara", "/mentor back")
    assert 1 == len([seen for seen in await riverside.inbox("amara") if "Did you?" in seen.text])
