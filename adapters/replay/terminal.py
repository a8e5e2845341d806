"""A replay in the terminal: a bar while it runs, a table and the figures afterwards."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.box import SIMPLE
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
from rich.table import Table
from rich.text import Text

from adapters.replay import wording
from adapters.replay.report import MemberLine, Report


@contextmanager
def progress_bar(console: Console, total: int) -> Iterator[Callable[[int], None]]:
    """Show a bar for `total` observations; what is given is told how many more were taken in."""
    columns = (TextColumn("Replaying"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=console, transient=True) as bar:
        task = bar.add_task("", total=total)
        yield lambda count: bar.advance(task, count)


def show(report: Report, console: Console) -> None:
    """Print the table of people by name, the figures, and what is to be known about them."""
    console.print(_people(report))
    others = [line.name for line in report.members if not _waited(line)]
    if others:
        console.print(Text(wording.quiet(others)))
    console.print(_figures(report))
    for remark in wording.remarks(report):
        console.print(Text(remark))


def _people(report: Report) -> Table:
    table = Table(title=wording.TITLE, title_justify="left", box=SIMPLE)
    name, *figures = wording.COLUMNS
    table.add_column(name, overflow="fold", min_width=10)
    for column in figures:
        table.add_column(column, justify="right", no_wrap=True)
    for line in filter(_waited, report.members):
        table.add_row(*map(Text, _cells(line)))  # Text: a name in brackets is not markup
    return table


def _waited(line: MemberLine) -> bool:
    return line.turns > 0


def _cells(line: MemberLine) -> list[str]:
    numbers = map(str, (line.turns, line.answered, line.nudges))
    return [line.name, *numbers, wording.share(line.rate), wording.span(line.median)]


def _figures(report: Report) -> Table:
    table = Table(box=None, show_header=False, pad_edge=False)
    table.add_column(style="bold")
    table.add_column(overflow="fold")
    for name, value in wording.lines(report.summary):
        table.add_row(Text(name), Text(value))
    return table
