"""Coordinators get lists as files: which there are, in which format, and what is in them."""

import csv
import io
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.calls import Command
from bot.views import File, Message, Reply
from storage.members import Members
from tests.core.test_tables import read_xlsx
from tests.platforms import on_each_platform
from tests.world import World, world


@pytest.fixture
async def riverside(database_url: str, tmp_path: Path) -> AsyncIterator[World]:
    """Open the program of tests/community.toml, on Monday morning."""
    async with world(database_url, tmp_path) as opened:
        yield opened


async def told(riverside: World, text: str, user: str = "rosa") -> Reply | None:
    """Write a command straight to the core, for what is in a file."""
    call = Command(text, riverside.account(user), "mentor-admin", text)
    return await riverside.core.handle(call)


def file_in(reply: Reply | None) -> File:
    """Return the one file of an answer."""
    assert isinstance(reply, Message)
    (file,) = [block for block in reply.blocks if isinstance(block, File)]
    return file


@on_each_platform
async def test_a_list_is_chosen(riverside: World) -> None:
    """Each list says what is in it, and comes as a file that one button makes."""
    seen = await riverside.driver.commands("rosa", "/mentor-admin export")
    assert "Pairs: who with whom, since when, and when they last wrote" in seen.text
    names = ("pairs", "goals", "sessions", "notes", "feedback", "events", "badges")
    assert [f"{name} ({as_})" for name in names for as_ in ("Excel", "CSV")] == list(seen.buttons)
    got = await riverside.presses("rosa", "pairs (CSV)", seen)
    assert "2 entries." in got


async def test_what_is_in_the_list_of_pairs(riverside: World) -> None:
    """Names, days and how they stand, in the reader's own time; nothing of what was written."""
    await riverside.says("lena")
    file = file_in(await told(riverside, "export pairs csv"))
    heads, first, *_ = list(csv.reader(io.StringIO(file.content.decode("utf-8-sig"), newline="")))
    assert "pairs.csv" == file.name
    assert ["Mentor", "Mentee", "Coordinator", "Since", "Ended", "Resting", "Days to answer", "Space"] == heads[:8]
    assert ["Amara Okafor", "Lena Vogt"] == first[:2]
    assert ["no", "2.0", "yes", "2026-03-02 10:00"] == first[5:]


async def test_excel_is_what_most_people_open(riverside: World) -> None:
    """Without a format it is a workbook."""
    file = file_in(await told(riverside, "export pairs"))
    assert "pairs.xlsx" == file.name
    assert [("s", "Amara Okafor"), ("s", "Lena Vogt")] == read_xlsx(file.content)[1][:2]


@pytest.mark.parametrize(
    ("typed", "answer"),
    [
        ("export pears", 'I have no list "pears". Did you mean pairs?'),
        ("export =1+1", 'I have no list "=1+1". There are: pairs'),
        ("export pairs pdf", 'I can\'t write "pdf". I can write: xlsx, csv.'),
        ("export pairs as pdf", 'I can\'t write "pdf". I can write: xlsx, csv.'),
    ],
)
async def test_what_there_is_not(riverside: World, typed: str, answer: str) -> None:
    """A wrong word gets what would be right, and no file."""
    reply = await told(riverside, typed)
    assert isinstance(reply, Message)
    assert answer in reply.plain
    assert not [block for block in reply.blocks if isinstance(block, File)]


async def test_it_is_on_record(riverside: World) -> None:
    """Whoever takes a list away is in the audit log, with which list."""
    await told(riverside, "export pairs")
    async with riverside.database.work(1) as work:
        rosa = await riverside.member(work, "rosa")
        member = (await work.of(Members).get([rosa]))[rosa]
        assert "exports.pairs" in {row["action"] for row in await work.audit.by(member.key)}
