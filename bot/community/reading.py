"""From a file's bytes to rows of cells: its encoding and its separator are found out. No file is opened here."""

import codecs
import csv
from collections.abc import Iterator
from dataclasses import dataclass
from io import StringIO
from itertools import islice

from bot.community import reading_wording as wording
from bot.errors import UserError
from bot.members.words import fold

LARGEST = 5_000_000  # bytes
MOST = 10_000  # rows beside the first one
_SEPARATORS = (",", ";", "\t", "|")
_SAID = frozenset(f"sep={separator}" for separator in (*_SEPARATORS, ":"))
_MARKS = (  # UTF-32's begins like UTF-16's
    (codecs.BOM_UTF8, "utf-8-sig", "UTF-8"),
    (codecs.BOM_UTF32_LE, "utf-32", "UTF-32"),
    (codecs.BOM_UTF32_BE, "utf-32", "UTF-32"),
    (codecs.BOM_UTF16_LE, "utf-16", "UTF-16"),
    (codecs.BOM_UTF16_BE, "utf-16", "UTF-16"),
)
_WORKBOOKS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")  # .xlsx and .ods; .xls
_LOOKED_AT = 2_000  # bytes, to see whether every second one is nothing
_MANY = 0.3


@dataclass(frozen=True, slots=True)
class Row:
    """The cells of a row, and in which line of the file it begins."""

    line: int
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """What stands in a file: its first row, the rows below, how it is encoded and by what cells are separated."""

    header: Row
    rows: tuple[Row, ...]
    encoding: str
    separator: str


def read(content: bytes, known: frozenset[str] = frozenset()) -> Table:
    """Read a file; of several separators the one counts with which most cells of the first row are `known`, folded.

    Raises UserError for what is no table of text, is empty or too long.
    """
    if len(content) > LARGEST:
        raise UserError(wording.too_large(LARGEST))
    if content.startswith(_WORKBOOKS):
        raise UserError(wording.WORKBOOK)
    text, encoding = decoded(content)
    begin, text, said = _told(text)
    separator = said or _separator(text, known)
    rows = _rows(text, separator, begin)
    if not rows:
        raise UserError(wording.EMPTY)
    if len(rows) > MOST + 1:
        raise UserError(wording.too_many(MOST))
    return Table(rows[0], tuple(rows[1:]), encoding, separator)


def decoded(content: bytes) -> tuple[str, str]:
    """Return a file's text and the name of its encoding. Raises UserError for what is no text."""
    mark = next(((codec, name) for mark, codec, name in _MARKS if content.startswith(mark)), None)
    codec, name = mark or _guessed(content)
    try:
        text = content.decode(codec)
    except UnicodeError:
        raise UserError(wording.not_readable(name)) from None
    if "\x00" in text:
        raise UserError(wording.NO_TEXT)
    return text.removeprefix("\ufeff"), name


def _guessed(content: bytes) -> tuple[str, str]:
    """Guess an encoding: every second byte nothing, valid UTF-8, or one byte a letter."""
    some = content[:_LOOKED_AT]
    if some[1::2].count(0) > _MANY * len(some) / 2:
        return "utf-16-le", "UTF-16"
    if some[::2].count(0) > _MANY * len(some) / 2:
        return "utf-16-be", "UTF-16"
    for codec, name in (("utf-8", "UTF-8"), ("cp1252", "Windows-1252")):
        try:
            content.decode(codec)
        except UnicodeError:
            continue
        return codec, name
    return "latin-1", "Latin-1"


def _told(text: str) -> tuple[int, str, str]:
    """Return the number of the first line, the text from there on, and the separator if a line `sep=;` says it."""
    first, _, rest = text.partition("\n")
    plain = first.strip("\r\"' ")
    if plain.lower() in _SAID:
        return 2, rest, plain[-1]
    return (2, rest, "\t") if plain.strip().lower() == "sep=" else (1, text, "")


def _separator(text: str, known: frozenset[str]) -> str:
    def fits(separator: str) -> tuple[int, int]:
        header = next(_records(text, separator, 1), Row(1, ()))
        return sum(fold(cell) in known for cell in header.cells), sum(map(_says_something, header.cells))

    return max(_SEPARATORS, key=fits)


def _says_something(cell: str) -> bool:
    return any(char.isalnum() for char in cell)


def _rows(text: str, separator: str, begin: int) -> list[Row]:
    return list(islice(_records(text, separator, begin), MOST + 2))


def _records(text: str, separator: str, begin: int) -> Iterator[Row]:
    """Yield the rows that hold anything. Raises UserError for a quotation mark that is never closed."""
    lines = StringIO(text, newline="")
    reader = csv.reader(lines, delimiter=separator)
    odd, last = text.count('"') % 2 == 1, 0
    while True:
        line = last + begin
        try:
            cells = next(reader, None)
        except csv.Error:
            raise UserError(wording.too_long_a_cell(line)) from None
        if cells is None:
            return
        unclosed = odd and reader.line_num > last + 1 and _is_last(lines)
        last = reader.line_num
        if unclosed:
            raise UserError(wording.unclosed(line))
        if any(cell.strip() for cell in cells):
            yield Row(line, tuple(cells))


def _is_last(lines: StringIO) -> bool:
    here = lines.tell()
    more = lines.read(1)
    lines.seek(here)
    return not more
