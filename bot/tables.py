"""Tables that people open in a spreadsheet: rows go in page by page, and no cell is taken for a formula."""

import csv
from collections.abc import Iterable, Sequence
from datetime import datetime
from enum import StrEnum
from io import BytesIO, TextIOWrapper
from typing import Protocol
from zoneinfo import ZoneInfo

from bot.workbooks import Workbook

Cell = str | int | float | datetime | None
Row = Sequence[Cell]

FORMULAS = ("=", "+", "-", "@", "\t", "\r", "\n")
PAGE = 100  # rows that a list reads at a time: while they are made, everybody else waits for the interpreter
MARK = "\ufeff"  # so that a spreadsheet reads it as UTF-8


class Format(StrEnum):
    """How a table is written; the value is the end of the file's name."""

    CSV = "csv"
    XLSX = "xlsx"


class Writer(Protocol):
    """A table that is being written: its rows, in as many pages as one likes, and the whole file in the end."""

    def add(self, rows: Iterable[Row]) -> None:
        """Write further rows; the first one of all is the heads of the columns."""
        ...

    def done(self) -> bytes:
        """Return the file."""
        ...


class CsvWriter:
    """A table as CSV. Times are those of a zone."""

    def __init__(self, zone: str) -> None:
        """Begin an empty table."""
        self._zone = ZoneInfo(zone)
        self._content = BytesIO()
        self._text = TextIOWrapper(self._content, "utf-8", "replace", newline="")
        self._text.write(MARK)
        self._rows = csv.writer(self._text)

    def add(self, rows: Iterable[Row]) -> None:
        """Write further rows."""
        self._rows.writerows([self._said(cell) for cell in row] for row in rows)

    def _said(self, cell: Cell) -> str:
        if isinstance(cell, datetime):
            return f"{cell.astimezone(self._zone):%Y-%m-%d %H:%M}"
        return harmless(cell) if isinstance(cell, str) else "" if cell is None else str(cell)

    def done(self) -> bytes:
        """Return the file."""
        self._text.flush()
        return self._content.getvalue()


class XlsxWriter:
    """A table as a workbook with one sheet. Times are those of a zone; nothing of it is ever a file on this machine."""

    def __init__(self, zone: str) -> None:
        """Begin an empty table."""
        self._zone = ZoneInfo(zone)
        self._book = Workbook()

    def add(self, rows: Iterable[Row]) -> None:
        """Write further rows."""
        for row in rows:
            self._book.add([self._local(cell) for cell in row])

    def _local(self, cell: Cell) -> Cell:
        return cell.astimezone(self._zone).replace(tzinfo=None) if isinstance(cell, datetime) else cell

    def done(self) -> bytes:
        """Return the file."""
        return self._book.done()


def writer(as_: Format, zone: str) -> Writer:
    """Begin a table in a format, with the times of a zone."""
    return CsvWriter(zone) if as_ is Format.CSV else XlsxWriter(zone)


def as_csv(rows: Iterable[Row], zone: str = "UTC") -> bytes:
    """Return a small table as CSV."""
    written = CsvWriter(zone)
    written.add(rows)
    return written.done()


def harmless(text: str) -> str:
    """Return a text with an apostrophe before it, if a spreadsheet could take it for a formula."""
    return f"'{text}" if text.startswith(FORMULAS) or text.lstrip().startswith(FORMULAS) else text
