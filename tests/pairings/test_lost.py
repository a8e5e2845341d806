"""A conversation that the bot no longer sees: whoever looks after the pairing is told, once."""

from collections.abc import AsyncIterator

import pytest

from bot.calls import Found, Lost, Observation
from bot.people import Place
from tests.deliveries.spacious import Spoken, spoken

SPACE = Place("playground", "riverside", "amara-lena")
LOST = "I no longer see the conversation of Amara Okafor and Lena Vogt"


@pytest.fixture
async def bot(database_url: str) -> AsyncIterator[Spoken]:
    """Start a bot on a platform that fails where a test says so."""
    async with spoken(database_url) as opened:
        yield opened


async def hears(bot: Spoken, kind: type[Lost | Found], times: int = 1) -> None:
    """Let the platform tell what became of the space."""
    told: list[Observation] = [kind(SPACE, bot.clock.now())] * times
    await bot.core.ingest(told)
    await bot.passes(minutes=1)


async def test_it_is_told_once(bot: Spoken) -> None:
    """However often it is noticed: by the platform's word, at a start, before a reminder."""
    await hears(bot, Lost, times=2)
    await hears(bot, Lost)
    bot.platform.gone.add("amara-lena")
    await bot.jobs.catch_up()
    await bot.passes(days=3)
    (told,) = bot.inbox("rosa")
    assert LOST in told
    assert [] == bot.inbox("lena")


async def test_it_is_noticed_at_a_start(bot: Spoken) -> None:
    """Nobody may have been told while the bot was down."""
    bot.platform.gone.add("amara-lena")
    await bot.jobs.catch_up()
    await bot.passes(minutes=1)
    assert [LOST in told for told in bot.inbox("rosa")] == [True]


async def test_it_is_noticed_before_a_reminder(bot: Spoken) -> None:
    """The reminder isn't sent: nobody knows what was written meanwhile."""
    await bot.says("lena")
    bot.platform.gone.add("amara-lena")
    await bot.passes(days=3)
    assert [] == bot.inbox("amara")
    assert 1 == sum(LOST in told for told in bot.inbox("rosa"))


@pytest.mark.parametrize("how", ["the platform says so", "somebody writes", "it is read"])
async def test_it_is_seen_again(bot: Spoken, how: str) -> None:
    """Then all goes on as before, and losing it once more is told once more."""
    await hears(bot, Lost)
    match how:
        case "the platform says so":
            await hears(bot, Found)
        case "somebody writes":
            await bot.says("lena")
        case _:
            await bot.jobs.catch_up()
    assert "Has a space" in (await bot.asks("rosa", "/mentor-admin pairing @amara @lena")).plain
    await hears(bot, Lost)
    assert 2 == sum(LOST in told for told in bot.inbox("rosa"))


async def test_what_was_found_by_then_is_not_told(bot: Spoken) -> None:
    """A channel that was archived by mistake and is back at once needs nobody's attention."""
    await bot.core.ingest([Lost(SPACE, bot.clock.now()), Found(SPACE, bot.clock.now())])
    await bot.passes(days=1)
    assert [] == bot.inbox("rosa")


async def test_a_new_one(bot: Spoken) -> None:
    """A press makes another space, in which the pairing goes on; the lost one stays as it is."""
    await hears(bot, Lost)
    shown = await bot.asks("rosa", "/mentor-admin pairing @amara @lena")
    assert "Has a space" not in shown.plain
    await bot.presses("rosa", "Make the space", shown)
    await bot.passes(minutes=5)
    assert ["new space"] == [place for place, _ in bot.platform.posted]
    assert "Has a space" in (await bot.asks("rosa", "/mentor-admin pairing @amara @lena")).plain


async def test_nothing_is_said_of_a_pairing_that_ended(bot: Spoken) -> None:
    """Its space is closed anyway."""
    await bot.presses_action("rosa", "pairings.end_now:1")
    await hears(bot, Lost)
    assert [] == bot.inbox("rosa")
