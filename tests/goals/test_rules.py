"""When a question about a goal is due, beside a model that counts hour by hour; and how a share is shown."""

from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.calendar import Calendar, Pause
from bot.goals.rules import APART, IN_VAIN, bar, due, elapsed, next_of_pairing, read_percent
from bot.members.calendars import with_rests
from storage.goals import Reminding
from storage.rests import Rest

BEGIN = datetime(2026, 3, 2, 10, tzinfo=UTC)
HOUR = timedelta(hours=1)
FAR = 24 * 400

hours = st.integers(0, 24 * 60)


@st.composite
def spans(draw: st.DrawFn) -> tuple[datetime, datetime]:
    """Draw a time of whole hours."""
    since = draw(hours)
    return BEGIN + since * HOUR, BEGIN + (since + draw(st.integers(1, 24 * 20))) * HOUR


@dataclass(frozen=True)
class Life:
    """What has happened so far."""

    goal: Reminding
    away: list[tuple[datetime, datetime]]
    rests: list[tuple[datetime, datetime]]
    since: datetime | None
    every: timedelta

    @property
    def clock(self) -> Calendar:
        """The clock of the goal, of somebody who works two days a week."""
        pauses = tuple(Pause(*span) for span in self.away)
        calendar = Calendar(ZoneInfo("Asia/Kathmandu"), frozenset({1, 3}), time(9), time(12), "NP", pauses)
        return elapsed(with_rests(calendar, [Rest(1, *span) for span in self.rests]))


@st.composite
def lives(draw: st.DrawFn) -> Life:
    """Draw the life of a goal."""
    heard = BEGIN + draw(hours) * HOUR
    reminded = draw(st.none() | hours.map(lambda count: BEGIN + count * HOUR))
    goal = Reminding(1, 1, heard, reminded, 1, draw(st.integers(0, IN_VAIN)), pending=False)
    since = draw(st.none() | hours.map(lambda count: BEGIN + count * HOUR))
    every = timedelta(days=draw(st.integers(7, 60)))
    return Life(goal, draw(st.lists(spans(), max_size=3)), draw(st.lists(spans(), max_size=2)), since, every)


def counted_out(life: Life) -> datetime | None:
    """Go on hour by hour, and count those in which nothing stands still."""
    goal, left = life.goal, life.every // HOUR
    if goal.in_vain == IN_VAIN:
        return None
    at = max(one for one in (goal.heard_at, goal.reminded_at, life.since) if one is not None)
    for _ in range(FAR):
        if not any(begin <= at < end for begin, end in (*life.away, *life.rests)):
            left -= 1
        at += HOUR
        if not left:
            return at
    raise AssertionError


@given(lives())
def test_it_is_due_when_so_many_hours_have_passed_that_count(life: Life) -> None:
    """All days count; only time away and rests don't."""
    assert counted_out(life) == due(life.goal, life.every, life.clock, life.since)


@given(st.lists(lives(), min_size=1, max_size=5), st.data())
def test_a_pairing_is_asked_once_a_week_at_most(goals: list[Life], data: st.DataObject) -> None:
    """At the first goal that is due, but not within a week of the last question; what is on its way doesn't count."""
    life = data.draw(st.sampled_from(goals))
    remindings = [one.goal for one in goals]
    at = next_of_pairing(remindings, life.every, life.clock, life.since)
    first = [found for one in remindings if (found := due(one, life.every, life.clock, life.since)) is not None]
    asked = [one.reminded_at for one in remindings if one.reminded_at is not None]
    assert (at is None) == (not first)
    if at is not None:
        assert max([min(first), *(last + APART for last in asked)]) == at


def test_a_pause_that_is_open_is_waited_out() -> None:
    """Nobody knows yet when it is due."""
    calendar = Calendar(ZoneInfo("UTC"), frozenset(range(5)), time(9), time(17), None, (Pause(BEGIN, None),))
    goal = Reminding(1, 1, BEGIN, None, 0, 0, pending=False)
    assert due(goal, timedelta(days=30), elapsed(calendar), None) is None


@pytest.mark.parametrize("percent", range(0, 101, 10))
def test_a_share_can_be_read_back(percent: int) -> None:
    """Ten squares, as many of them full as there are tens."""
    assert (percent // 10, 10) == (bar(percent).count("■"), len(bar(percent)))
    assert percent == read_percent(str(percent))


@given(st.text())
def test_whatever_is_typed_as_a_share(text: str) -> None:
    """Nothing fails, and nothing is taken that isn't offered."""
    assert read_percent(text) in (None, *range(0, 101, 10))
