"""Lighter weeks: in laws, and as people live through them."""

from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.budget import next_slot
from bot.calendar import DAY, Calendar, after, counted, is_welcome, local_day
from bot.members.lighter import free_days, slot
from bot.policy import load
from tests.platforms import on_each_platform
from tests.world import World, world

HOUR = timedelta(hours=1)
NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
ZONES = ["UTC", "Europe/Berlin", "America/New_York", "Africa/Cairo", "Asia/Kathmandu", "Australia/Lord_Howe"]
BUDGET = load().budget

instants = st.integers(0, 400 * 24).map(lambda hours: NOON + hours * HOUR)
lengths = st.integers(24, 12 * 7 * 24).map(lambda hours: hours * HOUR)
spans = st.integers(0, 9 * 24 * 60).map(lambda minutes: timedelta(minutes=minutes))
times = st.integers(0, 24 * 60 - 1).map(lambda minutes: time(*divmod(minutes, 60)))


@st.composite
def calendars(draw: st.DrawFn) -> Calendar:
    """Draw a calendar without lighter weeks."""
    days = draw(st.frozensets(st.integers(0, 6), min_size=1))
    return Calendar(ZoneInfo(draw(st.sampled_from(ZONES))), days, draw(times), draw(times))


def lighter(calendar: Calendar, since: datetime, length: timedelta) -> Calendar:
    """Return the same calendar in lighter weeks."""
    return replace(calendar, pauses=(*calendar.pauses, *free_days(since, since + length, calendar.zone)))


def or_never(instant: datetime | None) -> datetime:
    """Read "never" as later than everything."""
    return instant or datetime.max.replace(tzinfo=UTC)


@given(calendars(), instants, lengths, instants, spans)
def test_no_clock_runs_faster(
    calendar: Calendar, since: datetime, length: timedelta, start: datetime, span: timedelta
) -> None:
    """In lighter weeks no more counts than without, and nothing is late earlier."""
    easier = lighter(calendar, since, length)
    assert counted(easier, start, start + span) <= counted(calendar, start, start + span)
    assert or_never(after(calendar, start, span)) <= or_never(after(easier, start, span))


@given(calendars(), st.integers(0, 300), st.integers(1, 6))
def test_of_two_weeks_one_counts(calendar: Calendar, later: int, fortnights: int) -> None:
    """Each weekday that somebody chose counts once in a fortnight: half of all, wherever the fortnight begins."""
    utc = replace(calendar, zone=ZoneInfo("UTC"))
    start = datetime(2026, 3, 2, tzinfo=UTC) + later * DAY
    end = start + fortnights * 14 * DAY
    easier = lighter(utc, start, end - start)
    assert counted(utc, start, end) == 2 * counted(easier, start, end)


@given(calendars(), instants, lengths, st.data())
def test_no_clock_is_slower_than_half_but_for_a_week(
    calendar: Calendar, since: datetime, length: timedelta, data: st.DataObject
) -> None:
    """What counts is half of what would have counted, less one week of chosen days at most."""
    easier, end = lighter(calendar, since, length), since + length
    start = data.draw(st.datetimes(since.replace(tzinfo=None), end.replace(tzinfo=None), timezones=st.just(UTC)))
    week = len(calendar.days) * DAY + 2 * HOUR  # where clocks change, a day has more hours or fewer
    assert counted(easier, start, end) >= counted(calendar, start, end) / 2 - week


@given(calendars(), instants, lengths, spans)
def test_no_reminder_on_a_free_day(calendar: Calendar, since: datetime, length: timedelta, later: timedelta) -> None:
    """A free day is free from its first instant to its last, and the days beside it are not."""
    at = min(since + later, since + length - HOUR)
    day = local_day(calendar, at)
    free = bool(day.toordinal() % 2)
    assert not (free and is_welcome(lighter(calendar, since, length), at))
    assert free or is_welcome(calendar, at) == is_welcome(lighter(calendar, since, length), at)


@given(calendars(), instants, lengths, st.integers(1, 12 * 7 * 24), spans)
def test_to_ask_again_moves_nothing(
    calendar: Calendar, since: datetime, length: timedelta, hours: int, span: timedelta
) -> None:
    """Lighter weeks that are said anew in the middle are the same lighter weeks."""
    middle = min(since + hours * HOUR, since + length)
    once = lighter(calendar, since, length)
    twice = lighter(lighter(calendar, since, middle - since), middle, length - (middle - since))
    assert counted(once, since, since + span) == counted(twice, since, since + span)
    assert after(once, since, span) == after(twice, since, span)


@given(instants, st.sampled_from(ZONES), st.none() | st.just(timedelta(days=4000)))
def test_lighter_weeks_without_an_end_end(since: datetime, zone: str, length: timedelta | None) -> None:
    """However it came into the database: after twelve weeks, and a day for good measure, every day counts."""
    found = free_days(since, length and since + length, ZoneInfo(zone))
    assert max(pause.until for pause in found if pause.until) <= since + timedelta(days=85)
    assert all(pause.until and pause.since < pause.until for pause in found)


@given(calendars(), instants, lengths, st.lists(st.integers(0, 6), max_size=3))
def test_one_message_a_week(calendar: Calendar, since: datetime, length: timedelta, ago: list[int]) -> None:
    """While they go on a message finds the seven days before it empty; afterwards it is as always."""
    end = since + length
    spent = [local_day(calendar, since) - days * DAY for days in ago]
    found = slot(calendar, since, spent, BUDGET, lighter_until=end)
    usual = next_slot(calendar, since, spent, BUDGET)
    assert usual is not None
    assert found is not None
    if found < end:
        assert all(day <= local_day(calendar, found) - 7 * DAY for day in spent)
    assert usual <= found <= max(or_never(next_slot(calendar, end, spent, BUDGET)), usual)
    assert usual == slot(calendar, since, spent, BUDGET)


async def counts(riverside: World, **span: float) -> int:
    """Let time pass; return how many reminders Amara has by then."""
    await riverside.passes(**span)
    return len(await riverside.inbox("amara"))


def test_which_days_are_free() -> None:
    """The examples below: Monday 2 March is free, and so is every other day from there, over weekends too."""
    begin, end = datetime(2026, 3, 1, tzinfo=UTC), datetime(2026, 3, 10, tzinfo=UTC)
    assert [2, 4, 6, 8] == [pause.since.day for pause in free_days(begin, end, ZoneInfo("UTC"))]


@on_each_platform
async def test_reminders_come_at_half_speed(riverside: World) -> None:
    """The first reminder comes on the second day that counts, and no second one in the same week."""
    answer = await riverside.asks("amara", "/mentor lighter four weeks")
    assert "lighter weeks until Monday 30 March 2026" in answer
    await riverside.says("lena")
    assert 0 == await counts(riverside, hours=70.9)  # Tuesday counts, Wednesday is free
    assert 1 == await counts(riverside, hours=0.3)  # Thursday, just after 09:00
    await riverside.says("noor", "amara-noor")
    assert 1 == await counts(riverside, days=7.9)  # Thursday is free
    assert 2 == await counts(riverside, days=0.2)  # Friday


async def test_a_message_that_waits_goes_over_to_lighter_weeks_and_back(riverside: World) -> None:
    """What waits already is put off when they begin, and comes when they end."""
    await riverside.passes(days=1)
    await riverside.says("lena")
    await riverside.passes(hours=13)
    choices = await riverside.driver.commands("amara", "/mentor lighter")
    await riverside.presses("amara", "Two weeks lighter", choices)
    assert 0 == await counts(riverside, hours=24)
    again = await riverside.driver.commands("amara", "/mentor lighter")
    assert "go on until Tuesday 17 March 2026" in again.text
    assert "every day counts as before" in await riverside.presses("amara", "End them now", again)
    assert 1 == await counts(riverside, hours=24)


async def test_back_ends_them(riverside: World) -> None:
    """Who is back is back whole."""
    await riverside.asks("amara", "/mentor lighter two weeks")
    assert "Your lighter weeks are over" in await riverside.asks("amara", "/mentor back")
    assert "You weren't marked as away" in await riverside.asks("amara", "/mentor back")
    await riverside.says("lena")
    assert 1 == await counts(riverside, days=1)


async def test_time_away_leaves_them_as_they_are(riverside: World) -> None:
    """A time away that ends by itself, or is replaced, goes back to lighter weeks; `back` ends both."""
    await riverside.asks("amara", "/mentor lighter four weeks")
    await riverside.asks("amara", "/mentor away until Thursday")
    both = await riverside.driver.commands("amara", "/mentor me")
    assert {"Away: until Thursday 5 March 2026", "Lighter weeks: until Monday 30 March 2026"} <= set(both.texts)
    await riverside.passes(hours=1)
    await riverside.asks("amara", "/mentor away until Wednesday")
    await riverside.passes(days=3)
    assert "Lighter weeks: until Monday 30 March 2026" in await riverside.asks("amara", "/mentor me")
    await riverside.asks("amara", "/mentor away until Monday")
    await riverside.passes(hours=1)
    answer = await riverside.asks("amara", "/mentor back")
    assert "You had said Monday 9 March 2026" in answer
    assert "Your lighter weeks are over, too" in answer
    assert "Away or lighter weeks: not now" in await riverside.asks("amara", "/mentor me")


async def test_what_was_announced_outlives_the_end_of_lighter_weeks(riverside: World) -> None:
    """A holiday that is to come isn't cancelled by the end of lighter weeks."""
    await riverside.asks("amara", "/mentor away from 20 March until 27 March")
    await riverside.asks("amara", "/mentor lighter one week")
    await riverside.asks("amara", "/mentor back")
    await riverside.passes(days=19)
    assert "Away: until Friday 27 March 2026" in await riverside.asks("amara", "/mentor me")


async def test_what_was_said_last_of_them_holds(riverside: World) -> None:
    """Shorter lighter weeks take the place of longer ones."""
    await riverside.asks("amara", "/mentor lighter 12 weeks")
    await riverside.asks("amara", "/mentor lighter one week")
    assert "Lighter weeks: until Monday 9 March 2026" in await riverside.asks("amara", "/mentor me")


async def test_the_button_in_the_choices_of_away(riverside: World) -> None:
    """Who doesn't want to be away at all finds them there."""
    choices = await riverside.driver.commands("amara", "/mentor away")
    assert "half speed" in await riverside.presses("amara", "Not away, only lighter weeks …", choices)


@pytest.mark.parametrize(
    ("typed", "answer"),
    [
        ("one day", "until Tuesday 3 March 2026"),
        ("for 12 weeks", "until Monday 25 May 2026"),
        ("until 20 March", "until Friday 20 March 2026"),
        ("13 weeks", "twelve weeks at most"),
        ("nine years", "A pause can last a year at most"),
        ("yesterday", "Please give a later day"),
        ("a bit", "I couldn't read"),
    ],
)
async def test_lengths_as_people_write_them(sqlite_url: str, tmp_path: Path, typed: str, answer: str) -> None:
    """From a day to twelve weeks."""
    async with world(sqlite_url, tmp_path) as riverside:
        assert answer in await riverside.asks("amara", f"/mentor lighter {typed}")
