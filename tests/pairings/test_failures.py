"""Spaces on a platform that fails: tried again, told, and never made twice."""

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest

from bot.calls import Press
from bot.clock import SetClock
from bot.core import Core
from bot.deliveries.reasons import Reason
from bot.errors import Busy, Gone, Refused
from bot.facts import SpaceOpened
from bot.features import FEATURES
from bot.members import roster
from bot.people import Account, Place, Role
from scheduler.jobs import Jobs
from storage.members import Members
from storage.opening import open_database
from tests.pairings.failing import Spaces, WithSpaces
from tests.world import COMMUNITY, MONDAY


@pytest.fixture
async def bot(database_url: str, tmp_path: Path) -> AsyncIterator[Spaces]:
    """Start a bot with the program of tests/community.toml."""
    clock = SetClock(MONDAY)
    database = await open_database(database_url, clock.now)
    core, platform = Core(database, FEATURES), WithSpaces(clock)
    await roster.enrol(core, roster.read(COMMUNITY))
    async with database.work(1) as work:
        ids = await work.of(Members).by_users("playground", "riverside", {"ravi"})
        await work.of(Members).change(ids["ravi"], roles=frozenset({Role.MENTEE}))
    yield Spaces(core, Jobs(core, {"playground": platform}), clock, platform, database)
    await database.close()


async def test_a_busy_platform_is_asked_again(bot: Spaces) -> None:
    """A space that can't be made just now is made a little later."""
    bot.platform.fails = [Busy(timedelta(minutes=5)), Busy(timedelta(minutes=5))]
    await bot.asks("pair @amara @ravi")
    await bot.passes(minutes=4)
    assert {} == bot.platform.opened
    await bot.passes(minutes=10)
    (made,) = bot.platform.opened.values()
    assert ("mentoring-amara-ravi", ["amara", "ravi"]) == (made.name, [account.user for account in made.people])
    assert 1 == len(bot.platform.posted)


async def test_a_crash_before_it_is_noted_makes_no_second_space(bot: Spaces) -> None:
    """Cut off between making and noting, or posting and noting, the bot finds what it made."""
    bot.platform.fails_after = [RuntimeError("cut off"), RuntimeError("cut off once more")]
    await bot.asks("pair @amara @ravi")
    await bot.passes(hours=1)
    assert 1 == len(bot.platform.opened)
    assert 1 == len(bot.platform.posted)
    assert [("sent", None)] == await bot.of("open")


async def test_a_platform_that_refuses(bot: Spaces) -> None:
    """The coordinator is told that no space could be made, and can have it tried again."""
    bot.platform.fails = [Refused("channels may not be made")]
    await bot.asks("pair @amara @ravi")
    await bot.passes(minutes=5)
    assert [("dead", "channels may not be made")] == await bot.of("open")
    (told,) = bot.platform.said
    assert "I couldn't make a space for Amara Okafor and Ravi Menon: the platform didn't let me." in told
    await bot.presses("pairings.space:3")
    await bot.passes(minutes=5)
    assert 1 == len(bot.platform.opened)
    assert "Has a space" in await bot.asks("pairing @amara @ravi")


async def test_two_who_share_no_workspace(bot: Spaces) -> None:
    """That is said with what helps; once they do share one, the space can be made."""
    await bot.moves("ravi", Account("slack", "T1", "ravi"))
    answer = await bot.asks("pair @amara Ravi Menon")
    assert "I can't make a private space for the two yet, as they share no workspace or server" in answer
    assert "I'm making" not in answer
    await bot.passes(minutes=5)
    assert [("dead", "the two share no workspace or server")] == await bot.of("open")
    assert "they share no workspace or server" in bot.platform.said[0]
    assert "Why: they share no workspace or server." in await bot.asks("undelivered")
    assert "I can't make a private space for the two yet" in await bot.presses("pairings.space:3")
    await bot.passes(minutes=1)
    await bot.moves("ravi", Account("playground", "riverside", "ravi"))
    await bot.presses("pairings.space:3")
    await bot.passes(minutes=5)
    assert 1 == len(bot.platform.opened)


async def test_ended_before_the_space_is_there(bot: Spaces) -> None:
    """A space that nobody needs any more isn't made."""
    bot.platform.fails = [Busy(timedelta(minutes=5))]
    await bot.asks("pair @amara @ravi")
    await bot.passes(minutes=1)
    await bot.presses("pairings.end_now:3")
    await bot.passes(hours=1)
    assert {} == bot.platform.opened
    assert [] == await bot.of("open")


@pytest.mark.parametrize(
    ("error", "reason"),
    [(Gone("there is no such space"), Reason.PLACE_GONE), (Refused("not in it"), "not in it")],
)
async def test_no_goodbye_can_be_said(bot: Spaces, error: Exception, reason: str) -> None:
    """Where the space is gone it is noted as closed, and the pairing can be taken up again in a new one."""
    await bot.asks("pair @amara @ravi")
    await bot.passes(minutes=5)
    bot.platform.fails = [error, error]
    await bot.presses("pairings.end_now:3")
    await bot.passes(minutes=5)
    assert [("dead", reason)] == await bot.of("close")
    await bot.presses("pairings.again:3:0")
    await bot.passes(minutes=5)
    assert ["mentoring-amara-ravi", "mentoring-amara-ravi-3-2"] == [made.name for made in bot.platform.opened.values()]


async def test_the_space_is_closed_after_the_goodbye(bot: Spaces) -> None:
    """While the platform is busy neither is done; then both, in that order; and meanwhile nobody is paired anew."""
    await bot.asks("pair @amara @ravi")
    await bot.passes(minutes=5)
    bot.platform.fails = [Busy(timedelta(minutes=5))]
    await bot.presses("pairings.end_now:3")
    await bot.passes(minutes=1)
    assert ([], 1) == (bot.platform.closed, len(bot.platform.posted))
    await bot.passes(minutes=10)
    assert (["space-0"], 2) == (bot.platform.closed, len(bot.platform.posted))


async def test_taken_up_again_before_the_goodbye(bot: Spaces) -> None:
    """Who is paired again at once keeps the space, and no goodbye is said."""
    await bot.asks("pair @amara @ravi")
    await bot.passes(minutes=5)
    bot.platform.fails = [Busy(timedelta(minutes=5))]
    await bot.presses("pairings.end_now:3")
    await bot.passes(minutes=1)
    await bot.presses("pairings.again:3:0")
    await bot.passes(hours=1)
    assert (1, []) == (len(bot.platform.opened), bot.platform.closed)
    assert [] == [said for said in bot.platform.posted.values() if "ends here" in said]


async def test_not_paired_again_while_the_space_is_being_closed(bot: Spaces) -> None:
    """That would be closed under their feet: the coordinator is asked to wait a minute."""
    await bot.asks("pair @amara @ravi")
    await bot.passes(minutes=5)
    await bot.presses("pairings.end_now:3")
    bot.platform.fails_closing = [Busy(timedelta(minutes=5))]
    await bot.passes(minutes=1)
    assert "is just being closed" in await bot.presses("pairings.again:3:0")
    await bot.passes(hours=1)
    assert "are paired" in await bot.presses("pairings.again:3:0")
    await bot.passes(minutes=5)
    assert 2 == len(bot.platform.opened)


async def test_an_old_close_is_tried_again_while_the_pairing_goes_on(bot: Spaces) -> None:
    """The space from before is closed, and not the one in which the two write by now."""
    await bot.asks("pair @amara @ravi")
    await bot.passes(minutes=5)
    bot.platform.fails_closing = [Refused("not allowed")]
    await bot.presses("pairings.end_now:3")
    await bot.passes(minutes=5)
    await bot.presses("pairings.again:3:0")
    await bot.passes(minutes=5)
    assert (2, []) == (len(bot.platform.opened), bot.platform.closed)
    await bot.presses("deliveries.all_again")
    await bot.passes(minutes=5)
    assert ["space-0"] == bot.platform.closed
    assert "Has a space" in await bot.asks("pairing @amara @ravi")


async def test_a_close_that_failed_is_tried_again(bot: Spaces) -> None:
    """Once the platform allows it, the space is closed."""
    await bot.asks("pair @amara @ravi")
    await bot.passes(minutes=5)
    bot.platform.fails_closing = [Refused("not allowed")]
    await bot.presses("pairings.end_now:3")
    await bot.passes(minutes=5)
    assert [] == bot.platform.closed
    assert "trying it again" in await bot.presses(f"deliveries.again:{await bot.dead()}")
    await bot.passes(minutes=5)
    assert ["space-0"] == bot.platform.closed


async def test_a_note_because_of_safety_that_reaches_no_coordinator(bot: Spaces) -> None:
    """Then the responders are told."""
    async with bot.database.work(1) as work:
        ids = await work.of(Members).by_users("playground", "riverside", {"ravi"})
        await work.of(Members).change(ids["ravi"], roles=frozenset({Role.RESPONDER}))
    bot.platform.gone = {"rosa"}
    await bot.core.handle(Press("1", Account("playground", "riverside", "lena"), "pairings.safety:1"))
    await bot.passes(minutes=5)
    assert ["private note" in said for said in bot.platform.said] == [True]


async def test_asked_for_twice_while_the_platform_is_busy(bot: Spaces) -> None:
    """Whoever presses again while a space is on its way gets no second one."""
    bot.platform.fails = [Busy(timedelta(minutes=5))]
    await bot.asks("pair @amara @ravi")
    await bot.passes(minutes=1)
    await bot.presses("pairings.space:3")
    assert [("waiting", None)] == await bot.of("open")
    await bot.passes(hours=1)
    assert 1 == len(bot.platform.opened)


async def test_a_space_that_is_noted_twice_is_welcomed_once(bot: Spaces) -> None:
    """Two processes may both find that a space was made: the two people are greeted once."""
    await bot.asks("pair @amara @ravi")
    await bot.passes(minutes=5)
    (program,) = await bot.core.programs()
    async with bot.core.at_work(program) as context:
        await context.tell(SpaceOpened(3, Place("playground", "riverside", "space-0")))
    await bot.passes(minutes=5)
    assert 1 == len(bot.platform.posted)
