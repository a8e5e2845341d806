"""Trying a program out: all is done as if, and nothing of it is left at Start."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.people import Role
from storage.members import Members
from storage.schema import metadata
from tests.drivers.driver import Seen
from tests.platforms import on_each_platform
from tests.setup.empty import add, made_ready, start, stop, theirs
from tests.storage.tables import every_row
from tests.world import MONDAY, World, world


@pytest.fixture
async def tried(database_url: str, tmp_path: Path) -> AsyncIterator[World]:
    """Open a program that is tried out since Monday, 10:00; Lena has written to Amara."""
    async with world(database_url, tmp_path, empty=True) as opened:
        place = await made_ready(opened)
        await opened.asks("rosa", "/mentor-admin shadow")
        await opened.says("lena", place.channel)
        yield opened


async def previews(there: World, user: str = "rosa") -> list[Seen]:
    """Return what a coordinator was told of what would have been sent."""
    return [seen for seen in await there.inbox(user) if "I would have sent" in seen.text]


async def nudged(there: World) -> list[Seen]:
    """Return what reached Amara, but for the questions at joining."""
    return [seen for seen in await there.inbox("amara") if "Welcome to Riverside Mentoring" not in seen.text]


async def count(there: World, table: str, column: str | None = None) -> int:
    """Count rows; with a column those in which it is set."""
    rows = (await every_row(there.database, noted=True))[table]
    if column is None:
        return len(rows)
    place = [one.name for one in metadata.tables[table].columns].index(column)
    return sum(row[place] is not None for row in rows)


@on_each_platform
async def test_every_morning_a_coordinator_is_told(tried: World) -> None:
    """At their first welcome hour: also that it was nothing."""
    await tried.passes(days=4)
    told = [seen.texts[0] for seen in await previews(tried)]
    assert [
        "Since Monday 2 March I would have sent nothing.",
        "Since Tuesday 3 March I would have sent 1 message",
        "Since Wednesday 4 March I would have sent nothing.",
        "Since Thursday 5 March I would have sent nothing.",
    ] == told
    assert [] == await nudged(tried)


async def test_each_at_their_own_hour(tried: World) -> None:
    """Who lives elsewhere is told when it is morning there; nobody at the weekend."""
    kolkata = await add(tried, "ravi", "Ravi Menon", Role.COORDINATOR)
    (program,) = await tried.core.programs()
    async with tried.core.at_work(program) as context:
        await context.work.of(Members).change(kolkata, zone="Asia/Kolkata")
    await tried.passes(days=1)  # Tuesday 10:00: with Rosa's first one he is known to be there
    assert 0 == len(await previews(tried, "ravi"))
    await tried.passes(hours=17, minutes=29)
    assert 0 == len(await previews(tried, "ravi"))
    await tried.passes(minutes=1)  # 09:00 in Kolkata
    assert ["Since Monday 2 March I would have sent 1 message"] == [
        seen.texts[0] for seen in await previews(tried, "ravi")
    ]
    before = len(await previews(tried))
    await tried.passes(days=4)  # Sunday
    assert before + 3 == len(await previews(tried))


async def test_what_was_tried_out_is_as_if_it_had_never_been(tried: World) -> None:
    """Reminders, limits, what coordinators would have been told, and everybody's budget."""
    await tried.passes(days=15)
    assert 3 == await count(tried, "nudge", "sent_at")
    assert (1, 1) == (await count(tried, "turn", "limit_at"), await count(tried, "turn", "told_at"))
    await start(tried)
    assert 0 == await count(tried, "nudge")
    assert (0, 0) == (await count(tried, "turn", "limit_at"), await count(tried, "turn", "told_at"))
    rows = (await every_row(tried.database))["delivery"]
    place = [one.name for one in metadata.tables["delivery"].columns].index("platform")
    assert {tried.platform.name} == {row[place] for row in rows}
    await tried.passes(days=12)
    assert [1, 1, 1] == [len(seen.buttons) > 1 for seen in await nudged(tried)]


async def test_an_answer_while_it_was_tried_out_is_never_late(tried: World) -> None:
    """Nobody was reminded, so nobody could be late."""
    await tried.passes(days=5)
    await tried.says("amara", await theirs(tried))
    assert "counts as late" in await tried.asks("amara", "/mentor rate why")
    await start(tried)
    assert "counts as in time" in await tried.asks("amara", "/mentor rate why")


async def test_a_message_that_was_answered_is_not_reminded_of(tried: World) -> None:
    """Also in what would have been sent: the preview says so."""
    await tried.passes(hours=25)
    await tried.says("amara", await theirs(tried))
    await tried.passes(days=1)
    *_, last = await previews(tried)
    assert "to Amara Okafor:\nYou have answered Lena Vogt." in last.text


async def test_stop_ends_it(tried: World) -> None:
    """No further preview, and what was noted is gone."""
    await tried.passes(days=2)
    before = len(await previews(tried))
    assert "is stopped" in await stop(tried)
    await tried.passes(days=7)
    assert before == len(await previews(tried))
    assert 0 == await count(tried, "nudge")


async def test_the_clock_goes_on_where_the_bot_was_restarted(database_url: str, tmp_path: Path) -> None:
    """Trying out goes on after a restart; what was noted before is told as well."""
    async with world(database_url, tmp_path, empty=True) as there:
        place = await made_ready(there)
        await there.asks("rosa", "/mentor-admin shadow")
        await there.says("lena", place.channel)
        await there.passes(hours=25)
    async with world(database_url, tmp_path, empty=True, at=MONDAY + timedelta(hours=25)) as there:
        await there.passes(days=1)
        *_, last = await previews(there)
        assert "I would have sent 1 message" in last.text
        assert [] == await nudged(there)


async def test_who_is_back_is_told_again(tried: World) -> None:
    """A coordinator who is away is left alone."""
    await tried.asks("rosa", "/mentor away until Friday")
    await tried.passes(days=3, hours=12)
    assert [] == await previews(tried)
    await tried.passes(days=1)
    assert ["Since Monday 2 March I would have sent 1 message"] == [seen.texts[0] for seen in await previews(tried)]


async def test_what_is_on_its_way_when_it_starts_is_looked_at_again(tried: World) -> None:
    """A reminder that was about to be noted for nothing doesn't go out at Start, nor is it lost."""
    await tried.passes(hours=8)
    await tried.says("amara", await theirs(tried))
    await tried.passes(hours=15)
    await tried.says("lena", await theirs(tried))
    tried.clock.move_to(datetime(2026, 3, 4, 9, 30, tzinfo=UTC))
    await tried.core.ring()  # it waits in the outbox now, as one that would be noted
    await start(tried)
    assert [] == await nudged(tried)
    await tried.passes(hours=25)
    assert 1 == len(await nudged(tried))
