"""A picture of how answers went, drawn by typst. What it says comes in as data, never as a part of its source."""

import json
from collections.abc import Sequence
from functools import cache
from importlib import resources

import typst

from bot.nudges import overview_wording as wording
from bot.nudges.weeks import Week

PIXELS_PER_INCH = 72  # the page is 900 points by 400


def draw(weeks: Sequence[Week]) -> bytes:
    """Return the picture as PNG, in the language in use."""
    chart = json.dumps(_content(weeks), ensure_ascii=False)
    source = resources.files("bot.nudges").joinpath("chart.typ").read_bytes()
    drawn = typst.compile(source, format="png", ppi=PIXELS_PER_INCH, sys_inputs={"chart": chart}, font_paths=_fonts())
    if not isinstance(drawn, bytes):
        raise TypeError("a chart is one page")
    return drawn


@cache
def _fonts() -> typst.Fonts:
    return typst.Fonts()


def _content(weeks: Sequence[Week]) -> dict[str, object]:
    longest = max((week.median.total_seconds() for week in weeks if week.median is not None), default=0)
    return {
        "title": wording.title(),
        "median": wording.median(),
        "share": wording.share(),
        "weeks": [_week(week, longest or 1) for week in weeks],
    }


def _week(week: Week, longest: float) -> dict[str, object]:
    return {
        "label": wording.label(week),
        "count": wording.answers(week.answers),
        "median": None if week.median is None else week.median.total_seconds() / longest,
        "median_said": wording.short_length(week.median),
        "share": week.share,
        "share_said": wording.percent(week.share),
    }
