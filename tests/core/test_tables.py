"""Tables for spreadsheets: what stands in a cell is what was meant, in both formats, and never a formula."""

import csv
import io
import zipfile
from collections.abc import Sequence
from datetime import UTC, datetime
from xml.etree import ElementTree as ET

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.tables import FORMULAS, MARK, Cell, Format, as_csv, harmless, writer

NOON = datetime(2026, 7, 1, 12, tzinfo=UTC)
SHEET = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


def read_csv(content: bytes) -> list[list[str]]:
    """Read a file as a spreadsheet would."""
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))


def read_xlsx(content: bytes) -> list[list[tuple[str, str]]]:
    """Return the cells of a workbook, each with its type: `s` is a text, `n` a number."""
    with zipfile.ZipFile(io.BytesIO(content)) as book:
        sheet = ET.fromstring(book.read("xl/worksheets/sheet1.xml"))  # noqa: S314 - made by ourselves
    assert not list(sheet.iter(f"{SHEET}f"))  # a formula
    rows = []
    for row in sheet.iter(f"{SHEET}row"):
        cells = [(cell.get("t", "n"), "".join(cell.itertext())) for cell in row.iter(f"{SHEET}c")]
        rows.append([("s" if kind == "inlineStr" else kind, text) for kind, text in cells])
    return rows


def written(as_: Format, *pages: Sequence[Sequence[Cell]], zone: str = "Europe/Berlin") -> bytes:
    """Write pages of rows."""
    table = writer(as_, zone)
    for page in pages:
        table.add(page)
    return table.done()


def test_csv() -> None:
    """Rows of all pages stand under each other; times are local, nothing is an empty cell."""
    content = written(Format.CSV, [("Name", "When", "How many")], [("Åsa", NOON, 3), ("שלום", None, 0.5)])
    assert content.decode().startswith(MARK)
    assert [["Name", "When", "How many"], ["Åsa", "2026-07-01 14:00", "3"], ["שלום", "", "0.5"]] == read_csv(content)


def test_xlsx() -> None:
    """Texts are texts, numbers and times are numbers, so that a spreadsheet can count with them."""
    rows = read_xlsx(written(Format.XLSX, [("Name", "When")], [("Åsa", NOON), ("1234", 7)]))
    assert [("s", "Name"), ("s", "When")] == rows[0]
    assert [("s", "Åsa"), ("n", "46204.58333333334")] == rows[1]
    assert [("s", "1234"), ("n", "7")] == rows[2]


@pytest.mark.parametrize("text", ["=1+1", "@SUM(1)", "+1", "https://example.org", "{=1}", "a" * 40_000])
def test_a_workbook_takes_texts_as_texts(text: str) -> None:
    """Nothing is worked out, and nothing becomes a link; what no cell can hold is cut."""
    assert [[("s", text[:32_767])]] == read_xlsx(written(Format.XLSX, [(text,)]))


@pytest.mark.parametrize(
    ("text", "kept"),
    [("a <b> & ]]>", "a <b> & ]]>"), ("\x00\x1b\ufffe", "_x0000__x001B__xFFFE_"), ("_x0041_", "_x005F_x0041_")],
)
def test_what_a_workbook_cannot_hold(text: str, kept: str) -> None:
    """What isn't allowed in it is written out, as spreadsheets do it themselves; nothing breaks the file."""
    assert [[("s", kept)]] == read_xlsx(written(Format.XLSX, [(text,)]))


def test_a_workbook_of_many_columns() -> None:
    """Columns after Z have two letters, and numbers and nothing keep their places."""
    content = written(Format.XLSX, [[None, *range(28)]])
    with zipfile.ZipFile(io.BytesIO(content)) as book:
        sheet = book.read("xl/worksheets/sheet1.xml").decode()
    assert '<c r="B1"><v>0</v></c>' in sheet
    assert '<c r="AC1"><v>27</v></c></row></sheetData>' in sheet


@given(st.text())
@example("\n=1")
@example(" =1")
@example("@SUM(1)")
def test_nothing_is_a_formula(text: str) -> None:
    """However a text begins, what stands in the table doesn't begin like a formula; otherwise it is as it was."""
    kept = harmless(text)
    assert not kept.lstrip().startswith(FORMULAS)
    assert text == kept.removeprefix("'") or text == kept


def test_as_csv() -> None:
    """A small table is written at once."""
    assert [["'=1+1", "'@x"]] == read_csv(as_csv([("=1+1", "@x")]))
