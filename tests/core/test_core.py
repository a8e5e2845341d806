"""The two lanes in: what is noticed comes in batches of any size, and one bad event holds no other up."""

import asyncio
import io
from datetime import timedelta

import pytest
from sqlalchemy import func, select, text
from sqlalchemy.exc import OperationalError

from bot.calls import Deleted, Observation, Posted, Press, Reacted
from bot.context import Asked, Context
from bot.core import Core
from bot.facts import MessagesChanged
from bot.feature import Feature
from bot.features import FEATURES
from bot.people import EVERYONE, Account, Place
from bot.views import Message, message
from storage.due import Setting
from storage.messages import messages
from storage.reactions import reactions
from tests.storage.tables import changed, every_row
from tests.world import LENA, MONDAY, World

SPACE = Place("playground", "riverside", LENA)
MINUTE = timedelta(minutes=1)


async def remembered(riverside: World) -> list[str]:
    """Return the ids of the messages that are remembered."""
    async with riverside.database.connect() as conn:
        query = select(messages.c.external).where(~messages.c.deleted).order_by(messages.c.at, messages.c.id)
        return list((await conn.scalars(query)).all())


def exchange(count: int) -> list[Observation]:
    """Return a history in which two people write by turns, with a reaction under each message."""
    start = MONDAY - count * MINUTE
    seen: list[Observation] = []
    for number in range(count):
        author, other = ("lena", "amara") if number % 2 else ("amara", "lena")
        at = start + number * MINUTE
        seen += [Posted(SPACE, str(number), author, at), Reacted(SPACE, str(number), other, "heart", at)]
    return seen


async def test_a_whole_history_is_one_batch(riverside: World) -> None:
    """A channel of a year, caught up with after a start, is no more than a database takes at once."""
    async with asyncio.timeout(30):
        await riverside.core.ingest(exchange(4_200))
    async with riverside.database.connect() as conn:
        found = await conn.execute(select(func.count()).select_from(messages))
        reacted = await conn.execute(select(func.count()).select_from(reactions))
        assert (4_200, 4_200) == (found.scalar_one(), reacted.scalar_one())
    await riverside.core.ingest([Deleted(SPACE, str(number), MONDAY) for number in range(4_200)])
    assert [] == await remembered(riverside)


@pytest.mark.parametrize(
    "bad",
    [
        Posted(SPACE, "\ud800", "lena", MONDAY),
        Posted(SPACE, "naive", "lena", MONDAY.replace(tzinfo=None)),
        Reacted(SPACE, "1", "lena", "\ud800", MONDAY),
        Posted(SPACE, "\x00", "lena", MONDAY),
    ],
    ids=["half a character", "no zone", "reaction", "nul"],
)
async def test_what_cannot_be_digested_is_set_aside(riverside: World, bad: Observation, log: io.StringIO) -> None:
    """Alone, with a line in the log: what came with it is remembered."""
    good = [Posted(SPACE, str(number), "lena", MONDAY + number * MINUTE) for number in range(3)]
    await riverside.core.ingest([*good[:2], bad, good[2]])
    kept = await remembered(riverside)
    assert [post.message for post in good] == [one for one in kept if one.isdigit()]
    set_aside = "an observation was set aside" in log.getvalue()
    assert set_aside is not (isinstance(bad, Posted) and bad.message in kept)  # SQLite can keep a NUL


async def test_a_batch_of_many_workspaces(riverside: World) -> None:
    """Each workspace's part stands for itself; one that nobody serves is passed over."""
    elsewhere = Place("playground", "elsewhere", LENA)
    await riverside.core.ingest([Posted(elsewhere, "1", "lena", MONDAY), Posted(SPACE, "2", "lena", MONDAY)])
    assert ["2"] == await remembered(riverside)
    await riverside.core.ingest([])


def in_trouble(trouble: list[str]) -> Feature:
    """Return a feature that gets the database into trouble, once for each of these statements."""
    feature = Feature("troubled")

    @feature.on(MessagesChanged)
    async def run(context: Context, fact: MessagesChanged) -> None:
        if trouble:
            await context.work.conn.execute(text("PRAGMA max_page_count = 1" if "blob" in trouble[0] else "SELECT 1"))
            await context.work.conn.execute(text(trouble.pop(0)))

    return feature


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_a_full_disk_sets_nothing_aside(riverside: World) -> None:
    """Whoever hands a message over is told that it isn't kept, and keeps it."""
    full = in_trouble(["CREATE TABLE filler AS SELECT zeroblob(10000000)"])
    core = Core(riverside.database, (*FEATURES, full))
    with pytest.raises(OperationalError, match="full"):
        await core.ingest([Posted(SPACE, "1", "lena", MONDAY)])
    assert [] == await remembered(riverside)
    await core.ingest([Posted(SPACE, "1", "lena", MONDAY)])
    assert ["1"] == await remembered(riverside)


@pytest.mark.parametrize("database_url", ["postgres"], indirect=True)
async def test_a_cut_connection_sets_nothing_aside(riverside: World) -> None:
    """The transaction is run again on another connection; nobody notices."""
    cut = in_trouble(["SELECT pg_terminate_backend(pg_backend_pid())"] * 2)
    core = Core(riverside.database, (*FEATURES, cut))
    await core.ingest([Posted(SPACE, "1", "lena", MONDAY)])
    assert ["1"] == await remembered(riverside)


def with_faults() -> Feature:
    """Return a feature whose handler and alarms fail for some."""
    feature = Feature("faulty")

    @feature.button("faulty.half", who=EVERYONE)
    async def half(asked: Asked) -> Message:
        await asked.work.audit.add(asked.member.key, "half done")
        raise ArithmeticError

    @feature.button("faulty.whole", who=EVERYONE)
    async def whole(asked: Asked) -> Message:
        await asked.work.audit.add(asked.member.key, "done")
        return message("Done.")

    @feature.alarm("faulty.alarm")
    async def ring(context: Context, alarms: object) -> None:
        assert isinstance(alarms, list)
        for alarm in alarms:
            await context.work.audit.add("bot", f"rang {alarm.subject}")
            if alarm.subject == 2:
                raise ArithmeticError

    @feature.on(MessagesChanged)
    async def note(context: Context, fact: MessagesChanged) -> None:
        await context.work.audit.add("bot", "changed")

    return feature


async def rang(riverside: World) -> list[str]:
    """Return what the faulty feature noted."""
    return [row[4] for row in (await every_row(riverside.database))["audit"]]


async def test_a_fault_undoes_all_and_is_told_with_a_reference(riverside: World, log: io.StringIO) -> None:
    """Nothing is half done; the same press may be tried again, and a reference leads to the log."""
    core = Core(riverside.database, (*FEATURES, with_faults()))
    before = await every_row(riverside.database, noted=True)
    press = Press("1", Account("playground", "riverside", "amara"), "faulty.half")
    for _ in range(2):
        reply = await core.handle(press)
        assert isinstance(reply, Message)
        reference = reply.plain.rpartition(" ")[2]
        assert f'"reference": "{reference}"' in log.getvalue()
        assert set() == changed(before, await every_row(riverside.database, noted=True))


async def test_a_call_delivered_twice_has_one_effect(riverside: World) -> None:
    """The second delivery gets no answer."""
    core = Core(riverside.database, (*FEATURES, with_faults()))
    press = Press("1", Account("playground", "riverside", "amara"), "faulty.whole")
    assert message("Done.") == await core.handle(press)
    assert None is await core.handle(press)
    assert ["done"] == await rang(riverside)


async def test_an_alarm_that_fails_holds_no_other_up(riverside: World, log: io.StringIO) -> None:
    """The others ring, each once; it is tried again after an hour, and again."""
    core = Core(riverside.database, (*FEATURES, with_faults()))
    async with riverside.database.work(1) as work:
        await work.due.set("faulty.alarm", [Setting(subject, None, MONDAY) for subject in (1, 2, 3)])
    assert 3 == await core.ring()
    assert ["rang 1", "rang 3"] == await rang(riverside)
    assert 0 == await core.ring()
    riverside.clock.move_to(MONDAY + timedelta(hours=1))
    await core.ring()
    assert ["rang 1", "rang 3"] == await rang(riverside)
    assert MONDAY + timedelta(hours=2) == await core.next_at()


async def test_more_alarms_than_ring_at_once(riverside: World) -> None:
    """All of them ring, however many there are."""
    core = Core(riverside.database, (*FEATURES, with_faults()))
    async with riverside.database.work(1) as work:
        await work.due.set("faulty.alarm", [Setting(subject, None, MONDAY) for subject in range(10, 1011)])
    assert 1001 == await core.ring()
    assert 1001 == len(await rang(riverside))


async def test_an_alarm_that_nobody_answers_is_no_fault(riverside: World, log: io.StringIO) -> None:
    """One of a feature that is no more rings once, with a line in the log."""
    async with riverside.database.work(1) as work:
        await work.due.set("forgotten.kind", [Setting(1, None, MONDAY)])
    assert 1 == await riverside.core.ring()
    assert "nobody answers these alarms" in log.getvalue()
    assert 0 == await riverside.core.ring()
