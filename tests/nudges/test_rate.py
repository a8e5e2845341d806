"""Response rates: what counts, what is forgiven, and how somebody learns why."""

import re
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot import policy
from bot.calendar import Calendar, after, is_welcome
from bot.nudges.rules import Pace, Rate, Verdict, limit, next_nudge, pace, rate
from bot.people import Pairing
from storage.nudges import TurnFacts
from tests.asks.asking import asks
from tests.world import World, world

POLICY = policy.load()
IN_TIME, LATE, OUT, OPEN = Verdict.IN_TIME, Verdict.LATE, Verdict.TAKEN_OUT, Verdict.UNDECIDED


@pytest.mark.parametrize(
    ("verdicts", "expected"),
    [
        ([], Rate(0, 0, 0, None)),
        ([IN_TIME] * 9, Rate(9, 9, 0, None)),
        ([IN_TIME] * 10, Rate(10, 10, 0, 1.0)),
        ([LATE] * 9, Rate(9, 0, 0, None)),
        ([LATE, *[IN_TIME] * 9], Rate(10, 9, 1, 1.0)),
        ([LATE, LATE, *[IN_TIME] * 8], Rate(10, 8, 1, 0.9)),
        ([LATE, *[IN_TIME] * 19], Rate(20, 19, 0, 0.95)),
        ([*[IN_TIME] * 20, *[LATE] * 20], Rate(20, 20, 0, 1.0)),
        ([OUT, OPEN, *[IN_TIME] * 10, OUT], Rate(10, 10, 0, 1.0)),
    ],
)
def test_small_samples_are_forgiven(verdicts: list[Verdict], expected: Rate) -> None:
    """Under ten says nothing, under twenty forgives one, and older ones than twenty are forgotten."""
    assert expected == rate(verdicts, POLICY.rate)


INSTANTS = st.integers(0, 400 * 24 * 60).map(lambda m: datetime(2026, 1, 1, tzinfo=UTC) + timedelta(minutes=m))
CALENDARS = st.builds(
    Calendar,
    zone=st.sampled_from(["UTC", "Europe/Berlin", "America/New_York", "Asia/Kathmandu"]).map(ZoneInfo),
    days=st.frozensets(st.integers(0, 6), min_size=1),
    opens=st.just(POLICY.hours.opens),
    closes=st.just(POLICY.hours.closes),
    country=st.sampled_from([None, "DE", "US"]),
)
PACES = st.sampled_from([None, 2, 4, 7]).map(lambda days: days and timedelta(days=days))


def turn(since: datetime) -> TurnFacts:
    """Make a turn that waits."""
    return TurnFacts(1, 1, "m1", 2, 3, since, since)


def clock(agreed: timedelta | None) -> Pace:
    """Return the clock of a pairing."""
    return pace(POLICY.nudges, Pairing(1, 2, 3, pace=agreed))


@given(INSTANTS, CALENDARS, PACES)
def test_nobody_is_late_before_they_were_reminded(
    since: datetime, calendar: Calendar, agreed: timedelta | None
) -> None:
    """The first reminder comes at a welcome hour, and the limit lies behind it, never before its time."""
    first = next_nudge(turn(since), clock(agreed), calendar, [])
    assert first is not None
    assert is_welcome(calendar, first)
    assert limit(turn(since), clock(agreed), calendar, []) is None
    late = limit(turn(since), clock(agreed), calendar, [first])
    plain = after(calendar, since, clock(agreed).answer_within)
    assert late is not None
    assert plain is not None
    assert late > first
    assert late >= plain


@given(INSTANTS, CALENDARS, PACES, st.lists(st.integers(0, 5000), max_size=3))
def test_a_series_ends_and_never_runs_together(
    since: datetime, calendar: Calendar, agreed: timedelta | None, delays: list[int]
) -> None:
    """However late reminders go out, there are three, each a step after the one before."""
    sent: list[datetime] = []
    for delay in [*delays, 0, 0, 0]:
        at = next_nudge(turn(since), clock(agreed), calendar, sent)
        if at is None:
            break
        if sent:
            steps = clock(agreed).steps
            assert at >= (after(calendar, sent[-1], steps[len(sent)] - steps[len(sent) - 1]) or at)
        sent.append(at + timedelta(minutes=delay))
    assert 3 == len(sent)


def test_an_agreed_pace_stretches_the_steps() -> None:
    """Half of the pace, twice, four times."""
    days = [step / timedelta(days=1) for step in clock(timedelta(days=7)).steps]
    assert [3.5, 14, 28] == days


async def test_a_rate_and_why(riverside: World) -> None:
    """After ten messages the rate says something; each message that counted can be seen."""
    for week in range(11):
        await riverside.says("lena")
        await riverside.passes(hours=2 if week else 60)
        await riverside.says("amara")
        await riverside.passes(days=7, hours=-2 if week else -60)
    answer = await riverside.driver.commands("amara", "/mentor rate")
    assert "Your response rate is 100%: of the last 11 messages, 10 were answered in time." in answer.text
    assert "1 late one is forgiven." in answer.text
    why = await riverside.presses("amara", "Which messages counted?", answer)
    assert "Lena Vogt, Monday 2 March, 10:00: answered after 2 days; counts as late." in why
    assert "Lena Vogt, Monday 9 March, 10:00: answered after 2 hours; counts as in time." in why
    few = await riverside.asks("lena", "/mentor rate")
    assert "too few to say anything.\nThat's neither good nor bad." in few


async def test_what_doesnt_count_shows_in_why(riverside: World) -> None:
    """A message that needs no reply is in the list, and not in the rate."""
    await riverside.says("lena")
    await riverside.passes(days=1)
    (seen,) = await riverside.inbox("amara")
    await riverside.presses("amara", "No reply needed", seen)
    why = await riverside.asks("amara", "/mentor rate why")
    assert "Lena Vogt, Monday 2 March, 10:00: no reply needed, you said; doesn't count." in why
    assert "So far 0 messages counted" in await riverside.asks("amara", "/mentor rate")


async def test_only_the_newest_count(database_url: str, tmp_path: Path) -> None:
    """Messages of pairings and requests of the team are one row in time, and the newest of them make the rate."""
    changes = {"rate.turns": "3", "rate.neutral_under": "1", "rate.forgiven": "0"}
    async with world(database_url, tmp_path, changes) as riverside:
        for week in range(4):
            if week % 2:
                await riverside.says("lena")
            else:
                await asks(riverside, f"Request {week}", audience="mentors")
            await riverside.passes(hours=2 if week else 60)
            if week % 2:
                await riverside.says("amara")
            else:
                await riverside.presses("amara", "Done", await riverside.driver.commands("amara", "/mentor waiting"))
            expected = 0 if week == 0 else min(week, 3) / min(week + 1, 3)
            answer = await riverside.asks("amara", "/mentor rate")
            assert f"Your response rate is {expected:.0%}: of the last {min(week + 1, 3)} messages" in answer
            await riverside.passes(days=7, hours=-2 if week else -60)
        why = (await riverside.driver.commands("amara", "/mentor rate why")).text
        days = ["Monday 23 March", "Monday 16 March", "Monday 9 March"]
        assert days == re.findall("Monday [0-9]+ March", why)


async def test_which_pairs_may_need_help(riverside: World) -> None:
    """A coordinator sees where an answer is late although somebody was reminded; mentors and mentees can't."""
    assert "All is well: no message waits longer than it should in 2 pairs." == await riverside.asks(
        "rosa", "/mentor-admin waiting"
    )
    await riverside.says("lena")
    await riverside.passes(hours=47)
    assert "All is well" in await riverside.asks("rosa", "/mentor-admin waiting")
    await riverside.passes(hours=2)
    listed = await riverside.asks("rosa", "/mentor-admin waiting")
    assert "1 of 2 pairs may need help" in listed
    assert (
        "Lena Vogt has been waiting for Amara Okafor since Monday 2 March, 10:00; Amara Okafor was reminded 1 time."
        in listed
    )
    assert "This is for coordinators." in await riverside.asks("amara", "/mentor-admin waiting")


async def test_the_one_who_waits_learns_of_the_reminder_only_by_asking(riverside: World) -> None:
    """Nothing is said to Lena by itself; /mentor waiting tells."""
    await riverside.says("lena")
    assert "I haven't reminded them so far." in await riverside.asks("lena", "/mentor waiting")
    await riverside.passes(days=2)
    assert [] == await riverside.inbox("lena")
    assert "I have reminded them." in await riverside.asks("lena", "/mentor waiting")


async def test_buttons_survive_a_restart(database_url: str, tmp_path: Path) -> None:
    """A button pressed after the bot was started again does what it says; pressed twice, it does it once."""
    async with world(database_url, tmp_path) as before:
        await before.says("lena")
        await before.passes(days=1)
        now = before.clock.now()
    async with world(database_url, tmp_path, at=now) as after_it:
        (seen,) = await after_it.inbox("amara")
        first = await after_it.driver.presses("amara", "No reply needed", seen, id_="one-click")
        again = await after_it.driver.presses("amara", "No reply needed", seen, id_="one-click")
        another = await after_it.driver.presses("amara", seen.buttons["No reply needed"], id_="another")
        assert "I won't remind you of Lena Vogt's message again" in first.text
        assert again.nothing
        assert "Lena Vogt's message needs no reply, you said. Nothing left to do here." == another.text


async def test_somebody_elses_button_does_nothing(riverside: World) -> None:
    """Lena, Noor and Rosa can't settle what waits for Amara."""
    await riverside.says("lena")
    await riverside.passes(days=1)
    (seen,) = await riverside.inbox("amara")
    for user in ("lena", "noor", "rosa"):
        for label in ("Later", "No reply needed", "I answered elsewhere"):
            answer = await riverside.presses(user, seen.buttons[label])
            assert "Nothing was changed." in answer or "This isn't part of your role" in answer
    assert seen == (await riverside.inbox("amara"))[0]
