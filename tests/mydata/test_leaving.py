"""Forgetting somebody while platforms are slow, gone, or take no direct messages."""

from collections.abc import AsyncIterator
from datetime import timedelta

import pytest
from sqlalchemy import text

from bot.errors import Busy, Gone
from storage.contacts import Contacts
from tests.core.test_privacy import holding
from tests.deliveries.spacious import Spoken, spoken
from tests.storage.tables import every_row

AMARA = 1
FORM = f"mydata.forget:{AMARA}"
NAME = {"name": "Amara Okafor"}


@pytest.fixture
async def bot(database_url: str) -> AsyncIterator[Spoken]:
    """Start a bot on a platform that fails where a test says so."""
    async with spoken(database_url) as opened:
        yield opened


async def left(bot: Spoken) -> dict[str, list[tuple[object, ...]]]:
    """Return the rows in which Amara still stands."""
    return holding(await every_row(bot.database, noted=True), AMARA)


async def test_spaces_are_closed_before_nobody_knows_them(bot: Spoken) -> None:
    """Each space of theirs is closed once, and then all is gone."""
    await bot.submits("amara", FORM, NAME)
    assert {"member", "account", "pairing", "leaving"} == set(await left(bot))
    await bot.jobs.round()
    assert ["amara-lena", "amara-noor"] == sorted(bot.platform.closed)
    assert {} == await left(bot)
    assert [1, 1, 1] == [len(bot.inbox(user)) for user in ("lena", "noor", "rosa")]


async def test_what_waits_to_be_closed_keeps_the_rest(bot: Spoken) -> None:
    """A platform that is busy is asked again; when the last space is closed, all is gone."""
    bot.platform.refusing += [Busy(timedelta(hours=3))]
    await bot.submits("amara", FORM, NAME)
    await bot.jobs.round()
    assert {"member", "account", "pairing", "leaving"} == set(await left(bot))
    await bot.passes(hours=4)
    assert ["amara-lena", "amara-noor"] == sorted(bot.platform.closed)
    assert {} == await left(bot)


async def test_after_a_day_in_any_case(bot: Spoken) -> None:
    """What can't be told or closed in a day no longer keeps anything."""
    bot.platform.refusing += [Busy(timedelta(hours=6))] * 20
    await bot.submits("amara", FORM, NAME)
    await bot.passes(hours=23)
    assert {} != await left(bot)
    await bot.passes(hours=1)
    assert {} == await left(bot)
    await bot.passes(days=3)


async def test_what_is_gone_already(bot: Spoken) -> None:
    """A space that somebody has deleted, and a partner who takes no messages, hold nothing up."""
    bot.platform.refusing += [Gone("no such channel")] * 2
    bot.platform.private.add("lena")
    await bot.submits("amara", FORM, NAME)
    await bot.passes(minutes=5)
    assert {} == await left(bot)
    await bot.presses("rosa", "Try again", await bot.asks("rosa", "/mentor-admin undelivered"))
    await bot.passes(days=2)
    assert "everything could be delivered" in (await bot.asks("rosa", "/mentor-admin undelivered")).plain


async def test_what_was_under_way_ends(bot: Spoken) -> None:
    """Reminders to and about whoever left are not sent any more, and nobody else's are held up."""
    await bot.says("lena")
    await bot.says("amara", "amara-noor")
    bot.clock.move_to(bot.clock.now() + timedelta(days=1))
    await bot.core.ring()
    await bot.submits("amara", FORM, NAME)
    await bot.passes(days=10)
    assert [] == bot.inbox("amara")
    assert 1 == len(bot.inbox("noor"))
    assert "has left the program" in bot.inbox("noor")[0]


async def test_what_had_ended_before_is_closed_as_well(bot: Spoken) -> None:
    """A space that was still to be closed is not forgotten with its pairing."""
    bot.platform.refusing += [Busy(timedelta(hours=1))]
    async with bot.database.work(1) as work:
        await work.conn.execute(text("UPDATE pairing SET ended_at = 0 WHERE id = 1"))
    await bot.submits("amara", FORM, NAME)
    await bot.passes(hours=2)
    assert ["amara-lena", "amara-noor"] == sorted(bot.platform.closed)
    assert [] == bot.inbox("lena")
    assert {} == await left(bot)


async def test_the_contact_for_worries(bot: Spoken) -> None:
    """Coordinators are told that the program needs another contact, and only then."""
    async with bot.database.work(1) as work:
        await work.of(Contacts).put(member_id=AMARA)
    await bot.submits("amara", FORM, NAME)
    await bot.submits("noor", "mydata.forget:3", {"name": "Noor Haddad"})
    await bot.jobs.round()
    (told,) = bot.inbox("rosa")
    assert 2 == told.count("has left the program")
    assert 1 == told.count("They were the program's contact for worries.")
