"""A list of people is looked through first, and imported as a whole or not at all."""

import asyncio
import re
from pathlib import Path

from sqlalchemy import text

from bot.people import Role
from storage.outbox import Effect
from storage.programs import State
from tests.community.lists import LIST
from tests.community.town import (
    button,
    imports,
    members,
    pairs,
    town,
    uploads,
    zone,
)
from tests.databases import at_once
from tests.platforms import on_each_platform
from tests.storage.tables import changed, every_row
from tests.world import World


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


@on_each_platform
async def test_the_import(there: World) -> None:
    """The button does what was said: people, roles, zones, pairings with their coordinator and their day."""
    answer = await imports(there, LIST)
    assert "✓ Add 3 people and 2 pairings\nDone.\n3 people were added.\n2 pairings were made." in answer
    assert "Nobody is told anything before you start the program." in answer
    found = await members(there)
    assert ("Europe/Berlin", zone(there, "Europe/Madrid")) == (found["Paul"].zone, found["Tomás Berg"].zone)
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


@at_once
async def test_two_coordinators_press_at_once(there: World) -> None:
    """One imports, and the other is told."""
    await there.asks("rosa", "/mentor-admin add @mei coordinator")
    confirm = button(await uploads(there, LIST.encode()), "community.import_now")
    answers = await asyncio.gather(*(there.driver.presses(user, confirm) for user in ("rosa", "mei")))
    assert 1 == sum("3 people were added." in answer.text for answer in answers)
    assert 1 == sum("once is enough" in answer.text for answer in answers)


@at_once
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


@on_each_platform
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
    assert "This is for coordinators" in (await uploads(there, LIST.encode(), "amara")).wrong
    confirm = button(await uploads(there, LIST.encode()), "community.import_now")
    assert "This is for coordinators" in (await there.driver.presses("amara", confirm)).text


async def test_the_list_in_the_docs(there: World) -> None:
    """The example of docs/people.md is imported as it stands there."""
    page = (Path(__file__).parents[2] / "docs" / "people.md").read_text("utf-8")
    (example,) = re.findall(r"```csv\n(.*?)```", page, re.DOTALL)
    assert "3 people were changed." in await imports(there, example)
    assert "GB" == (await members(there))["Amara Okafor"].country
