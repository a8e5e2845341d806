"""Codes that work once."""

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storage.codes import ALPHABET, GROUP, LENGTH, Code, Codes, Purpose, Refusal, looks_like_one, plain
from storage.work import Work
from tests.databases import at_once
from tests.storage.programs import HOUR, MONDAY, Two, two_programs
from tests.storage.tables import every_row

WORDS = st.text(ALPHABET, min_size=LENGTH, max_size=LENGTH)


@pytest.fixture
async def two(database_url: str) -> AsyncIterator[Two]:
    """Open a database with two programs."""
    async with two_programs(database_url) as opened:
        yield opened


async def made(two: Two, purpose: Purpose = Purpose.SETUP) -> str:
    """Make a code that works for an hour."""
    async with two.work() as work:
        return await work.of(Codes).make(purpose, MONDAY + HOUR, two.one.mentor)


async def taken(two: Two, typed: str, purpose: Purpose = Purpose.SETUP) -> Code | Refusal:
    """Type a code."""
    async with two.work() as work:
        return await work.of(Codes).take(typed, purpose)


async def test_a_code_works_once(two: Two) -> None:
    """It says whose it is; typed again, it is used."""
    code = await made(two)
    found = await taken(two, code)
    assert isinstance(found, Code)
    assert (Purpose.SETUP, two.one.mentor) == (found.purpose, found.member_id)
    assert Refusal.USED == await taken(two, code)


@pytest.mark.parametrize("between", ["", "-", " ", " \u2013 "])
async def test_a_code_is_typed_as_people_type(two: Two, between: str) -> None:
    """In any case, without its dash, with one that a keyboard made longer, with blanks."""
    code = await made(two)
    assert isinstance(await taken(two, f" {code.lower().replace('-', between)} "), Code)


async def test_why_a_code_is_not_taken(two: Two) -> None:
    """What nobody made, what is over, and what is for something else; and that uses nothing up."""
    assert Refusal.UNKNOWN == await taken(two, "ABCDE-FGHJK")
    code = await made(two, Purpose.CONTACT)
    assert Refusal.OTHER_PURPOSE == await taken(two, code)
    two.clock.move_to(MONDAY + HOUR)
    assert Refusal.EXPIRED == await taken(two, code, Purpose.CONTACT)


async def test_a_code_that_was_withdrawn_works_no_more(two: Two) -> None:
    """Those for other things go on to."""
    code, other = await made(two), await made(two, Purpose.CONTACT)
    async with two.work() as work:
        await work.of(Codes).withdraw(Purpose.SETUP)
    assert Refusal.EXPIRED == await taken(two, code)
    assert isinstance(await taken(two, other, Purpose.CONTACT), Code)


@at_once
async def test_of_two_at_once_one_gets_it(two: Two) -> None:
    """However many type a code at the same time, it works once."""
    code = await made(two)
    found = await asyncio.gather(*(taken(two, code) for _ in range(8)))
    assert 1 == sum(isinstance(one, Code) for one in found)
    assert [Refusal.USED] * 7 == [one for one in found if isinstance(one, Refusal)]


async def test_only_the_hash_is_kept(two: Two) -> None:
    """Nobody who reads the database can type a code."""
    code = await made(two)
    rows = str(await every_row(two.database, noted=True))
    assert "code" in await every_row(two.database)
    for word in (code, plain(code), *code.split("-")):
        assert word not in rows


async def test_codes_are_deleted_some_time_after(two: Two) -> None:
    """What could still be typed stays."""
    await made(two)

    async def count(work: Work) -> int:
        return len((await work.of(Codes).of(two.one.mentor))["code"])

    async with two.work() as work:
        await work.of(Codes).purge(MONDAY + HOUR)
        assert 1 == await count(work)
        await work.of(Codes).purge(MONDAY + HOUR + timedelta.resolution)
        assert 0 == await count(work)


@given(WORDS, st.integers(0, LENGTH), st.sampled_from([" ", "-", "\u2014", "."]))
def test_every_way_to_type_a_code_is_the_same(word: str, at: int, between: str) -> None:
    """What stands between its letters plays no part."""
    typed = f"{word[:at].lower()}{between}{word[at:]}"
    assert (word, True) == (plain(typed), looks_like_one(typed))


@given(st.text(max_size=20))
def test_only_codes_look_like_one(text: str) -> None:
    """A name or an address is none, whatever is typed; nothing fails."""
    word = plain(text)
    assert looks_like_one(text) == (len(word) == LENGTH and all(letter in ALPHABET for letter in word))
    assert GROUP * 2 == LENGTH
