"""What coordinators see of notes and feedback, and how they have somebody reminded."""

from pathlib import Path

from storage.members import Role
from tests.asks.asking import asks, change
from tests.feedback.meeting import met, newest, rated_by_somebody, writes
from tests.feedback.test_writing import FEEDBACK, NOTES, WRITTEN
from tests.platforms import on_each_platform
from tests.world import World, world


@on_each_platform
async def test_who_has_not_written(riverside: World) -> None:
    """Names and since when, never a text, each with a button; the reminder says that a coordinator asked for it."""
    await met(riverside)
    await writes(riverside, "amara", NOTES, WRITTEN)
    await riverside.passes(hours=1)
    seen = await riverside.driver.commands("rosa", "/mentor-admin notes")
    assert "Lena Vogt\n• session with Amara Okafor on Monday 2 March: Session feedback" in seen.text
    assert "Berlin" not in seen.text
    assert {"Remind Amara Okafor", "Remind Lena Vogt", "What was written for us", "Totals"} == set(seen.buttons)
    assert "I'll remind Lena Vogt, at hours that suit them" in await riverside.presses("rosa", "Remind Lena Vogt", seen)
    await riverside.passes(minutes=5)
    assert "Rosa Delgado asked me to remind you." in (await newest(riverside, "lena")).text
    assert "was reminded within the last day" in await riverside.presses("rosa", "Remind Lena Vogt", seen)
    await writes(riverside, "lena", FEEDBACK, {"rating": "4"})
    assert "Nothing of Lena Vogt's is missing" in await riverside.presses("rosa", "Remind Lena Vogt", seen)
    assert "Remind Lena Vogt" not in (await riverside.driver.commands("rosa", "/mentor-admin notes")).buttons


async def test_within_the_budget(riverside: World) -> None:
    """A reminder that a coordinator asks for waits for the next day, if the day's message is out already."""
    await asks(riverside, "Please send me your photo.", audience="mentees")
    assert 1 == len(await riverside.inbox("lena"))
    await met(riverside)
    assert 2 == len(await riverside.inbox("lena"))
    await riverside.presses("rosa", "feedback.remind:2")
    await riverside.passes(hours=22)
    assert 2 == len(await riverside.inbox("lena"))
    await riverside.passes(hours=3)
    seen = await newest(riverside, "lena")
    assert (3, True) == (len(await riverside.inbox("lena")), "asked me to remind you" in seen.text)


async def test_it_ends_when_written(riverside: World) -> None:
    """A reminder that waits to go out isn't sent any more once it is done."""
    await riverside.passes(hours=11)
    await met(riverside)
    await riverside.presses("rosa", "feedback.remind:2")
    assert 1 == len(await riverside.inbox("lena"))
    await writes(riverside, "lena", FEEDBACK, {"rating": "4"})
    await riverside.passes(days=2)
    assert 1 == len(await riverside.inbox("lena"))


@on_each_platform
async def test_what_was_written_for_coordinators(riverside: World) -> None:
    """They read what is meant for them, and nothing else; who is a side of the pairing doesn't read of it there."""
    await met(riverside)
    await writes(riverside, "amara", NOTES, {**WRITTEN, "team": "We need a quiet room"})
    await writes(riverside, "lena", FEEDBACK, {"rating": "4", "private": "I was nervous"})
    seen = await riverside.driver.presses("rosa", "feedback.given")
    assert "We need a quiet room" in seen.text
    assert "How was this session for you?" in seen.text
    for word in ("Berlin", "CV", "shy", "nervous"):
        assert word not in seen.text
    await change(riverside, "amara", roles=frozenset({Role.MENTOR, Role.COORDINATOR}))
    assert "So far nothing was written" in await riverside.presses("amara", "feedback.given")
    assert "Lena" not in await riverside.asks("amara", "/mentor-admin notes")


async def test_totals_alone(database_url: str, tmp_path: Path) -> None:
    """Where a program wants it so, coordinators see no single rating either; the form says so."""
    async with world(database_url, tmp_path, {"notes.each_answer": "no"}) as riverside:
        await met(riverside)
        form = (await riverside.driver.presses("lena", FEEDBACK, await newest(riverside, "lena"))).form
        assert form is not None
        assert "the coordinators see this only counted together" in form.fields[0].hint
        await riverside.driver.submits("lena", form, {"rating": "4", "team": "More rooms"})
        seen = await riverside.driver.presses("rosa", "feedback.given")
        assert "More rooms" in seen.text
        assert "How was this session" not in seen.text


@on_each_platform
async def test_totals(riverside: World) -> None:
    """A mentor sees what five people said together, not what four did, and nothing new until there are five more."""
    text = ""
    for number in range(1, 11):
        await rated_by_somebody(riverside, f"Person {number}", "5" if number <= 5 else "1")
        shown = "What people say about sessions with you" in (text := await riverside.asks("amara", "/mentor notes"))
        assert (number, number >= 5) == (number, shown)
        if number >= 5:
            assert ("About 4.6 of 5, from 5 answers." in text) == (number < 10)
    assert "About 3 of 5, from 10 answers." in text
    seen = await riverside.driver.presses("rosa", "feedback.totals")
    assert ("About sessions with Amara Okafor", True) == (seen.texts[0], "from 10 answers" in seen.texts[1])
    assert "What people say" not in await riverside.asks("lena", "/mentor notes")


async def test_one_person_ten_times(riverside: World) -> None:
    """However often the same few people answer, nothing is seen of it."""
    for _ in range(10):
        await met(riverside)
        await riverside.inbox("lena")
        await writes(riverside, "lena", FEEDBACK, {"rating": "2"})
        await riverside.passes(minutes=1)
    assert "What people say" not in await riverside.asks("amara", "/mentor notes")
    assert "So far too few people" in await riverside.presses("rosa", "feedback.totals")
