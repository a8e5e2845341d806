"""Titles beside names: they are as they should be in the end, whatever happens on the way."""

from collections.abc import AsyncIterator
from datetime import timedelta

import pytest

from bot.deliveries.reasons import Reason
from bot.errors import Busy, Forbidden, Gone
from storage.outbox import OF_TITLES
from storage.programs import State
from tests.scheduler.flaky import Killed
from tests.scheduler.town import AMARA, LENA, TITLE, Crier, crier

BOTH = {("amara", TITLE), ("lena", TITLE)}


@pytest.fixture
async def bot(database_url: str) -> AsyncIterator[Crier]:
    """Start a bot in a town."""
    async with crier(database_url) as opened:
        yield opened


async def test_worn_and_taken_off(bot: Crier) -> None:
    """Each row does its part, and one that is no longer to be so is dropped."""
    await bot.is_in(State.SHADOW)
    await bot.earns(AMARA, LENA)
    assert set() == bot.platform.titles
    await bot.earns(LENA)
    await bot.is_in(State.RUNNING)
    await bot.passes(hours=1)
    assert {("lena", TITLE)} == bot.platform.titles
    assert [("sent", None), ("sent", None), ("sent", None)] == await bot.stand(*OF_TITLES)


@pytest.mark.parametrize("end", [Killed(), ConnectionResetError(), Busy(timedelta(minutes=7))])
async def test_cut_off_before_it_is_noted(bot: Crier, end: BaseException) -> None:
    """It is done once more, which changes nothing."""
    bot.platform.afterwards = [end]
    try:
        await bot.earns(AMARA)
    except Killed:
        await bot.ends_leases()
    await bot.passes(hours=1)
    assert {("amara", TITLE)} == bot.platform.titles
    assert [("sent", None)] == await bot.stand(*OF_TITLES)


async def test_lost_while_it_is_given(bot: Crier) -> None:
    """Another process may have taken it off already: what comes too late is undone."""
    bot.platform.while_wearing = lambda: bot.earns(elsewhere=True)
    await bot.earns(AMARA)
    await bot.passes(minutes=1)
    assert set() == bot.platform.titles
    assert [("sent", None)] == await bot.stand(*OF_TITLES)


async def test_the_bot_may_not(bot: Crier) -> None:
    """Coordinators are told once what to do, however many fail so, and see each; after that it can be tried again."""
    bot.platform.failing |= {"amara": [Forbidden("no")], "lena": [Forbidden("no")]}
    await bot.earns(AMARA)
    await bot.passes(days=1)
    await bot.earns(AMARA, LENA)
    await bot.passes(days=1)
    (told,) = bot.platform.said
    assert 'my role needs the permission "Manage Roles", and has to stand above the roles that I give.' in told
    assert "To Lena Vogt, since Tuesday 3 March, 10:00: a role beside their name." in await bot.asks("undelivered")
    await bot.presses("deliveries.all_again")
    await bot.passes(days=1)
    assert BOTH == bot.platform.titles
    assert 1 == len(bot.platform.said)


async def test_one_that_fails_holds_no_other_up(bot: Crier) -> None:
    """Neither of somebody else, nor of the same member."""
    bot.platform.failing["amara"] = [Forbidden("no")]
    await bot.earns(AMARA, AMARA, LENA)
    assert BOTH == bot.platform.titles
    assert ["dead", "sent", "sent"] == sorted(state for state, _ in await bot.stand(*OF_TITLES))


async def test_who_has_left_the_server(bot: Crier) -> None:
    """They wear nothing any more, so nothing has to be taken off; what they earn is noted as impossible."""
    await bot.earns(AMARA)
    bot.platform.failing["amara"] = [Gone("not in the server")] * 2
    await bot.earns()
    await bot.earns(AMARA)
    assert [("sent", None), ("sent", None), ("dead", Reason.GONE)] == await bot.stand(*OF_TITLES)
