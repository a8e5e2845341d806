"""A list that isn't right: what has to be mended is told, and what may be meant; nothing is imported."""

import csv
from io import StringIO
from pathlib import Path

import pytest

from bot.people import Role
from tests.community.lists import LIST, form_of
from tests.community.town import (
    button,
    imports,
    pairs,
    problems,
    roles,
    town,
    uploads,
)
from tests.storage.tables import changed, every_row
from tests.world import World

WRONG = [
    ("Tom,@nobody,mentor,", "account", "I can't find", ""),
    ("Tom,@ravii,mentor,", "account", "I can't find", "'@ravi"),
    ("Tom,,mentor,", "account", "neither an account nor an email", ""),
    (",,mentor,", "account", "this row names nobody", ""),
    ("Tom,@tomas,,", "role", "I need a role for Tom", ""),
    ("Tom,@tomas,mentee,Tom", "mentor", "paired with themself", ""),
    ("Tom,@tomas,mentee,@tomas", "mentor", "paired with themself", ""),
    ("Tom,@tomas,mentee,Amara Okafur", "mentor", "is called Amara Okafur", "Amara Okafor"),
    ("Tom,@tomas,mentee,Ravi Menon", "mentor", "Ravi Menon isn't a mentor", ""),
    ("Tom,@tomas,mentor,Amara Okafor", "mentor", "Tom isn't a mentee", ""),
    ("=cmd(),@tomas,mentor,", "name", "is a formula", ""),
    ("Other,@amara,mentor,\nAmara,@amara,mentor,", "name", "@amara stands in line 3 already, there as Other", ""),
]


@pytest.mark.parametrize(("rows", "column", "reason", "guess"), WRONG)
async def test_what_has_to_be_mended(
    sqlite_url: str, tmp_path: Path, rows: str, column: str, reason: str, guess: str
) -> None:
    """Each wrong row is told by line and column, with a reason and a guess; the right ones aren't imported either."""
    async with town(sqlite_url, tmp_path) as there:
        before = await every_row(there.database)
        answer = await uploads(there, f"name,account,role,mentor\nMei,@mei,mentee,\n{rows}\n".encode())
        head, *found = csv.reader(StringIO(problems(answer)))
        assert ["line", "column", "what to mend", "perhaps"] == head
        if guess.startswith("'@") and not there.ids_are_handles:
            guess = ""  # whose account is written similarly, only the platform knows
        assert (1, column, True, guess) == (len(found), found[0][1], reason in found[0][2], found[0][3])
        line = str(2 + rows.count("\n") + 1)
        assert line == found[0][0]
        assert f"Line {line}, {column}: " in answer.text
        assert "Nothing was imported" in answer.text
        assert set() == changed(before, await every_row(there.database))


async def test_what_the_good_rows_would_do(there: World) -> None:
    """Rows that have to be mended aren't counted, nor those that pair somebody with one of them."""
    rows = "Mei,@mei,mentee,\nTom,@nobody,mentor,\nPaul,@p1,mentee,Tom\nPia,@p2,mentee,Amara Okafor\n,@lena,mentor,\n"
    answer = await uploads(there, f"name,account,role,mentor\n{rows}".encode())
    assert "The other rows are fine: they would add 2 people, change 1 person and make 1 pairing." in answer.text
    answer = await uploads(there, b"name,account,role,mentor\nTom,@nobody,mentor,\n")
    assert "The other rows" not in answer.text


async def test_an_example_to_begin_with(there: World) -> None:
    """The form shows two lines, and a file can be had that is read as it is."""
    hints = {field.name: field.hint for field in (await form_of(there)).fields}
    assert "name,account,role,mentor\nLena Vogt,@lena,mentee,@amara" in hints["text"]
    example = await there.driver.commands("rosa", "/mentor-admin import example")
    assert "All is as the list says already" in (await uploads(there, example.files["people.csv"])).text
    assert (await there.driver.presses("rosa", "Import people", example)).form == await form_of(there)


async def test_many_problems(there: World) -> None:
    """Twenty stand in the message, all of them in the file."""
    rows = "".join(f"X{number},@nobody{number},mentor\n" for number in range(300))
    answer = await uploads(there, f"name,account,role\n{rows}".encode())
    assert "300 things have to be mended" in answer.text
    assert "… and 280 more. The file has them all." in answer.text
    assert 20 == answer.text.count("I can't find")
    assert 300 + 1 == len(problems(answer).splitlines())


async def test_pasted_rows_can_be_mended(there: World) -> None:
    """What was pasted comes back in the form, so that nothing is typed twice."""
    form = await form_of(there)
    wrong = "name,account,role\nTom,@tomas,mentr\n"
    answer = await there.driver.submits("rosa", form, {"text": wrong})
    assert "Did you mean mentor?" in answer.text
    again = (await there.driver.presses("rosa", "Mend what I pasted", answer)).form
    assert again is not None
    assert wrong.strip() == again.values["text"]
    right = await there.driver.submits("rosa", again, {"text": wrong.replace("mentr", "mentor")})
    await there.driver.presses("rosa", "Add 1 person", right)
    assert frozenset({Role.MENTOR}) == await roles(there, "Tom")


async def test_neither_or_both(there: World) -> None:
    """A file or pasted rows: one of them."""
    form = await form_of(there)
    assert ["file"] == list((await there.driver.submits("rosa", form, {"text": " "})).errors)
    both = await uploads(there, LIST.encode(), text="name\nx")
    assert ["text"] == list(both.errors)
    unreadable = await uploads(there, b"PK\x03\x04")
    assert "Excel" in unreadable.errors["file"]


async def test_rows_that_stand_there_twice(there: World) -> None:
    """The same row again counts once; several rows about one person are put together."""
    rows = (
        "name,account,role,mentor\nTom,@tomas,mentor,\nTom,@tomas,mentor,\n"
        "Mei,@mei,mentee,Tom\nMei,@mei,mentor,\n,@mei,,Amara Okafor\nPaul,@p1,,Mei\n"
    )
    answer = await uploads(there, rows.encode())
    assert "1 row stands there twice" in answer.text
    await there.driver.presses("rosa", button(answer, "community.import_now"))
    assert frozenset({Role.MENTOR, Role.MENTEE}) == await roles(there, "Mei")
    assert frozenset({Role.MENTEE}) == await roles(there, "Paul")
    assert {("Tom", "Mei"), ("Amara Okafor", "Mei"), ("Mei", "Paul")} <= set(await pairs(there))


async def test_the_same_person_under_two_spellings(there: World) -> None:
    """It is warned of people who are called nearly alike; a name without an account is taken for who has it."""
    rows = "name,account,role,mentor\nJose Garcia,@p1,mentor,\nJosé García,@p2,mentor,\nLENA VOGT,,,Jose Garcia\n"
    answer = await uploads(there, rows.encode())
    assert "Line 3, José García: is that Jose Garcia (@p1)?" in answer.text
    assert 'Line 4: I take "LENA VOGT" for Lena Vogt.' in answer.text
    await there.driver.presses("rosa", button(answer, "community.import_now"))
    assert ("Jose Garcia", "Lena Vogt") in await pairs(there)


async def test_two_of_one_name(there: World) -> None:
    """A name that several people have doesn't say whom to pair; their account does."""
    await there.asks("rosa", "/mentor-admin add @twin mentee")
    wrong = await uploads(there, b"account,mentee\n@amara,Lena Vogt\n")
    assert "there are several people called Lena Vogt: @lena and @twin" in wrong.text
    assert "1 pairing was made" in await imports(there, "account,mentee\n@amara,@twin\n")
