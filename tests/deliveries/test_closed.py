"""Somebody takes no direct messages: they are asked in their conversation, and coordinators learn of it once."""

from collections.abc import AsyncIterator

import pytest
from sqlalchemy import text

from storage.pairings import Pairings
from tests.deliveries.spacious import Spoken, spoken

AMARA = 1
ASKED = (
    "Amara Okafor, I have a note for you and can't write to you directly. "
    "Please allow direct messages from this workspace or server, or write /mentor waiting."
)


@pytest.fixture
async def bot(database_url: str) -> AsyncIterator[Spoken]:
    """Start a bot on a platform on which Amara takes no direct messages."""
    async with spoken(database_url) as opened:
        opened.platform.private.add("amara")
        yield opened


async def test_asked_where_they_can_see_it(bot: Spoken) -> None:
    """In a conversation of theirs, without a word about what it is about; coordinators learn of it in one line."""
    await bot.says("lena")
    await bot.says("noor", "amara-noor")
    await bot.passes(days=1, hours=1)
    assert [("amara-lena", ASKED)] == bot.platform.posted
    (told,) = bot.inbox("rosa")
    assert 1 == told.count("Amara Okafor takes no direct messages from me")
    assert "I couldn't reach them; a coordinator knows" in (await bot.asks("lena", "/mentor waiting")).plain
    shown = (await bot.asks("rosa", "/mentor-admin undelivered")).plain
    assert 2 == shown.count("Why: they take no direct messages from me.")


async def test_once_a_day(bot: Spoken) -> None:
    """Several messages on a day, and several tries, ask once; the next day asks anew, and tells no coordinator."""
    await bot.says("lena")
    await bot.passes(days=1)
    for _ in range(2):
        await bot.presses("rosa", "Try again", await bot.asks("rosa", "/mentor-admin undelivered"))
        await bot.passes(minutes=10)
    assert 1 == len(bot.platform.posted)
    await bot.passes(days=1)
    await bot.presses("rosa", "Try again", await bot.asks("rosa", "/mentor-admin undelivered"))
    await bot.passes(days=3)
    assert 2 == len(bot.platform.posted)
    assert 1 == sum(said.count("takes no direct messages") for said in bot.inbox("rosa"))


async def test_told_anew_after_a_message_went_through(bot: Spoken) -> None:
    """Who could be reached again and then can't is told of once more."""
    await bot.says("lena")
    await bot.passes(days=1)
    bot.platform.private.clear()
    await bot.presses("rosa", "Try again", await bot.asks("rosa", "/mentor-admin undelivered"))
    await bot.passes(hours=1)
    assert 1 == len(bot.inbox("amara"))
    bot.platform.private.add("amara")
    await bot.passes(days=5)
    assert 2 == sum(said.count("takes no direct messages") for said in bot.inbox("rosa"))
    assert 2 == len(bot.platform.posted)


async def test_a_program_that_wants_no_such_thing(database_url: str) -> None:
    """With direct_closed = "nobody" nothing is said in the conversation; coordinators still learn of it."""
    async with spoken(database_url, {"delivery.direct_closed": "nobody"}) as bot:
        bot.platform.private.add("amara")
        await bot.says("lena")
        await bot.passes(days=2)
        assert [] == bot.platform.posted
        assert 1 == sum(said.count("takes no direct messages") for said in bot.inbox("rosa"))


async def test_nobody_can_be_told(bot: Spoken) -> None:
    """A coordinator who takes no direct messages either ends in no circle."""
    bot.platform.private.add("rosa")
    await bot.says("lena")
    await bot.passes(days=10)
    assert [] == bot.inbox("rosa")
    assert 1 == len(bot.platform.posted)


async def test_not_where_nobody_reads_any_more(bot: Spoken) -> None:
    """A conversation that was closed is passed over: they are asked in one that is open."""
    async with bot.database.work(1) as work:
        (first, *_) = await work.of(Pairings).going_on(AMARA)
        await work.conn.execute(text("UPDATE space SET closed_at = 1 WHERE pairing_id = :id"), {"id": first.id})
    await bot.says("noor", "amara-noor")
    await bot.passes(days=1, hours=1)
    assert [("amara-noor", ASKED)] == bot.platform.posted
