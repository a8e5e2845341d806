"""Starting and ending: what a bot that is ended leaves behind, and what the next one takes up."""

import asyncio
import contextlib
from datetime import timedelta

from sqlalchemy import text

from scheduler.jobs import Jobs
from storage.schema import micros
from tests.scheduler.flaky import Bot
from tests.world import MONDAY

MOMENT = timedelta(milliseconds=50)
EVERY = timedelta(hours=1)


async def seal() -> None:
    """Leave the audit log alone."""


async def lease_ends(bot: Bot) -> None:
    """Let others take over what is held."""
    async with bot.database.connect() as conn:
        await conn.execute(text("UPDATE outbox SET lease_until = 0"))


async def held(bot: Bot) -> list[str | None]:
    """Return who holds what waits."""
    async with bot.database.connect() as conn:
        return [row.held_by for row in await conn.execute(text("SELECT held_by FROM outbox WHERE state = 'waiting'"))]


async def test_a_platform_that_hangs_delays_the_end_for_a_moment_only(bot: Bot) -> None:
    """What was under way is given back, and the next bot takes it up at once."""
    sending = asyncio.Event()

    async def hang() -> None:
        sending.set()
        await asyncio.Event().wait()

    bot.platform.while_sending = hang
    await bot.says("lena")
    bot.clock.move_to(MONDAY + timedelta(days=1))
    await bot.jobs.start(EVERY, seal)
    await sending.wait()
    assert [None] != await held(bot)
    await bot.jobs.stop(MOMENT)
    assert [None] == await held(bot)
    bot.platform.while_sending = None
    await Jobs(bot.core, {"playground": bot.platform}).round()
    assert ["amara"] == [user for user, _, _ in bot.platform.sent]


async def test_what_is_under_way_may_end(bot: Bot) -> None:
    """A message that is on its way when the bot is ended is sent and noted; nothing new is begun."""
    sending, may_go_on = asyncio.Event(), asyncio.Event()

    async def slow() -> None:
        sending.set()
        await may_go_on.wait()

    bot.platform.while_sending = slow
    await bot.says("lena")
    bot.clock.move_to(MONDAY + timedelta(days=1))
    await bot.jobs.start(EVERY, seal)
    await sending.wait()
    await bot.says("amara", "amara-noor")
    bot.clock.move_to(MONDAY + timedelta(days=2))
    end = asyncio.create_task(bot.jobs.stop())
    await asyncio.sleep(0)
    may_go_on.set()
    await end
    assert ["amara"] == [user for user, _, _ in bot.platform.sent]
    assert "sent" in {state for state, _ in await bot.rows()}
    assert [name for name in await held(bot) if name is not None] == []


async def test_catching_up_holds_nothing_up(bot: Bot) -> None:
    """Messages go out while the history of many spaces is still being read, and an end doesn't wait for it."""
    reading, sent = asyncio.Event(), asyncio.Event()
    first = True

    async def hang_at_first() -> None:
        nonlocal first
        if first:
            first = False
            reading.set()
            await asyncio.Event().wait()

    async def note() -> None:
        sent.set()

    await bot.says("lena")
    bot.clock.move_to(MONDAY + timedelta(days=1))
    bot.platform.while_reading = hang_at_first
    bot.platform.while_sending = note
    reader = asyncio.create_task(bot.jobs.catch_up())
    await reading.wait()
    await bot.jobs.start(EVERY, seal)
    await asyncio.wait_for(sent.wait(), 20)
    await bot.jobs.stop()
    reader.cancel()
    with contextlib.suppress(asyncio.CancelledError):
        await reader
    assert ["amara"] == [user for user, _, _ in bot.platform.sent]


async def test_a_process_that_hung_sends_nothing_that_others_took_over(bot: Bot) -> None:
    """Between its claim and the sending a bot was stopped for longer than its lease; another one did the work."""
    other = Jobs(bot.core, {"playground": bot.platform})

    async def hang() -> None:
        bot.platform.while_reading = None
        await lease_ends(bot)
        await other.round()

    await bot.says("lena")
    bot.platform.while_reading = hang
    bot.clock.move_to(MONDAY + timedelta(days=1))
    await bot.jobs.round()
    assert ["amara"] == [user for user, _, _ in bot.platform.sent]
    assert [("sent", None)] == await bot.rows()


async def test_a_process_that_hung_notes_nothing_that_others_noted(bot: Bot) -> None:
    """A bot hung for hours after the sending; another one noted when it was, and that stays."""
    other = Jobs(bot.core, {"playground": bot.platform})

    async def hang() -> None:
        await lease_ends(bot)
        await other.round()
        bot.clock.move_to(MONDAY + timedelta(days=1, hours=3))

    await bot.says("lena")
    bot.platform.while_answering = hang
    bot.clock.move_to(MONDAY + timedelta(days=1))
    await bot.jobs.round()
    assert ["amara"] == [user for user, _, _ in bot.platform.sent]
    async with bot.database.connect() as conn:
        noted = [*await conn.scalars(text("SELECT sent_at FROM delivery UNION ALL SELECT sent_at FROM nudge"))]
    assert [micros(MONDAY + timedelta(days=1))] * 2 == noted


async def test_a_database_that_is_gone_keeps_nobody_from_ending(bot: Bot) -> None:
    """What could not be given back is somebody else's when its lease ends."""
    sealed = False

    async def seal_at_the_end() -> None:
        nonlocal sealed
        sealed = True

    await bot.jobs.start(EVERY, seal_at_the_end)
    async with bot.database.connect() as conn:
        await conn.execute(text("ALTER TABLE outbox RENAME TO elsewhere"))
    await bot.jobs.stop(MOMENT)
    assert sealed
