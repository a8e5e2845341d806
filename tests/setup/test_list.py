"""The list of what is to be done, and what can be chosen from it."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot import policy
from bot.language import languages
from bot.setup.policies import read_time
from bot.setup.rules import RULES, SEEDS, not_yet
from bot.setup.wording import days_said
from tests.drivers.driver import Seen
from tests.platforms import on_each_platform
from tests.setup.empty import coordinator, made_ready, pair, space
from tests.world import World, world


@pytest.fixture
async def empty(database_url: str, tmp_path: Path) -> AsyncIterator[World]:
    """Open a program with nobody in it."""
    async with world(database_url, tmp_path, empty=True) as opened:
        yield opened


def lines(seen: Seen) -> dict[str, str]:
    """Return the list's ticks, by what they are about."""
    found = [text for text in seen.texts if text[:1] in "✓○"]
    return {text[2:].partition(":")[0]: text[0] for text in found}


async def test_what_is_done_is_ticked(empty: World) -> None:
    """People, pairings and the contact are missing at first, and not when they are there."""
    begin = lines(await coordinator(empty))
    assert {
        "People": "○",
        "Pairings": "○",
        "Contact for worries": "○",
        "Private reports": "○",
        "Policy": "✓",
        "Hours": "✓",
        "Language": "✓",
        "The program's channel": "○",
    } == begin
    await pair(empty)
    shown = lines(await empty.driver.commands("rosa", "/mentor-admin setup"))
    assert ("✓", "✓", "○") == (shown["People"], shown["Pairings"], shown["Contact for worries"])


async def test_another_preset(empty: World) -> None:
    """It is chosen with a tap, and the list tells what of it comes later."""
    shown = await coordinator(empty)
    choices = await empty.driver.presses("rosa", "Choose a policy", shown)
    assert policy.presets() == list(choices.buttons)
    chosen = await empty.driver.presses("rosa", "inzpireu", choices)
    assert "This program follows inzpireu from now on." in chosen.text
    rest = await empty.driver.presses("rosa", "Which ones?", chosen)
    now, later = rest.text.split("These come with later versions of me:")
    assert ("Answer each other's messages" in now, "Badges for mentors and mentees" in now) == (True, False)
    assert ("Answer each other's messages" in later, "Badges for mentors and mentees" in later) == (False, True)
    assert "There is nothing for you to do here." in later
    assert "follows inzpireu already" in await empty.presses("rosa", "inzpireu", choices)
    assert "✓ Policy: inzpireu." in await empty.presses("rosa", "Back to the set-up", rest)


@pytest.mark.parametrize("name", policy.presets())
async def test_what_comes_later_frightens_nobody(empty: World, name: str) -> None:
    """What works stands first, whatever the policy; the rest is counted, and its names are behind a button."""
    await coordinator(empty)
    await empty.presses("rosa", f"setup.preset:{name}")
    shown = await empty.driver.commands("rosa", "/mentor-admin setup")
    works, rest = [line for line in shown.texts if "What works already" in line or "later version" in line]
    assert "reminders of messages that wait" in works
    assert f"{len(not_yet(name))} further rule" in rest
    assert "There is nothing for you to do about it." in rest
    assert works in (await empty.driver.presses("rosa", "What comes later", shown)).texts


@on_each_platform
async def test_hours_are_changed_in_a_form(empty: World) -> None:
    """What can't be read is said beside its field, and what was typed stays."""
    shown = await coordinator(empty)
    assert "✓ Hours: Monday to Friday, 09:00 to 19:30" in shown.text
    form = (await empty.driver.presses("rosa", "Hours", shown)).form
    assert form is not None
    wrong = await empty.driver.submits("rosa", form, {"days": "someday", "opens": "25:00", "closes": "late"})
    assert {"days", "opens", "closes"} == set(wrong.errors)
    assert "These are the hours already" in (await empty.driver.submits("rosa", form, {})).text
    days = {label: value for value, label in form.fields[0].choices.items()}
    right = await empty.driver.submits("rosa", form, {"days": days["every day"], "opens": "8", "closes": "20.15"})
    assert "I remind people every day, 08:00 to 20:15" in right.text
    again = (await empty.driver.presses("rosa", "Hours", shown)).form
    assert again is not None
    assert ("08:00", "20:15") == (again.values["opens"], again.values["closes"])
    assert "✓ Hours: every day, 08:00 to 20:15" in await empty.asks("rosa", "/mentor-admin setup")


async def test_the_programs_language(empty: World) -> None:
    """Those that the bot speaks are offered."""
    shown = await coordinator(empty)
    choices = await empty.driver.presses("rosa", "Language", shown)
    assert list(languages().values()) == list(choices.buttons)
    assert "I speak English with whoever" in await empty.presses("rosa", "English", choices)


@on_each_platform
async def test_the_programs_channel(empty: World) -> None:
    """It is the one in which the command is written: not that of a pair, and not the talk with the bot."""
    await coordinator(empty)
    theirs = await pair(empty)
    if empty.platform.name != "discord":  # where the bot alone isn't offered it
        assert "in the channel itself" in await empty.asks("rosa", "/mentor-admin channel")
    await empty.says("rosa", theirs.channel)
    there = await empty.driver.commands("rosa", "/mentor-admin channel", space=theirs.channel)
    assert "the conversation of one pair" in there.text
    team = await space(empty, "team", ["rosa", "amara"])
    for answer in ("This is the program's channel from now on", "This is the program's channel already"):
        assert answer in (await empty.driver.commands("rosa", "/mentor-admin channel", space=team.channel)).text
    other = await space(empty, "hall", ["rosa", "amara"])
    assert "from now on" in (await empty.driver.commands("rosa", "/mentor-admin channel", space=other.channel)).text
    assert "✓ The program's channel" in await empty.asks("rosa", "/mentor-admin setup")


async def test_only_coordinators_see_the_list(empty: World) -> None:
    """Members are told whom it is for."""
    await made_ready(empty)
    for user in ("amara", "lena"):
        assert "This is for coordinators" in await empty.asks(user, "/mentor-admin setup")


def test_every_preset_says_what_it_asks_for() -> None:
    """The rules name the documents of the presets, each at least one; one of no document asks for everything."""
    assert set(policy.presets()) - {"default"} == set(SEEDS)
    assert frozenset().union(*SEEDS.values()) == frozenset().union(*(rule.seeds for rule in RULES))
    assert all(not_yet(name) for name in policy.presets())
    assert [rule for rule in RULES if not rule.done] == not_yet("default")


@pytest.mark.parametrize(
    ("days", "said"),
    [
        ({0, 1, 2, 3, 4}, "Monday to Friday"),
        ({6, 0, 1, 2, 3}, "Sunday to Thursday"),
        (set(range(7)), "every day"),
        ({5, 6}, "Saturday and Sunday"),
        ({0, 2, 4}, "Monday, Wednesday and Friday"),
        ({3}, "Thursday"),
    ],
)
def test_days_are_said_as_people_say_them(days: set[int], said: str) -> None:
    """Days in a row by the first and the last of them, others one by one."""
    assert said == days_said(days)


@given(st.times())
def test_a_time_is_read_as_it_is_written(at: object) -> None:
    """With a colon or a dot."""
    written = str(at)[:5]
    assert written == str(read_time(written))[:5] == str(read_time(written.replace(":", ".")))[:5]


@given(st.text(max_size=8))
def test_what_is_no_time_is_none(text: str) -> None:
    """Nothing that can be typed fails."""
    found = read_time(text)
    assert found is None or found.hour < 24
