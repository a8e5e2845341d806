"""/mentor forget: explained, confirmed, done; and nobody finds anything of whoever is forgotten."""

from pathlib import Path

import pytest
from sqlalchemy import inspect, text

from bot.members.wording import STRANGER
from storage.cases import Cases, reader
from storage.members import Members, Role
from storage.programs import State
from storage.report_tables import OUTSIDE
from storage.settings import Settings
from tests.core.traces import forget, holding, lived
from tests.drivers.driver import Seen, SeenForm
from tests.platforms import on_each_platform
from tests.storage.tables import changed, every_row
from tests.world import NOOR, World

AMARA, LENA_ID, ROSA = 1, 2, 4


async def form(riverside: World, user: str) -> SeenForm:
    """Ask to be forgotten as far as the form."""
    asked = await riverside.driver.commands(user, "/mentor forget")
    shown = (await riverside.driver.presses(user, "Forget me …", asked)).form
    assert shown is not None
    return shown


async def says_goodbye(riverside: World, user: str, name: str) -> Seen:
    """Ask to be forgotten, and confirm it."""
    return await riverside.driver.submits(user, await form(riverside, user), {"name": name})


def in_files(folder: Path) -> bytes:
    """Return what stands in the database's files."""
    files = [file for file in folder.iterdir() if file.name.startswith("mentorbot.db")]
    assert {"mentorbot.db", "mentorbot.db-wal"} <= {file.name for file in files}
    return b"\n".join(file.read_bytes() for file in files)


async def traces(riverside: World, folder: Path) -> bytes:
    """Return all that a thief would find: the database's files, or every table."""
    if riverside.url.startswith("sqlite"):
        return in_files(folder)
    async with riverside.database.connect() as conn:
        tables = await conn.run_sync(lambda sync: inspect(sync).get_table_names())
        rows = [row[0] for table in tables for row in await conn.execute(text(f'SELECT t::text FROM "{table}" t'))]  # noqa: S608
    return "\n".join(rows).encode()


@on_each_platform
async def test_a_goodbye(riverside: World, tmp_path: Path) -> None:
    """Explained and confirmed, the others are told, the conversations are closed, and then nothing is left."""
    await riverside.says("lena")
    await riverside.passes(days=2)
    explained = await riverside.asks("amara", "/mentor forget")
    for part in ("What I delete", "conversations are closed", "random key", "aren't mine to delete", "can't be undone"):
        assert part in explained
    assert ("your badges" in explained, "stays in the program's channel until" in explained) == (True, True)
    assert b"Amara Okafor" in await traces(riverside, tmp_path)
    answer = await says_goodbye(riverside, "amara", "Amara Okafor")
    assert "As a rule that takes a few minutes" in answer.text
    assert "You can come back at any time: a coordinator of the program can add you again" in answer.text
    (left,) = await riverside.inbox("lena")
    assert "Amara Okafor has left the program, so your conversation with them is closed." in left.text
    assert "A coordinator will be in touch." in left.text
    told = (await riverside.inbox("rosa"))[-1].text
    assert "Please get in touch with Lena Vogt and Noor Haddad, who know only that they've left." in told
    assert 1 == sum("has left the program" in seen.text for seen in await riverside.inbox("rosa"))
    assert STRANGER == await riverside.asks("amara", "/mentor waiting")
    await riverside.core.daily()
    stored = await traces(riverside, tmp_path)
    assert b"Amara" not in stored
    assert b"amara" not in stored
    assert b"Lena Vogt" in stored


@pytest.mark.parametrize("user", ["amara", "lena", "noor", "ravi", "rosa"])
async def test_no_table_holds_whoever_was_forgotten(riverside: World, user: str) -> None:
    """Whatever they did and whatever they are, and each reference holds; of the others, what is theirs stays."""
    ids = await lived(riverside)
    async with riverside.database.work(1) as work:
        name = (await work.of(Members).get([ids[user]]))[ids[user]].name
        await work.conn.execute(text("DELETE FROM leaving"))
        for case in await work.of(Cases).read_by(reader(ids[user])):
            await work.of(Cases).wrap(case.id, OUTSIDE, b"wrapped")  # else its last reader has to stay
        await work.of(Members).change(ids["lena" if user == "rosa" else "rosa"], roles={Role.COORDINATOR})
    await riverside.jobs.round()
    before = await every_row(riverside.database, noted=True)
    answer = await says_goodbye(riverside, user, name)
    assert "I'm deleting what I know about you" in answer.text
    await riverside.jobs.round()
    after = await every_row(riverside.database, noted=True)
    assert {} == holding(after, ids[user])
    assert len(before["member"]) - 1 == len(after["member"])
    assert [row[:6] for row in before["audit"]] == [row[:6] for row in after["audit"][: len(before["audit"])]]
    assert [] == [row for rows in after.values() for row in rows if name in map(str, row)]
    if riverside.url.startswith("sqlite"):
        async with riverside.database.connect() as conn:
            assert [] == list(await conn.execute(text("PRAGMA foreign_key_check")))


async def test_a_slip_changes_nothing(riverside: World) -> None:
    """Another word than one's name is refused beside the field, and so is another person's form."""
    mine, hers = await form(riverside, "amara"), await form(riverside, "lena")
    before = await every_row(riverside.database)
    wrong = await riverside.driver.submits("amara", mine, {"name": "Lena Vogt"})
    assert {"name"} == set(wrong.errors)
    assert "nothing was deleted so far" in wrong.errors["name"]
    anothers = await riverside.driver.submits("amara", hers, {"name": "Amara Okafor"})
    assert "This form belongs to somebody else" in anothers.wrong
    assert set() == changed(before, await every_row(riverside.database))


async def test_a_second_time(riverside: World) -> None:
    """Whoever is forgotten is a stranger: a stale form and another call change nothing more."""
    stale = await form(riverside, "amara")
    first = await riverside.driver.submits("amara", stale, {"name": "forget"})
    assert "a few minutes" in first.text
    for _ in range(2):  # before and after all is gone
        before = await every_row(riverside.database)
        again = await riverside.driver.submits("amara", stale, {"name": "Amara Okafor"})
        assert STRANGER == again.wrong
        assert STRANGER == await riverside.asks("amara", "/mentor forget")
        assert set() == changed(before, await every_row(riverside.database))
        await riverside.jobs.round()


async def test_the_last_coordinator_stays(riverside: World) -> None:
    """The program needs one: with a second one, the first may go, and then the second may not."""
    assert "You are the only coordinator" in await riverside.asks("rosa", "/mentor forget")
    refused = await riverside.driver.submits("rosa", f"mydata.forget:{ROSA}", {"name": "Rosa Delgado"})
    assert "You are the only coordinator" in refused.wrong
    async with riverside.database.work(1) as work:
        await work.of(Members).change(AMARA, roles={Role.MENTOR, Role.COORDINATOR})
    await says_goodbye(riverside, "rosa", "Rosa Delgado")
    await riverside.jobs.round()
    assert {} == holding(await every_row(riverside.database, noted=True), ROSA)
    assert "You are the only coordinator" in await riverside.asks("amara", "/mentor forget")


async def test_the_others_go_on(riverside: World) -> None:
    """The rates, lists and reminders of those who stay work as before, without whoever left."""
    for _ in range(3):
        await riverside.says("lena")
        await riverside.says("noor", NOOR)
        await riverside.passes(days=1)
        await riverside.says("amara")
        await riverside.says("amara", NOOR)
        await riverside.passes(days=6)
    assert "6 messages counted" in await riverside.asks("amara", "/mentor rate")
    await riverside.says("amara")
    await says_goodbye(riverside, "lena", "Lena Vogt")
    await riverside.passes(days=3)
    assert "3 messages counted" in await riverside.asks("amara", "/mentor rate")
    for command in ("/mentor rate why", "/mentor waiting", "/mentor data"):
        assert "Lena" not in await riverside.asks("amara", command)
    assert "Noor" in await riverside.asks("amara", "/mentor rate why")
    assert "pair" in await riverside.asks("rosa", "/mentor-admin waiting")


async def test_a_coordinator_does_it_for_somebody(riverside: World) -> None:
    """Asked twice: whom it is about and what it means, and then for the name."""
    assert "Whom shall I forget?" in await riverside.asks("rosa", "/mentor-admin forget")
    assert 'I don\'t know "@nobody"' in await riverside.asks("rosa", "/mentor-admin forget @nobody")
    asked = await riverside.driver.commands("rosa", "/mentor-admin forget lena  vogt")
    assert "Please do this only if they asked for it." in asked.text
    shown = (await riverside.driver.presses("rosa", "Forget them …", asked)).form
    assert shown is not None
    wrong = await riverside.driver.submits("rosa", shown, {"name": "Lena"})
    assert {"name"} == set(wrong.errors)
    done = await riverside.driver.submits("rosa", shown, {"name": "Lena Vogt"})
    assert "I'm deleting what I know about Lena Vogt" in done.text
    assert "Lena Vogt has left the program" in (await riverside.inbox("amara"))[-1].text
    assert {} == holding(await every_row(riverside.database, noted=True), LENA_ID)
    again = await riverside.driver.submits("rosa", shown, {"name": "Lena Vogt"})
    assert "There is nothing left to delete." in again.wrong
    assert STRANGER == await riverside.asks("lena", "/mentor data")


async def test_whoever_was_deactivated_can_be_forgotten(riverside: World) -> None:
    """Somebody who left long ago and writes an e-mail; nobody is told of a pairing that had ended before."""
    async with riverside.database.work(1) as work:
        await work.of(Members).change(5, active=False)
    await riverside.driver.submits("rosa", "mydata.forget_other:5", {"name": "Ravi Menon"})
    assert "Ravi Menon has left the program, and I'm deleting" in (await riverside.inbox("rosa"))[-1].text
    assert {} == holding(await every_row(riverside.database, noted=True), 5)


async def test_two_of_one_name(riverside: World) -> None:
    """A name that two people have names neither."""
    async with riverside.database.work(1) as work:
        await work.of(Members).change(3, name="Lena Vogt")
    assert "several people" in await riverside.asks("rosa", "/mentor-admin forget Lena Vogt")
    assert "Shall I forget Lena Vogt?" in await riverside.asks("rosa", "/mentor-admin forget @noor")


async def test_before_the_start_nobody_is_told(riverside: World) -> None:
    """In a program that is being set up, somebody is forgotten at once and without a word."""
    async with riverside.database.work(1) as work:
        await work.of(Settings).put(state=State.SET_UP)
        await work.conn.execute(text("DELETE FROM space"))
    await says_goodbye(riverside, "lena", "Lena Vogt")
    assert {} == holding(await every_row(riverside.database, noted=True), LENA_ID)
    assert [] == await riverside.inbox("amara")
    assert [] == await riverside.inbox("rosa")


async def test_the_stores_alone_forget_as_well(riverside: World, tmp_path: Path) -> None:
    """Whoever is deleted store by store leaves no trace in the file after the night either."""
    await riverside.says("lena")
    async with riverside.database.work(1) as work:
        await work.conn.execute(text("INSERT INTO leaving (program_id, member_id, at) VALUES (1, 2, 0)"))
    await forget(riverside.database, LENA_ID)
    await riverside.core.daily()
    assert b"Lena Vogt" not in await traces(riverside, tmp_path)
    assert [] == (await every_row(riverside.database))["leaving"]
