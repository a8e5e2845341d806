"""Forgetting somebody while platforms are slow, gone, or take no direct messages."""

from collections.abc import AsyncIterator
from datetime import timedelta

import pytest
from sqlalchemy import text

from bot.errors import Busy, Gone, Refused
from storage.contacts import Contacts
from storage.programs import State
from storage.settings import Settings
from tests.core.traces import holding
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


async def enters(bot: Spoken, state: State) -> None:
    """Let the program be in another state."""
    async with bot.database.work(1) as work:
        await work.of(Settings).put(state=state)


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


async def test_after_four_days_in_any_case(bot: Spoken) -> None:
    """What can't be closed is named to coordinators after three days, and keeps nothing after four."""
    bot.platform.refusing += [Busy(timedelta(hours=6))] * 40
    await bot.submits("amara", FORM, NAME)
    await bot.passes(days=2, hours=23)
    assert "couldn't close" not in "".join(bot.inbox("rosa"))
    await bot.passes(hours=2)
    (asked,) = [said for said in bot.inbox("rosa") if "couldn't close" in said]
    assert "Amara Okafor and Lena Vogt" in asked
    assert "Amara Okafor and Noor Haddad" in asked
    assert {} != await left(bot)
    await bot.passes(hours=23)
    assert {} == await left(bot)
    await bot.passes(days=3)


async def test_what_is_refused_is_tried_again(bot: Spoken) -> None:
    """A platform that refuses to close a space is asked again on the next day."""
    bot.platform.refusing += [Refused("not allowed")] * 2
    await bot.submits("amara", FORM, NAME)
    await bot.passes(hours=23)
    assert {} != await left(bot)
    await bot.passes(hours=2)
    assert ["amara-lena", "amara-noor"] == sorted(bot.platform.closed)
    assert {} == await left(bot)


@pytest.mark.parametrize("state", [State.SET_UP, State.SHADOW])
async def test_while_the_program_does_not_run(bot: Spoken, state: State) -> None:
    """Conversations that there are already are closed, and those in them told, whatever state the program is in."""
    await enters(bot, state)
    await bot.submits("amara", FORM, NAME)
    await bot.jobs.round()
    assert ["amara-lena", "amara-noor"] == sorted(bot.platform.closed)
    assert [1, 1, 1] == [len(bot.inbox(user)) for user in ("lena", "noor", "rosa")]
    assert {} == await left(bot)


async def test_what_stays_open_while_the_program_is_stopped(bot: Spoken) -> None:
    """Where no alarm rings, the day's tidying asks for help and ends it."""
    await enters(bot, State.SET_UP)
    bot.platform.refusing += [Busy(timedelta(hours=6))] * 40
    await bot.submits("amara", FORM, NAME)
    for _ in range(4):
        assert {} != await left(bot)
        await bot.passes(days=1)
        await bot.core.daily()
        await bot.jobs.round()
    assert 1 == sum("couldn't close" in said for said in bot.inbox("rosa"))
    assert {} == await left(bot)


async def test_a_pairing_that_has_just_ended(bot: Spoken) -> None:
    """A space whose goodbye wasn't said yet is closed as well, and the other side told."""
    await bot.presses_action("rosa", "pairings.end_now:1")
    await bot.submits("amara", FORM, NAME)
    await bot.jobs.round()
    assert ["amara-lena", "amara-noor"] == sorted(bot.platform.closed)
    assert 1 == len(bot.inbox("lena"))
    assert {} == await left(bot)


async def test_a_space_that_is_just_being_made(bot: Spoken) -> None:
    """What a platform is making at that moment is closed once it is there, even if that fails at first."""
    async with bot.database.work(1) as work:
        await work.conn.execute(text("UPDATE space SET closed_at = 1 WHERE pairing_id = 1"))
    await bot.presses_action("rosa", "pairings.space:1")
    bot.platform.while_opening = lambda: bot.submits("amara", FORM, NAME)
    bot.platform.refusing += [Busy(timedelta(minutes=1))] * 2
    await bot.jobs.round()
    assert {} != await left(bot)
    await bot.passes(minutes=15)
    assert {"amara-noor", "new space"} == set(bot.platform.closed)
    assert {} == await left(bot)


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


async def test_the_contact_for_worries(bot: Spoken) -> None:
    """Coordinators are told that the program needs another contact, and only then."""
    async with bot.database.work(1) as work:
        await work.of(Contacts).put(member_id=AMARA)
    await bot.submits("amara", FORM, NAME)
    await bot.submits("noor", "mydata.forget:3", {"name": "Noor Haddad"})
    await bot.jobs.round()
    (told,) = bot.inbox("rosa")
    assert 2 == told.count("has left the program")
    assert 1 == told.count("contact for worries has left")


async def test_what_had_ended_before_is_closed_as_well(bot: Spoken) -> None:
    """A space that was still to be closed is not forgotten with its pairing."""
    bot.platform.refusing += [Busy(timedelta(hours=1))]
    async with bot.database.work(1) as work:
        await work.conn.execute(text("UPDATE pairing SET ended_at = 0 WHERE id = 1"))
    await bot.submits("amara", FORM, NAME)
    await bot.passes(hours=2)
    assert ["amara-lena", "amara-noor"] == sorted(bot.platform.closed)
    assert {} == await left(bot)
