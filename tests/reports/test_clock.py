"""Working days of a program's country: over weekends, holidays, and days on which clocks change."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from bot.calendar import counted, is_counted
from bot.reports.clock import Span, Step, span, working
from bot.reports.emergency import number

DAY, HOUR = timedelta(days=1), timedelta(hours=1)
COUNTRIES = [None, "DE", "DE-BY", "US", "EG", "IL", "IN", "NZ", "CL", "ZZ"]
law = settings(deadline=None, max_examples=150)  # the first look at a country takes long
countries = st.sampled_from(COUNTRIES)
hours = st.integers(0, 6 * 366 * 24).map(lambda some: datetime(2023, 1, 1, tzinfo=UTC) + some * HOUR)
days = st.integers(1, 10)


def at(text: str, zone: str = "Europe/Berlin") -> datetime:
    """Read a local time."""
    return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(zone)).astimezone(UTC)


@pytest.mark.parametrize(
    ("since", "working_days", "half", "two_thirds", "limit"),
    [
        ("2026-03-02 10:00", 1, "2026-03-02 22:00", "2026-03-03 02:00", "2026-03-03 10:00"),
        ("2026-03-06 15:00", 1, "2026-03-09 03:00", "2026-03-09 07:00", "2026-03-09 15:00"),  # a Friday
        ("2026-03-07 15:00", 1, "2026-03-09 12:00", "2026-03-09 16:00", "2026-03-10 00:00"),  # a Saturday
        ("2026-03-05 09:00", 3, "2026-03-06 21:00", "2026-03-09 09:00", "2026-03-10 09:00"),
        ("2026-04-02 12:00", 1, "2026-04-07 00:00", "2026-04-07 04:00", "2026-04-07 12:00"),  # before Good Friday
        ("2026-03-27 12:00", 1, "2026-03-28 00:00", "2026-03-30 04:00", "2026-03-30 12:00"),  # clocks change on Sunday
    ],
)
def test_working_days_in_germany(since: str, working_days: int, half: str, two_thirds: str, limit: str) -> None:
    """Weekends and holidays don't count, nights do; the time of day stays."""
    found = span(working("DE"), at(since), working_days)
    told = [f"{one.astimezone(ZoneInfo('Europe/Berlin')):%Y-%m-%d %H:%M}" for one in (found.two_thirds, found.limit)]
    assert [two_thirds, limit] == told
    assert at(half) == found.half or counted(working("DE"), at(half), found.half) == timedelta(0)


def test_each_country_has_its_own_weekend_and_clocks() -> None:
    """In Egypt it is Friday and Saturday; without a country it is Saturday and Sunday by UTC."""
    assert (frozenset({6, 0, 1, 2, 3}), "Africa/Cairo") == (working("EG").days, working("EG").zone.key)
    assert (frozenset(range(5)), "UTC") == (working(None).days, working("").zone.key)
    assert (
        at("2026-03-08 15:00", "Africa/Cairo") == span(working("EG"), at("2026-03-05 15:00", "Africa/Cairo"), 1).limit
    )
    assert working("DE-BY").zone == working("de").zone


@law
@given(countries, hours, days)
@example("EG", at("2024-04-25 23:00", "Africa/Cairo"), 1)  # clocks go forward at midnight
@example("CL", at("2025-09-05 12:00", "America/Santiago"), 3)
def test_exactly_so_many_working_days_go_by(country: str | None, since: datetime, working_days: int) -> None:
    """No more and no less than is promised, and the steps lie at half and two thirds of it."""
    calendar = working(country)
    found = span(calendar, since, working_days)
    spent = [counted(calendar, since, one) / DAY for one in (found.half, found.two_thirds, found.limit)]
    assert [working_days / 2, working_days * 4 / 6, working_days] == pytest.approx(spent)
    assert since < found.half < found.two_thirds < found.limit
    assert is_counted(calendar, found.limit - timedelta(microseconds=1))


@law
@given(countries, st.lists(hours, min_size=2, max_size=5), days)
def test_what_came_earlier_is_owed_earlier(country: str | None, since: list[datetime], working_days: int) -> None:
    """Nothing overtakes, and more days are never over sooner."""
    calendar = working(country)
    limits = [span(calendar, one, working_days).limit for one in sorted(since)]
    assert limits == sorted(limits)
    assert span(calendar, since[0], working_days).limit < span(calendar, since[0], working_days + 1).limit


@law
@given(countries, hours, days, st.integers(0, 20 * 24))
def test_steps_are_told_one_after_the_other(country: str | None, since: datetime, within: int, later: int) -> None:
    """Each is reached at its instant, and what comes next lies ahead."""
    found = span(working(country), since, within)
    now = since + later * HOUR
    ahead = found.next_at(now)
    assert (ahead is None) == (found.step(now) is Step.LATE)
    assert ahead is None or (ahead > now and found.step(ahead) > found.step(now))


def test_the_steps_of_a_span() -> None:
    """From the beginning to the end."""
    begin = at("2026-03-02 10:00")
    found = Span(begin + HOUR, begin + 2 * HOUR, begin + 3 * HOUR)
    reached = [found.step(begin + some * HOUR) for some in range(4)]
    assert [Step.BEGUN, Step.HALF, Step.TWO_THIRDS, Step.LATE] == reached
    assert all(one < other for one, other in pairwise(reached))


def test_the_number_to_call() -> None:
    """What the program chose, or its country's; where that isn't known well, none is made up."""
    brazil = "190 (police) or 192 (ambulance)"
    numbers = {"DE": "112", "de-by": "112", "US": "911", "ZZ": None, None: None, "BR": brazil}
    assert numbers == {country: number("", country) for country in numbers}
    assert ["1234", "1234"] == [number("1234", country) for country in ("US", "JP")]
