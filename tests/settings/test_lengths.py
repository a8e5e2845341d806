"""Lengths as people write them."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot import durations
from bot.durations import LONGEST
from bot.errors import UserError
from bot.settings.figures import FIGURES
from bot.settings.reading import length, read

FIRST = FIGURES["nudges.first_after"]


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("36h", "36h"),
        ("36 h", "36h"),
        (" 36  Hours ", "36h"),
        ("a day and a half", "36h"),
        ("one and a half days", "36h"),
        ("1.5 days", "36h"),
        ("1,5 days", "36h"),
        ("1d 12h", "36h"),
        ("1 day, 12 hours", "36h"),
        ("two days", "2d"),
        ("half a day", "12h"),
        ("a half day", "12h"),
        ("half an hour", "30m"),
        ("an hour and a half", "90m"),
        ("90 mins.", "90m"),
        ("a week", "7d"),
        ("2 wks", "14d"),
        ("6 months", "180d"),
        ("1 year", "365d"),
        ("default", None),
        ("Default", None),
    ],
)
def test_lengths(typed: str, expected: str | None) -> None:
    """As people write them, in words or short."""
    assert expected == read(FIRST, typed)


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "soon",
        "36",
        "h",
        "day",
        "-1h",
        "0h",
        "half",
        "and",
        "1h half half",
        "99999 years",
        "36h!",
        "1:30",
        "1,000 days",
        "1 2 days",
        "\x00",
        "٣h",
        "½",
    ],
)
def test_what_is_no_length(typed: str) -> None:
    """It is given back, with what would be right."""
    with pytest.raises(UserError, match="Write a length of time, such as 36 hours, 2 days, or a day and a half"):
        read(FIRST, typed)


@given(st.integers(1, int(LONGEST.total_seconds())))
def test_a_length_that_is_said_can_be_read(seconds: int) -> None:
    """So that a form that is sent off as it was changes nothing."""
    span = timedelta(seconds=seconds)
    assert durations.parse(read(FIRST, length(span)) or "") == span


@pytest.mark.parametrize(
    ("span", "expected"),
    [
        (timedelta(hours=24), "24 hours"),
        (timedelta(hours=36), "36 hours"),
        (timedelta(hours=48), "48 hours"),
        (timedelta(days=4), "4 days"),
        (timedelta(days=14), "14 days"),
        (timedelta(weeks=26), "26 weeks"),
        (timedelta(days=30), "30 days"),
        (timedelta(hours=60), "2 days 12 hours"),
        (timedelta(minutes=90), "1 hour 30 minutes"),
        (timedelta(seconds=1), "1 second"),
    ],
)
def test_how_lengths_are_said(span: timedelta, expected: str) -> None:
    """Up to two days in hours, then in days, then in weeks."""
    assert expected == length(span)
