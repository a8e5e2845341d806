"""Figures as people name them."""

import pytest

from bot.errors import UserError
from bot.settings.figures import FIGURES, Figure
from bot.settings.understanding import understand


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
