"""The commands as they are typed: what they say, and how they end."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from storage.audit_files import Heads, read_key
from tests.storage.bots import another_bot, files_in, opened, url_of
from tests.storage.programs import MONDAY, two_programs
from tests.upkeep.command_line import typed

KEY = b"a key that lies beside the database"


@pytest.fixture
async def folder(tmp_path: Path) -> Path:
    """Return a folder with a database that has two programs, one of them with a sealed log, and its key."""
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "audit.key").write_bytes(KEY)
    async with two_programs(url_of(tmp_path / "data" / "mentorbot.db")):
        pass
    await seal(tmp_path, "first")
    return tmp_path


async def seal(folder: Path, action: str) -> None:
    """Note what somebody did in the first program, and seal it."""
    async with opened(url_of(folder / "data" / "mentorbot.db")) as database, database.work(1) as work:
        await work.audit.add("5ca1ab1e", action)
        head = await work.audit.seal(KEY)
    Heads(folder / "data" / "audit.heads").add(1, str(head), MONDAY)


def change(folder: Path, sql: str) -> None:
    """Change the database as nobody should."""
    with closing(sqlite3.connect(folder / "data" / "mentorbot.db")) as conn, conn:
        conn.execute(sql)


def test_a_backup_is_made_and_restored(folder: Path) -> None:
    """Each command says what was done, and what is to be known about it."""
    code, said = typed(folder, "backup", "backups/monday.db")
    assert (0, True) == (code, "keep copies of data/audit.key" in said)
    change(folder, "UPDATE program SET name = 'Riverside' WHERE id = 1")
    code, said = typed(folder, "restore", "backups/monday.db")
    assert (0, True) == (code, "The database is the backup backups/monday.db now." in said)
    assert f"What was there before is kept as {folder}/data/mentorbot.db.before-" in said
    assert "a reminder may come once more" in said
    assert 0 == typed(folder, "audit", "verify")[0]


def test_what_cannot_be_done_is_said(folder: Path) -> None:
    """In a line, with an exit code that scripts understand."""
    (folder / "there.db").touch()
    for words, expected in (
        (("backup", "there.db"), "there.db is there already"),
        (("restore", "nowhere.db"), "There is no file nowhere.db."),
        (("restore", "there.db"), "there.db is no backup of mentorbot's."),
        (("audit", "verify", "--heads", "nowhere"), "There is no file nowhere."),
        (("audit", "start-over", "--yes"), "data/audit.key is there, so nothing has to be started over."),
    ):
        code, said = typed(folder, *words)
        assert (1, True) == (code, expected in said)


def test_verifying_ends_with_1_if_something_is_wrong(folder: Path) -> None:
    """With 0 if all holds; a copy of the heads is as good as the file itself, and without either that is said."""
    code, said = typed(folder, "audit", "verify")
    assert (0, True) == (code, "one: holds. 1 row under 1 seal" in said)
    heads = folder / "data" / "audit.heads"
    heads.rename(folder / "copy")
    change(folder, "DELETE FROM seal")
    change(folder, "DELETE FROM audit")
    code, said = typed(folder, "audit", "verify")
    assert (0, True) == (code, "so it can't be seen whether the end was cut off" in said)
    code, said = typed(folder, "audit", "verify", "--heads", "copy")
    assert (1, True) == (code, "one: DOES NOT HOLD. The end was cut off" in said)


@pytest.mark.parametrize("words", [("audit", "verify"), ("backup", "new.db")], ids=" ".join)
def test_lost_changes_stay_noticed(folder: Path, words: tuple[str, ...]) -> None:
    """Who looks makes no empty file in the place of the one with the newest changes, and isn't told that all holds."""
    with another_bot(url_of(folder / "data" / "mentorbot.db")):
        pass  # it is killed
    (folder / "data" / "mentorbot.db-wal").unlink()
    code, said = typed(folder, *words)
    assert (1, True) == (code, "mentorbot was cut off the last time" in said)
    assert "mentorbot.db-wal" not in files_in(folder / "data")


async def test_a_restored_backup_does_not_look_cut_off(folder: Path) -> None:
    """What it undid is told as that."""
    assert 0 == typed(folder, "backup", "backup.db")[0]
    await seal(folder, "second")
    assert 0 == typed(folder, "restore", "backup.db")[0]
    code, said = typed(folder, "audit", "verify")
    assert (0, True) == (code, "one: seals 2 to 2 are left out. They were undone" in said)


def test_a_lost_key_is_replaced_on_purpose(folder: Path) -> None:
    """Not before it was said what that means, and that there is no way back."""
    key = folder / "data" / "audit.key"
    key.unlink()
    assert "there is no data/audit.key" in typed(folder, "audit", "verify")[1]
    assert "Is the key lost for good?" in typed(folder, "audit", "start-over", answer="n\n")[1]
    assert None is read_key(key)
    code, said = typed(folder, "audit", "start-over", answer="y\n")
    assert (0, True) == (code, "There is a new key, data/audit.key" in said)
    code, said = typed(folder, "audit", "verify")
    assert (0, True) == (code, "one: holds. nothing is sealed yet; 1 row waits for a seal." in said)
