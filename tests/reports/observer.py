"""Whoever has all files of a bot, and tries to learn from pairs of them which of two people made a report."""

import shutil
import sqlite3
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from itertools import chain
from math import comb, sqrt
from pathlib import Path
from statistics import fmean, pstdev

from tests.reports.twins import Left

Features = Mapping[str, float]
Counted = tuple[str, float]
Row = tuple[object, ...]

# What is drawn by lot, or sealed: only how long it is can tell anything.
DRAWN = {
    "report_case": {"id", "name", "public", "receipt", "coded", "hidden"},
    "report_wrap": {"case_id", "sealed"},
    "report_entry": {"id", "case_id", "sealed"},
    "report_draft": {"id", "sealed"},
    "report_unlock": {"id", "sealed"},
    "outbox": {"key"},
}
TEXTS = {"log", "metrics", "messages"}
SURE = 3.0  # so many times further from nothing than lots would have it: only such features count
LEAST = 0.1  # a difference that is always the same would weigh without end
PAGE, HEAD, FRAME = 4096, 32, 24  # bytes of SQLite's files


@dataclass(frozen=True)
class Base:
    """The file as it was before anybody wrote."""

    file: Path

    @cached_property
    def pages(self) -> frozenset[bytes]:
        """Its pages: whatever lies in them is no news."""
        content = self.file.read_bytes()
        return frozenset(content[at : at + PAGE] for at in range(0, len(content), PAGE))

    @cached_property
    def rows(self) -> Mapping[str, Mapping[Row, int]]:
        """Its rows and where they lie, by table."""
        with closing(sqlite3.connect(self.file)) as conn:
            return {table: {row: at for at, row in enumerate(rows)} for table, _, rows in _tables(conn)}


def features(left: Left, base: Base, people: Sequence[str]) -> Features:
    """Return what can be counted in what is left: by tables, by rows, by bytes, by what stands in which order."""
    found: dict[str, float] = defaultdict(float)
    counted = [_in_bytes(name, content, base, people) for name, content in left.files.items()]
    counted += [_in_tables(name, _apart(left, name), base) for name in left.files if name.endswith(".db")]
    counted += [_in_frames(left.files["mentorbot.db-wal"])]
    for name, value in chain.from_iterable(counted):
        found[name] += value
    return found


def _apart(left: Left, name: str) -> Path:
    """Return a copy to look into: a look at a file takes in what lies beside it."""
    copy = left.folder.with_name(f"{left.folder.name}-{name}")
    for ending in ("", "-wal"):
        if (left.folder / f"{name}{ending}").exists():
            shutil.copy(left.folder / f"{name}{ending}", f"{copy}{ending}")
    return copy


def _tables(conn: sqlite3.Connection) -> Iterator[tuple[str, list[str], list[Row]]]:
    """Yield each table with the names of its columns and its rows, in the order in which they lie there."""
    for (table,) in conn.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name").fetchall():
        cursor = conn.execute(f'SELECT * FROM "{table}"')  # noqa: S608 - a table's own name
        yield table, [column[0] for column in cursor.description], cursor.fetchall()


def _in_tables(name: str, file: Path, base: Base) -> Iterator[Counted]:
    with closing(sqlite3.connect(file)) as conn:
        for table, columns, rows in _tables(conn):
            yield f"{name} {table} rows", len(rows)
            for at, row in enumerate(rows):
                before = base.rows[table].get(row)
                if before is not None and before != at:
                    yield f"{name} {table} {before} lies at {at}", 1
                elif before is None:
                    yield f"{name} {table} {at} is new", 1
                    for column, value in zip(columns, row, strict=True):
                        yield from _in_value(f"{name} {table}.{column}", at, value, column in DRAWN.get(table, ()))
    for ending in ("", "-wal", "-shm"):
        Path(f"{file}{ending}").unlink(missing_ok=True)


def _in_value(column: str, at: int, value: object, drawn: bool) -> Iterator[Counted]:
    content = value if isinstance(value, bytes) else str(value).encode()
    yield f"{column} {at} is long", len(content)
    if drawn:
        return
    yield f"{column} {at} = {value!r}", 1
    if isinstance(value, int | float):
        yield f"{column} {at} counts", value
    elif isinstance(value, str) and value[:2] == "20" and value[4:5] == "-":
        yield f"{column} {at} is at", datetime.fromisoformat(value).timestamp()
    for byte, times in Counter(content).items():
        yield f"{column} byte {byte}", times


def _in_bytes(name: str, content: bytes, base: Base, people: Sequence[str]) -> Iterator[Counted]:
    yield f"{name} is long", len(content)
    for person in people:
        yield f"{name} has {person}", content.count(person.encode())
    if name in TEXTS:
        for word, times in Counter(content.decode().split()).items():
            yield f"{name} says {word}", times
    head, step = (HEAD + FRAME, FRAME + PAGE) if name.endswith("-wal") else (0, PAGE)
    pages = (content[at : at + PAGE] for at in range(head, len(content), step))
    for byte, times in Counter(b"".join(page for page in pages if page not in base.pages)).items():
        yield f"{name} byte {byte}", times


def _in_frames(wal: bytes) -> Iterator[Counted]:
    """Count which pages were written in which order."""
    for number, start in enumerate(range(HEAD, len(wal) - FRAME, FRAME + PAGE)):
        page, size = (int.from_bytes(wal[start + at : start + at + 4]) for at in (0, 4))
        yield f"frame {number} is page {page}", 1
        yield f"frame {number} is page {page} of size", size


def told_apart(differences: Sequence[Features]) -> tuple[int, int, list[str]]:
    """Learn from one half of the pairs, then tell of each of the others which one is the first person's.

    Return how often that was right, of how many, and what it went by.
    """
    half = len(differences) // 2
    weights = _learnt(differences[:half])
    right = 0.0
    for one in differences[half:]:
        score = sum(weights.get(name, 0) * by for name, by in one.items())
        right += 0.5 if score == 0 else score > 0
    return int(right), len(differences) - half, sorted(weights, key=lambda name: -abs(weights[name]))[:5]


def difference(one: Features, other: Features) -> Features:
    """Return what differs, and by how much."""
    both = {*one, *other}
    by = ((name, one.get(name, 0) - other.get(name, 0)) for name in both)
    return {name: value for name, value in by if value}


def _learnt(differences: Sequence[Features]) -> Features:
    """Weigh what differs by how surely it does (a discriminant as if nothing hung together)."""
    weights: dict[str, float] = {}
    for name in {name for one in differences for name in one}:
        values = [one.get(name, 0) for one in differences]
        mean, spread = fmean(values), pstdev(values)
        if abs(mean) * sqrt(len(values)) > SURE * spread:
            weights[name] = mean / (spread + LEAST * abs(mean)) ** 2 if mean else 0
    return weights


def likely_by_lot(right: int, of: int) -> float:
    """Return how likely it is to be right so often, or more often, by lot."""
    return float(sum(comb(of, times) for times in range(right, of + 1)) / 2**of)
