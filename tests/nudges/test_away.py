"""Time away moves every clock."""

from datetime import timedelta
from pathlib import Path

import pytest

from bot.clock import SetClock
from tests.world import LENA, World, world


async def test_nobody_is_reminded_while_away(riverside: World) -> None:
    """The clock stands still until the person is back, and goes on from there."""
    await riverside.says("lena")
    await riverside.passes(hours=12)
    assert "you're away until Monday 9 March 2026" in await riverside.asks("amara", "/mentor away until Monday")
    await riverside.passes(days=6)
    assert [] == await riverside.inbox("amara")
    await riverside.passes(days=1)  # Monday, 22:00: the other twelve hours are over since noon
    assert 1 == len(await riverside.inbox("amara"))


async def test_back_earlier(riverside: World) -> None:
    """Who comes back before the day is reminded of what waits."""
    await riverside.says("lena")
    await riverside.asks("amara", "/mentor away two weeks")
    await riverside.passes(days=2)
    assert "Welcome back! You had said Monday 16 March 2026" in await riverside.asks("amara", "/mentor back")
    await riverside.passes(days=1)
    assert 1 == len(await riverside.inbox("amara"))


async def test_a_pause_that_is_said_late_makes_nobody_late(riverside: World) -> None:
    """Set back by days, a pause moves the reminder and the limit that had begun to run."""
    await riverside.says("lena")
    await riverside.passes(days=3)
    assert 1 == len(await riverside.inbox("amara"))
    assert "counts as late" in await riverside.asks("amara", "/mentor rate why")
    answer = await riverside.asks("amara", "/mentor away until Monday since Monday")
    assert "you're away from Monday 2 March 2026 until Monday 9 March 2026" in answer
    assert "isn't decided yet" in await riverside.asks("amara", "/mentor rate why")


async def test_until_i_say_so(riverside: World) -> None:
    """An open pause holds until the person says that they're back."""
    await riverside.says("lena")
    choices = await riverside.driver.commands("amara", "/mentor away")
    labels = ["Until tomorrow", "One week", "Two weeks", "Until I say I'm back", "Another day …"]
    labels.append("Not away, only lighter weeks …")
    assert labels == list(choices.buttons)
    assert "until you write /mentor back" in await riverside.presses("amara", "Until I say I'm back", choices)
    await riverside.passes(days=57)
    assert [] == await riverside.inbox("amara")
    await riverside.asks("amara", "/mentor back")
    await riverside.passes(days=1)
    assert 1 == len(await riverside.inbox("amara"))


async def test_the_button_on_a_reminder(riverside: World) -> None:
    """I'm away, said under a reminder, asks how long and holds the next one back."""
    await riverside.says("lena")
    await riverside.passes(days=1)
    (seen,) = await riverside.inbox("amara")
    choices = await riverside.driver.presses("amara", "I'm away", seen)
    await riverside.presses("amara", "Two weeks", choices)
    await riverside.passes(days=13)
    assert 1 == len(await riverside.inbox("amara"))


async def test_a_form_keeps_what_was_typed(riverside: World) -> None:
    """What can't be read is said beside its field; the rest is taken once it is right."""
    choices = await riverside.driver.commands("amara", "/mentor away")
    form = (await riverside.driver.presses("amara", "Another day …", choices)).form
    assert form is not None
    wrong = await riverside.driver.submits("amara", form, {"until": "when pigs fly", "start": "nine years"})
    assert {"until", "start"} == set(wrong.errors)
    assert 'I couldn\'t read "when pigs fly" as a day.' in wrong.errors["until"]
    assert "A pause can last a year at most" in wrong.errors["start"]
    right = await riverside.driver.submits("amara", form, {"until": "Friday", "start": ""})
    assert "you're away until Friday 6 March 2026" in right.text


@pytest.mark.parametrize(
    ("typed", "answer"),
    [
        ("until yesterday", "Please give a later day"),
        ("until nine years", "A pause can last a year at most"),
        ("until 32 Brumaire", "I couldn't read"),
        ("until Monday since last year", "up to seven days back"),
        ("until 24.12.", "until Thursday 24 December 2026"),
        ("until 12.12.", "until Saturday 12 December 2026"),
        ("until 13:00", "I couldn't read"),
        ("20.12. - 5.1.", "I couldn't read"),
        ("until 0001-01-01", "Please give a later day"),
        ("from 20 December until 5 January", "from Sunday 20 December 2026 until Tuesday 5 January 2027"),
        ("for two weeks", "until Monday 16 March 2026"),
        ("till Friday since yesterday", "from Sunday 1 March 2026 until Friday 6 March 2026"),
        ("until Monday since 20 December", "up to seven days back"),
        ("until Monday since nine years", "up to seven days back"),
        ("until 9999-12-31", "A pause can last a year at most"),
        ("until 99999999999999 weeks", "I couldn't read"),
        ("until \u202emonday\u202c", "until Monday 9 March 2026"),
        ("until 🏖️", "I couldn't read"),
        ("until 2026-03-05", "until Thursday 5 March 2026"),
        ("until 5/3", "until Thursday 5 March 2026"),
        ("five days", "until Saturday 7 March 2026"),
    ],
)
async def test_days_as_people_write_them(sqlite_url: str, tmp_path: Path, typed: str, answer: str) -> None:
    """A day is read or refused, never guessed in silence: the answer names weekday and date."""
    async with world(sqlite_url, tmp_path) as riverside:
        assert answer in await riverside.asks("amara", f"/mentor away {typed}")


async def test_time_away_can_be_said_ahead(riverside: World) -> None:
    """Until the first day away reminders come as always; from then on they don't."""
    await riverside.asks("amara", "/mentor away from Thursday until 20 March")
    await riverside.says("lena")
    await riverside.passes(days=2)
    assert 1 == len(await riverside.inbox("amara"))
    await riverside.passes(days=14)
    assert 1 == len(await riverside.inbox("amara"))
    await riverside.passes(days=10)
    assert 1 < len(await riverside.inbox("amara"))


async def test_what_is_announced_stands_beside_what_is(riverside: World) -> None:
    """A time away to come neither ends the one that is, nor another one that was announced."""
    await riverside.asks("amara", "/mentor away until Friday")
    await riverside.asks("amara", "/mentor away from 20 April until 5 May")
    await riverside.asks("amara", "/mentor away from 1 June until 8 June")
    await riverside.says("lena")
    await riverside.passes(days=3)
    assert [] == await riverside.inbox("amara")
    await riverside.passes(days=4)
    assert 1 == len(await riverside.inbox("amara"))
    card = await riverside.asks("amara", "/mentor me")
    for stretch in ("from Monday 20 April 2026 until Tuesday 5 May", "from Monday 1 June 2026 until Monday 8 June"):
        assert f"Away: {stretch}" in card
    coming = await riverside.driver.commands("amara", "/mentor back")
    assert "You aren't marked as away now. This is what you announced:" in coming.text
    assert coming.text.split("\n")[1] in card
    assert "I've taken it back" in await riverside.presses("amara", "Take it back", coming)
    assert "Nothing lies ahead of you" in await riverside.presses("amara", "Take it back", coming)
    assert "You weren't marked as away." in await riverside.asks("amara", "/mentor back")


async def test_a_message_that_waits_in_an_open_pause_is_not_over(riverside: World) -> None:
    """I'd like an answer begins no new series while reminders are still to come."""
    message = await riverside.says("lena")
    await riverside.passes(days=9)
    assert 2 == len(await riverside.inbox("amara"))
    choices = await riverside.driver.commands("amara", "/mentor away")
    await riverside.presses("amara", "Until I say I'm back", choices)
    answer = await riverside.driver.shortcut("lena", "nudges.wanted", LENA, message)
    assert "waiting for an answer already" in answer.text
    await riverside.asks("amara", "/mentor back")
    await riverside.passes(days=40)
    assert 3 == len(await riverside.inbox("amara"))


@pytest.mark.parametrize("command", ["away", "lighter two weeks"])
async def test_back_while_the_clock_goes_back(riverside: World, command: str) -> None:
    """What began now ends, even if the clock was set back an hour meanwhile; what is announced for later stays."""
    await riverside.asks("amara", "/mentor away until 20 April from 13 April")
    said = await riverside.driver.commands("amara", f"/mentor {command}")
    if "Until I say I'm back" in said.buttons:
        await riverside.presses("amara", "Until I say I'm back", said)
    SetClock.__init__(riverside.clock, riverside.clock.now() - timedelta(hours=1))
    assert "Welcome back" in await riverside.asks("amara", "/mentor back")
    await riverside.passes(hours=2)
    left = await riverside.asks("amara", "/mentor back")
    assert "You aren't marked as away now. This is what you announced:" in left
    assert "13 April" in left
    await riverside.says("lena")
    await riverside.passes(days=1)
    assert 1 == len(await riverside.inbox("amara"))
