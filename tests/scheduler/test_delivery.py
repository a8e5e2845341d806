"""Delivery: nothing lost, nothing twice, whatever the platform does."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from sqlalchemy import text

from bot.calls import Command, Posted, Press, Reacted, Shortcut
from bot.errors import Busy, Refused
from bot.members import roster
from bot.people import Account, Place
from tests.scheduler.flaky import Bot, Killed
from tests.world import COMMUNITY, MONDAY


async def test_cut_off_between_send_and_mark(bot: Bot) -> None:
    """What went out before the bot could note it is looked up by its key and not sent again."""
    bot.platform.after_send.append(ConnectionResetError("the line went dead after the message was through"))
    await bot.says("lena")
    await bot.passes(days=2)
    assert ["amara"] == [user for user, _, _ in bot.platform.sent]
    assert [("sent", None)] == await bot.rows()


async def test_killed_between_send_and_mark(bot: Bot) -> None:
    """A process that dies holds its rows until the lease is over; whoever comes after looks first."""
    bot.platform.after_send.append(Killed())
    await bot.says("lena")
    with pytest.raises(Killed):
        await bot.passes(days=2)
    await bot.jobs.round()
    assert [("waiting", None)] == await bot.rows()
    async with bot.database.connect() as conn:
        await conn.execute(text("UPDATE outbox SET lease_until = 0"))
    await bot.jobs.round()
    assert ["amara"] == [user for user, _, _ in bot.platform.sent]
    assert [("sent", None)] == await bot.rows()


async def test_a_busy_platform_is_asked_again_when_it_said(bot: Bot) -> None:
    """Retry-After is kept to, and the message goes out once."""
    bot.platform.before_send.append(Busy(timedelta(minutes=7)))
    await bot.says("lena")
    await bot.passes(days=2)
    assert [("amara", MONDAY + timedelta(days=1, minutes=7))] == [(u, at) for u, _, at in bot.platform.sent]


async def test_a_fault_is_tried_again_ever_more_rarely_and_given_up(bot: Bot) -> None:
    """After ten tries a row is dead, with a reason that holds no text, and the coordinator is told instead."""
    bot.platform.before_send += [RuntimeError("secret words")] * 10
    await bot.says("lena")
    await bot.passes(days=7)
    assert [("dead", "it failed 10 times: RuntimeError"), ("sent", None)] == await bot.rows()
    assert ["rosa"] == [user for user, _, _ in bot.platform.sent]


async def test_one_who_is_gone_holds_nobody_up(bot: Bot) -> None:
    """A message that can't be delivered ends with its reason, and the coordinator is told of it and of who waits."""
    bot.platform.gone.add("amara")
    await bot.says("lena")
    await bot.says("amara", "amara-noor")
    await bot.passes(days=2)
    assert ["noor", "rosa"] == sorted(user for user, _, _ in bot.platform.sent)
    assert ["dead", "sent", "sent", "sent"] == sorted(state for state, _ in await bot.rows())


async def test_a_conversation_that_is_gone_needs_no_reminder(bot: Bot) -> None:
    """Of two messages that wait, the one whose space was deleted is left out; the coordinator learns of both."""
    await bot.says("lena")
    await bot.says("noor", "amara-noor")
    bot.platform.gone.add("amara-lena")
    await bot.passes(days=2)
    assert ["amara", "rosa", "rosa"] == sorted(user for user, _, _ in bot.platform.sent)
    reason = "the conversation is gone, or the bot is no longer in it"
    assert 1 == (await bot.rows()).count(("dead", reason))


async def test_what_is_refused_is_not_tried_again(bot: Bot) -> None:
    """A refusal is final; the coordinator learns that the pair may need help."""
    bot.platform.before_send.append(Refused("direct messages are closed"))
    await bot.says("lena")
    await bot.passes(days=2)
    assert [("dead", "direct messages are closed"), ("sent", None)] == await bot.rows()
    assert ["rosa"] == [user for user, _, _ in bot.platform.sent]


async def test_after_a_long_sleep_there_is_one_reminder_not_three(bot: Bot) -> None:
    """A bot that was off for three weeks reminds once, and goes on from there."""
    await bot.says("lena")
    bot.clock.move_to(MONDAY + timedelta(weeks=3))
    await bot.jobs.round()
    await bot.passes(days=2)
    assert 1 == len(bot.platform.sent)
    await bot.passes(days=60)
    assert 3 == len([user for user, _, _ in bot.platform.sent if user == "amara"])


async def test_what_was_missed_is_caught_up_with(bot: Bot) -> None:
    """A first message in a quiet space, written while the bot was off, is noticed at the start."""
    place = Place("playground", "riverside", "amara-lena")
    bot.platform.seen.append(Posted(place, "missed", "lena", MONDAY))
    bot.clock.move_to(MONDAY + timedelta(hours=5))
    await bot.jobs.catch_up()
    await bot.passes(days=1)
    assert [("amara", MONDAY + timedelta(days=1))] == [(u, at) for u, _, at in bot.platform.sent]


async def test_what_was_deleted_meanwhile_needs_no_reminder(bot: Bot) -> None:
    """A message that is no longer in the platform's history has been taken back."""
    await bot.says("lena")
    bot.platform.seen.clear()
    await bot.passes(days=2)
    assert [] == bot.platform.sent


async def test_nobody_is_late_before_they_were_reminded(bot: Bot) -> None:
    """A reminder that is held up moves the limit behind it."""
    bot.platform.before_send.append(Busy(timedelta(days=3)))
    await bot.says("lena")
    await bot.passes(days=4, hours=4)
    async with bot.database.connect() as conn:
        limit = await conn.scalar(text("SELECT limit_at FROM turn"))
    reminded = bot.platform.sent[0][2]
    assert MONDAY + timedelta(days=4) == reminded
    assert limit is not None
    assert timedelta(days=3) == timedelta(microseconds=limit) - (reminded - datetime(1970, 1, 1, tzinfo=MONDAY.tzinfo))


async def test_the_database_gone_for_a_while(bot: Bot) -> None:
    """A round that fails leaves everything as it was, and the next one does it."""
    await bot.says("lena")
    bot.clock.move_to(MONDAY + timedelta(days=1))
    async with bot.database.connect() as conn:
        await conn.execute(text("ALTER TABLE due RENAME TO elsewhere"))
    with pytest.raises(Exception, match="due"):
        await bot.jobs.round()
    async with bot.database.connect() as conn:
        await conn.execute(text("ALTER TABLE elsewhere RENAME TO due"))
    await bot.jobs.round()
    assert 1 == len(bot.platform.sent)


async def test_what_travels_along_is_not_left_behind(bot: Bot) -> None:
    """A message that is held up by the platform goes out whole, with all that was in it."""
    for space in ("amara-lena", "amara-noor"):
        for hour in range(3):
            await bot.says("lena" if space == "amara-lena" else "noor", space)
            await bot.passes(hours=hour)
    await bot.passes(days=3)
    bot.platform.before_send.append(Busy(timedelta(minutes=1)))
    await bot.passes(days=30)
    assert [] == bot.platform.before_send
    assert {("sent", None)} == set(await bot.rows())
    async with bot.database.connect() as conn:
        unsent = await conn.scalar(text("SELECT count(*) FROM nudge WHERE sent_at IS NULL"))
    assert 0 == unsent


async def test_answered_while_the_reminder_was_on_its_way(bot: Bot) -> None:
    """A reminder that crosses an answer says afterwards that nothing is left to do."""
    await bot.says("lena")
    bot.platform.while_sending = lambda: bot.says("amara")
    await bot.passes(days=2)
    assert ["amara"] == [user for user, _, _ in bot.platform.sent]
    assert ["You have answered Lena Vogt. Nothing left to do here."] == bot.platform.edited


async def test_answered_while_the_history_is_read(bot: Bot) -> None:
    """What comes in while the bot looks back is there, and not deleted."""
    await bot.says("lena")
    bot.platform.while_reading = lambda: bot.says("amara")
    await bot.passes(days=3)
    assert [] == [user for user, _, _ in bot.platform.sent if user == "amara"]


async def test_a_nudge_that_was_needless_can_be_needed_again(bot: Bot) -> None:
    """A thumb that is taken away after the reminder was dropped brings the reminder back."""
    place = Place("playground", "riverside", "amara-lena")
    await bot.says("lena")
    thumb = Reacted(place, "m0", "amara", "tada", MONDAY + timedelta(hours=24))
    bot.platform.while_reading = lambda: bot.core.ingest([thumb])
    await bot.passes(hours=30)
    bot.platform.while_reading = None
    assert [] == await bot.rows()
    await bot.core.ingest([replace(thumb, taken_away=True)])
    await bot.passes(days=2)
    assert ["amara"] == [user for user, _, _ in bot.platform.sent]


async def test_a_second_reminder_leaves_room_and_travels_along(bot: Bot) -> None:
    """Once two messages went out in a week, a repetition waits for something new and goes with it."""
    await bot.says("lena")
    await bot.passes(days=1)
    await bot.says("noor", "amara-noor")
    await bot.passes(days=1)
    await bot.says("amara", "amara-noor")
    await bot.passes(days=1)
    await bot.says("noor", "amara-noor")  # Thursday: her reminder goes out on Friday, as Lena's second is due
    await bot.passes(days=1, hours=6)
    third = bot.platform.said[2]
    assert "Noor Haddad wrote to you" in third
    assert "Lena Vogt wrote to you" in third
    assert 3 == len(bot.platform.said)


async def test_a_long_message_that_was_held_up_goes_out_whole(bot: Bot) -> None:
    """However many messages wait for one person, what was begun as one reminder stays one."""
    people = "".join(
        f'[[people]]\nname = "Mentee {n}"\nroles = ["mentee"]\naccounts = ["playground/riverside/mentee{n}"]\n'
        f'[[pairings]]\nmentor = "Amara Okafor"\nmentee = "Mentee {n}"\nspaces = ["playground/riverside/s{n}"]\n'
        for n in range(20)
    )
    await roster.enrol(bot.core, roster.parse(COMMUNITY.read_text() + people, "many"))
    for n in range(20):
        await bot.says(f"mentee{n}", f"s{n}")
    bot.platform.before_send.append(Busy(timedelta(minutes=5)))
    await bot.passes(days=1, hours=1)
    (said,) = bot.platform.said
    assert [] == [n for n in range(20) if f"Mentee {n}" not in said]


async def test_a_delivery_that_falls_apart_is_made_anew(bot: Bot) -> None:
    """Of a message that could not be sent in time each part is sent once more, and none is taken for sent."""
    await bot.says("lena")
    await bot.says("noor", "amara-noor")
    bot.platform.before_send.append(Busy(timedelta(hours=1)))
    await bot.passes(days=1)
    away = Command("away", Account("playground", "riverside", "amara"), "mentor", "away until Wednesday since today")
    await bot.core.handle(away)
    await bot.passes(days=8)
    said = "\n".join(bot.platform.said)
    assert "Lena Vogt wrote to you" in said
    assert "Noor Haddad wrote to you" in said
    async with bot.database.connect() as conn:
        sent = await conn.scalar(text("SELECT count(DISTINCT turn_id) FROM nudge WHERE sent_at IS NOT NULL"))
    assert 2 == sent


async def test_after_one_that_was_impossible_somebody_may_ask_for_another(bot: Bot) -> None:
    """No further reminder comes by itself, but what is promised at a button or in the menu is kept."""
    bot.platform.before_send.append(Refused("direct messages are closed"))
    await bot.says("lena")
    await bot.passes(days=20)
    assert ["rosa"] == [user for user, _, _ in bot.platform.sent]
    amara, lena = (Account("playground", "riverside", user) for user in ("amara", "lena"))
    await bot.core.handle(Press("tomorrow", amara, "nudges.put_off:1:0:1"))
    await bot.passes(days=4)
    assert ["rosa", "amara"] == [user for user, _, _ in bot.platform.sent]
    place = Place("playground", "riverside", "amara-lena")
    await bot.core.handle(Shortcut("wanted", lena, "nudges.wanted", place, "m0"))
    await bot.passes(days=40)
    assert ["rosa", "amara", "amara", "amara", "amara"] == [user for user, _, _ in bot.platform.sent]


async def test_nobody_is_written_to_who_is_no_member_any_more(bot: Bot) -> None:
    """Somebody who was deactivated isn't reminded of anything, and neither is anybody of what they wrote."""
    await bot.says("lena")
    await bot.says("amara", "amara-noor")
    async with bot.database.connect() as conn:
        await conn.execute(text("UPDATE member SET active = false WHERE name = 'Amara Okafor'"))
    await bot.passes(days=5)
    assert [] == bot.platform.sent


async def test_what_waited_when_its_turn_ended_is_cleared_away(bot: Bot) -> None:
    """A reminder that was held by an open pause is dropped once its message is settled."""
    await bot.says("lena")
    amara = Account("playground", "riverside", "amara")
    bot.platform.before_send.append(Busy(timedelta(hours=2)))
    await bot.passes(days=1)
    await bot.core.handle(Command("away", amara, "mentor", "away since today"))
    await bot.core.handle(Press("not needed", amara, "nudges.not_needed:1:0"))
    await bot.passes(days=2)
    assert [] == await bot.rows()
