"""A replay as one page that needs nothing else: no script, no outside resource."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from html import escape
from importlib import resources
from string import Template

from adapters.replay import wording
from adapters.replay.charts import Bars, bars, meter
from adapters.replay.report import MemberLine, Report
from bot.nudges.telling import Story

MOST_BARS = 60
WEEK = timedelta(weeks=1)
HOUR = timedelta(hours=1)
STEPS = (1, 4, 12, 24, 48, 96, 192)  # hours
BUCKETS = ("under 1 h", "1-4 h", "4-12 h", "12-24 h", "1-2 d", "2-4 d", "4-8 d", "longer", "none yet")
SHORT = ("1 h", "4 h", "12 h", "1 d", "2 d", "4 d", "8 d", "more", "none")


def page(report: Report) -> str:
    """Return the whole page."""
    template = Template(resources.files("adapters.replay").joinpath("page.html").read_text("utf-8"))
    charts = [chart for chart in (_weeks(report), _times(report)) if chart is not None]
    return template.substitute(
        title=escape(wording.TITLE),
        figures=_figures(report),
        charts="".join(map(_figure, charts)),
        columns="".join(f'<th scope="col">{escape(column)}</th>' for column in wording.COLUMNS),
        people="".join(map(_person, report.members)),
        remarks="".join(f"<p>{escape(remark)}</p>" for remark in wording.remarks(report)),
    )


def _figures(report: Report) -> str:
    rows = wording.lines(report.summary)
    return "".join(f"<div><dt>{escape(name)}</dt><dd>{escape(value)}</dd></div>" for name, value in rows)


def _figure(chart: tuple[Bars, Sequence[str]]) -> str:
    drawn, names = chart
    rows = zip(names, drawn.values, strict=True)
    cells = "".join(f'<tr><th scope="row">{escape(name)}</th><td>{value}</td></tr>' for name, value in rows)
    return (
        f"<figure><figcaption><h2>{escape(drawn.title)}</h2><p>{escape(drawn.about)}</p></figcaption>{bars(drawn)}"
        f"<details><summary>{wording.AS_TABLE}</summary><table>{cells}</table></details></figure>"
    )


def _weeks(report: Report) -> tuple[Bars, Sequence[str]] | None:
    nudges = sorted(at for turn in report.turns for at in turn.nudges)
    begins = report.summary.begins
    if not nudges or begins is None:
        return None
    monday = _monday(min(begins, nudges[0]))
    weeks = (nudges[-1] - monday) // WEEK + 1
    step = -(-weeks // MOST_BARS)
    values = [0] * -(-weeks // step)
    for at in nudges:
        values[(at - monday) // (step * WEEK)] += 1
    days = [f"{monday + n * step * WEEK:%d %b %Y}" for n in range(len(values))]
    return Bars("weeks", wording.per_week(step), wording.about_weeks(len(nudges), step), days, values), days


def _monday(instant: datetime) -> datetime:
    midnight = instant.replace(hour=0, minute=0, second=0, microsecond=0)
    return midnight - timedelta(days=instant.weekday())


def _times(report: Report) -> tuple[Bars, Sequence[str]] | None:
    if not report.turns:
        return None
    values = [0] * len(BUCKETS)
    for turn in report.turns:
        values[_bucket(turn)] += 1
    return Bars("times", wording.TIMES, wording.about_times(len(report.turns)), SHORT, values), BUCKETS


def _bucket(turn: Story) -> int:
    took = turn.took
    return len(STEPS) + 1 if took is None else sum(took >= hours * HOUR for hours in STEPS)


def _person(line: MemberLine) -> str:
    bar = "" if line.rate is None else meter(line.rate)
    cells = (line.turns, line.answered, line.nudges)
    return (
        f'<tr><th scope="row">{escape(line.name)}</th>{"".join(f"<td>{cell}</td>" for cell in cells)}'
        f"<td>{bar}{escape(wording.share(line.rate))}</td><td>{escape(wording.span(line.median))}</td></tr>"
    )
