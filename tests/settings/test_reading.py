"""Values as people write them."""

from collections.abc import Iterator
from datetime import time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot import durations, policy
from bot.durations import LONGEST
from bot.errors import UserError
from bot.settings.figures import FIGURES, SECTIONS, Figure, Kind
from bot.settings.reading import days, length, read, said
from bot.settings.standing import value_of
from bot.settings.understanding import understand

FIRST, DAYS, OPENS = FIGURES["nudges.first_after"], FIGURES["hours.days"], FIGURES["hours.opens"]
SEEN, A_DAY = FIGURES["nudges.seen"], FIGURES["budget.per_day"]


def every_figure() -> Iterator[str]:
    """Yield the figures that a policy has."""
    for section, figures in policy.load():
        yield from (f"{section}.{name}" for name in type(figures).model_fields)


def test_every_figure_of_a_policy_can_be_changed() -> None:
    """None is forgotten, and none is called like another."""
    assert {*every_figure(), "preset"} == set(FIGURES)
    assert len(FIGURES) == len({figure.label for figure in FIGURES.values()})


def test_a_section_fits_into_a_form() -> None:
    """A form has room for five fields at most."""
    assert [] == [section.name for section in SECTIONS if not 1 <= len(section.figures) <= 5]


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


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("mon tue", "mon tue"),
        ("Monday to Friday", "mon tue wed thu fri"),
        ("Mon-Fri", "mon tue wed thu fri"),
        ("Mon \u2013 Wed, Sat", "mon tue wed sat"),
        ("Sat to Mon", "mon sat sun"),
        ("Tuesdays and Saturdays", "tue sat"),
        ("thurs, fri.", "thu fri"),
        ("every day", "mon tue wed thu fri sat sun"),
        ("sun,sun", "sun"),
    ],
)
def test_days(typed: str, expected: str) -> None:
    """Names, short or long, one by one or from one to another."""
    assert expected == read(DAYS, typed)


@pytest.mark.parametrize("typed", ["", "t", "s", "Mon to", "to Friday", "Mon-", "some days", "1-5", "-", "mon - - fri"])
def test_what_is_no_day(typed: str) -> None:
    """One letter may be two days; it is never guessed."""
    with pytest.raises(UserError, match="Write days of the week"):
        read(DAYS, typed)


@given(st.frozensets(st.integers(0, 6), min_size=1))
def test_days_that_are_said_can_be_read(chosen: frozenset[int]) -> None:
    """Whichever they are."""
    assert chosen == policy.load("default", {"hours.days": read(DAYS, days(chosen)) or ""}).hours.days


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("9", "09:00"),
        ("9:30", "09:30"),
        ("09.30", "09:30"),
        ("7:30 pm", "19:30"),
        ("7pm", "19:00"),
        ("12 am", "00:00"),
        ("12 pm", "12:00"),
        ("19h30", "19:30"),
        ("24:00", "00:00"),
        ("0", "00:00"),
    ],
)
def test_times(typed: str, expected: str) -> None:
    """On either kind of clock."""
    assert expected == read(OPENS, typed)


@pytest.mark.parametrize("typed", ["", "25", "9:60", "13 pm", "0 am", "noonish", "9:3", "24:01", "-1"])
def test_what_is_no_time(typed: str) -> None:
    """It is refused."""
    with pytest.raises(UserError, match="Write a time of day"):
        read(OPENS, typed)


@pytest.mark.parametrize(("typed", "expected"), [("3", "3"), ("three", "3"), ("0", "0"), ("007", "7")])
def test_numbers(typed: str, expected: str) -> None:
    """In figures or in words."""
    assert expected == read(A_DAY, typed)


@pytest.mark.parametrize("typed", ["", "-1", "1.5", "many", "9" * 30, "1e3", "\u0663"])
def test_what_is_no_number(typed: str) -> None:
    """It is said which ones would do."""
    with pytest.raises(UserError, match="Write a whole number from 1 to 1000"):
        read(A_DAY, typed)


@pytest.mark.parametrize(
    ("typed", "expected"),
    [(":eyes: :hourglass:", "eyes, hourglass"), ("eyes,EYES", "eyes"), ("none", ""), ("+1", "+1")],
)
def test_reactions(typed: str, expected: str) -> None:
    """By name, with or without colons."""
    assert expected == read(SEEN, typed)


@pytest.mark.parametrize("typed", ["\U0001f440", "a/b", "x" * 65, " ".join(f"r{n}" for n in range(21))])
def test_what_is_no_reaction(typed: str) -> None:
    """Names are asked for."""
    with pytest.raises(UserError, match="Write the names of reactions"):
        read(SEEN, typed)


@given(st.sampled_from([*FIGURES.values()]), st.text(max_size=40))
def test_whatever_is_typed_is_read_or_refused(figure: Figure, typed: str) -> None:
    """Nothing that anybody can write is a fault; and what was read is a value that a policy can look at."""
    try:
        value = read(figure, typed)
    except UserError:
        return
    if value is not None and figure.kind is not Kind.POLICY:
        try:
            policy.load("default", {figure.key: value})
        except policy.Unusable:
            return


@pytest.mark.parametrize("figure", [figure for figure in FIGURES.values() if figure.kind is not Kind.POLICY])
def test_every_value_that_is_said_can_be_read(figure: Figure) -> None:
    """In every preset: a form that is sent off as it was is right."""
    for preset in policy.presets():
        figures = policy.load(preset)
        again = read(figure, said(figure, value_of(figures, figure.key)))
        assert figures == policy.load(preset, {figure.key: again or ""})


@pytest.mark.parametrize(
    ("typed", "key", "rest"),
    [
        ("first reminder 36h", "nudges.first_after", "36h"),
        ("First Reminder to 36 h", "nudges.first_after", "36 h"),
        ("first_reminder=36h", "nudges.first_after", "36h"),
        ("nudges.first_after: 36h", "nudges.first_after", "36h"),
        ("first after a day", "nudges.first_after", "a day"),
        ("quiet time 4h", "nudges.quiet", "4h"),
        ("days Monday to Friday", "hours.days", "Monday to Friday"),
        ("policy imstl", "preset", "imstl"),
        ("kept 30 weeks", "kept.turns", "30 weeks"),
        ("rate.turns 12", "rate.turns", "12"),
        ("first reminder", "nudges.first_after", ""),
    ],
)
def test_a_figure_is_named_by_label_or_key(typed: str, key: str, rest: str) -> None:
    """However it is written."""
    figure, value = understand(typed)
    assert (key, rest) == (figure.key, value)


@pytest.mark.parametrize("figure", FIGURES.values())
def test_every_figure_is_known_by_its_label(figure: Figure) -> None:
    """As it is shown."""
    assert (figure, "default") == understand(f"{figure.label} default")


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("frist reminder 36h", 'Did you mean "first reminder"?'),
        ("quite time 3h", 'Did you mean "quiet time"?'),
        ("messages per day 3", 'Did you mean "messages a day"?'),
        ("zzz", "All of them: /mentor-admin settings"),
        ("turns 12", "All of them: /mentor-admin settings"),
        ("x" * 500, "I don't know a setting"),
    ],
)
def test_an_unknown_figure_is_guessed(typed: str, said: str) -> None:
    """Or all are pointed to."""
    with pytest.raises(UserError) as caught:
        understand(typed)
    assert said in str(caught.value)


def test_a_time_is_said_as_it_is_written() -> None:
    """With minutes."""
    assert "09:00" == said(OPENS, time(9))
