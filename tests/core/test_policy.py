"""Figures: every preset loads, every change is checked, and each figure of a seed says which."""

import re
import tomllib
from collections.abc import Iterator
from datetime import time, timedelta
from importlib import resources
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.errors import UserError
from bot.policy import NOT_YET, Policy, Unusable, bounds, load, not_yet, presets, sources

SEEDS = {"imstl", "safety", "amps", "inzpireu"}
FIGURES = [f"{section}.{name}" for section, figures in load() for name in type(figures).model_fields]


def refusal(name: str = "default", **changes: str) -> str:
    """Return why figures are refused; a figure's dot is written as two underscores."""
    with pytest.raises(UserError) as caught:
        load(name, {key.replace("__", "."): value for key, value in changes.items()})
    return str(caught.value)


def written(name: str) -> dict[str, dict[str, Any]]:
    """Return the figures of a preset as its file has them."""
    sections = tomllib.loads(resources.files("bot").joinpath("policies", f"{name}.toml").read_text("utf-8"))
    return {section: values for section, values in sections.items() if section != NOT_YET}


def test_there_is_a_preset_for_each_seed() -> None:
    """And one that is none of them."""
    assert SEEDS | {"default"} == set(presets())


@pytest.mark.parametrize("name", presets())
def test_every_preset_loads(name: str) -> None:
    """Whole, with every figure."""
    assert isinstance(load(name), Policy)


@pytest.mark.parametrize("name", presets())
def test_presets_have_only_figures_that_there_are(name: str) -> None:
    """No preset carries a figure that the default one hasn't."""
    figures = {f"{section}.{key}" for section, values in written(name).items() for key in values}
    assert set() == figures - set(FIGURES)


def test_the_default_preset_has_every_figure() -> None:
    """So that a program that changes nothing lacks nothing."""
    assert set(FIGURES) == {f"{section}.{key}" for section, values in written("default").items() for key in values}


def cited() -> Iterator[tuple[str, str, str]]:
    """Yield the preset, figure and source of each figure that has one."""
    for preset in presets():
        for section, values in written(preset).items():
            for key, value in values.items():
                if isinstance(value, dict):
                    assert {"value", "source"} == value.keys()
                    yield preset, f"{section}.{key}", value["source"]


def test_what_a_seed_asks_for_names_it() -> None:
    """Each source begins with the seed's number and says where in it."""
    assert [] == [row for row in cited() if re.fullmatch(r"00[0-4], .{5,}", row[2]) is None]


def test_a_seeds_own_figures_have_a_source() -> None:
    """A preset of a seed holds nothing that the seed doesn't say."""
    of_seeds = [
        (name, section, key)
        for name in SEEDS
        for section, values in written(name).items()
        for key, value in values.items()
        if not isinstance(value, dict)
    ]
    assert [] == of_seeds


def test_the_seeds_figures() -> None:
    """Forty-eight hours to answer, from seed 004, in the preset that is made from it and in the default."""
    assert timedelta(hours=48) == load("inzpireu").nudges.answer_within
    assert {("default", "nudges.answer_within"), ("inzpireu", "nudges.answer_within")} <= {row[:2] for row in cited()}


def test_the_defaults() -> None:
    """As product.md lists them."""
    figures = load()
    nudges = figures.nudges
    steps = (nudges.first_after, nudges.second_after, nudges.last_after, nudges.quiet)
    assert (timedelta(days=1), timedelta(days=4), timedelta(days=8), timedelta(hours=8)) == steps
    assert (time(9), time(19, 30), frozenset(range(5))) == (
        figures.hours.opens,
        figures.hours.closes,
        figures.hours.days,
    )
    assert (1, 3) == (figures.budget.per_day, figures.budget.per_week)
    assert (20, 10, 20, 1) == tuple(figures.rate.model_dump().values())
    assert timedelta(weeks=26) == figures.kept.turns


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({"nudges__first_after": "12h"}, timedelta(hours=12)),
        ({"nudges__first_after": " 1d 12h "}, timedelta(hours=36)),
        ({"nudges__seen": "eyes, hourglass"}, frozenset({"eyes", "hourglass"})),
        ({"hours__days": "sat, sun"}, frozenset({5, 6})),
        ({"hours__opens": "07:30"}, time(7, 30)),
        ({"budget__per_week": "5"}, 5),
    ],
)
def test_a_figure_can_be_changed(change: dict[str, str], expected: object) -> None:
    """It is read as in a file; the others stay."""
    ((key, value),) = ((key.replace("__", "."), value) for key, value in change.items())
    section, _, name = key.partition(".")
    changed = load("inzpireu", {key: value})
    assert expected == getattr(getattr(changed, section), name)
    assert load("inzpireu").model_dump() | {section: None} == changed.model_dump() | {section: None}
    assert load("inzpireu") == load("inzpireu", {})


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"nudges__frist_after": "12h"}, "There is no figure 'nudges.frist_after'. Did you mean 'nudges.first_after'?"),
        ({"first_after": "12h"}, "There is no figure 'first_after'."),
        ({"nudges": "12h"}, "There is no figure 'nudges'."),
        ({"": "12h"}, "There is no figure ''."),
        ({"nudges__first_after": "soon"}, 'a duration such as "90s", "20m", "24h", "4d"'),
        ({"nudges__first_after": "0h"}, "nudges.first_after"),
        ({"nudges__first_after": "-1h"}, "a duration such as"),
        ({"nudges__together": "5"}, "nudges.together"),
        ({"hours__days": "monday"}, "days are some of mon, tue, wed, thu, fri, sat, sun"),
        ({"hours__days": ""}, "days are some of mon, tue, wed, thu, fri, sat, sun"),
        ({"hours__opens": "25:00"}, "hours.opens"),
        ({"budget__per_day": "0"}, "budget.per_day"),
        ({"budget__per_day": "many"}, "budget.per_day"),
    ],
)
def test_a_figure_that_does_not_fit_is_refused(changes: dict[str, str], said: str) -> None:
    """It is named, with what would be right."""
    assert said in refusal(**changes)


def test_all_problems_are_told_at_once() -> None:
    """Two figures that don't fit are two lines of the answer."""
    told = refusal(nudges__first_after="soon", budget__per_day="many")
    assert ("nudges.first_after" in told, "budget.per_day" in told) == (True, True)


@pytest.mark.parametrize("name", ["imslt", "../default", "", "default.toml", "\x00"])
def test_an_unknown_preset_is_refused(name: str) -> None:
    """The ones that there are are named."""
    assert "There are: amps, default, imstl, inzpireu, safety." in refusal(name)


def test_a_preset_that_is_nearly_right_is_guessed() -> None:
    """A slip of the finger is put right."""
    assert "Did you mean 'imstl'?" in refusal("imslt")


@given(st.sampled_from(FIGURES), st.text(max_size=20))
def test_whatever_is_given_is_taken_or_refused(figure: str, value: str) -> None:
    """Any text for any figure gives a policy or a UserError that names the figure."""
    try:
        load("default", {figure: value})
    except UserError as refused:
        said = str(refused)
    else:
        said = figure
    assert figure in said


@pytest.mark.parametrize("name", presets())
def test_what_cannot_be_done_yet_is_told_with_its_clause(name: str) -> None:
    """Each sentence ends with the documents that its preset is made from; the default one promises nothing more."""
    of = {"imstl": r"\(00[01]( and 001)?, .+\)\.", "safety": r"\(002, .+\)\.", "amps": r"\(003, .+\)\."}
    expected = of.get(name, r"\(004, .+\)\.")
    assert (name != "default") == bool(not_yet(name))
    assert [] == [rule for rule in not_yet(name) if re.search(expected + "$", rule) is None]


def test_sources() -> None:
    """A figure's source is that of its preset, or else of the default one."""
    own = {"nudges.answer_within", "goals.update_every", "notes.within", "sessions.hosts", "sessions.missed"}
    own |= {"reports.answered_within"}
    assert own == set(sources("imstl"))
    assert "004" in sources("inzpireu")["nudges.answer_within"]


@pytest.mark.parametrize(
    ("changes", "figures"),
    [
        ({"nudges.first_after": "48h"}, ("nudges.first_after", "nudges.answer_within")),
        ({"nudges.last_after": "4d"}, ("nudges.first_after", "nudges.second_after", "nudges.last_after")),
        ({"nudges.lull": "9h"}, ("nudges.lull", "nudges.quiet")),
        ({"rate.neutral_under": "21"}, ("rate.neutral_under", "rate.turns")),
    ],
)
def test_figures_that_do_not_fit_together(changes: dict[str, str], figures: tuple[str, ...]) -> None:
    """All of them are named, and that each alone would do."""
    with pytest.raises(Unusable) as caught:
        load("default", changes)
    assert [(figures, True)] == [(problem.figures, problem.fits) for problem in caught.value.problems]


@pytest.mark.parametrize(("changes"), [{"kept.turns": "27d"}, {"rate.turns": "1001"}, {"rate.forgiven": "-1"}])
def test_figures_have_bounds(changes: dict[str, str]) -> None:
    """What would delete everything tonight, or ask for more than there can be, is refused."""
    with pytest.raises(Unusable) as caught:
        load("default", changes)
    assert [(*changes,)] == [problem.figures for problem in caught.value.problems]


def test_bounds_are_known() -> None:
    """So that what would be right can be said."""
    assert ((1, 4), (0, 1000), (None, None)) == (
        bounds("nudges.together"),
        bounds("rate.forgiven"),
        bounds("hours.opens"),
    )
    assert (timedelta(weeks=4), None) == bounds("kept.turns")
