"""/mentor-admin undelivered: what couldn't be delivered and why, in plain words, and another try."""

from collections.abc import AsyncIterator
from datetime import timedelta

import pytest
from sqlalchemy import text

from bot.deliveries.reasons import Reason, read, reason_of
from bot.deliveries.wording import WHY
from bot.errors import Closed, Gone, Refused
from bot.views import Message
from storage.outbox import Effect, NewRow, Urgency
from tests.deliveries.spacious import Spoken, spoken


@pytest.fixture
async def bot(database_url: str) -> AsyncIterator[Spoken]:
    """Start a bot on a platform that fails where a test says so."""
    async with spoken(database_url) as opened:
        yield opened


async def test_nothing_to_see(bot: Spoken) -> None:
    """Where all goes well, the list says so."""
    assert "everything could be delivered" in (await bot.asks("rosa", "/mentor-admin undelivered")).plain


async def test_a_list_in_plain_words(bot: Spoken) -> None:
    """To whom, what kind of message, since when and why; never what it says."""
    bot.platform.before_send.append(Gone("U123 not found in channel directory"))
    await bot.says("lena")
    await bot.passes(days=1)
    shown = (await bot.asks("rosa", "/mentor-admin undelivered")).plain
    assert "1 message couldn't be delivered" in shown
    assert "To Amara Okafor, since Tuesday 3 March, 10:00: a reminder of a message that waits." in shown
    assert "Why: their account is gone." in shown
    assert "U123" not in shown
    assert "Lena" not in shown


async def test_another_try(bot: Spoken) -> None:
    """What is tried again goes out; the same press once more does nothing, and the series of reminders goes on."""
    bot.platform.before_send.append(Refused("no"))
    await bot.says("lena")
    await bot.passes(days=1, hours=2)
    shown = await bot.asks("rosa", "/mentor-admin undelivered")
    assert [] == bot.inbox("amara")
    assert "trying it again" in await bot.presses("rosa", "Try again", shown)
    assert "no longer in the list" in await bot.presses("rosa", "Try again", shown)
    await bot.passes(minutes=1)
    assert 1 == len(bot.inbox("amara"))
    assert "no longer in the list" in await bot.presses("rosa", "Try again", shown)
    assert "everything could be delivered" in (await bot.asks("rosa", "/mentor-admin undelivered")).plain
    await bot.passes(days=20)
    assert 3 == len(bot.inbox("amara"))


async def test_what_fails_again_comes_back(bot: Spoken) -> None:
    """To the same list, with its reason of now; coordinators are told no second time."""
    bot.platform.before_send += [Refused("no")]
    await bot.says("lena")
    await bot.passes(days=1)
    bot.platform.gone.add("amara")
    assert "trying it again" in await bot.presses(
        "rosa", "Try again", await bot.asks("rosa", "/mentor-admin undelivered")
    )
    await bot.passes(hours=1)
    assert "their account is gone" in (await bot.asks("rosa", "/mentor-admin undelivered")).plain
    assert 1 == len(bot.inbox("rosa"))


async def test_what_is_answered_meanwhile_is_not_sent(bot: Spoken) -> None:
    """Another try asks first whether it is still needed."""
    bot.platform.before_send.append(Refused("no"))
    await bot.says("lena")
    await bot.passes(days=1)
    shown = await bot.asks("rosa", "/mentor-admin undelivered")
    await bot.says("amara")
    await bot.presses("rosa", "Try again", shown)
    await bot.passes(days=1)
    assert [] == bot.inbox("amara")
    assert "everything could be delivered" in (await bot.asks("rosa", "/mentor-admin undelivered")).plain


async def test_a_request_of_the_team(bot: Spoken) -> None:
    """A request that couldn't be delivered is asked after another try, and reminded of as any other."""
    bot.platform.before_send.append(Refused("no"))
    values = {"audience": "one", "who": "@lena", "text": "Please choose a day", "answer": "tap"}
    preview = await bot.submits("rosa", "asks.made", values)
    assert isinstance(preview, Message)
    await bot.presses("rosa", "Send it", preview)
    await bot.passes(hours=1)
    shown = await bot.asks("rosa", "/mentor-admin undelivered")
    assert "To Lena Vogt, since Monday 2 March, 10:00: a request of the team." in shown.plain
    assert "choose a day" not in shown.plain
    await bot.presses("rosa", "Try again", shown)
    await bot.passes(minutes=1)
    assert 1 == len(bot.inbox("lena"))
    bot.platform.before_send.append(Refused("no"))
    await bot.passes(days=2)
    await bot.presses("rosa", "Try again", await bot.asks("rosa", "/mentor-admin undelivered"))
    await bot.passes(days=1)
    assert 2 == len(bot.inbox("lena"))


async def test_forget_it(bot: Spoken) -> None:
    """What is given up is no longer in the list, and is never sent."""
    bot.platform.before_send.append(Refused("no"))
    await bot.says("lena")
    await bot.passes(days=1)
    shown = await bot.asks("rosa", "/mentor-admin undelivered")
    assert "won't send it" in await bot.presses("rosa", "Forget it", shown)
    assert "no longer in the list" in await bot.presses("rosa", "Forget it", shown)
    assert "no longer in the list" in await bot.presses("rosa", "Try again", shown)
    await bot.passes(days=10)
    assert [] == bot.inbox("amara")


async def test_many(bot: Spoken) -> None:
    """The ten newest are shown and the rest counted; all are tried again at once, and only once."""
    async with bot.database.work(1) as work:
        for number in range(13):
            at = work.now - timedelta(days=number)
            row = (f"made:{number}", "test.close", (0,), None, at, Effect.CLOSE, Urgency.AT_ONCE)
            await work.outbox.add([NewRow(*row, pairing_id=1)])
        await work.conn.execute(text("UPDATE outbox SET state = 'dead', reason = 'it failed 10 times: OSError'"))
        await work.conn.execute(text("UPDATE pairing SET ended_at = 0 WHERE id = 1"))
    shown = await bot.asks("rosa", "/mentor-admin undelivered")
    assert "13 messages couldn't be delivered" in shown.plain
    assert 10 == shown.plain.count("To Amara Okafor and Lena Vogt, since ")
    assert "the end of their conversation.\nWhy: it failed ten times." in shown.plain
    assert "And 3 older ones." in shown.plain
    assert "all 13 of them" in await bot.presses("rosa", "Try all again", shown)
    assert "nothing left to try" in await bot.presses("rosa", "Try all again", shown)
    await bot.passes(minutes=1)
    assert ["amara-lena"] * 13 == bot.platform.closed


def test_every_reason_has_its_words() -> None:
    """Whatever a platform says is noted so that it can be read again."""
    assert set(Reason) == set(WHY)
    assert Reason.CLOSED == read(reason_of(Closed("x"), ()))
    assert Reason.GONE == read(reason_of(Gone("x"), ()))
    assert Reason.REFUSED == read(reason_of(Refused("x"), ()))
    assert Reason.NO_ACCOUNT == read(reason_of(Refused(Reason.NO_ACCOUNT), ()))
    assert Reason.REFUSED == read(None)
