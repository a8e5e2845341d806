"""A replay on a page and in the terminal, for people."""

import io
import re
from datetime import timedelta
from html.parser import HTMLParser
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from rich.console import Console

from adapters.replay import terminal, wording
from adapters.replay.html import page
from adapters.replay.report import Report
from tests.replay.building import DAY, FILES
from tests.replay.telling import report, turn

EVIL = "<script>alert('1')</script>\"& $people [red]"
BLAME = re.compile(r"worst|bad|overdue|fail|slowest|rank|late\b|blame(?!\.)", re.IGNORECASE)


def _terminal(told: Report, width: int = 80) -> str:
    console = Console(width=width, file=io.StringIO(), color_system=None)
    terminal.show(told, console)
    assert isinstance(console.file, io.StringIO)
    return console.file.getvalue()


class _Tags(HTMLParser):
    """Gathers the tags of a page, with their attributes."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str | None]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Remember one."""
        self.tags.append(tag)
        self.attributes += attrs


def _tags(text: str) -> _Tags:
    tags = _Tags()
    tags.feed(text)
    return tags


def test_names_are_escaped(tmp_path: Path) -> None:
    """A name is never taken for markup, neither on the page nor in the terminal."""
    told = report(tmp_path, names={"UA": EVIL})
    shown = page(told)
    assert "script" not in _tags(shown).tags
    assert "&lt;script&gt;alert(&#x27;1&#x27;)&lt;/script&gt;&quot;&amp; $people [red]" in shown
    assert "[red]" in _terminal(told, 200)


def test_a_page_needs_nothing_else(tmp_path: Path) -> None:
    """No script, no outside resource: it can be put anywhere, or printed."""
    tags = _tags(page(report(tmp_path)))
    assert not {"script", "link", "img", "iframe", "object", "form"} & set(tags.tags)
    assert not {"src", "href", "action", "onload", "onclick"} & {name for name, _ in tags.attributes}


def test_each_chart_says_in_words_what_it_shows(tmp_path: Path) -> None:
    """With a title, a description, and the same figures as a table."""
    shown = page(report(tmp_path))
    charts = [ET.fromstring(svg) for svg in re.findall(r"<svg viewBox.*?</svg>", shown, re.DOTALL)]  # noqa: S314
    assert 2 == len(charts) == shown.count("<details>")
    for chart in charts:
        title, about = chart.find("title"), chart.find("desc")
        assert title is not None
        assert about is not None
        assert chart.get("aria-labelledby") == f"{title.get('id')} {about.get('id')}"
        assert len(str(title.text)) < len(str(about.text))


def test_ids_on_a_page_are_unique(tmp_path: Path) -> None:
    """So that what refers to them finds the right one."""
    ids = [value for name, value in _tags(page(report(tmp_path))).attributes if name == "id"]
    assert len(set(ids)) == len(ids)


@pytest.mark.parametrize(
    ("hours", "expected"),
    [(0.5, "under 1 h"), (1, "1-4 h"), (23, "12-24 h"), (24, "1-2 d"), (400, "longer"), (None, "none yet")],
)
def test_times_to_answer_are_counted_by_length(tmp_path: Path, hours: float | None, expected: str) -> None:
    """Each in one bar, and who never answered in the last."""
    assert f'<th scope="row">{expected}</th><td>1</td>' in page(report(tmp_path, turn(0, hours)))


def test_reminders_are_counted_by_week(tmp_path: Path) -> None:
    """From the Monday of the first message on; over many years several weeks are one bar."""
    week = 7 * 24
    few = page(report(tmp_path, turn(0, None, 1, 2, week)))
    assert '<th scope="row">27 Nov 2017</th><td>2</td>' in few
    assert '<th scope="row">04 Dec 2017</th><td>1</td>' in few
    assert "Reminders per 2 weeks" in page(report(tmp_path, turn(0, None, 0, 100 * week)))


def test_a_replay_without_turns_has_a_page(tmp_path: Path) -> None:
    """Charts of nothing are left out."""
    told = report(tmp_path)
    empty = Report((), told.members, told.summary)
    assert "<figure>" not in page(empty)


def test_the_terminal_lists_people_by_name(tmp_path: Path) -> None:
    """Nobody stands first for being slow; who was never waited for stands below."""
    shown = _terminal(report(tmp_path, turn(0, 1), turn(50, None, of="UB"), names={"UA": "zoe", "UB": "Ben"}))
    assert shown.index("Ben") < shown.index("zoe")
    one = _terminal(report(tmp_path, turn(0, 1), names={"UB": "Ben"}))
    assert "Nothing waited for 1 person: Ben." in one


@pytest.mark.parametrize("width", [40, 80, 200])
def test_the_terminal_shows_every_figure(tmp_path: Path, width: int) -> None:
    """Also in a narrow window."""
    shown = _terminal(report(tmp_path), width)
    for name, value in wording.lines(report(tmp_path).summary):
        assert set(f"{name} {value}".split()) <= set(shown.split())


def test_what_is_shown_is_kind(tmp_path: Path) -> None:
    """It offers help and blames nobody, and says what an export doesn't."""
    told = report(tmp_path)
    text = " ".join(_terminal(told, 200).split())
    assert "may need help" in text
    assert "Reactions carry no time in an export, so they count as given at once: 1 in all." in text
    assert "Nobody in a history can be asked when they like to be reminded." in text
    assert [] == BLAME.findall(text)


@pytest.mark.parametrize(
    ("length", "expected"),
    [
        (None, "-"),
        (timedelta(seconds=20), "under a minute"),
        (timedelta(seconds=61), "1 minute"),
        (timedelta(minutes=59), "59 minutes"),
        (timedelta(minutes=60), "1 hour"),
        (timedelta(hours=47), "47 hours"),
        (timedelta(hours=48), "2 days"),
        (timedelta(days=40), "40 days"),
    ],
)
def test_lengths_are_told_roughly(length: timedelta | None, expected: str) -> None:
    """One number and one unit say enough."""
    assert expected == wording.span(length)


def test_the_bar_counts_what_was_taken_in() -> None:
    """And is gone when it is done."""
    console = Console(width=80, file=io.StringIO(), force_terminal=True)
    with terminal.progress_bar(console, len(FILES[DAY])) as progress:
        progress(2)
    assert isinstance(console.file, io.StringIO)
    assert "2/2" in console.file.getvalue()
