"""Lists of people as spreadsheets write them: read as they were meant, or refused with what would be right."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.community.columns import Column
from bot.community.lines import Line, Sheet, sheet
from bot.community.reading import MOST, read
from bot.errors import UserError
from bot.people import Role
from bot.tables import as_csv

LIST = "name,account,role,zone\nTomás Berg,@tomas,mentor,Europe/Madrid\nMei 🌱,@mei,mentee,\n"
TOMAS = Line(2, "Tomás Berg", "@tomas", roles=frozenset({Role.MENTOR}), zone="Europe/Madrid")
MEI = Line(3, "Mei 🌱", "@mei", roles=frozenset({Role.MENTEE}))


@pytest.mark.parametrize(
    ("content", "encoding"),
    [
        (LIST.encode(), "UTF-8"),
        (LIST.encode("utf-8-sig"), "UTF-8"),
        (LIST.encode("utf-16"), "UTF-16"),
        (LIST.encode("utf-16-le"), "UTF-16"),
        (LIST.encode("utf-16-be"), "UTF-16"),
        (LIST.encode("utf-32"), "UTF-32"),
        (LIST.replace(" 🌱", "").encode("cp1252"), "Windows-1252"),
        (LIST.replace(" 🌱", "").encode() + "José\x81,@jose,,".encode("latin-1"), "Latin-1"),
    ],
)
def test_encodings(content: bytes, encoding: str) -> None:
    """Whatever a spreadsheet wrote it in, it is read, and said as what."""
    assert encoding == read(content).encoding
    first = sheet(content).lines[0]
    if encoding != "Latin-1":
        assert TOMAS == first


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_separators_and_line_ends(separator: str, end: str) -> None:
    """Commas, semicolons and tabs, with the line ends of any machine."""
    content = LIST.replace(",", separator).replace("\n", end).encode()
    assert (TOMAS, MEI) == sheet(content).lines


def test_excels_own_line() -> None:
    """A first line `sep=;` says the separator, and plays no other part than in the numbers of lines."""
    found = sheet(("sep=;\r\n" + LIST.replace(",", ";")).encode())
    assert (3, "Tomás Berg") == (found.lines[0].number, found.lines[0].name)


def test_quotes_and_line_numbers() -> None:
    """A cell may hold separators and line breaks; a line's number is where its row begins."""
    found = sheet(b'role,"name",account\nmentor,"Berg, ""Tom""\nJr.",@tomas\n\n,\nmentee,Mei,@mei\n')
    assert [(2, 'Berg, "Tom" Jr.'), (6, "Mei")] == [(line.number, line.name) for line in found.lines]


@pytest.mark.parametrize(
    ("header", "columns"),
    [
        ("NAME,Account,ROLE(S),Time Zone", [Column.NAME, Column.ACCOUNT, Column.ROLES, Column.ZONE]),
        ("Nombre,Usuario,Rol,Zona horaria", [Column.NAME, Column.ACCOUNT, Column.ROLES, Column.ZONE]),
        ("correo electrónico,PAÍS,idioma", [Column.EMAIL, Column.COUNTRY, Column.LANGUAGE]),
        ("First name,Last name,E-mail", [Column.NAME, Column.SURNAME, Column.EMAIL]),
        ("handle,Mentor's name,coordinadora", [Column.ACCOUNT, Column.MENTOR, Column.COORDINATOR]),
        ("user,Paired with", [Column.ACCOUNT, Column.PARTNER]),
    ],
)
def test_columns_in_any_order_case_and_language(header: str, columns: list[Column]) -> None:
    """Columns are known by what they are called in English or Spanish."""
    assert columns == list(sheet(f"{header}\nx,y,,\n".encode()).called)


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "There is nothing in it"),
        (b"\n \n,,\n", "There is nothing in it"),
        (b"name,account\n", "There is nothing in it"),
        (b"PK\x03\x04 and so on", "a workbook of Excel"),
        (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00", "no file of text"),
        (b"\xff\xfea", "begins as UTF-16"),
        (b"colour,size\nred,2\n", "The first row has to say what the columns are"),
        (b"acount,size\nred,2\n", 'Did you mean "account" by "acount"'),
        (b"user,handle\na,b\n", 'Two columns mean the same: "user" and "handle"'),
        (b'name,account\n"Tom,@tomas\nMei,@mei\n', 'A quotation mark (") in line 2 is never closed'),
        (b"name,account\n" + b"x" * 200_000, "A cell in line 2 is far too long"),
        (b"account\n" + b"x\n" * (MOST + 1), "10000 rows at most"),
        (b"x" * 5_000_001, "too large"),
    ],
)
def test_what_is_no_list(content: bytes, says: str) -> None:
    """What can't be read at all is refused as a whole, with what would be right."""
    with pytest.raises(UserError) as error:
        sheet(content)
    assert says in str(error.value)


@pytest.mark.parametrize(
    ("row", "column", "reason", "guess"),
    [
        ("=HYPERLINK(1),@a,mentor,,", "Name", "is a formula", ""),
        (f"{'x' * 81},@a,mentor,,", "Name", "81 characters; 80 fit", ""),
        ("Tom,@a,mentr,,", "Role", '"mentr" is no role', "mentor"),
        ("Tom,@a,mentor,Europe/Londn,", "Zone", 'no time zone "Europe/Londn"', "Europe/London"),
        ("Tom,@a,mentor,Berlin,", "Zone", 'no time zone "Berlin"', "Europe/Berlin"),
        ("Tom,@a,mentor,UTC+2,", "Zone", "Europe/Madrid or America/Bogota", ""),
        ("Tom,@a,mentor,,Grmany", "Country", 'the country "Grmany"', "Germany"),
        ("Tom,@a,mentor,,,more", "", 'more cells than the first one: "more"', ""),
    ],
)
def test_what_has_to_be_mended(row: str, column: str, reason: str, guess: str) -> None:
    """A cell that can't be read is told with its line, its column, and what may have been meant."""
    (problem,) = sheet(f"Name,Account,Role,Zone,Country\nMei,@mei,mentee,,\n{row}\n".encode()).problems
    assert (3, column, True, guess) == (problem.line, problem.column, reason in problem.reason, problem.guess)


@pytest.mark.parametrize("name", ["+34 600", "-Tom-", "@home", "L" * 80, "يوسف الخطيب", "👩‍👩‍👧", "O'Brien; Jr."])
def test_unusual_names_are_names(name: str) -> None:
    """What a spreadsheet might take for a formula, other scripts and emoji are kept as they are."""
    found = sheet(f'name,account\n"{name}",@a\n'.encode())
    assert ((), name) == (found.problems, found.lines[0].name)


def test_what_cannot_be_seen_is_taken_out() -> None:
    """Controls that turn a line about, and spaces of other widths, are no part of a name."""
    (line,) = sheet("name,account\n \u202eTom\u00a0\u2003 Berg\u200b\u0007 ,@a\n".encode()).lines
    assert "Tom Berg" == line.name


def test_words_in_both_languages() -> None:
    """Roles, countries and languages may be named in English and Spanish, zones in any case."""
    rows = "account,role,country,language,zone\na,Mentora y Coordinadora,Alemania,español,europe/madrid\nb,,DE-BY,es,\n"
    first, second = sheet(rows.encode()).lines
    assert frozenset({Role.MENTOR, Role.COORDINATOR}) == first.roles
    assert ("DE", "Europe/Madrid", "DE-BY") == (first.country, first.zone, second.country)


def test_columns_that_say_nothing_are_told() -> None:
    """What plays no part is left out, and said."""
    found = sheet(b"name,account,Shoe size\nTom,@tomas,43\n")
    assert "Shoe size" in " ".join(found.remarks)


CELLS = st.text(max_size=20) | st.sampled_from(["mentor", "@tomas", "Europe/Madrid", "=1", '"', "ES", "Tomás Berg"])
HEADERS = st.lists(
    st.sampled_from(["name", "account", "role", "zone", "mentor", "país", "paired with", "?"]), min_size=1
)


@given(st.binary(max_size=400))
def test_any_bytes_are_read_or_refused(content: bytes) -> None:
    """Nothing but a text for people comes of any bytes."""
    try:
        found = sheet(content)
    except UserError:
        return
    assert isinstance(found, Sheet)


@given(
    HEADERS,
    st.lists(st.lists(CELLS, max_size=6), max_size=6),
    st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "cp1252"]),
    st.sampled_from([",", ";", "\t"]),
)
def test_any_table_is_read_or_refused(header: list[str], rows: list[list[str]], encoding: str, separator: str) -> None:
    """Whatever stands in the cells, each line can be stored, and comes back from where it is kept as it was."""
    text = "\n".join(separator.join(row) for row in (header, *rows))
    try:
        found = sheet(text.encode(encoding, "replace"))
    except UserError:
        return
    for line in found.lines:
        assert line == Line.from_plain(line.as_plain())
        assert "\x00" not in repr(line.as_plain())
        line.name.encode()


TEXTS = st.text(st.characters(exclude_characters="\x00", exclude_categories=["Cs"]), max_size=20)


@given(st.lists(TEXTS, min_size=1, max_size=5))
def test_what_a_spreadsheet_quotes_comes_back(cells: list[str]) -> None:
    """Cells that were written by rule are read as the same cells, whatever is in them."""
    table = as_csv([("account", "name"), *((f"u{number}", cell) for number, cell in enumerate(cells))])
    read_again = [row.cells[1] for row in read(table, frozenset({"account", "name"})).rows]
    assert [cell.removeprefix("'") for cell in cells] == [cell.removeprefix("'") for cell in read_again]
