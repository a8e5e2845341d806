"""A certificate, against a bare compile of the same page, written by hand for one person."""

from datetime import UTC, datetime
from pathlib import Path
from statistics import median
from time import perf_counter

import typst

from bench.figures import Figure, at_most, span
from bench.ground import Ground
from bot.badges.certificate import Words, certificate as made
from bot.drawing import ARCHIVED, FONTS

ROW = "a certificate, against a bare compile of the same page"
ROUNDS, WARMING = 60, 5
AWARDED = datetime(2026, 6, 3, 10, tzinfo=UTC)
BARE = Path(__file__).with_name("bare_certificate.typ")
async def certificate(ground: Ground) -> list[Figure]:
    """Measure, taking turns; each is for another person, as typst remembers what it has drawn."""
    fonts = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(FONTS)])
    people = map(_words, range(WARMING + ROUNDS))
    took = [(_seconds_bare(words, fonts), _seconds(words)) for words in people][WARMING:]
    bare, ours = (median(side) for side in zip(*took, strict=True))
    return [Figure(ROW, ground.databases[0], ours / bare, f"{span(ours)} / {span(bare)}", at_most(1.5))]


def _seconds_bare(words: Words, fonts: typst.Fonts) -> float:
    begin = perf_counter()
    source = BARE.read_text("utf-8")
    for place, text in _varied(words).items():
        source = source.replace(place, text)
    typst.compile(source.encode(), format="pdf", pdf_standards=ARCHIVED, timestamp=AWARDED, font_paths=fonts)
    return perf_counter() - begin


def _seconds(words: Words) -> float:
    begin = perf_counter()
    made(words, AWARDED)
    return perf_counter() - begin


def _varied(words: Words) -> dict[str, str]:
    """Return what differs from person to person, by where it stands in the bare source."""
    lines = {f"LINE{place}": line for place, line in enumerate(words.lines)}
    return {"NAME": words.name, "SPAN": words.span, "NUMBER": words.number, "MADE": words.made_on, **lines}


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
        span=f"{day} March to {day} June 2026",
        lines=lines,
        stands="For the program: Rosa Lindqvist, coordinator",
        made_on=f"Given on {day} July 2026",
        number=f"Number 7F3K-{number}",
        shape="circle",
        colour="#1b6e53",
        sign="✓",
    )
