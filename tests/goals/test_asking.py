"""When the mentee is asked how a goal goes."""

from collections.abc import Callable
from pathlib import Path

from storage.members import Members
from storage.programs import State
from tests.asks.asking import asks
from tests.goals.wanting import GOAL, moves, opens, questions, sees, wants
from tests.platforms import on_each_platform
from tests.settings.saying import changes
from tests.setup.empty import go_without, prove_contact, start
from tests.world import World, world


@on_each_platform
async def test_after_thirty_days(riverside: World) -> None:
    """Not a day earlier; with one tap it moved on, and the message says so from then on."""
    await wants(riverside)
    await moves(riverside, 40)
    await riverside.passes(days=29, hours=23)
    assert [] == await questions(riverside)
    await riverside.passes(hours=1)
    (asked,) = await questions(riverside)
    assert f"How is your goal going, with Amara Okafor? “{GOAL}”" in asked.texts
    assert "40% ■■■■□□□□□□, on Monday 2 March" in asked.texts
    assert ["It moved on …", "It's done", "Not just now"] == list(asked.buttons)
    form = await opens(riverside, "lena", "It moved on …", asked)
    assert "Noted: 60%" in (await riverside.driver.submits("lena", form, {"percent": "60"})).text
    (after,) = await questions(riverside)
    assert "Nothing left to do here." in after.text
    assert not after.buttons
    assert [] == await questions(riverside, "amara")
    await riverside.passes(days=29)
    assert 1 == len(await questions(riverside))
    await riverside.passes(days=2)
    assert 2 == len(await questions(riverside))


async def test_it_is_done(riverside: World) -> None:
    """One tap, and nothing is asked any more."""
    await wants(riverside)
    await riverside.passes(days=30)
    (asked,) = await questions(riverside)
    assert "Well done!" in await riverside.presses("lena", "It's done", asked)
    assert "This goal is reached." in (await questions(riverside))[0].text
    await riverside.passes(days=90)
    assert 1 == len(await questions(riverside))


async def test_not_just_now(riverside: World) -> None:
    """It is asked again after another thirty days."""
    await wants(riverside)
    await riverside.passes(days=30)
    (asked,) = await questions(riverside)
    assert "I'll ask again in" in await riverside.presses("lena", "Not just now", asked)
    assert not (await questions(riverside))[0].buttons
    await riverside.passes(days=29)
    assert 1 == len(await questions(riverside))
    await riverside.passes(days=2)
    assert 2 == len(await questions(riverside))


async def test_three_times_and_then_silence(riverside: World) -> None:
    """Until somebody says something about the goal."""
    await wants(riverside)
    await riverside.passes(days=300)
    assert 3 == len(await questions(riverside))
    await moves(riverside, 10, user="amara")
    await riverside.passes(days=32)
    assert 4 == len(await questions(riverside))


async def test_several_goals_are_one_message(riverside: World) -> None:
    """What falls due in the days after the first question comes with the next one, a week later at the earliest."""
    for number in range(1, 6):
        await wants(riverside, f"Goal {number}")
        await riverside.passes(days=1)
    await riverside.passes(days=25)
    (first,) = await questions(riverside)
    assert ("Goal 1" in first.text, "Goal 2" in first.text) == (True, False)
    await riverside.passes(days=6)
    assert 1 == len(await questions(riverside))
    await riverside.passes(days=3)
    second = (await questions(riverside))[1]
    assert ["Goal 1", "Goal 5"] == [f"Goal {number}" for number in (1, 5) if f"“Goal {number}”" not in second.text]
    assert "1 more goal: /mentor goals" in second.text


async def test_time_away_does_not_count(riverside: World) -> None:
    """Neither does a rest of the pairing; what the mentor does with her time changes nothing."""
    await wants(riverside)
    await riverside.asks("lena", "/mentor away until Monday")
    await riverside.asks("amara", "/mentor away until Monday")
    await riverside.passes(days=7)
    await riverside.driver.presses("rosa", "pairings.rest_for:1:7")
    await riverside.passes(days=7)
    await riverside.passes(days=29)
    assert [] == await questions(riverside)
    await riverside.passes(days=3)
    assert 1 == len(await questions(riverside))


async def test_a_question_waits_while_the_pairing_rests(riverside: World) -> None:
    """One that was on its way in the night comes after the rest; in a pairing that ended it never does."""
    await riverside.passes(hours=11)  # Monday, 21:00
    await wants(riverside)
    await riverside.passes(days=30)  # Wednesday, 21:00
    await riverside.driver.presses("rosa", "pairings.rest_for:1:0")
    await riverside.passes(days=20)
    assert [] == await questions(riverside)
    await riverside.driver.presses("rosa", "pairings.go_on:1")
    await riverside.passes(days=2)
    assert 1 == len(await questions(riverside))
    await riverside.driver.presses("rosa", "pairings.end_now:1")
    await riverside.passes(days=90)
    assert 1 == len(await questions(riverside))
    await riverside.driver.presses("rosa", "pairings.again:1:0")
    await riverside.passes(days=4)
    assert 2 == len(await questions(riverside))


async def _full_week(riverside: World) -> None:
    """Let Lena have a goal, and get so much of the team that on the thirtieth day there is no room for a question."""
    await wants(riverside)
    await riverside.passes(days=28)
    for number in (1, 2):
        await asks(riverside, "Please", audience="one", who="@lena")
        await riverside.presses("lena", f"asks.done:{number}")
        await riverside.passes(days=1)
    assert "How is your goal going" not in await _asked(riverside)


async def test_a_question_waits_for_room(riverside: World) -> None:
    """It is patient, and comes once there is some."""
    await _full_week(riverside)
    await riverside.passes(days=10)
    assert 1 == (await _asked(riverside)).count("How is your goal going")


async def test_what_moved_on_while_it_waited_is_not_asked(riverside: World) -> None:
    """A word on the goal drops the question; the next one comes once, after a whole period."""
    await _full_week(riverside)
    await moves(riverside, 50)
    await riverside.passes(days=29)
    assert "How is your goal going" not in await _asked(riverside)
    await riverside.passes(days=10)
    assert 1 == (await _asked(riverside)).count("How is your goal going")


async def test_a_rest_holds_a_question_up_that_waited_for_room(riverside: World) -> None:
    """Soon after it ends the question comes, also if it ends earlier than was said."""
    await _full_week(riverside)
    await riverside.driver.presses("rosa", "pairings.rest_for:1:28")
    await riverside.passes(days=14)
    assert "How is your goal going" not in await _asked(riverside)
    await riverside.driver.presses("rosa", "pairings.go_on:1")
    await riverside.passes(days=4)
    assert 1 == (await _asked(riverside)).count("How is your goal going")


async def _asked(riverside: World) -> str:
    return "\n".join(seen.text for seen in await riverside.inbox("lena"))


async def test_whoever_is_back_early_is_asked_then(riverside: World) -> None:
    """And not when they had meant to be back."""
    await wants(riverside)
    await riverside.passes(days=29)
    await riverside.asks("lena", "/mentor away three months")
    await riverside.passes(days=14)
    assert [] == await questions(riverside)
    await riverside.asks("lena", "/mentor back")
    await riverside.passes(days=4)
    assert 1 == len(await questions(riverside))


async def test_nobody_is_asked_who_is_not_there(riverside: World) -> None:
    """A mentee who was deactivated gets no question."""
    await wants(riverside)
    async with riverside.database.work(1) as work:
        await work.of(Members).change(await riverside.member(work, "lena"), active=False)
    await riverside.passes(days=40)
    assert [] == await questions(riverside)


async def test_another_length_holds_at_once(riverside: World) -> None:
    """What is there goes by it as well; less than a week is refused."""
    await wants(riverside)
    await riverside.passes(days=10)
    assert "7 days or more" in await riverside.asks("rosa", "/mentor-admin settings word on goals every 2 days")
    await changes(riverside, "word on goals every 2 weeks")
    await riverside.passes(days=3)
    assert [] == await questions(riverside)
    await riverside.passes(days=1)
    assert 1 == len(await questions(riverside))


async def test_what_was_only_tried_out_is_no_question(sqlite_in: Callable[[Path], str], tmp_path: Path) -> None:
    """When the program starts, all periods begin anew."""
    async with world(sqlite_in(tmp_path), tmp_path, state=State.SHADOW) as riverside:
        await wants(riverside)
        await riverside.passes(days=130)
        assert [] == await riverside.inbox("lena")
        await prove_contact(riverside)
        await go_without(riverside)
        await start(riverside)
        await riverside.passes(days=29)
        assert [] == await questions(riverside)
        await riverside.passes(days=3)
        assert 1 == len(await questions(riverside))
        assert GOAL in (await sees(riverside)).texts
