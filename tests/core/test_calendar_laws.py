"""The calendar in laws, and beside a slow model that looks at every minute."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import holidays
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.calendar import Calendar, Pause, after, counted, is_counted, is_welcome, merged, welcome
from tests.core.calendars import DAY, EVERY_DAY, LATE, MIDNIGHT, MINUTE

# A zone, and a date about which its clocks change (on the last line: over midnight, or over a whole day).
PLACES = [
    *[("Europe/Berlin", "2025-03-30"), ("Europe/Berlin", "2025-10-26"), ("America/New_York", "2025-11-02")],
    *[("Africa/Cairo", "2024-04-26"), ("Asia/Beirut", "2025-03-30"), ("America/Sao_Paulo", "2018-11-04")],
    *[
        ("Atlantic/Azores", "2025-10-26"),
        ("Australia/Lord_Howe", "2025-10-05"),
        ("Asia/Kathmandu", "2024-02-28"),
    ],
    *[
        ("America/Havana", "2025-11-02"),
        ("America/Santiago", "2025-09-07"),
        ("Pacific/Kiritimati", "2025-12-31"),
    ],
    *[("America/St_Johns", "2010-11-07"), ("Antarctica/Casey", "2010-03-05"), ("Pacific/Apia", "2011-12-30")],
]
law = settings(deadline=None, max_examples=150)  # the first look at a country takes long

spans = st.integers(0, 9 * 24 * 60).map(lambda minutes: minutes * MINUTE)
steps = st.timedeltas(timedelta(0), 9 * DAY)
times = st.integers(0, 24 * 60 - 1).map(lambda minutes: time(*divmod(minutes, 60)))


@st.composite
def pauses(draw: st.DrawFn, noon: datetime) -> Pause:
    """Draw a pause near an instant."""
    since = noon - 4 * DAY + draw(spans)
    return Pause(since, draw(st.none() | spans.map(lambda span: since + span)))


@st.composite
def cases(draw: st.DrawFn) -> tuple[Calendar, datetime]:
    """Draw a calendar and an instant about which something happens in its zone."""
    zone, day = draw(st.sampled_from(PLACES))
    noon = datetime.fromisoformat(f"{day} 12:00").replace(tzinfo=ZoneInfo(zone)).astimezone(UTC)
    calendar = Calendar(
        ZoneInfo(zone),
        draw(st.just(EVERY_DAY) | st.frozensets(st.integers(0, 6))),
        draw(st.sampled_from([MIDNIGHT, time(2, 30)]) | times),
        draw(st.sampled_from([MIDNIGHT, time(2, 30)]) | times),
        draw(st.sampled_from([None, "DE", "US", "XX"])),
        tuple(draw(st.lists(pauses(noon), max_size=4))),
    )
    return calendar, noon - 4 * DAY + draw(spans)


def or_late(instant: datetime | None) -> datetime:
    """Read "never" as later than everything."""
    return LATE if instant is None else instant


@law
@given(cases(), steps, steps)
def test_counted_adds_up(case: tuple[Calendar, datetime], first: timedelta, second: timedelta) -> None:
    """What counts until noon and from noon on is what counts altogether."""
    calendar, start = case
    middle, end = start + first, start + first + second

    assert counted(calendar, start, end) == counted(calendar, start, middle) + counted(calendar, middle, end)


@law
@given(cases(), steps)
def test_counted_lies_between_nothing_and_all(case: tuple[Calendar, datetime], step: timedelta) -> None:
    """No more time counts than went by, and none counts backwards."""
    calendar, start = case

    assert timedelta(0) <= counted(calendar, start, start + step) <= step
    assert timedelta(0) == counted(calendar, start + step, start)


@law
@given(cases(), steps)
def test_after_and_counted_are_inverse(case: tuple[Calendar, datetime], span: timedelta) -> None:
    """The span has been counted when `after` says so, and a moment earlier it hasn't."""
    calendar, start = case
    found = after(calendar, start, span)
    passed = counted(calendar, start, start + span)

    assert or_late(after(calendar, start, passed)) <= start + span
    if found is not None:
        assert span == counted(calendar, start, found)
        assert span == timedelta(0) or counted(calendar, start, found - timedelta.resolution) < span


@law
@given(cases(), steps, steps)
def test_after_is_monotone(case: tuple[Calendar, datetime], span: timedelta, more: timedelta) -> None:
    """Neither a longer span nor a later start comes to an end earlier."""
    calendar, start = case
    found = or_late(after(calendar, start, span))

    assert start <= found
    assert found <= or_late(after(calendar, start, span + more))
    assert found <= or_late(after(calendar, start + more, span))


@law
@given(cases())
def test_welcome_gives_what_is_welcome(case: tuple[Calendar, datetime]) -> None:
    """What is found isn't earlier than asked, is welcome, and is found again from itself."""
    calendar, start = case
    found = welcome(calendar, start)

    assert is_welcome(calendar, start) == (found == start)
    if found is not None:
        assert start <= found
        assert found == welcome(calendar, found)


@law
@given(cases(), st.data(), steps)
def test_a_further_pause_makes_nothing_earlier(
    case: tuple[Calendar, datetime], data: st.DataObject, span: timedelta
) -> None:
    """Whoever takes a pause has at least as much time, and isn't reminded earlier."""
    calendar, start = case
    paused = replace(calendar, pauses=(*calendar.pauses, data.draw(pauses(start))))

    assert or_late(after(calendar, start, span)) <= or_late(after(paused, start, span))
    assert or_late(welcome(calendar, start)) <= or_late(welcome(paused, start))
    assert counted(calendar, start, start + span) >= counted(paused, start, start + span)


@law
@given(cases(), steps, spans, spans, spans)
def test_a_pause_inside_a_pause_changes_nothing(
    case: tuple[Calendar, datetime], span: timedelta, before: timedelta, inside: timedelta, behind: timedelta
) -> None:
    """Time away is away once, however often it is said."""
    calendar, start = case
    outer = Pause(start - before, start + inside + behind)
    once = replace(calendar, pauses=(*calendar.pauses, outer))
    twice = replace(once, pauses=(Pause(start, start + inside), *once.pauses))

    assert merged(once.pauses) == merged(twice.pauses)
    assert after(once, start, span) == after(twice, start, span)


@law
@given(cases())
def test_merged_pauses_are_the_same_time_away(case: tuple[Calendar, datetime]) -> None:
    """Merged pauses follow one another with time between, and hold the same instants."""
    calendar, _ = case
    found = merged(calendar.pauses)
    edges = [edge for each in calendar.pauses for edge in (each.since, each.until) if edge]

    assert all(one.until is not None and one.until < other.since for one, other in pairwise(found))
    assert found == merged(reversed(found))
    for edge in [edge + step for edge in edges for step in (-MINUTE, timedelta(0))]:
        assert is_away(calendar.pauses, edge) == is_away(found, edge)


def is_away(pauses: tuple[Pause, ...], now: datetime) -> bool:
    """Say by the definition whether an instant lies in a pause."""
    return any(each.since <= now and (each.until is None or now < each.until) for each in pauses)


def is_expected(calendar: Calendar, day: date) -> bool:
    """Say by the definition whether somebody is expected to answer on a day."""
    return day.weekday() in calendar.days and day not in FEASTS.get(calendar.country or "", ())


def in_hours(calendar: Calendar, day: date, clock: time) -> bool:
    """Say by the definition whether a time on the clock is welcome, pauses apart."""
    if calendar.opens < calendar.closes:
        return is_expected(calendar, day) and calendar.opens <= clock < calendar.closes
    late, early = calendar.opens <= clock, clock < calendar.closes
    return (late and is_expected(calendar, day)) or (early and is_expected(calendar, day - DAY))


def minutes(calendar: Calendar, start: datetime, count: int) -> Iterator[tuple[bool, bool]]:
    """Look at a clock that is never turned back and say of each minute: whether it counts and is welcome."""
    shown = datetime.min  # noqa: DTZ901 -- what a clock on a wall shows
    for minute in range(-24 * 60, count):
        now = start + minute * MINUTE
        shown = max(shown, now.astimezone(calendar.zone).replace(tzinfo=None))
        if minute >= 0:
            there = not is_away(calendar.pauses, now)
            yield (
                there and is_expected(calendar, shown.date()),
                there and in_hours(calendar, shown.date(), shown.time()),
            )


FEASTS = {code: holidays.country_holidays(code, years=range(2009, 2028)) for code in ("DE", "US")}


@law
@given(cases())
def test_agreement_with_a_look_at_every_minute(case: tuple[Calendar, datetime]) -> None:
    """Five days by the minute give the same as the quick way, whatever the clocks do."""
    calendar, start = case
    looks = list(minutes(calendar, start, 5 * 24 * 60))
    end = start + len(looks) * MINUTE
    counts = [start + minute * MINUTE for minute, (counts, _) in enumerate(looks) if counts]
    welcomes = [start + minute * MINUTE for minute, (_, welcomes) in enumerate(looks) if welcomes]

    assert len(counts) * MINUTE == counted(calendar, start, end)
    assert min(welcomes, default=end) == min(or_late(welcome(calendar, start)), end)
    for passed in range(0, len(counts), 499):
        assert counts[passed] + MINUTE == after(calendar, start, (passed + 1) * MINUTE)
    for minute in range(0, len(looks), 97):
        now = start + minute * MINUTE
        assert looks[minute] == (is_counted(calendar, now), is_welcome(calendar, now))
