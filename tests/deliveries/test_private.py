"""A private note that can't be delivered: no coordinator learns that somebody was to get one, and nobody else does."""

from collections.abc import AsyncIterator

import pytest

from bot.features import FEATURES
from storage.outbox import NewRow, Urgency
from tests.deliveries.spacious import Spoken, spoken

NOTE = "responding.note"
LENA = 2


@pytest.fixture
async def bot(database_url: str) -> AsyncIterator[Spoken]:
    """Start a bot on a platform on which Lena takes no direct messages."""
    async with spoken(database_url) as opened:
        opened.platform.private.add("lena")
        yield opened


async def private_note(bot: Spoken) -> int:
    """Let there be one for Lena, whom it doesn't reach; return the row's id."""
    (program,) = await bot.core.programs()
    async with bot.core.at_work(program) as context:
        row = NewRow("note:1", NOTE, (), LENA, context.now, urgency=Urgency.ASKED)
        await context.work.outbox.add([row])
    await bot.passes(hours=1)
    async with bot.core.at_work(program) as context:
        (kept,) = await context.work.outbox.by_keys(["note:1"])
    assert "dead" == kept.state
    return kept.id


def test_all_that_is_told_of_reports_is_private() -> None:
    """Whatever the rooms of private reports send unasked, by kind; and it goes out in whatever state the program is."""
    (feature,) = [feature for feature in FEATURES if feature.name == "responding"]
    of_reports = {kind: made for kind, made in feature.composers.items() if kind not in OPEN}
    assert {"responding.note", "responding.notice", "responding.late", "responding.outside"} <= set(of_reports)
    assert {(True, True)} == {(made.private, made.always) for made in of_reports.values()}


OPEN: frozenset[str] = frozenset()


async def test_no_coordinator_learns_of_it(bot: Spoken) -> None:
    """Not in a line, not in the list, not by its number; and nothing is said in the pair's conversation."""
    before = (await bot.asks("rosa", "/mentor-admin undelivered")).plain
    row_id = await private_note(bot)
    assert ([], []) == (bot.inbox("rosa"), bot.platform.posted)
    assert before == (await bot.asks("rosa", "/mentor-admin undelivered")).plain
    assert "nothing left to try" in await bot.presses_action("rosa", "deliveries.all_again")
    for button in ("again", "drop"):
        assert "no longer in the list" in await bot.presses_action("rosa", f"deliveries.{button}:{row_id}")
    await bot.passes(days=2)
    assert ([], []) == (bot.inbox("rosa"), bot.platform.posted)


async def test_it_follows_what_goes_through(bot: Spoken) -> None:
    """Once a direct message reaches them again, the note that didn't goes out as well, once."""
    await private_note(bot)
    bot.platform.private.clear()
    await bot.says("amara")
    await bot.passes(days=2)
    notes = [said for said in bot.inbox("lena") if "You have a private note" in said]
    assert 1 == len(notes)


async def test_what_else_fails_is_told_as_ever(bot: Spoken) -> None:
    """Coordinators learn of a reminder that doesn't reach somebody; and of that alone."""
    await private_note(bot)
    await bot.says("amara")
    await bot.passes(days=1)
    shown = (await bot.asks("rosa", "/mentor-admin undelivered")).plain
    assert "1 message couldn't be delivered" in shown
    assert "a reminder of a message that waits" in shown
    assert 1 == sum("takes no direct messages" in said for said in bot.inbox("rosa"))
