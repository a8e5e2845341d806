"""Badges as coordinators write them: read, or refused with each line that is wrong and why."""

from datetime import timedelta
from functools import partial

import pytest

from bot.badges.definition import Definition, Shape
from bot.badges.keeping import built_in
from bot.badges.measures import MEASURES, Kind, Measure
from bot.badges.reading import parse
from bot.written.parts import For
from tests.badges.town import one
from tests.written import wrong_in

SMALL = """
name = "steady"
title = "Steady"
for = "both"
about = "For those who meet."
shape = "star"
colour = "#AA3300"
sign = "★"
[[criterion]]
measure = "sessions_attended"
at_least = 2
within = "30d"
[[criterion]]
measure = "response_rate"
at_least = "90%"
"""
problems = partial(wrong_in, parse)


def test_a_badge_is_read() -> None:
    """All that stands in it, with what holds where nothing is said."""
    badge = parse(SMALL)
    assert ("steady", For.BOTH, Shape.STAR, "#aa3300", "★") == (
        badge.name,
        badge.whom,
        badge.shape,
        badge.colour,
        badge.sign,
    )
    assert [(2, timedelta(days=30), False), (90, None, True)] == [
        (one.needed, one.within, one.is_rate) for one in badge.criteria
    ]
    assert ((), False) == (badge.perks, badge.certificate)


SEED = {
    "mentor-accountability": [
        (Measure.GOALS_LINKED, 3, None),
        (Measure.SESSIONS_BOOKED, 3, 60),
        (Measure.AVAILABILITY_CURRENT, 0, None),
        (Measure.RESPONSE_RATE, 95, None),
        (Measure.FORMS_ON_TIME, 90, None),
        (Measure.EVENTS_ATTENDED, 1, 92),
    ],
    "mentee-accountability": [
        (Measure.GOALS_ACTIVE, 1, None),
        (Measure.SESSIONS_ATTENDED, 3, 60),
        (Measure.RESPONSE_RATE, 90, None),
        (Measure.FEEDBACK_GIVEN, 2, None),
        (Measure.GOAL_UPDATES, 1, 30),
    ],
}


def figures(badge: Definition) -> list[tuple[Measure, int, int | None]]:
    """Return what a badge needs."""
    return [(one.measure, one.needed, None if one.within is None else one.within.days) for one in badge.criteria]


def test_the_badges_of_seed_004() -> None:
    """Come with the bot: its figures, each with its source, and a certificate for mentees."""
    badges = {name: parse(source) for name, source in built_in().items()}
    assert SEED == {name: figures(badge) for name, badge in badges.items()}
    assert all(one.source.startswith("004, ") for badge in badges.values() for one in badge.criteria)
    assert {"mentor-accountability": False, "mentee-accountability": True} == {
        name: badge.certificate for name, badge in badges.items()
    }
    assert all(len(badge.perks) == 3 for badge in badges.values())


WRONG = [
    ('title = "Steady"', "", 1, "title is missing."),
    ('for = "both"', 'for = "all"', 4, "for has to be one of these"),
    ('shape = "star"', 'shape = "moon"', 6, "shape has to be one of these"),
    ('"#AA3300"', '"red"', 7, "Write a colour"),
    ('sign = "★"', 'sign = "★★★"', 8, "one or two characters"),
    ('sign = "★"', 'sing = "★"', 8, "There is no sing here. Did you mean sign?"),
    ('"sessions_attended"', '"sessions_atended"', 10, "measure has to be one of these"),
    ("at_least = 2", 'at_least = "2"', 11, "without quotes"),
    ("at_least = 2", "at_least = 0", 11, "from 1 to 1000"),
    ("at_least = 2", "at_least = 2.5", 11, "from 1 to 1000"),
    ("at_least = 2", "at_least = true", 11, "from 1 to 1000"),
    ("at_least = 2", "", 10, "at_least is missing."),
    ('within = "30d"', "", 10, "needs a time"),
    ('within = "30d"', 'within = "36h"', 12, "whole days from 1 to 366"),
    ('within = "30d"', 'within = "400d"', 12, "whole days from 1 to 366"),
    ('"90%"', '"101%"', 15, "from 1 to 1000"),
    ('"90%"', "90", 15, 'write at_least = "90%"'),
    ('"90%"', '"90%"\nwithin = "7d"', 16, "leave this line out"),
    (
        'measure = "response_rate"\nat_least = "90%"',
        'measure = "sessions_attended"\nat_least = 1\nwithin = "30d"',
        14,
        "same",
    ),
]


@pytest.mark.parametrize(("right", "wrong", "line", "reason"), WRONG)
def test_what_is_wrong_is_named(right: str, wrong: str, line: int, reason: str) -> None:
    """The line, and in plain words what would be right."""
    assert right in SMALL
    found = problems(SMALL.replace(right, wrong))
    assert any(at == line and reason in text for at, text in found), found


@pytest.mark.parametrize(
    "deep", ["a" + ".a" * 9_000 + " = 1", "x = {" + '"a".' * 3_500 + "a = 1}", "[" + "a." * 9_000 + "a]"]
)
def test_keys_within_keys_without_end(deep: str) -> None:
    """Aren't read at all: everybody else would wait for seconds. Dots in texts and comments are no keys."""
    assert [(16, "I can't read this line.")] == problems(f'{SMALL.strip()} # """ ...\n\n{deep}')
    assert [] == problems(SMALL.replace("those who meet", "." * 100) + "#" + "." * 100)


def test_every_measure_can_stand_in_a_badge() -> None:
    """Also the one that isn't there yet."""
    for measure, about in MEASURES.items():
        needed = {Kind.RATE: 'at_least = "90%"', Kind.COUNT: "at_least = 1", Kind.NOT_THERE: ""}[about.kind]
        within = 'within = "quarter"' if about.window.name != "NEVER" else ""
        head = SMALL.partition("[[criterion]]")[0]
        assert [] == problems(f'{head}[[criterion]]\nmeasure = "{measure}"\n{needed}\n{within}\n')


def test_what_comes_with_a_badge() -> None:
    """Is promised where the rules say so, or by whoever wrote a badge of their own."""
    given = parse(built_in()["mentee-accountability"])
    assert (3, ()) == (len(given.promised("inzpireu")), given.promised("default"))
    own = one("goals_active", "1").replace("[[", 'perks = ["Cake"]\n[[', 1)
    assert ("Cake",) == parse(own).promised("default")
