"""Restoring: refused where it would overrun a bot or be no backup; whatever was there is kept."""

import os
import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest

from storage.backup import back_up
from storage.errors import StorageError
from storage.holding import beside
from storage.outbox import Holder
from storage.restoring import restore
from storage.versions import newest
from tests.storage.bots import another_bot, files_in, opened, rows_of, url_of
from tests.storage.living import lived
from tests.storage.migrations import NEXT, next_version
from tests.storage.programs import two_programs
from tests.storage.tables import every_row

AT = datetime(2026, 3, 2, 10, 0, 30, tzinfo=UTC)


async def refused(url: str, file: Path) -> str:
    """Return why a backup can't be restored."""
    with pytest.raises(StorageError) as caught:
        await restore(url, file, AT)
    return str(caught.value)


async def test_nobody_holds_a_row_afterwards(database_url: str, target_url: str, tmp_path: Path) -> None:
    """What a process was about to send when the backup was taken is free."""
    async with two_programs(database_url) as two:
        await lived(two)
        async with two.work() as work:
            assert await work.outbox.claim(Holder("a process"))
        await back_up(database_url, tmp_path / "backup.db")
    await restore(target_url, tmp_path / "backup.db", AT)
    async with opened(target_url) as database, database.work(two.one.program) as work:
        assert await work.outbox.claim(Holder("another one"))


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (None, "There is no file"),
        (b"", "is no backup of mentorbot's"),
        (b"hello" * 1000, "its beginning is not that of a database. Please take another backup."),
    ],
)
async def test_what_is_no_backup_is_refused(
    target_url: str, tmp_path: Path, content: bytes | None, expected: str
) -> None:
    """Nothing is made of it."""
    file = tmp_path / "backup.db"
    if content is not None:
        file.write_bytes(content)
    assert expected in await refused(target_url, file)
    assert not (tmp_path / "restored").exists()


async def test_a_damaged_backup_is_refused(target_url: str, tmp_path: Path) -> None:
    """It is looked through before anything is done."""
    file = tmp_path / "backup.db"
    async with two_programs(url_of(tmp_path / "bot.db")):
        await back_up(url_of(tmp_path / "bot.db"), file)
    content = file.read_bytes()
    file.write_bytes(content[: len(content) // 2])
    assert f"{file} can't be restored: a part of it is missing" in await refused(target_url, file)


async def test_a_bot_that_is_running_is_not_overrun(target_url: str, tmp_path: Path) -> None:
    """Restoring waits until it was stopped: it would go on with what it remembers."""
    async with two_programs(url_of(tmp_path / "bot.db")):
        await back_up(url_of(tmp_path / "bot.db"), tmp_path / "backup.db")
    with another_bot(target_url):
        told = await refused(target_url, tmp_path / "backup.db")
    assert "Stop it first" in told
    assert [] == (await rows_of(target_url))["program"]


async def test_a_postgresql_database_in_use_is_left_alone(shared_url: str, tmp_path: Path) -> None:
    """Where tables are, nothing is overwritten; an empty database is asked for."""
    async with two_programs(shared_url) as two:
        before = await every_row(two.database, noted=True)
        await back_up(shared_url, tmp_path / "backup.db")
    assert "Please create an empty one" in await refused(shared_url, tmp_path / "backup.db")
    assert before == await rows_of(shared_url)


async def test_what_was_there_is_kept(tmp_path: Path) -> None:
    """A SQLite database gets another name, with the changes that a crash left beside it, each time another one."""
    file, backup = tmp_path / "bot.db", tmp_path / "backup.db"
    async with two_programs(url_of(file)):
        await back_up(url_of(file), backup)
    with another_bot(url_of(file)) as other:
        with closing(sqlite3.connect(file)) as here, here:
            here.execute("UPDATE program SET name = 'Riverside' WHERE id = 1")
        other.kill()
        other.wait()
    kept = await restore(url_of(file), backup, AT)
    assert tmp_path / "bot.db.before-20260302-100030" == kept
    assert not beside(file, "-wal").exists()
    assert ["one", "other"] == [row[1] for row in (await rows_of(url_of(file)))["program"]]
    assert ["Riverside", "other"] == [row[1] for row in (await rows_of(url_of(kept)))["program"]]
    assert tmp_path / "bot.db.before-20260302-100030-1" == await restore(url_of(file), backup, AT)


async def test_a_restored_database_replaces_a_damaged_one(tmp_path: Path) -> None:
    """What the damage's message advises works, and the damaged file is kept as it was."""
    file, backup = tmp_path / "bot.db", tmp_path / "backup.db"
    async with two_programs(url_of(file)) as two:
        await lived(two)
        before = await every_row(two.database, noted=True)
        await back_up(url_of(file), backup)
    file.write_bytes(b"nothing")
    kept = await restore(url_of(file), backup, AT)
    assert kept is not None
    assert b"nothing" == kept.read_bytes()
    assert before == await rows_of(url_of(file))


async def test_changes_to_a_file_that_was_emptied_are_not_the_backups(tmp_path: Path) -> None:
    """What a crash left beside a database is moved away, even if the database itself is no more."""
    file, backup = tmp_path / "bot.db", tmp_path / "backup.db"
    async with two_programs(url_of(file)) as two:
        before = await every_row(two.database, noted=True)
        await back_up(url_of(file), backup)
    with another_bot(url_of(file)) as other:
        with closing(sqlite3.connect(file)) as here, here:
            here.execute("UPDATE program SET name = 'Riverside' WHERE id = 1")
        other.kill()
        other.wait()
    os.truncate(file, 0)
    assert None is not await restore(url_of(file), backup, AT)
    assert before == await rows_of(url_of(file))


async def test_a_restore_that_fails_changes_nothing(tmp_path: Path) -> None:
    """The database stays as it is when the backup can't be brought up to date."""
    file, backup = tmp_path / "bot.db", tmp_path / "backup.db"
    async with two_programs(url_of(file)) as two:
        await back_up(url_of(file), backup)
        await two.run("UPDATE program SET name = 'Riverside' WHERE id = 1")
        before = await every_row(two.database, noted=True)
    scripts = next_version(tmp_path, newest())
    (script,) = (scripts / "versions").glob(f"{NEXT}_*")
    script.write_text(script.read_text() + "    raise OSError('no power')\n")
    with pytest.raises(StorageError, match="no power"):
        await restore(url_of(file), backup, AT, scripts)
    assert before == await rows_of(url_of(file))
    assert {"bot.db", "bot.db.lock", "backup.db", "next"} == set(files_in(tmp_path))
