"""Nudges as the people of a program meet them."""

from datetime import date, timedelta

from sqlalchemy import text

from tests.drivers.driver import Seen
from tests.platforms import on_each_platform
from tests.world import LENA, NOOR, World

pytestmark = on_each_platform

REMINDER = "Lena Vogt wrote to you yesterday and may be waiting for an answer."


async def reminder(riverside: World) -> Seen:
    """Let Lena's message wait until Amara is reminded of it."""
    await riverside.says("lena")
    await riverside.passes(days=1)
    (seen,) = await riverside.inbox("amara")
    return seen


async def test_a_message_that_waits_is_brought_to_whoever_can_answer(riverside: World) -> None:
    """After a counted day the other side is reminded, with all that can be done; the one who waits is not."""
    message = await riverside.says("lena")
    await riverside.passes(hours=23)
    assert [] == await riverside.inbox("amara")
    await riverside.passes(hours=1)
    (seen,) = await riverside.inbox("amara")
    assert (
        "A friendly reminder",
        REMINDER,
        "I send this by myself; nobody asked me to. A short line or a reaction is enough.",
    ) == seen.texts
    assert ["Later", "No reply needed", "I answered elsewhere", "I'm away"] == list(seen.buttons)
    assert {"Open the conversation": (riverside.channel(LENA), message)} == seen.links
    assert [] == await riverside.inbox("lena")


async def test_an_answer_in_time_needs_no_reminder(riverside: World) -> None:
    """Whoever answers within the day hears nothing."""
    await riverside.says("lena")
    await riverside.passes(hours=20)
    await riverside.says("amara")
    await riverside.passes(days=20)
    assert [] == await riverside.inbox("amara")
    assert [] == await riverside.inbox("lena")


async def test_a_series_ends_and_a_coordinator_is_told(riverside: World) -> None:
    """Three reminders, after one, four and eight counted days; then silence, and a line for the coordinator."""
    await riverside.says("lena")
    sent: list[int] = []
    for day in range(1, 29):
        await riverside.passes(days=1)
        sent += [day] * (len(await riverside.inbox("amara")) - len(sent))
    assert [1, 4, 10] == sent  # Monday's message: Tuesday, Friday, Thursday of the week after
    assert "I won't remind you of this again." in (await riverside.inbox("amara"))[-1].text
    (told,) = await riverside.inbox("rosa")
    assert told.text.startswith("Lena Vogt and Amara Okafor may need help getting back in touch")


async def test_what_waits_from_two_people_comes_as_one_message(riverside: World) -> None:
    """Several nudges to one person are one message."""
    await riverside.says("lena")
    await riverside.says("noor", NOOR)
    await riverside.passes(days=1)
    (seen,) = await riverside.inbox("amara")
    assert "Lena Vogt wrote" in seen.text
    assert "Noor Haddad wrote" in seen.text


async def test_what_falls_due_on_the_same_day_travels_along(riverside: World) -> None:
    """A reminder waits for another that is due a little later: one message is enough."""
    await riverside.says("lena")
    await riverside.passes(hours=2)
    await riverside.says("noor", NOOR)
    await riverside.passes(hours=23)
    assert [] == await riverside.inbox("amara")
    await riverside.passes(hours=1)
    (seen,) = await riverside.inbox("amara")
    assert "Lena Vogt wrote" in seen.text
    assert "Noor Haddad wrote" in seen.text


async def test_one_message_a_day_is_enough(riverside: World) -> None:
    """What nobody could foresee waits until tomorrow."""
    await riverside.says("lena")
    noors = await riverside.says("noor", NOOR)
    await riverside.driver.reacts("amara", noors, "thumbsup", NOOR)
    await riverside.passes(days=1, hours=1)
    assert 1 == len(await riverside.inbox("amara"))
    await riverside.driver.unreacts("amara", noors, "thumbsup", NOOR)
    await riverside.passes(hours=8)
    assert 1 == len(await riverside.inbox("amara"))
    await riverside.passes(hours=14)
    assert 2 == len(await riverside.inbox("amara"))


async def test_three_messages_a_week_are_enough(riverside: World) -> None:
    """However much waits, there are three messages in seven days at most, and one a day."""
    for day in range(20):
        await riverside.says("lena")
        await riverside.says("noor", NOOR)
        await riverside.passes(hours=20 if day % 2 else 29)
        await riverside.says("amara", LENA if day % 3 else NOOR)
        await riverside.passes(hours=4 if day % 2 else 19)
    async with riverside.database.connect() as conn:
        rows = await conn.execute(text("SELECT day FROM delivery WHERE budgeted ORDER BY day"))
        days = [date.fromisoformat(row.day) for row in rows]
    assert 6 < len(days)
    assert len(set(days)) == len(days)
    assert 3 == max(sum(first <= day < first + timedelta(days=7) for day in days) for first in days)


async def test_a_nudge_that_became_needless_is_not_sent(riverside: World) -> None:
    """Just before it is sent the platform is asked; an answer that the bot was not told of counts."""
    await riverside.says("lena")
    riverside.ears.deaf = True
    await riverside.says("amara")
    await riverside.passes(days=2)
    assert [] == await riverside.inbox("amara")


async def test_a_reminder_says_when_it_is_settled(riverside: World) -> None:
    """Once Amara has answered, the reminder has no buttons any more, and says so."""
    await reminder(riverside)
    await riverside.says("amara")
    (seen,) = await riverside.inbox("amara")
    assert ("You have answered Lena Vogt. Nothing left to do here.",) == seen.texts
    assert {} == seen.buttons
    assert seen.edited


async def test_no_reply_needed(riverside: World) -> None:
    """One tap ends the reminders, takes the message out of the rate, and the other side can disagree."""
    seen = await reminder(riverside)
    assert "I won't remind you of Lena Vogt's message again" in await riverside.presses(
        "amara", "No reply needed", seen
    )
    await riverside.passes(days=20)
    assert 1 == len(await riverside.inbox("amara"))
    assert "no reply needed, you said; doesn't count" in await riverside.asks("amara", "/mentor rate why")


async def test_the_one_who_waits_can_disagree(riverside: World) -> None:
    """What was taken as answered shows in the waiting side's list, and waits again at a tap."""
    seen = await reminder(riverside)
    await riverside.presses("amara", "I answered elsewhere", seen)
    waiting = await riverside.driver.commands("lena", "/mentor waiting")
    assert "Amara Okafor says that they have answered your message of Monday 2 March, 10:00 elsewhere." in waiting.text
    assert "I've noted that you're still waiting" in await riverside.presses("lena", "I'm still waiting", waiting)
    await riverside.passes(days=1)
    first, second = await riverside.inbox("amara")
    assert "Lena Vogt is waiting again." in first.text
    assert "and would like an answer" in second.text
    assert "nobody asked me to" not in second.text


async def test_a_reminder_that_was_asked_for_comes_the_same_day(riverside: World) -> None:
    """In three hours means in three hours, though there was a message today."""
    seen = await reminder(riverside)
    choices = await riverside.driver.presses("amara", "Later", seen)
    assert "on Tuesday 3 March, 13:00" in await riverside.presses("amara", "In three hours", choices)
    await riverside.passes(hours=3)
    assert 2 == len(await riverside.inbox("amara"))


async def test_later(riverside: World) -> None:
    """Whoever says when is reminded then, and not in between."""
    seen = await reminder(riverside)
    choices = await riverside.driver.presses("amara", "Later", seen)
    assert ["In three hours", "Tomorrow", "In three days", "In a week"] == list(choices.buttons)
    assert "on Tuesday 10 March, 09:00" in await riverside.presses("amara", "In a week", choices)
    await riverside.passes(days=6, hours=22)
    assert 1 == len(await riverside.inbox("amara"))
    await riverside.passes(hours=1)
    assert 2 == len(await riverside.inbox("amara"))
