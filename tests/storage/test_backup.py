"""Backups: one file that is whole, from either database into either, while the bot is at work."""

import asyncio
import os
import sqlite3
import stat
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import text

from storage.backup import back_up
from storage.engine import make_reader
from storage.errors import StorageError
from storage.opening import open_database
from storage.restoring import restore
from storage.versions import newest, version_of
from tests.storage.bots import PAGE, files_in, now, opened, overwrite, rows_of, url_of
from tests.storage.migrations import NEXT, next_version
from tests.storage.programs import MONDAY, Two, two_programs
from tests.storage.tables import every_row
from tests.storage.test_programs import lived

# Writing more than a few pages fails as it does on a disk that is full.
BACK_UP_WITHOUT_ROOM = """
import asyncio, resource, sys
from pathlib import Path
from storage.backup import back_up
from storage.errors import StorageError

resource.setrlimit(resource.RLIMIT_FSIZE, (40_000, 40_000))
try:
    asyncio.run(back_up(sys.argv[1], Path(sys.argv[2])))
except StorageError as error:
    print(error)
"""


async def write_on(two: Two, stop: asyncio.Event) -> int:
    """Write to two tables in each transaction, until told to stop; return how many times."""
    count = 0
    while not stop.is_set():
        async with two.work() as work:
            await work.audit.add("5ca1ab1e", "writes")
            await work.inbox.take(f"writes {count}")
        count += 1
        await asyncio.sleep(0)
    return count


async def test_a_round_trip_loses_nothing(database_url: str, target_url: str, tmp_path: Path) -> None:
    """Every row of every table comes back as it was, and no id is given twice, from either database into either."""
    async with two_programs(database_url) as two:
        await lived(two)
        await two.run("DELETE FROM audit WHERE action = 'back'")  # its id must not come again
        before = await every_row(two.database, noted=True)
        await back_up(database_url, tmp_path / "backup.db")
    assert [] == [table for table, rows in before.items() if not rows]
    assert None is await restore(target_url, tmp_path / "backup.db", MONDAY)
    assert before == await rows_of(target_url)
    async with opened(target_url) as database, database.work(two.one.program) as work:
        await work.audit.add("5ca1ab1e", "anew")
    after = await rows_of(target_url)
    assert [row[0] for row in before["audit"]][-1] + 2 == after["audit"][-1][0]


async def test_a_backup_is_a_moment(database_url: str, target_url: str, tmp_path: Path) -> None:
    """While the bot writes, the backup has each transaction whole or not at all, and everything before it."""
    async with two_programs(database_url) as two:
        before = await lived(two)
        stop = asyncio.Event()
        writing = asyncio.create_task(write_on(two, stop))
        await asyncio.sleep(0.2)
        done = await asyncio.to_thread(
            subprocess.run,
            [sys.executable, "-m", "bot", "backup", str(tmp_path / "backup.db")],
            env=os.environ | {"MENTORBOT_STORAGE__URL": database_url},
            capture_output=True,
            text=True,
            check=True,
        )
        stop.set()
        written = await writing
    assert "The backup is in" in done.stdout
    await restore(target_url, tmp_path / "backup.db", MONDAY)
    rows = await rows_of(target_url)
    saved = [row for row in rows["audit"] if "writes" in row]
    assert 0 < len(saved) < written
    assert len(saved) == len([row for row in rows["inbox"] if str(row[1]).startswith("writes")])
    assert before.ids.mentor in [row[0] for row in rows["member"]]


async def test_a_backup_is_one_private_file(database_url: str, tmp_path: Path) -> None:
    """Nobody else on the machine can read it, nothing lies beside it, and any SQLite reads it."""
    file = tmp_path / "backups" / "monday.db"
    async with two_programs(database_url):
        await back_up(database_url, file)
    assert 0o600 == stat.S_IMODE(file.stat().st_mode)
    assert ["monday.db"] == files_in(file.parent)
    with closing(sqlite3.connect(f"file:{file}?mode=ro&immutable=1", uri=True)) as reader:
        assert [("one",), ("other",)] == reader.execute("SELECT name FROM program ORDER BY id").fetchall()
    assert b"\x01\x01" == file.read_bytes()[18:20]  # SQLite needs no other file to read it, and makes none


async def test_a_backup_never_replaces_another(database_url: str, tmp_path: Path) -> None:
    """What is there stays."""
    file = tmp_path / "backup.db"
    file.write_text("precious")
    await (await open_database(database_url, now)).close()
    with pytest.raises(StorageError, match="is there already, and a backup never replaces another"):
        await back_up(database_url, file)
    assert "precious" == file.read_text()


async def test_a_disk_that_is_full_leaves_nothing(database_url: str, tmp_path: Path) -> None:
    """Neither under the backup's name nor beside it; it is said in plain words."""
    async with two_programs(database_url) as two:
        await lived(two)
    file = tmp_path / "backups" / "backup.db"
    done = await asyncio.to_thread(
        subprocess.run,
        [sys.executable, "-c", BACK_UP_WITHOUT_ROOM, database_url, str(file)],
        capture_output=True,
        text=True,
        check=True,
    )
    assert f"A file can't be written in {file.parent}: " in done.stdout
    assert "" == done.stderr
    assert [] == files_in(file.parent)


async def test_a_backup_that_was_cut_off_is_no_hindrance(database_url: str, tmp_path: Path) -> None:
    """The next one begins anew, whatever was left."""
    await (await open_database(database_url, now)).close()
    (tmp_path / ".backup.db.new").write_bytes(b"half" * 5000)
    (tmp_path / ".backup.db.new-journal").write_bytes(b"half" * 5000)
    await back_up(database_url, tmp_path / "backup.db")
    assert [] == [name for name in files_in(tmp_path) if name.startswith(".")]


async def test_an_empty_database_is_no_backup(empty_database_url: str, tmp_path: Path) -> None:
    """There is nothing to keep before mentorbot was started once."""
    (tmp_path / "mentorbot.db").touch()
    with pytest.raises(StorageError, match="no mentorbot has used this database yet"):
        await back_up(empty_database_url, tmp_path / "backup.db")


async def test_a_database_that_is_not_there_is_told(tmp_path: Path) -> None:
    """It isn't made by looking for it."""
    with pytest.raises(StorageError, match="There is no database"):
        await back_up(url_of(tmp_path / "nowhere.db"), tmp_path / "backup.db")
    assert [] == files_in(tmp_path)


async def test_a_damaged_database_gives_no_backup(tmp_path: Path) -> None:
    """Damage that no start noticed is noticed here, before good backups are thrown away."""
    file = tmp_path / "bot.db"
    async with two_programs(url_of(file)) as two:
        await lived(two)
    overwrite(file, file.read_bytes().index(b"day:0") // PAGE * PAGE, PAGE)
    with pytest.raises(StorageError, match=rf"The database {file} is damaged"):
        await back_up(url_of(file), tmp_path / "backup.db")
    assert not (tmp_path / "backup.db").exists()


async def test_a_backup_of_an_older_version(database_url: str, target_url: str, tmp_path: Path) -> None:
    """It is brought up to date when it is restored, and so is one of a database that was never brought up to date."""
    scripts = next_version(tmp_path, newest())
    async with two_programs(database_url) as two:
        await lived(two)
        before = await every_row(two.database, noted=True)
    await back_up(database_url, tmp_path / "backup.db", scripts)
    await restore(target_url, tmp_path / "backup.db", MONDAY, scripts)
    async with make_reader(target_url).begin() as conn:
        assert NEXT == await conn.run_sync(version_of)
    database = await open_database(target_url, now, scripts)
    assert before == await every_row(database, noted=True)
    async with database.connect() as conn:
        assert "onwards" == await conn.scalar(text("SELECT motto FROM program WHERE id = 1"))
    await database.close()


async def test_a_backup_of_a_newer_version_is_refused(database_url: str, target_url: str, tmp_path: Path) -> None:
    """An older mentorbot doesn't know what is in it, and neither backs up nor restores it."""
    file, scripts = tmp_path / "backup.db", next_version(tmp_path, newest())
    await (await open_database(database_url, now, scripts)).close()
    with pytest.raises(StorageError, match="written by a newer mentorbot"):
        await back_up(database_url, file)
    await back_up(database_url, file, scripts)
    with pytest.raises(StorageError, match=r"backup\.db was written by a newer mentorbot"):
        await restore(target_url, file, MONDAY)
