"""Whoever joins is asked three things, once: at once, or when they have a space to write in if they are paired."""

from dataclasses import replace
from datetime import UTC, datetime

from bot.facts import ProgramChanged, SpaceOpened
from storage.members import Members
from storage.pairings import Pairings
from storage.programs import State
from storage.settings import Settings
from tests.platforms import on_each_platform
from tests.world import LENA, World

pytestmark = on_each_platform


async def opens_space(riverside: World, channel: str = LENA) -> None:
    """Tell the features that a pairing has its space now, as delivery does."""
    (program,) = await riverside.core.programs()
    async with riverside.core.at_work(program) as context:
        spaces = await context.work.of(Pairings).spaces_after(0, 10)
        space = next(space for space in spaces if space.place.channel == riverside.channel(channel))
        await context.tell(SpaceOpened(space.pairing.id, space.place))


async def becomes(riverside: World, state: State) -> None:
    """Change the program's state, and tell the features, as a coordinator's handler does."""
    (before,) = await riverside.core.programs()
    async with riverside.core.at_work(before) as context:
        await context.work.of(Settings).put(state=state, since=context.now)
        now = await riverside.core.context(context.work, replace(before, state=state, since=context.now))
        await now.tell(ProgramChanged(before))


async def test_three_questions(riverside: World) -> None:
    """Both sides get one message; each question is answered with one tap, and the others stay."""
    await opens_space(riverside)
    (to_amara,) = await riverside.inbox("amara")
    (to_lena,) = await riverside.inbox("lena")
    assert "you and Lena Vogt" in to_amara.text
    assert "you and Amara Okafor" in to_lena.text
    asked = ["When may I remind you?", "Which country's holidays shall I keep?"]
    assert [*asked, "Which language shall I speak with you?"] == [line for line in to_amara.texts if line[-1] == "?"]
    assert "17:00\u201321:00" in await riverside.presses("amara", "Evenings 17-21", to_amara)
    assert "no public holidays" in await riverside.presses("amara", "None", to_amara)
    assert "I speak English" in await riverside.presses("amara", "English", to_amara)
    card = await riverside.asks("amara", "/mentor me")
    assert ("Hours: 17:00\u201321:00, as you chose" in card, "English, as you chose" in card) == (True, True)
    (again,) = await riverside.inbox("amara")
    assert (to_amara.buttons, True) == (again.buttons, again.edited)


async def test_the_questions_show_what_was_chosen(riverside: World) -> None:
    """What was tapped stands in the place of its question, and can still be changed; the others go on asking."""
    await opens_space(riverside)
    (asked,) = await riverside.inbox("lena")
    await riverside.presses("lena", "Evenings 17-21", asked)
    (edited,) = await riverside.inbox("lena")
    assert "✓ I may remind you at these hours: 17:00\u201321:00" in edited.texts
    assert "When may I remind you?" not in edited.text
    assert "Which country's holidays shall I keep?" in edited.texts
    await riverside.presses("lena", "Any time 9-21:30", edited)
    await riverside.asks("lena", "/mentor country Germany")
    (edited,) = await riverside.inbox("lena")
    expected = ("✓ I may remind you at these hours: 09:00\u201321:30", "✓ I keep the holidays of Germany")
    assert expected == tuple(text for text in edited.texts if text.startswith("✓"))


async def test_the_questions_follow_the_language(riverside: World) -> None:
    """Whoever chooses another language has the questions in it."""
    await opens_space(riverside)
    (asked,) = await riverside.inbox("lena")
    await riverside.presses("lena", "Español", asked)
    (edited,) = await riverside.inbox("lena")
    assert "Welcome" not in edited.text
    assert "✓ Te hablo en este idioma: Español" in edited.texts
    assert "Tardes 17-21" in str(edited.buttons)
    await riverside.presses("lena", "English", edited)
    (edited,) = await riverside.inbox("lena")
    assert "✓ I speak English with you" in edited.texts


async def test_another_country_is_typed(riverside: World) -> None:
    """What isn't offered can be typed into a form."""
    await opens_space(riverside)
    (asked,) = await riverside.inbox("lena")
    form = (await riverside.driver.presses("lena", "Another …", asked)).form
    assert form is not None
    assert "holidays of Spain" in (await riverside.driver.submits("lena", form, {"country": "España"})).text
    hours = (await riverside.driver.presses("lena", "Choose …", asked)).form
    assert hours is not None
    assert "06:00\u201308:00" in (await riverside.driver.submits("lena", hours, {"hours": "6am-8am"})).text


async def test_the_country_is_guessed_from_the_zone(riverside: World) -> None:
    """Who lives in Berlin's time is offered Germany first, by its name."""
    await riverside.asks("lena", "/mentor zone Berlin")
    await opens_space(riverside)
    (asked,) = await riverside.inbox("lena")
    offered = [label for label, sends in asked.buttons.items() if "country" in sends]
    assert ["Germany", "Denmark", "Norway", "Another …", "None"] == offered
    assert "holidays of Germany" in await riverside.presses("lena", "Germany", asked)


async def test_asked_once(riverside: World) -> None:
    """A second space, and a second start, ask nobody again."""
    await opens_space(riverside)
    await opens_space(riverside, "amara-noor")
    await opens_space(riverside)
    assert [1, 1, 1] == [len(await riverside.inbox(user)) for user in ("amara", "lena", "noor")]
    await becomes(riverside, State.SHADOW)
    await becomes(riverside, State.RUNNING)
    assert [1, 1, 1] == [len(await riverside.inbox(user)) for user in ("amara", "lena", "noor")]


async def test_a_program_that_ran_before_asks_nobody(riverside: World) -> None:
    """Whoever is in the file with the people isn't asked, however long the program runs."""
    await riverside.passes(days=7)
    assert [] == await riverside.inbox("amara")


async def test_nobody_is_asked_before_the_start(riverside: World) -> None:
    """Whoever has a space that was made while the bot only pretended is asked at the start; coordinators aren't."""
    await becomes(riverside, State.SHADOW)
    await opens_space(riverside)
    await riverside.passes(days=1)
    assert [] == await riverside.inbox("amara")
    await becomes(riverside, State.RUNNING)
    inboxes = [await riverside.inbox(user) for user in ("amara", "lena", "noor", "rosa")]
    welcomed = [any("Welcome to" in seen.text for seen in inbox) for inbox in inboxes]
    assert [True, True, True, False] == welcomed


async def test_a_change_of_figures_is_no_start(riverside: World) -> None:
    """A program that runs already asks nobody when its figures change."""
    await becomes(riverside, State.RUNNING)
    assert [] == await riverside.inbox("amara")


async def test_nothing_is_lost_when_the_start_is_taken_back(riverside: World) -> None:
    """Who would have been asked while the bot only pretends again is asked when it runs."""
    await riverside.asks("lena", "/mentor hours 18:00-20:00")
    await opens_space(riverside)
    await becomes(riverside, State.SHADOW)
    await riverside.passes(days=2)
    assert [] == await riverside.inbox("lena")
    await becomes(riverside, State.RUNNING)
    await riverside.passes(days=2)
    assert 1 == len(await riverside.inbox("lena"))


async def test_asked_at_their_hours(riverside: World) -> None:
    """The questions come at the hours that are known, also on a day on which something else came."""
    await riverside.asks("lena", "/mentor hours 18:00-20:00")
    await opens_space(riverside)
    assert [] == await riverside.inbox("lena")
    await riverside.passes(hours=8.1)
    assert 1 == len(await riverside.inbox("lena"))


async def test_what_waits_for_its_hours_follows_them(riverside: World) -> None:
    """Who chooses other hours meanwhile has the questions at those."""
    await riverside.asks("lena", "/mentor hours 18:00-20:00")
    await opens_space(riverside)
    assert [] == await riverside.inbox("lena")
    await riverside.asks("lena", "/mentor hours any time")
    assert 1 == len(await riverside.inbox("lena"))


async def test_who_was_asked_is_noted(riverside: World) -> None:
    """What was noted is when the message went out."""
    await opens_space(riverside)
    await riverside.inbox("amara")
    (program,) = await riverside.core.programs()
    async with riverside.core.at_work(program) as context:
        welcomed = {member.name: member.welcomed_at for member in await context.work.of(Members).every()}
    assert datetime(2026, 3, 2, 10, tzinfo=UTC) == welcomed["Lena Vogt"]
    assert welcomed["Noor Haddad"] is None
