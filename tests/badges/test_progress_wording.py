"""What somebody reads of how far they are, where nothing is to be done, and in the picture."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from bot import policy
from bot.badges import progress_wording as wording
from bot.badges.forecast import forecast
from bot.badges.looking import Mine
from bot.badges.measures import Measure
from bot.badges.reading import parse
from bot.badges.rules import Measured, Standing, Verdict
from storage.awards import Award

NOW = datetime(2026, 5, 1, 12, tzinfo=UTC)
ENOUGH = "This would be enough"
KEPT = "A coordinator has looked at it, and you keep it. I say nothing about it before Saturday 2 May 2026."
BADGE = parse("""
name = "b"
title = "Good Company"
for = "both"
about = "For whoever comes."

[[criterion]]
measure = "events_attended"
at_least = 1
within = "60d"

[[criterion]]
measure = "response_rate"
at_least = "90%"
""")
EARNED = Award(1, 1, "b", 1, "k", NOW, None, by_hand=False, reason=None, evidence="[]", words="{}")


def stands(events: Verdict) -> Standing:
    """Return how the badge stands, with too few messages."""
    found = {Measure.EVENTS_ATTENDED: events, Measure.RESPONSE_RATE: Verdict.NEUTRAL}
    measured = tuple(Measured(one, found[one.measure], 0, one.needed) for one in BADGE.criteria)
    return Standing(BADGE, measured, (), policy.load().rate)


def page(events: Verdict, award: Award | None) -> str:
    """Return what somebody reads of the badge."""
    standing = stands(events)
    one = Mine(1, BADGE, standing, award, forecast(standing, NOW))
    return wording.page([one], [None], wording.Reader(NOW, "UTC", "default")).plain


@pytest.mark.parametrize(
    ("events", "award", "told"),
    [
        (Verdict.NEUTRAL, None, True),
        (Verdict.NEUTRAL, EARNED, False),
        (Verdict.MISSED, EARNED, True),
        (Verdict.MISSED, replace(EARNED, by_hand=True), False),
    ],
)
def test_what_would_be_enough(events: Verdict, award: Award | None, told: bool) -> None:
    """It is said to whoever has no badge yet, or misses something for one that goes by figures; to nobody else."""
    assert told == (ENOUGH in page(events, award))


def test_what_a_coordinator_kept() -> None:
    """Whoever was warned reads that a coordinator let them keep it, as long as that holds and something is missing."""
    kept = replace(EARNED, kept_until=NOW + timedelta(days=1))
    assert KEPT in page(Verdict.MISSED, kept)
    assert KEPT not in page(Verdict.MET, kept)
    assert "A coordinator" not in page(Verdict.MISSED, replace(EARNED, kept_until=NOW))


def test_the_picture_says_nothing_twice() -> None:
    """Beside "too little to count" stands how many there are."""
    _, rate = wording.rows(stands(Verdict.MET), "UTC")
    assert ("too little to count", "0 so far") == (rate.said, rate.figure)
