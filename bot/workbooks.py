"""A workbook with one sheet, whose rows are written as they come: however many there are, only the file grows."""

import re
import zipfile
from collections.abc import Sequence
from datetime import datetime
from io import BytesIO
from xml.sax.saxutils import escape

SHEET = "xl/worksheets/sheet1.xml"
LONGEST = 32_767  # characters that a cell holds
_DAY_ZERO = datetime(1899, 12, 30)  # noqa: DTZ001 - a cell's time has no zone
_DAY = 86_400
_ROWS = re.compile("<sheetData>.*</sheetData>", re.DOTALL)
# What XML can't hold, and what would be read as standing for that.
_UNWRITABLE = re.compile("[\x00-\x08\x0b-\x1f\ufffe\uffff]|_(?=x[0-9A-Fa-f]{4}_)")

Cell = str | int | float | datetime | None


class Workbook:
    """A workbook that is being written."""

    def __init__(self) -> None:
        """Begin."""
        self._content = BytesIO()
        self._zip = zipfile.ZipFile(self._content, "w", zipfile.ZIP_DEFLATED)
        before, self._after = _frame(self._zip)
        self._sheet = self._zip.open(SHEET, "w")
        self._sheet.write(before.encode())
        self._rows = 0

    def add(self, row: Sequence[Cell]) -> None:
        """Write a row."""
        self._rows += 1
        cells = "".join(_cell(f"{_letters(column)}{self._rows}", cell) for column, cell in enumerate(row))
        self._sheet.write(f'<row r="{self._rows}">{cells}</row>'.encode(errors="replace"))

    def done(self) -> bytes:
        """Return the file."""
        self._sheet.write(self._after.encode())
        self._sheet.close()
        self._zip.close()
        return self._content.getvalue()


def _frame(to: zipfile.ZipFile) -> tuple[str, str]:
    """Write all that is around the sheet, as a library does it; return what stands in the sheet around the rows."""
    import xlsxwriter  # noqa: PLC0415 - few need it

    content = BytesIO()
    book = xlsxwriter.Workbook(content, {"in_memory": True})
    time = book.add_format({"num_format": "yyyy-mm-dd hh:mm"})  # the style of number 1
    book.add_worksheet().write_datetime(0, 0, _DAY_ZERO, time)
    book.close()
    with zipfile.ZipFile(content) as made:
        for name in (name for name in made.namelist() if name != SHEET):
            to.writestr(name, made.read(name))
        sheet = re.sub("<dimension[^>]*/>", "", made.read(SHEET).decode())
    before, after = _ROWS.split(sheet)
    return f"{before}<sheetData>", f"</sheetData>{after}"


def _cell(place: str, cell: Cell) -> str:
    """Return a cell: a text is a text, whatever it begins with."""
    if isinstance(cell, str):
        text = escape(_UNWRITABLE.sub(_written_out, cell[:LONGEST]))
        return f'<c r="{place}" t="inlineStr"><is><t xml:space="preserve">{text}</t></is></c>'
    if isinstance(cell, datetime):
        return f'<c r="{place}" s="1"><v>{(cell - _DAY_ZERO).total_seconds() / _DAY:.16G}</v></c>'
    return "" if cell is None else f'<c r="{place}"><v>{cell}</v></c>'


def _written_out(found: re.Match[str]) -> str:
    return f"_x{ord(found[0]):04X}_"


def _letters(column: int) -> str:
    """Return the name of a column: A, B, … Z, AA."""
    return (_letters(column // 26 - 1) if column >= 26 else "") + chr(ord("A") + column % 26)  # noqa: PLR2004
