"""Values as people write them."""

from collections.abc import Iterator
from datetime import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot import policy
from bot.errors import UserError
from bot.language import speaking
from bot.settings.figures import FIGURES, SECTIONS, Figure, Kind
from bot.settings.reading import days, read, said
from bot.settings.standing import value_of

DAYS, OPENS = FIGURES["hours.days"], FIGURES["hours.opens"]
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


def test_a_time_is_said_as_it_is_written() -> None:
    """With minutes."""
    assert "09:00" == said(OPENS, time(9))


@pytest.mark.parametrize("figure", [figure for figure in FIGURES.values() if figure.kind is not Kind.POLICY])
def test_every_value_that_is_said_in_another_language_can_be_read(figure: Figure) -> None:
    """A form in Spanish that is sent off as it was is right, too."""
    figures = policy.load("default", {"nudges.told_after": "36h", "hours.days": "mon sat sun"})
    with speaking("es"):
        again = read(figure, said(figure, value_of(figures, figure.key)))
    assert value_of(figures, figure.key) == value_of(policy.load("default", {figure.key: again or ""}), figure.key)


@pytest.mark.parametrize(
    ("key", "typed", "expected"),
    [
        ("nudges.first_after", "un día y medio", "36h"),
        ("nudges.first_after", "medio día", "12h"),
        ("nudges.first_after", "dos días", "2d"),
        ("nudges.first_after", "half a day", "12h"),
        ("nudges.first_after", "36 h", "36h"),
        ("hours.days", "lunes y sábado", "mon sat"),
        ("hours.days", "Monday to Wednesday", "mon tue wed"),
    ],
)
def test_values_in_spanish(key: str, typed: str, expected: str) -> None:
    """In one's own words, or in English ones."""
    with speaking("es"):
        assert expected == read(FIGURES[key], typed)
