"""Figures that change: what waits follows them, what is over stays as it was judged."""

from datetime import timedelta
from pathlib import Path

from storage.due import Setting
from storage.nudges import ALARM, Nudges, Turn
from tests.world import LENA, NOOR, World, world


async def change(riverside: World, what: str) -> None:
    """Let the coordinator change a figure."""
    shown = await riverside.driver.commands("rosa", f"/mentor-admin settings {what}")
    assert "Done." in await riverside.presses("rosa", "Change it", shown)


async def turns(riverside: World) -> list[Turn]:
    """Return all turns, oldest first."""
    await riverside.jobs.round()
    (program,) = await riverside.core.programs()
    async with riverside.core.at_work(program) as context:
        return await context.work.of(Nudges).every_turn()


async def test_each_judgement_has_its_version(riverside: World) -> None:
    """A limit is that of the figures of now as long as something waits, and of those of then when it is over."""
    await riverside.says("lena")
    await riverside.says("noor", NOOR)
    assert [None, None] == [turn.version for turn in await turns(riverside)]
    await riverside.passes(hours=25)
    assert [0, 0] == [turn.version for turn in await turns(riverside)]
    await riverside.says("amara")
    await change(riverside, "time to answer 4 days")
    over, waits = await turns(riverside)
    assert (0, 1) == (over.version, waits.version)
    assert over.limit_at is not None
    assert waits.limit_at is not None
    assert 2 == (waits.limit_at - over.limit_at).days
    await change(riverside, "messages a day 2")  # the limit stays as it is, and is judged by this version from now on
    assert [0, 2] == [turn.version for turn in await turns(riverside)]


async def test_what_is_over_is_not_judged_anew(riverside: World) -> None:
    """Neither by the change, nor by what moves limits later: a pause, or a look at old messages."""
    message = await riverside.says("lena")
    await riverside.passes(hours=47)
    await riverside.says("amara")
    await change(riverside, "time to answer 30 hours")
    assert "counts as in time" in await riverside.asks("amara", "/mentor rate why")
    await riverside.passes(days=1)
    await riverside.asks("amara", "/mentor away until Friday since today")
    assert "counts as in time" in await riverside.asks("amara", "/mentor rate why")
    await riverside.driver.reacts("lena", message, "tada", LENA)
    assert "counts as in time" in await riverside.asks("amara", "/mentor rate why")


async def test_a_pause_that_is_said_late_still_moves_what_is_over(riverside: World) -> None:
    """By the figures of then: a day off gives a day more, and no more than that."""
    await riverside.says("lena")
    await riverside.passes(days=2, hours=12)  # Wednesday, 22:00
    await riverside.says("amara")
    await change(riverside, "first reminder 12h")
    assert "counts as late" in await riverside.asks("amara", "/mentor rate why")
    await riverside.passes(hours=10)
    await riverside.asks("amara", "/mentor away until Thursday since Wednesday")
    assert 0 == (await turns(riverside))[0].version
    assert "counts as in time" in await riverside.asks("amara", "/mentor rate why")


async def test_what_waits_is_judged_by_the_figures_of_now(riverside: World) -> None:
    """An answer that was late becomes one in time, and the other way round."""
    await riverside.says("lena")
    await riverside.passes(hours=50)
    assert "counts as late" in await riverside.asks("amara", "/mentor rate why")
    await change(riverside, "time to answer 4 days")
    assert "isn't decided yet" in await riverside.asks("amara", "/mentor rate why")
    await change(riverside, "time to answer 30h")
    assert "counts as late" in await riverside.asks("amara", "/mentor rate why")


async def test_a_message_is_judged_by_the_figures_of_when_it_was_written(riverside: World) -> None:
    """What asked for no answer then asks for none now, however often it is looked at; what comes later may."""
    first = await riverside.says("lena")
    await riverside.driver.reacts("amara", first, "tada", LENA)
    await riverside.passes(hours=4)
    await riverside.says("lena")
    await riverside.passes(minutes=1)
    await change(riverside, "quiet time 2h")
    await riverside.driver.reacts("amara", first, "heart", LENA)  # the whole exchange is worked out anew
    assert "Nothing waits for you" in await riverside.asks("amara", "/mentor waiting")
    await riverside.passes(hours=3)
    await riverside.says("lena")
    assert "Waiting for you" in await riverside.asks("amara", "/mentor waiting")
    await riverside.driver.unreacts("amara", first, "heart", LENA)
    assert 2 == len(await turns(riverside))


async def test_whoever_was_at_work_meanwhile_follows_soon(riverside: World) -> None:
    """An alarm that another process set by the figures of before is set anew a minute later."""
    await riverside.says("lena")
    await change(riverside, "first reminder 12h")
    (turn,) = await turns(riverside)
    (program,) = await riverside.core.programs()
    async with riverside.core.at_work(program) as context:
        by_the_figures_of_before = context.now + timedelta(days=1)
        await context.work.due.set(ALARM, [Setting(turn.id, turn.facts.answerer_id, by_the_figures_of_before)])
    await riverside.passes(hours=23, minutes=30)
    assert 1 == len(await riverside.inbox("amara"))


async def test_open_turns_are_found_page_by_page(riverside: World) -> None:
    """In order, each once, and only what waits."""
    await riverside.says("lena")
    await riverside.says("noor", NOOR)
    first, second = await turns(riverside)
    (program,) = await riverside.core.programs()
    async with riverside.core.at_work(program) as context:
        store = context.work.of(Nudges)
        assert [[first.id], [second.id], []] == [await store.open_after(id_, 1) for id_ in (0, first.id, second.id)]
    await riverside.says("amara")
    await riverside.jobs.round()
    async with riverside.core.at_work(program) as context:
        assert [second.id] == await context.work.of(Nudges).open_after(0, 10)


async def answers_after_a_day(riverside: World) -> None:
    """Let Amara answer when she was reminded, within 48 hours."""
    await riverside.says("lena")
    await riverside.passes(hours=25)
    await riverside.says("amara")
    await riverside.passes(hours=23)


async def test_the_time_that_is_told_is_that_of_the_messages(database_url: str, tmp_path: Path) -> None:
    """Not the one of now for what was judged by another; where several held, none is told."""
    async with world(database_url, tmp_path, {"rate.neutral_under": "1"}) as riverside:
        await answers_after_a_day(riverside)
        assert "In time means within 2 days" in await riverside.asks("amara", "/mentor rate")
        await change(riverside, "time to answer 4 days")
        assert "In time means within 2 days" in await riverside.asks("amara", "/mentor rate")
        await riverside.says("lena")
        await riverside.passes(days=3)
        await riverside.says("amara")
        mixed = await riverside.asks("amara", "/mentor rate")
        assert "In time means within the time that the program gave when the message came" in mixed
