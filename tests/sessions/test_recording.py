"""A session is recorded only if both agree, as long as both do; who comes later may say so, and nobody else."""

from datetime import timedelta

import pytest

from tests.pairings.test_health import CARD
from tests.platforms import on_each_platform
from tests.sessions.having import THURSDAY, books, session, words
from tests.world import World

AGREE, NO = "I agree to a recording", "No recording"


@on_each_platform
async def test_only_if_both_agree(riverside: World) -> None:
    """One agrees, the other is asked; with both it is on, and each can take it back."""
    await books(riverside)
    seen = await riverside.driver.presses("amara", "sessions.recording:1")
    assert ([AGREE], False) == (list(seen.buttons), (await session(riverside)).is_recorded)
    assert "I'm asking Lena Vogt" in await riverside.presses("amara", AGREE, seen)
    assert not (await session(riverside)).is_recorded
    (asked,) = await riverside.inbox("lena")
    assert (
        "Amara Okafor agrees to a recording of your session (Thursday 5 March, 18:00). Do you agree, too?" in asked.text
    )
    assert [AGREE, NO] == list(asked.buttons)
    assert "you both agreed" in await riverside.presses("lena", AGREE, asked)
    assert (await session(riverside)).is_recorded
    (told,) = await riverside.inbox("amara")
    assert "may be recorded: you both agreed." in told.text
    assert "it isn't recorded" in await riverside.presses("amara", NO, told)
    assert not (await session(riverside)).is_recorded
    assert 2 == len(await riverside.inbox("lena"))


async def test_one_does_not_agree(riverside: World) -> None:
    """The other learns that it isn't recorded, and no more; pressing twice tells nothing twice."""
    await books(riverside)
    await riverside.presses("amara", "sessions.record:1:1")
    await riverside.presses("amara", "sessions.record:1:1")
    (asked,) = await riverside.inbox("lena")
    assert "Noted: it isn't recorded." in await riverside.presses("lena", NO, asked)
    (told,) = await riverside.inbox("amara")
    assert "isn't recorded: Lena Vogt doesn't agree just now." in told.text
    assert not (await session(riverside)).is_recorded


async def test_the_question_keeps_to_hours(riverside: World) -> None:
    """In the night nobody is asked about a session of another day; shortly before it, they are at once."""
    await books(riverside)
    await riverside.passes(hours=12)
    await riverside.presses("amara", "sessions.record:1:1")
    assert [] == await riverside.inbox("lena")
    await riverside.passes(hours=12)
    assert ["Do you agree, too?" in seen.text for seen in await riverside.inbox("lena")] == [True]
    await riverside.jobs.leap(riverside.clock, THURSDAY + timedelta(minutes=30))
    await riverside.presses("amara", "sessions.record:1:0")
    assert "isn't recorded" in (await riverside.inbox("lena"))[-1].text


async def test_nothing_to_record_any_more(riverside: World) -> None:
    """Once it is over nobody agrees to anything."""
    await books(riverside)
    await riverside.passes(days=4)
    for button in ("recording:1", "record:1:1"):
        assert "Nothing was changed." in await riverside.presses("amara", f"sessions.{button}")
    assert not (await session(riverside)).is_recorded


@pytest.mark.parametrize(
    "forged", ["record:1:2", "record:1:x", "record:1", "late_by:1:7", "late_by:1:-5", "met:1:maybe"]
)
async def test_forged_buttons(riverside: World, forged: str) -> None:
    """What was never given out does nothing."""
    await books(riverside)
    assert "no longer works" in await riverside.presses("amara", f"sessions.{forged}")
    assert [] == await words(riverside)


@on_each_platform
async def test_coming_later(riverside: World) -> None:
    """Whoever is late says so with two taps; before the end the other is told at once."""
    await books(riverside)
    await riverside.jobs.leap(riverside.clock, THURSDAY - timedelta(minutes=5))
    reminder = (await riverside.inbox("lena"))[-1]
    seen = await riverside.driver.presses("lena", "I'll be a little late …", reminder)
    assert ["5 minutes", "15 minutes", "30 minutes"] == list(seen.buttons)
    assert "I've told Amara Okafor." in await riverside.presses("lena", "15 minutes", seen)
    assert "Lena Vogt will be about 15 minutes later today." in (await riverside.inbox("amara"))[-1].text
    assert [15] == [word.late_minutes for word in await words(riverside)]
    await riverside.presses("lena", "sessions.late_by:1:0")
    assert "Lena Vogt will be on time after all." in (await riverside.inbox("amara"))[-1].text


async def test_having_been_late(riverside: World) -> None:
    """Afterwards nobody is told; the other sees it with the session, coordinators how often it was."""
    await books(riverside)
    await riverside.passes(days=4)
    assert "somebody said" not in await riverside.asks("rosa", CARD)
    await riverside.presses("lena", "sessions.met:1:yes")
    count = len(await riverside.inbox("amara"))
    await riverside.presses("lena", "sessions.late_by:1:5")
    assert (count, [5]) == (len(await riverside.inbox("amara")), [word.late_minutes for word in await words(riverside)])
    assert "Lena Vogt said: about 5 minutes late." in await riverside.presses("amara", "sessions.details:1")
    assert "Lena Vogt said: about 5 minutes late." in await riverside.asks("amara", "/mentor sessions")
    assert "You said: about 5 minutes late." in await riverside.asks("lena", "/mentor sessions")
    assert "For 1 session somebody said that they would come a little later." in await riverside.asks("rosa", CARD)


async def test_long_before(riverside: World) -> None:
    """Nobody knows days before that they will be late."""
    await books(riverside)
    assert "Nothing was changed." in await riverside.presses("lena", "sessions.late_by:1:5")
    assert [] == await words(riverside)
