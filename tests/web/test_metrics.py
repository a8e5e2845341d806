"""What is counted is what happened; and what is waiting is counted when somebody asks."""

import re
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import text

from adapters.replay.platform import Recorder
from bot.calls import Command, Deleted, Observation, Posted, Reacted, Submit
from bot.clock import Clock, SetClock
from bot.errors import Busy, Gone, PlatformError, Refused
from bot.people import Account, Place
from bot.ports import Sent
from bot.views import Message
from scheduler.jobs import Jobs
from storage.due import Setting
from storage.health import Backlog, backlog
from storage.opening import open_database
from storage.outbox import Holder
from tests.storage.programs import HOUR, add_rows, row, two_programs
from tests.web.watching import Watch, watched
from tests.world import LENA, MONDAY, World

SPACE = Place("playground", "riverside", LENA)
NOOR = Account("playground", "riverside", "noor")
MINUTE = timedelta(minutes=1)


class Moody(Recorder):
    """A platform that fails as a test says, once each."""

    name = "playground"

    def __init__(self, clock: Clock, seen: list[Observation], faults: list[Exception]) -> None:
        """Fail with these errors, one after the other."""
        super().__init__(clock, seen)
        self.faults = faults

    async def send(self, to: Account | Place, message: Message, key: str) -> Sent:
        """Fail, or take note."""
        if self.faults:
            raise self.faults.pop(0)
        return await super().send(to, message, key)


async def test_a_conversation_is_counted(watch: Watch, riverside: World) -> None:
    """Events by kind (also those that are read again before a message goes out), calls, alarms, and deliveries."""
    message = await riverside.says("lena")
    await riverside.driver.reacts("lena", message, "eyes", LENA)
    await riverside.passes(days=1)
    (reminder,) = await riverside.inbox("amara")
    await riverside.presses("amara", "I answered elsewhere", reminder)
    assert {"posted playground": 2, "reacted playground": 2} == await watch.figures("events_total")
    assert {"press answered": 1} == await watch.figures("calls_total")
    assert {"": 1} == await watch.figures("alarms_rung_total")
    assert {"sent playground": 1, "edited playground": 1} == await watch.figures("deliveries_total")
    assert {"": 0} == await watch.figures("events_set_aside_total")
    assert {"press": 1} == await watch.figures("answer_seconds_count")
    assert {"": 3} == await watch.figures("batch_seconds_count")


async def test_how_calls_end(watch: Watch, riverside: World) -> None:
    """Answered, refused in a message or in a form, delivered again, or failed for a fault of ours."""
    waiting = Command("1", NOOR, "mentor", "waiting")
    for call in (waiting, waiting, Command("2", NOOR, "mentor", "nonsense"), Submit("3", NOOR, "nowhere", {})):
        await riverside.core.handle(call)
    await riverside.core.handle(Submit("4", NOOR, "members.away_until", {"until": "whenever"}))
    async with riverside.database.connect() as conn:
        await conn.execute(text("ALTER TABLE pause RENAME TO lost"))
    await riverside.core.handle(Command("5", NOOR, "mentor", "away two weeks"))
    expected = {"command answered": 1, "command repeated": 1, "command refused": 1, "command failed": 1}
    assert {**expected, "submit refused": 2} == await watch.figures("calls_total")
    assert {"command": 4, "submit": 2} == await watch.figures("answer_seconds_count")


async def test_a_batch_is_timed_as_one(watch: Watch, riverside: World) -> None:
    """However many events came with it, of whichever kinds."""
    posted = [Posted(SPACE, str(number), "lena", MONDAY + number * MINUTE) for number in range(5)]
    reacted = Reacted(SPACE, "1", "amara", "eyes", MONDAY)
    await riverside.core.ingest([*posted, reacted, Deleted(SPACE, "2", MONDAY)])
    expected = {"posted playground": 5, "reacted playground": 1, "deleted playground": 1}
    assert expected == await watch.figures("events_total")
    assert {"": 1} == await watch.figures("batch_seconds_count")


async def test_what_is_set_aside_is_not_taken_in(watch: Watch, riverside: World) -> None:
    """It has a figure of its own, which should stay at nought."""
    bad: list[Observation] = [Posted(SPACE, "naive", "lena", MONDAY.replace(tzinfo=None))]
    await riverside.core.ingest([*bad, Posted(SPACE, "1", "lena", MONDAY)])
    assert {"posted playground": 1} == await watch.figures("events_total")
    assert {"": 1} == await watch.figures("events_set_aside_total")


@pytest.mark.parametrize(
    ("fault", "outcome"),
    [
        (Busy(timedelta(minutes=5)), "waited"),
        (Gone("the account is gone"), "dead"),
        (Refused("not allowed"), "dead"),
        (PlatformError("something new"), "failed"),
        (ConnectionError(), "failed"),
    ],
)
async def test_how_deliveries_end(watch: Watch, riverside: World, fault: Exception, outcome: str) -> None:
    """What the platform said to each attempt: to a second one it says yes, or else to telling the coordinator."""
    seen: list[Observation] = [Posted(SPACE, "1", "lena", MONDAY)]
    moody = Moody(riverside.clock, seen, [fault])
    jobs = Jobs(riverside.core, {moody.name: moody})
    await riverside.core.ingest(seen)
    await jobs.leap(riverside.clock, MONDAY + timedelta(days=1, hours=1))
    assert {f"{outcome} playground": 1, "sent playground": 1} == await watch.figures("deliveries_total")
    assert {"": outcome == "dead"} == await watch.figures("outbox_dead")


async def test_rounds_are_timed(watch: Watch, riverside: World) -> None:
    """How many, how long, and when the last one ended by the machine's clock."""
    before = await watch.figures("round_seconds_count")
    watch.machine.move_to(MONDAY + MINUTE)
    riverside.clock.move_to(MONDAY + HOUR)
    await riverside.jobs.round()
    assert {"": before[""] + 1} == await watch.figures("round_seconds_count")
    assert {"": (MONDAY + MINUTE).timestamp()} == await watch.figures("last_round_timestamp_seconds")


async def test_what_waits_now(watch: Watch, riverside: World) -> None:
    """Alarms and messages are counted when somebody asks."""
    await riverside.says("lena")
    riverside.clock.move_to(MONDAY + timedelta(days=2))
    assert {"": 1} == await watch.figures("alarms_due")
    await riverside.core.ring()
    assert {"": 0} == await watch.figures("alarms_due")
    found = {name: (await watch.figures(f"outbox_{name}"))[""] for name in ("waiting", "due", "dead")}
    assert {"waiting": 1, "due": 1, "dead": 0} == found
    assert {"": 24 * 60 * 60} == await watch.figures("outbox_oldest_due_seconds")


async def test_all_programs_are_counted_together(database_url: str) -> None:
    """What is due, held, dead, done and for later in two programs."""
    async with two_programs(database_url) as two:
        await add_rows(two, "due", "held", "dead", "sent")
        async with two.work(two.other) as work:
            await work.outbox.add([row("other", two.other, MONDAY - HOUR), row("later", two.other, MONDAY + HOUR)])
            await work.due.set("kind", [Setting(subject, None, MONDAY + (subject - 2) * HOUR) for subject in (1, 2, 3)])
        async with two.work() as work:
            _, _, dead, sent = await work.outbox.claim(Holder("somebody"), 16)
            await work.outbox.kill([dead], "the account is gone")
            await work.outbox.close([sent])
            await work.due.set("other kind", [Setting(1, None, MONDAY), Setting(2, None, None)])
        async with two.database.connect() as conn:
            assert Backlog(waiting=4, due=3, dead=1, alarms=3, oldest=HOUR) == await backlog(conn, MONDAY)
            assert timedelta(0) == (await backlog(conn, MONDAY - 2 * HOUR)).oldest


async def test_an_empty_database_has_no_backlog(database_url: str) -> None:
    """Nothing is nought, not missing, even before there is a program."""
    database = await open_database(database_url, SetClock(MONDAY).now)
    async with database.connect() as conn:
        assert Backlog(0, 0, 0, 0, timedelta(0)) == await backlog(conn, MONDAY)
    await database.close()


async def test_the_process_is_watched_too(watch: Watch) -> None:
    """Its memory and its time, under the names that every program has."""
    figures = {sample.name: sample.value for sample in await watch.samples()}
    assert figures["process_resident_memory_bytes"] > 0
    assert "process_cpu_seconds_total" in figures


async def test_two_bots_in_one_process_do_not_mix(watch: Watch, riverside: World) -> None:
    """Each has counters of its own."""
    core = type(riverside.core)(riverside.database, riverside.core.features)
    async with watched(core, riverside.clock, {}) as other:
        await riverside.says("lena")
        assert {"posted playground": 1} == await watch.figures("events_total")
        assert {} == await other.figures("events_total")


async def test_figures_in_the_docs_are_served(watch: Watch) -> None:
    """Every figure that docs/operations.md names is there, and every one that is there is named."""
    page = (Path(__file__).parents[2] / "docs" / "operations.md").read_text()
    _, text = await watch.get("/metrics")
    served = set(re.findall(r"^# TYPE (mentorbot_\w+) ", text, re.MULTILINE))
    named = {name.removesuffix("_bucket") for name in re.findall(r"mentorbot_\w+", page)}
    assert {name for name in served if not name.endswith("_created")} == named
