"""Small charts as SVG, each with a title and a description in words; colours come from the page."""

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

WIDTH, HEIGHT = 320, 175  # in the chart's own units: as wide as a phone, so that its letters are readable there
LEFT, TOP, BOTTOM = 30, 12, 24
MOST_LABELS = 9
GAP = 0.2  # of the room for one bar


@dataclass(frozen=True, slots=True)
class Bars:
    """A bar chart: one value for each label. `title` and `about` are its name and what it shows, in words."""

    key: str
    title: str
    about: str
    labels: Sequence[str]
    values: Sequence[int]


def bars(chart: Bars) -> str:
    """Return the chart as an SVG element."""
    top = max([1, *chart.values])
    room = (WIDTH - LEFT) / max(1, len(chart.values))
    drawn = "".join(_bar(number, value, room, top) for number, value in enumerate(chart.values))
    ids = f"{chart.key}-title {chart.key}-about"
    return (
        f'<svg viewBox="0 0 {WIDTH} {HEIGHT}" role="img" aria-labelledby="{ids}">'
        f'<title id="{chart.key}-title">{escape(chart.title)}</title>'
        f'<desc id="{chart.key}-about">{escape(chart.about)}</desc>'
        f"{_axis(top)}{drawn}{_labels(chart.labels, room)}</svg>"
    )


def meter(rate: float) -> str:
    """Return a small bar that is filled as far as `rate` (0 to 1); the figure stands beside it as text."""
    filled = f"{100 * min(1.0, max(0.0, rate)):.0f}"
    return (
        '<svg class="meter" viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true">'
        f'<rect class="room" width="100" height="10"/><rect class="bar" width="{filled}" height="10"/></svg>'
    )


def _bar(number: int, value: int, room: float, top: int) -> str:
    height = (HEIGHT - TOP - BOTTOM) * value / top
    x, y = LEFT + room * (number + GAP / 2), HEIGHT - BOTTOM - height
    return f'<rect class="bar" x="{x:.1f}" y="{y:.1f}" width="{room * (1 - GAP):.1f}" height="{height:.1f}"/>'


def _axis(top: int) -> str:
    steps = sorted({0, top // 2, top} if top > 1 else {0, top})
    return "".join(_line(step, HEIGHT - BOTTOM - (HEIGHT - TOP - BOTTOM) * step / top) for step in steps)


def _line(step: int, y: float) -> str:
    return (
        f'<line class="axis" x1="{LEFT}" x2="{WIDTH}" y1="{y:.1f}" y2="{y:.1f}"/>'
        f'<text class="label" x="{LEFT - 5}" y="{y + 4:.1f}" text-anchor="end">{step}</text>'
    )


def _labels(labels: Sequence[str], room: float) -> str:
    """Write the labels below the bars; if there are many, the first, the last and one between."""
    last = len(labels) - 1
    if last < MOST_LABELS:
        return "".join(_label(text, LEFT + room * (n + 0.5), "middle") for n, text in enumerate(labels))
    between = _label(labels[last // 2], LEFT + room * (last // 2 + 0.5), "middle")
    return _label(labels[0], LEFT, "start") + between + _label(labels[last], WIDTH, "end")


def _label(text: str, x: float, anchor: str) -> str:
    return f'<text class="label" x="{x:.1f}" y="{HEIGHT - 7}" text-anchor="{anchor}">{escape(text)}</text>'
