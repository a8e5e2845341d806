"""A private note that can't be delivered: no coordinator learns that somebody was to get one, and nobody else does."""

from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from typing import cast

import pytest

from bot.features import FEATURES
from storage.engine import Database
from storage.members import Members
from storage.outbox import NewRow, Urgency
from storage.work import Work
from tests.deliveries.spacious import Spoken, spoken
from tests.responding.reporting import reported, responder
from tests.world import World

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
    kinds = {"responding.note", "responding.notice", "responding.late", "responding.outside"}
    assert kinds <= set(feature.composers)
    assert {(True, True)} == {(made.private, made.always) for made in feature.composers.values()}


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


@dataclass
class There:
    """What of a world the helpers of tests/responding/reporting.py need."""

    database: Database

    async def member(self, work: Work, user: str) -> int:
        """Return somebody's id as a member."""
        return (await work.of(Members).by_users("playground", "riverside", {user}))[user]


async def notified(bot: Spoken, *unreached: str) -> list[str]:
    """Let the main reader be told of an open report, where these take no direct messages; return who learns of it."""
    there = cast("World", There(bot.database))
    await responder(there, "ravi", "noor", "amara")
    await reported(there, readers=("ravi", "noor"))
    bot.platform.private = set(unreached)
    async with bot.database.work(1) as work:
        ravi = await there.member(work, "ravi")
        row = NewRow("notice:1", "responding.notice", (), ravi, work.now, urgency=Urgency.AT_ONCE)
        await work.outbox.add([row])
    await bot.passes(minutes=30)
    people = ("ravi", "noor", "amara", "rosa", "lena")
    return [user for user in people for said in bot.inbox(user) if "private note" in said]


@pytest.mark.parametrize(
    ("unreached", "told"),
    [((), ["ravi"]), (("ravi",), ["noor"]), (("ravi", "noor"), [])],
    ids=["all is well", "the main reader", "nobody can be reached"],
)
async def test_a_notice_that_reaches_no_responder(bot: Spoken, unreached: Sequence[str], told: list[str]) -> None:
    """Whoever else may read it is told in their place, once; if there is nobody, coordinators learn that one waits."""
    assert told == await notified(bot, *unreached)
    assert (not told, []) == ("A private report waits" in "".join(bot.inbox("rosa")), bot.platform.posted)


async def test_what_else_fails_is_told_as_ever(bot: Spoken) -> None:
    """Coordinators learn of a reminder that doesn't reach somebody; and of that alone."""
    await private_note(bot)
    await bot.says("amara")
    await bot.passes(days=1)
    shown = (await bot.asks("rosa", "/mentor-admin undelivered")).plain
    assert "1 message couldn't be delivered" in shown
    assert "a reminder of a message that waits" in shown
    assert 1 == sum("takes no direct messages" in said for said in bot.inbox("rosa"))
