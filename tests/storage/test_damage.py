"""A damaged SQLite file: it is named, what to do is said, and nothing more is done with it."""

import os
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import func, select

from storage.audit import audit
from storage.engine import Database, make_engine
from storage.errors import Damaged
from storage.holding import beside
from storage.opening import open_database
from storage.versions import newest
from tests.storage.bots import PAGE, another_bot, now, overwrite, refusal, url_of
from tests.storage.programs import two_programs

WHAT_TO_DO = "Please stop mentorbot, and restore your last backup: mentorbot restore FILE. The damaged file is kept."


@pytest.fixture
async def file(tmp_path: Path) -> Path:
    """Return a database that is larger than a few pages and was closed well."""
    file = tmp_path / "bot.db"
    async with two_programs(url_of(file)) as two, two.work() as work:
        for number in range(3000):
            await work.audit.add("5ca1ab1e", f"the {number}th thing that somebody did", "about somebody else")
    return file


def content(file: Path) -> bytes:
    """Return what is in a file."""
    return file.read_bytes()


def page_of_rows(file: Path) -> int:
    """Return where a page in the middle begins that holds nothing but rows of the audit log."""
    return content(file).index(b"the 1500th thing") // PAGE * PAGE


DAMAGES: dict[str, tuple[Callable[[Path], object], str]] = {
    "no database": (lambda file: file.write_bytes(b"this is no database" * 1000), "its beginning is not that of"),
    "overwritten head": (lambda file: overwrite(file, 0, 100), "its beginning is not that of a database"),
    "overwritten first page": (lambda file: overwrite(file, 100, PAGE - 100), "a part of it is missing"),
    "overwritten beginning": (lambda file: overwrite(file, 100, 20 * PAGE), "a part of it is missing"),
    "truncated": (lambda file: os.truncate(file, file.stat().st_size // 2), "a part of it is missing"),
    "one page less": (lambda file: os.truncate(file, file.stat().st_size - PAGE), "a part of it is missing"),
    "overwritten page": (lambda file: overwrite(file, page_of_rows(file), PAGE), "a part of it is missing"),
    "zeros": (lambda file: file.write_bytes(file.read_bytes()[:PAGE] + bytes(200 * PAGE)), "a part of it is missing"),
}


@pytest.mark.parametrize("damage", DAMAGES)
async def test_a_damaged_file_is_refused(file: Path, damage: str) -> None:
    """At the start it is named, left as it is, and what to do is said; the second time as well."""
    do, what = DAMAGES[damage]
    do(file)
    before = content(file)
    for _ in range(2):
        told = await refusal(url_of(file))
        assert told.startswith(f"The database {file} is damaged: ")
        assert what in told
        assert told.endswith(WHAT_TO_DO)
    assert before == content(file)


async def test_damage_that_is_met_while_running(file: Path) -> None:
    """A page that a large database's start doesn't look at says the same once it is read; the rest can be read."""
    overwrite(file, page_of_rows(file), PAGE)
    database = Database(make_engine(url_of(file), newest()), now)  # a start would look through a small file
    async with database.connect() as conn:
        assert 3000 == await conn.scalar(select(func.max(audit.c.id)))
    for _ in range(2):
        with pytest.raises(Damaged, match="a part of it is missing or was overwritten") as caught:
            async with database.connect() as conn:
                await conn.execute(select(audit))
        assert str(caught.value).endswith(WHAT_TO_DO)
    await database.close()


async def test_changes_that_are_gone_are_told(tmp_path: Path) -> None:
    """After a crash the newest changes are in a file beside the database: losing them is not passed over."""
    file = tmp_path / "bot.db"
    with another_bot(url_of(file)) as other:
        other.kill()
        other.wait()
    beside(file, "-wal").unlink()
    for _ in range(2):
        told = await refusal(url_of(file))
        assert f"the newest changes to {file}, which were in bot.db-wal beside it, are gone" in told
        assert "mentorbot restore FILE" in told
    beside(file, ".lock").unlink()
    await (await open_database(url_of(file), now)).close()


async def test_a_crash_with_all_its_files_is_no_damage(tmp_path: Path) -> None:
    """What was committed is there at the next start, and the one after it."""
    file = tmp_path / "bot.db"
    with another_bot(url_of(file)) as other:
        with closing(sqlite3.connect(file)) as here, here:
            here.execute("INSERT INTO program (name, policy) VALUES ('Riverside', 'default')")
        other.kill()
        other.wait()
    for _ in range(2):
        database = await open_database(url_of(file), now)
        async with database.connect() as conn:
            assert "Riverside" == (await conn.exec_driver_sql("SELECT name FROM program")).scalar_one()
        await database.close()
        assert not beside(file, "-wal").exists()
