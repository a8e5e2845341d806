"""A certificate, against a bare compile of the same page; and against a page written by hand for one person."""

import json
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from statistics import median
from time import perf_counter

import typst

from bench.figures import Figure, at_most, span
from bench.ground import Ground
from bot.badges import certificate as drawn
from bot.badges.certificate import Words
from bot.badges.definition import Shape
from bot.drawing import ARCHIVED, FONTS, ROOT

ROW = "a certificate, against a bare compile of the same page"
ROUNDS, WARMING = 60, 5
AWARDED = datetime(2026, 6, 3, 10, tzinfo=UTC)
BY_HAND = Path(__file__).with_name("by_hand.typ")


async def certificate(ground: Ground) -> list[Figure]:
    """Measure, taking turns; each is for another person, as typst remembers what it has drawn."""
    fonts = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(FONTS)])
    rounds = [_round(number, ground.folder, fonts) for number in range(WARMING + ROUNDS)][WARMING:]
    ours, bare, by_hand = (median(side) for side in zip(*rounds, strict=True))
    raw = f"{span(ours)} / {span(bare)}; written by hand, where nothing is made to fit: {span(by_hand)}"
    return [Figure(ROW, ground.databases[0], ours / bare, raw, at_most(1.5))]


def _round(number: int, folder: Path, fonts: typst.Fonts) -> tuple[float, float, float]:
    """Return the seconds of a certificate, a bare compile and the page written by hand, each for somebody else."""
    first, second, third = (_words(3 * number + place) for place in range(3))
    written = folder / BY_HAND.name
    written.write_text(_by_hand(third), "utf-8")
    begin = perf_counter()
    drawn.certificate(first, AWARDED)
    ours = perf_counter()
    given = {"language": "en", "direction": "ltr", "content": asdict(second) | {"on": "#ffffff"}}
    _compile(ROOT / "badges" / "certificate.typ", ROOT, fonts, {"given": json.dumps(given)})
    bare = perf_counter()
    _compile(written, folder, fonts, {})
    return ours - begin, bare - ours, perf_counter() - bare


def _compile(source: Path, root: Path, fonts: typst.Fonts, inputs: dict[str, str]) -> None:
    typst.compile(
        source,
        root=root,
        format="pdf",
        pdf_standards=ARCHIVED,
        timestamp=AWARDED,
        font_paths=fonts,
        ignore_system_fonts=True,
        sys_inputs=inputs,
    )


def _by_hand(words: Words) -> str:
    source = BY_HAND.read_text("utf-8")
    for place, text in _varied(words).items():
        source = source.replace(place, text)
    return source


def _varied(words: Words) -> dict[str, str]:
    """Return what differs from person to person, by where it stands in the page written by hand."""
    lines = {f"LINE{place}": line for place, line in enumerate(words.lines)}
    return {"NAME": words.name, "ABOUT": words.about, "NUMBER": words.number, "MADE": words.made_on, **lines}


def _words(number: int) -> Words:
    day, figure = number % 28 + 1, number % 17 + 3
    lines = (
        f"At least 1 active goal: {figure}",
        f"At least 3 sessions attended in 60 days: {figure + 1}",
        f"Answers within 48 hours, at least 90%: {figure} of {figure}",
        f"Feedback given after at least 2 sessions: {figure + 2}",
        f"At least 1 update of a goal in 30 days: {figure + 3}",
    )
    return Words(
        language="en",
        program="Riverside Mentoring",
        heading="Certificate",
        given="is given to",
        name=f"Zoë Łukasiewicz {number}",
        earned="who has earned the",
        title="Accountability Badge for mentees",
        done="What was done",
        about=f"{day} March to {day} June 2026",
        lines=lines,
        stands="For the program: Rosa Lindqvist, coordinator",
        made_on=f"Given on {day} July 2026",
        number=f"Number 7F3K-{number}",
        shape=Shape.CIRCLE,
        colour="#1b6e53",
        sign="✓",
    )
