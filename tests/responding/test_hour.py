"""Who is told of a report, and when: new ones at the full hour, what waits at half and two thirds, danger at once."""

from collections import Counter
from datetime import datetime, timedelta

import pytest

from bot.reports.clock import Step
from bot.responding import hour
from bot.responding.turns import first, reminded
from storage.cases import Cases, State, to_hour
from storage.outbox import Outbox
from storage.responders import Responders
from tests.platforms import on_each_platform
from tests.reports.making import looks, opens, reports, responders, sends, the_case, writes
from tests.world import World

NOTE = "You have a private note."


async def late(world: World) -> int:
    """Return how often Rosa, who coordinates, was told that a report is late."""
    return sum("waits longer than it should" in seen.text for seen in await world.inbox("rosa"))


async def told(world: World) -> Counter[str]:
    """Return how often responders were told of a report, and Rosa that one is late."""
    return Counter({user: await notes(world, user) for user in ("ravi", "amara")} | {"rosa": await late(world)})


async def notes(world: World, user: str) -> int:
    """Return how many private notes somebody was told of."""
    return sum(NOTE in seen.text for seen in await world.inbox(user))


@on_each_platform
async def test_a_new_report_is_told_at_the_full_hour(riverside: World) -> None:
    """The main reader alone learns of it, with nothing in the message that tells what it is."""
    await responders(riverside, "ravi", "rosa")
    await riverside.passes(minutes=20)
    await reports(riverside)
    await riverside.passes(minutes=20)
    assert (0, 0) == (await notes(riverside, "ravi"), await notes(riverside, "rosa"))
    await riverside.passes(minutes=40)
    assert (1, 0) == (await notes(riverside, "ravi"), await notes(riverside, "rosa"))
    (told,) = await riverside.inbox("ravi")
    assert {"Open"} == set(told.buttons)
    assert NOTE == told.text.strip().splitlines()[-1]


async def test_danger_is_told_at_once_to_all_who_may_read(riverside: World) -> None:
    """Also at night; and not once more at the full hour."""
    await responders(riverside, "ravi", "rosa")
    await riverside.passes(hours=14)  # Tuesday, 00:00
    await reports(riverside, who={"danger": "yes"})
    assert (1, 1) == (await notes(riverside, "ravi"), await notes(riverside, "rosa"))
    await riverside.passes(hours=2)
    assert (1, 1) == (await notes(riverside, "ravi"), await notes(riverside, "rosa"))


@pytest.mark.parametrize(("danger", "told"), [("yes", 1), ("no", 0)])
async def test_what_is_added_in_danger_is_told_at_once(riverside: World, danger: str, told: int) -> None:
    """Also at night; of every other report only in welcome hours, and its writer hears which of the two it is."""
    await responders(riverside, "ravi")
    await riverside.passes(hours=14)  # Tuesday, 00:00
    code = await reports(riverside, who={"danger": danger})
    before = await notes(riverside, "ravi")
    form = await opens(riverside, "lena", "Write to them", await looks(riverside, code))
    added = await riverside.driver.submits("lena", form, {"text": "He is at the door"})
    assert bool(told) == ("told at once" in added.text)
    assert told == await notes(riverside, "ravi") - before
    await riverside.passes(hours=2)
    assert told == await notes(riverside, "ravi") - before


async def test_who_is_away_means_the_backup_at_once(riverside: World) -> None:
    """A report waits for nobody's holiday."""
    await responders(riverside, "ravi", "rosa")
    await riverside.asks("ravi", "/mentor away two weeks")
    await reports(riverside)
    await riverside.passes(hours=1)
    assert (0, 1) == (await notes(riverside, "ravi"), await notes(riverside, "rosa"))


async def test_reminders_and_lateness(riverside: World) -> None:
    """Half: the main reader; two thirds: the backup too; late: coordinators learn that one is late, once."""
    await responders(riverside, "ravi", "amara")
    await reports(riverside)  # Monday, 10:00: to be read until Tuesday, 10:00
    await riverside.passes(hours=1)
    assert (1, 0) == (await notes(riverside, "ravi"), await notes(riverside, "amara"))
    await riverside.passes(hours=24)
    assert 1 <= await notes(riverside, "amara")
    assert 1 == await late(riverside)
    await riverside.passes(hours=5)
    assert 1 == await late(riverside)


@pytest.mark.parametrize("state", [State.ANSWERED, State.CLOSED])
async def test_what_is_added_after_an_answer_begins_its_time_anew(riverside: World, state: State) -> None:
    """It is told, reminded of and late as the report was at first; its writer sees until when it is read."""
    keys = await responders(riverside, "ravi", "amara")
    code = await reports(riverside)  # Monday, 10:00
    await riverside.passes(days=2)
    before = await told(riverside)
    async with riverside.database.work(1) as work:
        (case,) = await work.of(Cases).every()
        at = dict.fromkeys(("acknowledged_at", "answered_at"), work.now)
        await work.of(Cases).change(case.id, state=state, told=True, taken_by_id=keys.ids["ravi"], **at)
    form = await opens(riverside, "lena", "Write to them", await looks(riverside, code))
    added = await riverside.driver.submits("lena", form, {"text": "He is back"})
    assert "A person reads it by Thursday 5 March.\nYou have an answer by Monday 9 March." in added.text
    seen = await looks(riverside, code)
    assert "You added to it on Wednesday 4 March.\nRavi Menon has it.\nA person reads it by" in seen.text
    assert "has read it" not in seen.text
    await riverside.passes(hours=1)
    assert {"ravi": 1} == await told(riverside) - before
    await riverside.passes(hours=24)
    assert {"ravi": 3, "amara": 2, "rosa": 1} == await told(riverside) - before
    assert "That should have happened by Thursday 5 March." in (await looks(riverside, code)).text


async def test_a_coordinator_who_is_named_doesnt_learn_that_it_is_late(riverside: World) -> None:
    """Nor does anybody else who isn't one."""
    await responders(riverside, "ravi")
    await reports(riverside, concerned="It's about Rosa Delgado")
    await riverside.passes(days=2)
    assert 0 == await late(riverside)


async def test_where_it_cant_be_known_who_must_not_learn_of_it_no_coordinator_does(riverside: World) -> None:
    """Somebody changed what the bot itself knows of a report; its responders are reminded all the same."""
    await responders(riverside, "ravi")
    await reports(riverside)
    case = await the_case(riverside)
    async with riverside.database.work(1) as work:
        await work.of(Cases).change(case.id, hidden=b"changed")
    await riverside.passes(days=2)
    assert 1 <= await notes(riverside, "ravi")
    assert 0 == await late(riverside)


async def test_a_program_that_was_stopped_still_answers_reports(riverside: World) -> None:
    """No report's clock is ever paused."""
    await responders(riverside, "ravi")
    await riverside.driver.presses("rosa", "setup.stop_now")
    await reports(riverside)
    await riverside.passes(hours=1)
    assert 1 == await notes(riverside, "ravi")
    await riverside.passes(days=2)
    assert 1 == await late(riverside)


async def test_with_a_name_its_writer_learns_that_it_is_late(riverside: World) -> None:
    """As a private note; what they see with their code says it plainly."""
    await responders(riverside, "ravi")
    await sends(riverside, await writes(riverside, who={"named": "yes"}))
    await riverside.passes(days=2)
    assert 1 == await notes(riverside, "lena")


async def test_what_goes_outside_is_told_to_coordinators(riverside: World) -> None:
    """There is nothing that a responder could open."""
    keys = await responders(riverside, "ravi")
    async with riverside.database.work(1) as work:
        (key,) = await work.of(Responders).keys()
        await work.of(Responders).put_contact(outside=key.public)
    await reports(riverside, who={"must_not": str(keys.ids["ravi"])})
    await riverside.passes(hours=1)
    assert 0 == await notes(riverside, "ravi")
    assert 1 == sum("Something sealed waits" in seen.text for seen in await riverside.inbox("rosa"))


async def test_what_is_in_the_outbox_says_nothing_of_a_report(riverside: World) -> None:
    """No id of a case, no name, no argument."""
    await responders(riverside, "ravi")
    await reports(riverside)
    case = await the_case(riverside)
    await riverside.passes(hours=1)
    async with riverside.database.work(1) as work:
        rows = (await work.of(Outbox).of(await riverside.member(work, "ravi")))["outbox"]
        assert (await work.of(Cases).get([case.id]))[case.id].told
    assert rows
    for row in rows:
        assert str(case.id) not in repr(row)
        assert case.name not in repr(row)
        assert "" == row["args"]


async def test_where_nothing_waits_no_hour_is_stopped_at(riverside: World) -> None:
    """A clock that leaps stops at each hour while a report waits, and at none before it comes and once it is late."""
    await responders(riverside, "ravi")
    await riverside.core.daily()
    assert await next_hour(riverside) is None
    code = await reports(riverside)
    assert to_hour(riverside.clock.now()) + timedelta(hours=1) == await next_hour(riverside)
    await riverside.passes(hours=23)
    assert to_hour(riverside.clock.now()) + timedelta(hours=1) == await next_hour(riverside)
    await riverside.passes(days=6)
    assert await next_hour(riverside) is None
    form = await opens(riverside, "lena", "Write to them", await looks(riverside, code))
    await riverside.driver.submits("lena", form, {"text": "Hello?"})
    assert await next_hour(riverside) is not None


async def next_hour(world: World) -> datetime | None:
    """Return at which hour of reports a clock that leaps would stop."""
    (program, *_) = await world.core.programs()
    async with world.core.at_work(program) as context:
        idle = [hour.HOUR] if await hour.nothing_waits(context) else []
        return await context.work.due.next_at([hour.HOUR], idle)


TURNS = {
    "the main reader": (Step.HALF, (1, 2, 3), None, (), (1,)),
    "who has it": (Step.HALF, (1, 2, 3), 2, (), (2,)),
    "the next one, as the main reader is away": (Step.HALF, (1, 2, 3), None, (1,), (2,)),
    "who has it is away, so the main reader as well": (Step.HALF, (1, 2, 3), 2, (2,), (2, 1)),
    "a backup as well": (Step.TWO_THIRDS, (1, 2, 3), None, (), (1, 2)),
    "all": (Step.LATE, (1, 2, 3), None, (), (1, 2, 3)),
    "nobody yet": (Step.BEGUN, (1, 2, 3), None, (), ()),
    "all are away": (Step.HALF, (1, 2), None, (1, 2), (1,)),
    "who has it can't read it any more": (Step.HALF, (1, 2), 9, (), (1,)),
    "there is nobody": (Step.LATE, (), None, (), ()),
}


@pytest.mark.parametrize("name", TURNS)
def test_whose_turn_it_is(name: str) -> None:
    """At each step, of responders in the order of reading."""
    step, readers, taken_by, away, expected = TURNS[name]
    assert expected == reminded(step, readers, taken_by, away)
    assert set(first(readers, taken_by, away)) <= set(readers)
