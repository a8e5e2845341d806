"""Spans of time as people write them."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.durations import parse, say

WHOLE_SECONDS = st.integers(0, 315_360_000).map(lambda seconds: timedelta(seconds=seconds))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("90s", timedelta(seconds=90)),
        ("20m", timedelta(minutes=20)),
        ("24h", timedelta(days=1)),
        ("4d", timedelta(days=4)),
        ("2w", timedelta(days=14)),
        ("1d 12h", timedelta(hours=36)),
        ("1d12h", timedelta(hours=36)),
        ("12h 1d", timedelta(hours=36)),
        (" 2 D ", timedelta(days=2)),
        ("0s", timedelta(0)),
    ],
)
def test_a_duration_is_read_as_people_write_it(text: str, expected: timedelta) -> None:
    """Numbers with a unit add up, in any order and with or without spaces."""
    assert expected == parse(text)


@pytest.mark.parametrize(
    "text", ["", "20", "h", "soon", "1.5h", "-4d", "4d x", "20 mins", "1h 2h", "٣d", "1d, 12h", "9d" * 20]
)
def test_what_is_no_duration_is_refused_with_what_would_be_right(text: str) -> None:
    """The error shows what a duration looks like."""
    with pytest.raises(ValueError, match='should be a duration such as "90s"'):
        parse(text)


def test_a_duration_beyond_all_calendars_is_refused() -> None:
    """A length that no clock can count is an error in words, not an overflow."""
    with pytest.raises(ValueError, match="is too long"):
        parse("999999999w")


@pytest.mark.parametrize(
    ("length", "expected"),
    [
        (timedelta(hours=36), "36h"),
        (timedelta(days=4), "4d"),
        (timedelta(days=14), "14d"),
        (timedelta(seconds=90), "90s"),
        (timedelta(minutes=20), "20m"),
        (timedelta(0), "0s"),
    ],
)
def test_a_duration_is_said_in_one_unit(length: timedelta, expected: str) -> None:
    """The longest unit that goes in evenly is used."""
    assert expected == say(length)


@given(WHOLE_SECONDS)
def test_what_is_said_is_read_back(length: timedelta) -> None:
    """Nothing is lost between writing and reading."""
    assert length == parse(say(length))


@pytest.mark.parametrize("length", [timedelta(seconds=-1), timedelta(microseconds=1)])
def test_what_cannot_be_read_back_is_not_said(length: timedelta) -> None:
    """A length that no text gives back is an error, never rounded."""
    with pytest.raises(ValueError, match="not a whole number of seconds"):
        say(length)
