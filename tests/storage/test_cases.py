"""What lies at rest of private reports: times to the hour, no order, and keys that are unlocked for a time only."""

import asyncio
import sqlite3
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import text

from bot.reports import sealing
from bot.reports.contents import Told, pack, unpack
from bot.reports.sealing import Unreadable
from storage.cases import Case, Cases, NewCase, State, new_id, reader, reading_member, to_hour
from storage.report_tables import IDS, new_name
from storage.responders import Responders
from storage.work import Work
from tests.storage.programs import HOUR, MONDAY, Two, two_programs

HALF_PAST = MONDAY + timedelta(minutes=34, seconds=7, microseconds=3)


async def kept(work: Work, what: str = "words", code: str = "1" * 25, told: bool = False) -> tuple[Case, str]:
    """Keep a report that the mentor may read; return it with its secret."""
    secret, public = sealing.identity()
    case_id, coded = new_id(), sealing.wrap_for_code(secret, code)
    new = NewCase(case_id, public, sealing.receipt(code), coded, b"hidden", told)
    readers = {reader(1): sealing.wrap(secret, public)}
    sealed = sealing.seal(pack(case_id, Told("other", what)), [public])
    case = await work.of(Cases).add(new, readers, new_id(), sealed)
    assert case is not None
    return case, secret


async def test_times_are_kept_to_the_hour(two: Two) -> None:
    """Of the report, of each entry, and of what is done about it."""
    two.clock.move_to(HALF_PAST)
    async with two.work() as work:
        case, _ = await kept(work)
        await work.of(Cases).change(case.id, acknowledged_at=HALF_PAST, state=State.TAKEN)
        (entry,) = await work.of(Cases).entries(case.id)
        found = (await work.of(Cases).get([case.id]))[case.id]
    assert [MONDAY] * 4 == [case.hour, entry.hour, found.acknowledged_at, to_hour(HALF_PAST)]
    assert State.TAKEN is found.state


async def test_the_same_form_twice_is_one_report(two: Two) -> None:
    """Known by its receipt alone: nothing of the second is kept; so it is with an entry by its id."""
    async with two.work() as work:
        case, _ = await kept(work)
        again = NewCase(new_id(), case.public, case.receipt, b"", b"")
        assert await work.of(Cases).add(again, {reader(2): b"x"}, new_id(), b"x") is None
        entry_id = new_id()
        written = [await work.of(Cases).write(case.id, entry_id, b"reply") for _ in range(2)]
        assert [True, False] == written
        assert 2 == len(await work.of(Cases).entries(case.id))
        assert [case] == await work.of(Cases).every()


async def test_a_notice_waits_until_the_hour_is_over(two: Two) -> None:
    """And is given once; each new entry that isn't told of has one of its own. Danger doesn't wait."""
    two.clock.move_to(HALF_PAST)
    async with two.work() as work:
        case, _ = await kept(work)
        await kept(work, code="2" * 25, told=True)
        assert [] == await work.of(Cases).untold()
    two.clock.move_to(MONDAY + HOUR)
    async with two.work() as work:
        assert [case.id] == [one.id for one in await work.of(Cases).untold()]
        await work.of(Cases).mark_told([case.id])
        assert [] == await work.of(Cases).untold()
        await work.of(Cases).write(case.id, new_id(), b"reply")
        await work.of(Cases).change(case.id, told=False)
        assert [] == await work.of(Cases).untold()
    two.clock.move_to(MONDAY + 2 * HOUR)
    async with two.work() as work:
        await work.of(Cases).write(case.id, new_id(), b"written just before the hour rings")
        assert [case.id] == [one.id for one in await work.of(Cases).untold()]


async def test_names_and_ids_tell_no_order(two: Two) -> None:
    """They are drawn by lot, cases are listed by name, and a name is found however it is typed."""
    async with two.work() as work:
        made = [(await kept(work, code=f"{number:025}"))[0] for number in range(12)]
        found = await work.of(Cases).every()
        assert sorted(made, key=lambda case: case.name) == found
        for typed in (made[0].name, made[0].name.lower(), made[0].name.removeprefix("R-"), f" {made[0].name} "):
            assert made[0] == await work.of(Cases).by_name(typed)
        assert await work.of(Cases).by_name("R-000000") is None
    assert [case.id for case in made] != sorted(case.id for case in made)
    assert all(0 <= case.id < IDS for case in made)
    assert not {*"ILO01"} & {*"".join(new_name()[2:] for _ in range(99))}


async def test_sqlite_keeps_no_order_of_its_own(tmp_path: Path) -> None:
    """The tables have no hidden number that counts up."""
    async with two_programs(f"sqlite+aiosqlite:///{tmp_path}/bot.db"):
        pass
    with closing(sqlite3.connect(tmp_path / "bot.db")) as conn:
        for table in ("report_case", "report_wrap", "report_entry", "report_unlock"):
            with pytest.raises(sqlite3.OperationalError, match="rowid"):
                conn.execute(f"SELECT rowid FROM {table}")  # noqa: S608 - of ours


async def test_who_reads_is_given_and_taken(two: Two) -> None:
    """A wrapped secret is put in the place of the one before, and gone when somebody steps aside or is forgotten."""
    async with two.work() as work:
        cases = work.of(Cases)
        case, _ = await kept(work)
        await cases.wrap(case.id, "outside", b"one")
        await cases.wrap(case.id, "outside", b"two")
        await cases.wrap(case.id, reader(two.one.mentee), b"three")
        assert b"two" == await cases.wrapped(case.id, "outside")
        await cases.change(case.id, taken_by_id=two.one.mentee)
        await cases.forget(two.one.mentee)
        assert {case.id: frozenset({"m1", "outside"})} == await cases.readers([case.id])
        assert ([case.id], []) == (
            [one.id for one in await cases.read_by("m1")],
            await cases.read_by(reader(two.one.mentee)),
        )
        assert (await cases.get([case.id]))[case.id].taken_by_id is None
        await cases.unwrap(case.id, "m1")
        assert await cases.wrapped(case.id, "m1") is None
        await cases.erase([case.id])
        assert ([], []) == (await cases.every(), await cases.entries(case.id))
    assert [7, None, None] == [reading_member(name) for name in ("m7", "recovery", "outside")]


async def test_what_was_swapped_between_cases_is_noticed(two: Two) -> None:
    """Entries, wrapped secrets, codes: whichever row somebody moves, it can't be read as the other case's."""
    async with two.work() as work:
        (one, secret), (other, their) = await kept(work), await kept(work, "others", "2" * 25)
        for table, column in (("report_entry", "sealed"), ("report_wrap", "sealed"), ("report_case", "coded")):
            await _swap(work, table, column, (one.id, other.id))
        cases = work.of(Cases)
        (entry,) = await cases.entries(one.id)
        with pytest.raises(Unreadable):
            sealing.unseal(entry.sealed, secret)
        with pytest.raises(Unreadable):
            unpack(one.id, sealing.unseal(entry.sealed, their))
        swapped = (await cases.get([one.id]))[one.id]
        with pytest.raises(Unreadable):
            sealing.by_code(swapped.coded, "1" * 25)
        with pytest.raises(Unreadable):
            sealing.unwrap(await cases.wrapped(one.id, reader(1)) or b"", secret)


async def _swap(work: Work, table: str, column: str, ids: tuple[int, int]) -> None:
    key = "id" if table == "report_case" else "case_id"
    rows = {}
    for id_ in ids:
        got = text(f"SELECT {column} FROM {table} WHERE {key} = :id")  # noqa: S608 - of ours
        rows[id_] = await work.conn.scalar(got, {"id": id_})
    for id_, source in zip(ids, reversed(ids), strict=True):
        put = text(f"UPDATE {table} SET {column} = :value WHERE {key} = :id")  # noqa: S608 - of ours
        await work.conn.execute(put, {"value": rows[source], "id": id_})


# Keys that are unlocked.


@pytest.fixture
async def unlocked(two: Two) -> str:
    """Let the mentor unlock their key for a quarter of an hour; return the token."""
    secret, public = sealing.identity()
    token, id_, sealed = sealing.session(secret)
    async with two.work() as work:
        await work.of(Responders).put_key(two.one.mentor, public, b"sealed")
        await work.of(Responders).unlock(id_, two.one.mentor, sealed, MONDAY + HOUR / 4)
    return token


async def test_an_unlocked_key_expires(two: Two, unlocked: str) -> None:
    """It is had until the quarter of an hour is over, by whoever unlocked it, and by nobody afterwards."""
    id_ = sealing.session_id(unlocked)
    for minutes, expected in ((0, True), (14.99, True), (15, False), (16, False), (10**5, False)):
        two.clock.move_to(MONDAY + timedelta(minutes=minutes))
        async with two.work() as work:
            responders = work.of(Responders)
            found = await responders.unlocked(id_, two.one.mentor)
            assert (minutes, expected) == (minutes, found is not None)
            assert await responders.unlocked(id_, two.one.mentee) is None
            assert await responders.unlocked(sealing.session_id("another"), two.one.mentor) is None
            assert not found or sealing.by_session(found, unlocked)


unlocks = st.tuples(st.integers(0, 500), st.integers(1, 30))  # minutes: since when, and how long


@given(st.lists(unlocks, min_size=20, max_size=60), st.lists(st.integers(0, 540), min_size=5, max_size=15))
@settings(deadline=None, max_examples=4)
def test_no_session_outlives_its_time(unlocked: list[tuple[int, int]], looks: list[int]) -> None:
    """Whenever somebody unlocks and looks, each opens until its own end; the tidying takes none that goes on."""
    asyncio.run(_look_at(unlocked, sorted(looks)))


async def _look_at(unlocked: list[tuple[int, int]], looks: list[int]) -> None:
    async with two_programs("sqlite+aiosqlite:///:memory:") as two:
        async with two.work() as work:
            for number, (since, length) in enumerate(unlocked):
                until = MONDAY + timedelta(minutes=since + length)
                await work.of(Responders).unlock(str(number), two.one.mentor, b"sealed", until)
        for minute in looks:
            two.clock.move_to(MONDAY + timedelta(minutes=minute))
            async with two.work() as work:
                responders = work.of(Responders)
                await responders.purge()
                found = [await responders.unlocked(str(number), two.one.mentor) for number in range(len(unlocked))]
                assert [minute < since + length for since, length in unlocked] == [one is not None for one in found]


async def test_what_is_over_is_deleted(two: Two, unlocked: str) -> None:
    """By the daily tidying; and at once when there is a new key, or none."""
    async with two.work() as work:
        await work.of(Responders).purge()
        assert 1 == len((await work.of(Responders).of(two.one.mentor))["report_unlock"])
        await work.of(Responders).put_key(two.one.mentor, "age1new", b"sealed")
        assert [] == (await work.of(Responders).of(two.one.mentor))["report_unlock"]
        await work.of(Responders).unlock("id", two.one.mentor, b"sealed", MONDAY)
        await work.of(Responders).purge()
        assert [] == (await work.of(Responders).of(two.one.mentor))["report_unlock"]


async def test_keys_are_in_the_order_of_reading(two: Two) -> None:
    """A new one reads last, one that was made anew keeps its place, and its wrong passphrases are forgotten."""
    async with two.work() as work:
        responders = work.of(Responders)
        for member_id in (two.one.mentee, two.one.mentor):
            await responders.put_key(member_id, "age1", b"sealed")
        await responders.count_wrong(two.one.mentee, 5, MONDAY + HOUR)
        await responders.put_key(two.one.mentee, "age1new", b"sealed")
        assert [two.one.mentee, two.one.mentor] == [key.member_id for key in await responders.keys()]
        found = await responders.key(two.one.mentee)
        assert found is not None
        assert (0, None, "age1new") == (found.wrong, found.locked_until, found.public)
        await responders.order([two.one.mentor, two.one.mentee])
        assert [two.one.mentor, two.one.mentee] == [key.member_id for key in await responders.keys()]
        await responders.drop_key(two.one.mentor)
        assert await responders.key(two.one.mentor) is None


async def test_too_close_is_said_anew(two: Two) -> None:
    """What was said before no longer holds, nobody is too close with themself, and the contact is kept in parts."""
    async with two.work() as work:
        responders = work.of(Responders)
        await responders.put_too_close(two.one.mentor, [two.one.mentee, two.one.mentor, two.one.mentee])
        assert {two.one.mentor: frozenset({two.one.mentee})} == await responders.too_close()
        await responders.put_too_close(two.one.mentor, [])
        assert {} == await responders.too_close()
        await responders.put_contact(recovery="age1")
        await responders.put_contact(outside="age2")
        contact = await responders.contact()
        assert ("age1", "age2", False) == (contact.recovery, contact.outside, contact.without)
