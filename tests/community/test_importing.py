"""A list of people is looked through first, and imported as a whole or not at all."""

import asyncio
import csv
import re
from io import StringIO
from pathlib import Path

import pytest
from sqlalchemy import text

from bot.people import Role
from storage.outbox import Effect
from storage.programs import State
from tests.community.town import (
    button,
    imports,
    members,
    pairs,
    problems,
    roles,
    town,
    uploads,
)
from tests.drivers.driver import SeenForm
from tests.storage.tables import changed, every_row
from tests.world import World

LIST = (
    "name,account,role,mentor,zone,coordinator\n"
    "Tomás Berg,@tomas,mentor,,,\n"
    "Paul,@p1,mentee,Tomás Berg,Europe/Berlin,Rosa Delgado\n"
    ",@p2,mentee,Amara Okafor,,\n"
)


async def form_of(there: World) -> SeenForm:
    """Open the import's form."""
    form = (await there.driver.commands("rosa", "/mentor-admin import")).form
    assert form is not None
    return form


async def test_a_dry_run_writes_nothing_but_a_sealed_list(there: World) -> None:
    """It says what it would do; the list is kept, and nobody can read it without the button."""
    before = await every_row(there.database)
    answer = await uploads(there, LIST.encode())
    for says in (
        "Nothing is written yet",
        "Add 3 people: Tomás Berg (mentor); Paul (mentee); Person 02 (mentee)",
        "Make 2 pairings: Tomás Berg with Paul; Amara Okafor with Person 02",
        "I read 3 rows, as UTF-8 with commas",
    ):
        assert (says, True) == (says, says in answer.text)
    after = await every_row(there.database)
    assert {"draft"} == changed(before, after)
    assert "Paul" not in str(after["draft"])
    assert len(button(answer, "community.import_now")) <= 100


async def test_the_import(there: World) -> None:
    """The button does what was said: people, roles, zones, pairings with their coordinator and their day."""
    answer = await imports(there, LIST)
    assert "✓ Add 3 people and 2 pairings\nDone.\n3 people were added.\n2 pairings were made." in answer
    assert "Nobody is told anything before you start the program." in answer
    found = await members(there)
    assert ("Europe/Berlin", "Europe/Madrid") == (found["Paul"].zone, found["Tomás Berg"].zone)
    made = await pairs(there)
    assert found["Rosa Delgado"].id == made["Tomás Berg", "Paul"].coordinator_id
    assert ("Amara Okafor", "Person 02") in made
    assert "I help mentors" in await there.asks("p1", "/mentor help")
    assert [] == (await every_row(there.database))["outbox"]
    await there.passes(days=2)
    assert [] == await there.inbox("p1")


async def test_importing_twice_changes_nothing(there: World) -> None:
    """The same list again finds everything as it says."""
    await imports(there, LIST)
    before = await every_row(there.database)
    answer = await uploads(there, LIST.encode())
    assert "All is as the list says already." in answer.text
    assert set() == changed(before, await every_row(there.database))


async def test_a_button_is_good_for_once(there: World) -> None:
    """Pressed again, by the same or another coordinator, it says so."""
    await there.asks("rosa", "/mentor-admin add @mei coordinator")
    confirm = button(await uploads(there, LIST.encode()), "community.import_now")
    assert "3 people were added" in (await there.driver.presses("mei", confirm)).text
    before = await every_row(there.database)
    assert "imported already, and once is enough" in (await there.driver.presses("rosa", confirm)).text
    assert set() == changed(before, await every_row(there.database))
    assert [None] == [row[-1] for row in before["draft"]]


async def test_two_coordinators_press_at_once(there: World) -> None:
    """One imports, and the other is told."""
    await there.asks("rosa", "/mentor-admin add @mei coordinator")
    confirm = button(await uploads(there, LIST.encode()), "community.import_now")
    answers = await asyncio.gather(*(there.driver.presses(user, confirm) for user in ("rosa", "mei")))
    assert 1 == sum("3 people were added." in answer.text for answer in answers)
    assert 1 == sum("once is enough" in answer.text for answer in answers)


async def test_two_coordinators_import_overlapping_lists_at_once(there: World) -> None:
    """One after the other: the second is told anew what is left to do."""
    await there.asks("rosa", "/mentor-admin add @mei coordinator")
    first = button(await uploads(there, LIST.encode()), "community.import_now")
    more = LIST + "Person 3,@p3,mentee,Tomás Berg,,\n"
    second = button(await uploads(there, more.encode(), "mei"), "community.import_now")
    answers = await asyncio.gather(there.driver.presses("rosa", first), there.driver.presses("mei", second))
    assert 1 == sum("Done." in answer.text for answer in answers)
    assert "Person 3" in str(await members(there)) or "Add 1 person: Person 3" in answers[1].text
    again = await there.driver.presses("mei", second)
    assert "Done." in again.text or "once is enough" in again.text
    assert 5 + 1 + 4 == len(await members(there))
    assert 2 + 3 == len(await pairs(there))


async def test_people_changed_meanwhile(there: World) -> None:
    """What was said before no longer holds: it is said anew, and done at the next press."""
    confirm = button(await uploads(there, LIST.encode()), "community.import_now")
    await there.asks("rosa", "/mentor-admin add @tomas mentor")
    answer = await there.driver.presses("rosa", confirm)
    assert "The people were changed meanwhile" in answer.text
    assert "Add 2 people" in answer.text
    assert "Paul" not in await members(there)
    assert "2 people were added" in (await there.driver.presses("rosa", "Add 2 people and 2 pairings", answer)).text


async def test_somebody_left_meanwhile(there: World) -> None:
    """If the list no longer fits, nothing is imported, and what has to be mended is told."""
    confirm = button(await uploads(there, LIST.encode()), "community.import_now")
    card = await there.driver.commands("rosa", "/mentor-admin person @amara")
    await there.driver.presses("rosa", "Yes, deactivate", await there.driver.presses("rosa", "Deactivate", card))
    answer = await there.driver.presses("rosa", confirm)
    assert "Amara Okafor was in the program and is deactivated" in answer.text
    assert "the list no longer fits" in answer.text
    assert "Paul" not in await members(there)


async def test_after_a_day(there: World) -> None:
    """A list that nobody decided on is gone, and its button says so."""
    confirm = button(await uploads(there, LIST.encode()), "community.import_now")
    await there.passes(days=1, hours=1)
    assert "more than a day ago" in (await there.driver.presses("rosa", confirm)).text
    await there.core.daily()
    assert [] == (await every_row(there.database))["draft"]
    assert "more than a day ago" in (await there.driver.presses("rosa", confirm)).text
    assert "Paul" not in await members(there)


async def test_another_key_opens_nothing(there: World) -> None:
    """A button that was made up gets nothing out of a list, and imports nothing."""
    confirm = button(await uploads(there, LIST.encode()), "community.import_now")
    forged = f"{confirm[: -len('A' * 43) - 1]}{'A' * 43}="
    assert "no longer works" in (await there.driver.presses("rosa", forged)).text
    assert "no longer works" in (await there.driver.presses("rosa", confirm.replace("import_now", "mend"))).text
    assert "Paul" not in await members(there)


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
async def test_what_has_to_be_mended(tmp_path: Path, rows: str, column: str, reason: str, guess: str) -> None:
    """Each wrong row is told by line and column, with a reason and a guess; the right ones aren't imported either."""
    async with town(f"sqlite+aiosqlite:///{tmp_path}/m.db", tmp_path) as there:
        before = await every_row(there.database)
        answer = await uploads(there, f"name,account,role,mentor\nMei,@mei,mentee,\n{rows}\n".encode())
        head, *found = csv.reader(StringIO(problems(answer)))
        assert ["line", "column", "what to mend", "perhaps"] == head
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


async def test_ten_mentees_in_one_cell(there: World) -> None:
    """A mentor's row can name several mentees; the list's other side may say the same."""
    mentees = "".join(f"@p{number},mentee,Tomás Berg\n" for number in range(1, 10))
    cell = ";".join(f"@p{number}" for number in range(1, 11))
    rows = f'account,role,mentor,mentee\n@tomas,mentor,,"{cell}"\n@p10,,,\n' + mentees.replace("\n", ",\n")
    assert "10 pairings were made" in await imports(there, rows)


async def test_paired_with(there: World) -> None:
    """Where a column says only with whom, the roles say who is the mentor; if they don't, it is asked."""
    assert "1 pairing was made" in await imports(there, "account,role,paired with\n@tomas,mentor,Lena Vogt\n")
    both = "account,role,paired with\n@p1,mentor mentee,@p2\n@p2,mentor mentee,\n"
    assert "who is the mentor" in (await uploads(there, both.encode())).text


async def test_members_who_are_there(there: World) -> None:
    """Roles are added and never taken away, what is different is changed, and the rest stays."""
    answer = await uploads(there, "account,name,role,país\n@rosa,Rosa Delgado,mentee,España\n@lena,,,\n".encode())
    assert "Change 1 person: Rosa Delgado: is mentee and coordinator, ES" in answer.text
    assert "Leave 1 person as they are." in answer.text
    assert "1 person has more roles in the program than in the list" in answer.text
    await there.driver.presses("rosa", button(answer, "community.import_now"))
    found = (await members(there))["Rosa Delgado"]
    assert (frozenset({Role.COORDINATOR, Role.MENTEE}), "ES") == (found.roles, found.country)


async def test_by_address_or_account(there: World) -> None:
    """The platform is asked for whichever is given; an address helps to guess at a wrong account."""
    answer = await uploads(there, "name,email,role\nA,Tomás Berg,mentor\nB,nobody@example.org,mentor\n".encode())
    assert 'anybody here with the address "nobody@example.org"' in answer.text
    assert "1 thing has to be mended" in answer.text


async def test_another_coordinator_for_a_pairing(there: World) -> None:
    """A list can hand pairings over; to somebody who isn't a coordinator it can't."""
    await there.asks("rosa", "/mentor-admin add @mei coordinator")
    text_ = "account,mentor,coordinator\n@lena,Amara Okafor,{}\n"
    assert "Ravi Menon isn't a coordinator" in (await uploads(there, text_.format("Ravi Menon").encode())).text
    assert "1 pairing has another coordinator." in await imports(there, text_.format("@mei"))
    mei = (await members(there))["梅 Mei 🌱"].id
    assert mei == (await pairs(there))["Amara Okafor", "Lena Vogt"].coordinator_id


async def test_a_pairing_that_ended(there: World) -> None:
    """Two who were paired once aren't paired again by a list."""
    async with there.database.connect() as conn:
        await conn.execute(text("UPDATE pairing SET ended_at = 1772000000000000 WHERE id = 1"))
    answer = await uploads(there, b"account,mentor\n@lena,Amara Okafor\n")
    assert "Amara Okafor and Lena Vogt were paired until Wednesday 25 February 2026" in answer.text


async def test_a_program_that_runs_opens_spaces(database_url: str, tmp_path: Path) -> None:
    """Each new pairing asks for its space, once; those that are there don't."""
    async with town(database_url, tmp_path, State.RUNNING) as there:
        assert "I'm opening a space for each new pairing now." in await imports(there, LIST)
        made = await pairs(there)
        new = {made["Tomás Berg", "Paul"].id, made["Amara Okafor", "Person 02"].id}
        async with there.database.work(1) as work:
            rows = await work.outbox.by_keys([f"space:{number}" for number in range(1, 20)])
            dates = await work.conn.execute(text("SELECT id, made_at FROM pairing"))
            days = {row.id: row.made_at for row in dates}
        assert {(id_, Effect.OPEN) for id_ in new} == {(r.pairing_id, r.effect) for r in rows}
        assert {True} == {days[id_] is not None for id_ in new}


async def test_unusual_people(there: World) -> None:
    """Names of 80 characters, from right to left and with emoji, in another encoding."""
    rows = f"nombre\tusuario\trol\n{'L' * 80}\t@long\tmentora\nيوسف الخطيب\t@yusuf\tmentee\n梅 Mei 🌱\t@mei\tmentee\n"
    answer = await uploads(there, rows.encode("utf-16"))
    assert "\u2068يوسف الخطيب\u2069 (mentee)" in answer.text
    assert "UTF-16 with tabs" in answer.text
    await there.driver.presses("rosa", button(answer, "community.import_now"))
    assert {"L" * 80, "يوسف الخطيب", "梅 Mei 🌱"} <= set(await members(there))


async def test_only_coordinators(there: World) -> None:
    """Nobody else looks a list through, or presses its button."""
    assert "This is for coordinators" in (await uploads(there, LIST.encode(), "amara")).errors[""]
    confirm = button(await uploads(there, LIST.encode()), "community.import_now")
    assert "This is for coordinators" in (await there.driver.presses("amara", confirm)).text


async def test_the_list_in_the_docs(there: World) -> None:
    """The example of docs/people.md is imported as it stands there."""
    page = (Path(__file__).parents[2] / "docs" / "people.md").read_text("utf-8")
    (example,) = re.findall(r"```csv\n(.*?)```", page, re.DOTALL)
    assert "3 people were changed." in await imports(there, example)
    assert "GB" == (await members(there))["Amara Okafor"].country
