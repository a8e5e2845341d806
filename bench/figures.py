"""What a measurement says: a ratio, the raw figures it comes from, and whether that is within reach."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

SQLITE = "SQLite"
POSTGRES = "PostgreSQL"
DATABASES = (SQLITE, POSTGRES)
NONE = "-"
_MICRO, _MILLI = 1e-3, 1.0  # seconds below which the smaller unit is easier to read


@dataclass(frozen=True, slots=True)
class Reach:
    """What a ratio is to be: `limit` at most, or at least."""

    limit: float
    at_most: bool

    def __str__(self) -> str:
        """Say it."""
        return f"{'≤' if self.at_most else '≥'} {self.limit:g}"

    def holds(self, ratio: float) -> bool:
        """Tell whether a ratio is within reach."""
        return ratio <= self.limit if self.at_most else ratio >= self.limit


def at_most(limit: float) -> Reach:
    """Return a reach from above."""
    return Reach(limit, at_most=True)


def at_least(limit: float) -> Reach:
    """Return a reach from below."""
    return Reach(limit, at_most=False)


@dataclass(frozen=True, slots=True)
class Figure:
    """One row's ratio on one database, with the raw figures, and in words what limits it.

    `instead` says why a ratio out of reach is as good as met: the machine has no more to give. `failed`: what didn't
    work at all, so that nothing is met.
    """

    row: str
    database: str
    ratio: float
    raw: str
    reach: Reach
    limits: str = ""
    instead: str = ""
    failed: str = ""

    @property
    def met(self) -> bool:
        """Whether the figure is what it is to be."""
        return not self.failed and (bool(self.instead) or self.reach.holds(self.ratio))


def span(seconds: float) -> str:
    """Return a time in three digits."""
    if seconds < _MICRO:
        return f"{seconds * 1e6:.0f} µs"
    return f"{seconds * 1e3:.3g} ms" if seconds < _MILLI else f"{seconds:.3g} s"


def rate(per_second: float) -> str:
    """Return how many a second."""
    return f"{per_second:,.0f}/s"


HEADER = ("row", *DATABASES, "reach", "met", "what limits it")


def table(figures: Sequence[Figure]) -> str:
    """Return figures as a Markdown table, one line a row."""
    rows = dict.fromkeys(figure.row for figure in figures)
    lines = [_line([figure for figure in figures if figure.row == row]) for row in rows]
    return "\n".join(map(_joined, (HEADER, ["---"] * len(HEADER), *lines)))


def _line(figures: Sequence[Figure]) -> list[str]:
    told = {figure.database: f"{figure.ratio:.2f} ({figure.raw})" for figure in figures}
    columns = [told.get(database, NONE) for database in DATABASES]
    met = "yes" if all(figure.met for figure in figures) else "**no**"
    why = _each(word for figure in figures for word in (figure.failed, figure.instead, figure.limits))
    return [figures[0].row, *columns, _each(str(figure.reach) for figure in figures), met, why]


def _each(words: Iterable[str]) -> str:
    return "; ".join(dict.fromkeys(filter(None, words)))


def _joined(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"
