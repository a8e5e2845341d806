"""When people are reminded of what the team asked for, and when whoever asked learns that it was in vain."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from sqlalchemy import text

from bot.facts import ProgramChanged
from storage.members import Role
from storage.settings import Change, Settings
from tests.asks.asking import PHOTO, asks, change, first, listed
from tests.platforms import on_each_platform
from tests.world import World, world


@on_each_platform
async def test_reminders_and_the_line_for_whoever_asked(riverside: World) -> None:
    """Three reminders after 1, 4 and 8 counted days, then silence; a day later the coordinator learns how many."""
    await asks(riverside, PHOTO)
    await riverside.presses("amara", "Done", await first(riverside, "amara"))
    passed = 0
    # A weekend lies between; and a second reminder leaves the week's last place to others.
    for days, count in ((1, 2), (6, 2), (7, 3), (10, 3), (11, 4)):
        await riverside.passes(days=days - passed)
        passed = days
        assert (days, count) == (days, len(await riverside.inbox("lena")))
    assert [] == await riverside.inbox("rosa")
    await riverside.passes(days=3)
    line = await first(riverside, "rosa")
    assert f"3 of 4 haven't answered yet: “{PHOTO}”" == line.texts[0]
    assert ["Answers", "Close"] == list(line.buttons)
    await riverside.passes(days=40)
    assert (4, 1) == (len(await riverside.inbox("lena")), len(await riverside.inbox("rosa")))
    last = (await riverside.inbox("lena"))[-1]
    assert "I send this reminder by myself, and it's the last one." in last.text
    assert (
        "No answer so far: Lena Vogt, Noor Haddad and Ravi Menon."
        in (await riverside.driver.presses("rosa", "Answers", line)).text
    )


async def test_it_comes_in_one_message_with_a_nudge(riverside: World) -> None:
    """A request and a reminder that fall due on the same day are one message; so are their reminders."""
    await riverside.says("lena")
    await riverside.passes(hours=22)  # Tuesday, 08:00: the nudge is due at 10:00
    await asks(riverside, PHOTO, audience="mentors")
    await riverside.passes(hours=3)
    seen = await first(riverside, "amara")
    assert "Lena Vogt wrote to you yesterday" in seen.text
    assert PHOTO in seen.texts
    assert {"Done", "I can't", "No reply needed"} <= set(seen.buttons)
    await riverside.presses("amara", "Done", seen)
    edited = await first(riverside, "amara")
    assert "You said that it's done." in edited.text
    assert "No reply needed" in edited.buttons
    assert "Done" not in edited.buttons


async def test_it_comes_at_the_members_own_hours(riverside: World) -> None:
    """Asked in the evening, it comes the next morning."""
    await riverside.passes(hours=11)  # Monday, 21:00
    await asks(riverside, PHOTO, audience="mentors")
    assert [] == await riverside.inbox("amara")
    await riverside.passes(hours=11, minutes=59)
    assert [] == await riverside.inbox("amara")
    await riverside.passes(minutes=1)
    assert PHOTO in (await first(riverside, "amara")).texts


async def test_the_budget_holds_for_the_team_too(riverside: World) -> None:
    """Four requests on four days are three messages in a week: what has no place travels with the next."""
    for number in range(4):
        await asks(riverside, f"Request {number}", audience="mentors")
        await asks(riverside, f"Another one {number}", audience="mentors")
        await riverside.passes(days=1)
    assert 3 == len(await riverside.inbox("amara"))
    await riverside.passes(days=4)
    assert 4 <= len(await riverside.inbox("amara"))
    assert "Request 0" in (await riverside.inbox("amara"))[0].text


async def test_several_requests_are_one_message(riverside: World) -> None:
    """The first two are shown whole, of the others it says where they are."""
    await riverside.passes(hours=11)
    for number in range(4):
        await asks(riverside, f"Request {number}", audience="mentors")
    await riverside.passes(hours=12)
    seen = await first(riverside, "amara")
    assert ("Request 0" in seen.texts, "Request 1" in seen.texts, "Request 2" in seen.texts) == (True, True, False)
    assert "2 more requests wait: /mentor waiting" in seen.texts
    listed_ = await riverside.asks("amara", "/mentor waiting")
    assert [] == [number for number in range(4) if f"Request {number}" not in listed_]


async def test_nobody_is_asked_while_away(riverside: World) -> None:
    """The request waits for whoever is away; for somebody who leaves after it came, the clock stands still."""
    await riverside.asks("lena", "/mentor away until Monday")
    await asks(riverside, PHOTO, audience="mentees")
    await riverside.asks("noor", "/mentor away until Monday")
    await riverside.passes(days=6, hours=22)  # Monday 9 March, 08:00
    assert ([], 1) == (await riverside.inbox("lena"), len(await riverside.inbox("noor")))
    await riverside.passes(hours=1)
    assert PHOTO in (await first(riverside, "lena")).texts
    await riverside.passes(hours=23)
    assert (1, 1) == (len(await riverside.inbox("lena")), len(await riverside.inbox("noor")))
    await riverside.passes(hours=1)  # for each of them a day has passed that counts
    assert (2, 2) == (len(await riverside.inbox("lena")), len(await riverside.inbox("noor")))
    assert "counts as late" not in await riverside.asks("noor", "/mentor rate why")


async def test_the_line_waits_for_those_who_are_not_done(riverside: World) -> None:
    """Whoever was silent to the end is told once the others have had their time; a straggler is told later on."""
    await asks(riverside, PHOTO, audience="mentees")
    await riverside.asks("noor", "/mentor away three weeks")
    await riverside.passes(days=20)
    assert "2 of 2 haven't answered yet" in (await first(riverside, "rosa")).text
    await riverside.passes(days=30)
    lines = await riverside.inbox("rosa")
    assert 2 == len(lines)
    await riverside.passes(days=30)
    assert 2 == len(await riverside.inbox("rosa"))


async def test_one_line_where_it_ends_in_the_same_days(riverside: World) -> None:
    """Whoever is reminded some days later than the others is waited for: the coordinator gets one line."""
    await asks(riverside, PHOTO, audience="mentees")
    await riverside.asks("noor", "/mentor away until Thursday")
    await riverside.passes(days=14)  # for Lena it is over, for Noor it isn't
    assert [] == await riverside.inbox("rosa")
    await riverside.passes(days=30)
    assert "2 of 2 haven't answered yet" in (await first(riverside, "rosa")).text


async def test_the_line_became_needless(riverside: World) -> None:
    """If the last one answers while the line waits for the coordinator's hours, it isn't sent."""
    await riverside.asks("rosa", "/mentor away until 20 April")
    await asks(riverside, PHOTO, audience="mentors")
    await riverside.passes(days=30)
    await riverside.presses("amara", "Done", (await riverside.inbox("amara"))[0])
    await riverside.passes(days=30)
    assert [] == await riverside.inbox("rosa")


async def test_back_from_a_time_without_an_end(riverside: World) -> None:
    """A request that came before is reminded of once somebody says that they're back."""
    await asks(riverside, PHOTO, audience="mentors")
    choices = await riverside.driver.commands("amara", "/mentor away")
    await riverside.presses("amara", "Until I say I'm back", choices)
    await riverside.passes(days=30)
    assert 1 == len(await riverside.inbox("amara"))
    await riverside.asks("amara", "/mentor back")
    await riverside.passes(days=2)
    assert 2 == len(await riverside.inbox("amara"))


async def test_a_pause_that_is_said_late_makes_nobody_late(riverside: World) -> None:
    """Set back by days, it moves the limit of an answer that was late."""
    await asks(riverside, PHOTO, audience="mentors")
    await riverside.passes(days=3)
    await riverside.presses("amara", "Done", (await riverside.inbox("amara"))[0])
    assert "counts as late" in await riverside.asks("amara", "/mentor rate why")
    await riverside.asks("amara", "/mentor away until Monday since Monday")
    assert "counts as in time" in await riverside.asks("amara", "/mentor rate why")


async def test_an_answer_that_comes_before_the_line(riverside: World) -> None:
    """When everybody has answered meanwhile, there is nothing to tell."""
    await asks(riverside, PHOTO, audience="mentors")
    await riverside.passes(days=11)
    assert 4 == len(await riverside.inbox("amara"))
    await riverside.presses("amara", "Done", (await riverside.inbox("amara"))[0])
    assert [True] * 4 == [seen.edited for seen in await riverside.inbox("amara")]
    await riverside.passes(days=20)
    assert [] == await riverside.inbox("rosa")


async def test_who_asked_has_left(riverside: World) -> None:
    """Then all coordinators get the line."""
    await change(riverside, "ravi", roles=frozenset({Role.COORDINATOR}))
    await asks(riverside, PHOTO, audience="mentors")
    await change(riverside, "rosa", active=False)
    await riverside.passes(days=20)
    assert f"1 of 1 hasn't answered yet: “{PHOTO}”" in (await first(riverside, "ravi")).text


async def test_somebody_cant_be_reached(riverside: World) -> None:
    """Whoever asked learns of it, the others are asked all the same, and it counts in nobody's rate."""
    async with riverside.database.connect() as conn:
        moved = text("UPDATE account SET platform = 'elsewhere' WHERE \"user\" = :user")
        await conn.execute(moved, {"user": riverside.account("lena").user})
    await asks(riverside, PHOTO, audience="mentees")
    assert 1 == len(await riverside.inbox("noor"))
    line = await first(riverside, "rosa")
    assert "2 of 2 haven't answered yet" in line.text
    assert "I couldn't reach 1 of them; the list of answers says who it is." in line.text
    assert "I couldn't reach Lena Vogt." in (await listed(riverside, "Answers")).text
    await riverside.passes(days=30)
    assert [] == await riverside.inbox("lena")
    async with riverside.database.connect() as conn:
        back = text('UPDATE account SET platform = :platform WHERE "user" = :user')
        await conn.execute(back, {"platform": riverside.platform.name, "user": riverside.account("lena").user})
    assert "No message has counted so far." in await riverside.asks("lena", "/mentor rate why")


async def test_a_restart_between_reminders(database_url: str, tmp_path: Path) -> None:
    """Alarms stand in the database: each reminder comes once, whenever the bot is started again."""
    async with world(database_url, tmp_path) as before:
        await asks(before, PHOTO, audience="mentors")
        assert 1 == len(await before.inbox("amara"))
        now = before.clock.now()
    counts: list[int] = []
    for day in range(1, 16):
        async with world(database_url, tmp_path, at=now + timedelta(days=day)) as again:
            counts.append(len(await again.inbox("amara")))
    assert (4, sorted(counts)) == (counts[-1], counts)


async def test_an_agreed_figure_moves_what_waits(database_url: str, tmp_path: Path) -> None:
    """The steps are those of the program's policy."""
    async with world(database_url, tmp_path, {"nudges.first_after": "6h"}) as riverside:
        await asks(riverside, PHOTO, audience="mentors")
        await riverside.passes(days=1)
        assert 2 == len(await riverside.inbox("amara"))


async def test_a_request_counts_in_the_rate(riverside: World) -> None:
    """Like any message that waits: in time, or late, but only after a reminder; who asked stands in why."""
    await asks(riverside, PHOTO)
    await riverside.passes(hours=20)
    await riverside.presses("ravi", "Done", await first(riverside, "ravi"))
    assert "isn't decided yet" in await riverside.asks("amara", "/mentor rate why")
    await riverside.passes(days=3)
    await riverside.presses("amara", "Done", (await riverside.inbox("amara"))[0])
    why = await riverside.asks("amara", "/mentor rate why")
    assert "Rosa Delgado, for the team, Monday 2 March, 10:00: answered after 4 days; counts as late." in why
    assert "answered after 20 hours; counts as in time." in await riverside.asks("ravi", "/mentor rate why")
    assert "So far 1 message counted" in await riverside.asks("ravi", "/mentor rate")
    async with riverside.database.connect() as conn:
        versions = await conn.execute(text("SELECT version, limit_at IS NULL AS open FROM ask_recipient"))
        assert {(0, False)} == {tuple(row) for row in versions if row.version is not None}


async def test_what_was_answered_is_judged_by_the_figures_of_its_time(riverside: World) -> None:
    """With more time to answer from now on, what was late stays late, and what waits has more time."""
    await asks(riverside, PHOTO, audience="mentors")
    await riverside.passes(days=3)
    await riverside.presses("amara", "Done", (await riverside.inbox("amara"))[0])
    await asks(riverside, "And your name?", audience="mentors")
    (program,) = await riverside.core.programs()
    async with riverside.database.work(1) as work:
        change_ = Change(1, work.now, "5ca1ab1e", "nudges.answer_within", "5d")
        await work.of(Settings).add_change(change_)
        context = await riverside.core.context(work, replace(program, version=1))
        await context.tell(ProgramChanged(program))
    await riverside.asks("amara", "/mentor away from 1 May until 3 May")  # every clock is looked at again
    await riverside.passes(days=5, hours=1)  # three of them count
    why = await riverside.asks("amara", "/mentor rate why")
    assert "Monday 2 March, 10:00: answered after 3 days; counts as late" in why
    assert "no answer so far; isn't decided yet" in why


async def test_old_requests_are_deleted(riverside: World) -> None:
    """After half a year nothing of a request is left, nor of a dispute about it."""
    await asks(riverside, PHOTO)
    await riverside.passes(days=4)
    why = await riverside.driver.commands("amara", "/mentor rate why")
    await riverside.presses("amara", "That isn't right", why)
    for _ in range(7):
        await riverside.passes(days=30)
    await riverside.core.daily()
    async with riverside.database.connect() as conn:
        for table in ("ask", "ask_recipient", "ask_reminder", "dispute"):
            assert (table, 0) == (table, await conn.scalar(text(f"SELECT count(*) FROM {table}")))  # noqa: S608
        kinds = await conn.execute(text("SELECT kind FROM due WHERE kind LIKE 'asks.%'"))
        assert [] == list(kinds)


async def test_who_has_left_holds_no_line_up(riverside: World) -> None:
    """That somebody silent has left meanwhile keeps the coordinator from nothing."""
    await asks(riverside, PHOTO, audience="mentees")
    await change(riverside, "noor", active=False)
    await riverside.passes(days=20)
    assert "1 of 1 hasn't answered yet" in (await first(riverside, "rosa")).text


async def test_a_member_who_leaves_with_a_request(riverside: World) -> None:
    """Nobody waits for whoever has left: neither reminders nor the line speak of them."""
    await asks(riverside, PHOTO, audience="mentees")
    await riverside.presses("noor", "Done", await first(riverside, "noor"))
    await change(riverside, "lena", active=False)
    await riverside.passes(days=40)
    assert 1 == len(await riverside.inbox("lena"))
    assert [] == await riverside.inbox("rosa")
