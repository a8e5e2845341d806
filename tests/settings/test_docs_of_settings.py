"""docs/settings.md tells of every figure, as it is."""

from pathlib import Path

import pytest

from bot import policy
from bot.settings.figures import FIGURES, SECTIONS, Figure, Kind
from bot.settings.reading import said
from bot.settings.standing import value_of

PAGE = (Path(__file__).parents[2] / "docs" / "settings.md").read_text("utf-8")


@pytest.mark.parametrize("figure", FIGURES.values())
def test_every_figure_is_told_of(figure: Figure) -> None:
    """In one line: what it is called, what it is at first, what it means, and its name."""
    figures = policy.load()
    value = "`default`" if figure.kind is Kind.POLICY else said(figure, value_of(figures, figure.key))
    line = f"| {figure.label} | {value} | {figure.means} | `{figure.key}` |"
    assert line in PAGE.replace("\\_", "_")


def test_every_section_is_told_of() -> None:
    """Under the heading that its form has."""
    assert [] == [section.title for section in SECTIONS if f"### {section.title}\n" not in PAGE]
