"""A picture of how answers went."""

from collections.abc import Sequence

from bot.drawing import Content, png
from bot.language import spoken
from bot.nudges import overview_wording as wording
from bot.nudges.weeks import Week


def draw(weeks: Sequence[Week]) -> bytes:
    """Return the picture as PNG, 900 pixels by 400, in the language in use."""
    return png("nudges/chart.typ", _content(weeks), spoken())


def _content(weeks: Sequence[Week]) -> dict[str, Content]:
    longest = max((week.median.total_seconds() for week in weeks if week.median is not None), default=0)
    return {
        "title": wording.title(),
        "median": wording.median(),
        "share": wording.share(),
        "weeks": [_week(week, longest or 1) for week in weeks],
    }


def _week(week: Week, longest: float) -> dict[str, Content]:
    return {
        "label": wording.label(week),
        "count": wording.answers(week.answers),
        "median": None if week.median is None else week.median.total_seconds() / longest,
        "median_said": wording.short_length(week.median),
        "share": week.share,
        "share_said": wording.percent(week.share),
    }
