"""Tables that people open in a spreadsheet: rows go in page by page, and no cell is taken for a formula."""

import csv
from collections.abc import Iterable, Sequence
from datetime import datetime
from enum import StrEnum
from io import BytesIO, StringIO
from typing import Protocol
from zoneinfo import ZoneInfo

Cell = str | int | float | datetime | None
Row = Sequence[Cell]

FORMULAS = ("=", "+", "-", "@", "\t", "\r", "\n")
MARK = "\ufeff"  # so that a spreadsheet reads it as UTF-8
LONGEST = 32_767  # characters that a cell of a workbook holds


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
        self._text = StringIO(newline="")
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
        return self._text.getvalue().encode(errors="replace")


class XlsxWriter:
    """A table as a workbook with one sheet. Times are those of a zone; nothing of it is ever a file on this machine."""

    def __init__(self, zone: str) -> None:
        """Begin an empty table."""
        import xlsxwriter  # noqa: PLC0415 - few need it

        self._zone = ZoneInfo(zone)
        self._content = BytesIO()
        as_typed = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
        self._book = xlsxwriter.Workbook(self._content, {"in_memory": True, **as_typed})
        self._time = self._book.add_format({"num_format": "yyyy-mm-dd hh:mm"})
        self._sheet = self._book.add_worksheet()
        self._next = 0

    def add(self, rows: Iterable[Row]) -> None:
        """Write further rows."""
        for row in rows:
            for column, cell in enumerate(row):
                self._write(column, cell)
            self._next += 1

    def _write(self, column: int, cell: Cell) -> None:
        if isinstance(cell, datetime):
            local = cell.astimezone(self._zone).replace(tzinfo=None)
            self._sheet.write_datetime(self._next, column, local, self._time)
        elif isinstance(cell, str):
            self._sheet.write_string(self._next, column, cell[:LONGEST])
        elif cell is not None:
            self._sheet.write_number(self._next, column, cell)

    def done(self) -> bytes:
        """Return the file."""
        self._book.close()
        return self._content.getvalue()


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
