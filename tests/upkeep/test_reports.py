"""The operator's part in private reports: the recovery key, and a report that is taken out without being read."""

import json
import shutil
import sqlite3
import subprocess
from contextlib import closing
from pathlib import Path
from stat import S_IMODE

import pyrage
import pytest

from bot.reports import sealing
from bot.reports.contents import Kind, Line, Told, pack
from bot.upkeep.report_files import export, make_recovery_key
from storage.cases import Cases, NewCase, new_id, reader
from storage.errors import StorageError
from storage.report_tables import OUTSIDE, RECOVERY
from storage.responders import Responders
from tests.storage.bots import opened, url_of
from tests.storage.programs import MONDAY, two_programs
from tests.upkeep.command_line import typed

WORDS = "what was told in private"


@pytest.fixture
async def folder(tmp_path: Path) -> Path:
    """Return a folder with a database that has two programs."""
    (tmp_path / "data").mkdir()
    async with two_programs(url_of(tmp_path / "data" / "mentorbot.db")):
        pass
    return tmp_path


async def made_key(folder: Path, *, replace: bool = False) -> str:
    """Make a recovery key for the first program."""
    secret, _ = await make_recovery_key(_url(folder), lambda: MONDAY, "one", replace=replace)
    return secret


async def exported(folder: Path, name: str, program: str | None = "one") -> Path:
    """Export a report."""
    return await export(_url(folder), lambda: MONDAY, program, name, folder)


def _url(folder: Path) -> str:
    return url_of(folder / "data" / "mentorbot.db")


async def report(folder: Path, *readers: str) -> str:
    """Keep a report with two entries for some who are no members, beside a member; return its name."""
    secret, public = sealing.identity()
    case_id = new_id()
    told, more = Told("other", WORDS), Line(Kind.REPLY, None, WORDS, MONDAY)
    first, second = (sealing.seal(pack(case_id, content), [public]) for content in (told, more))
    new = NewCase(case_id, public, b"receipt", sealing.wrap_for_code(secret, "1" * 25), b"hidden")
    async with opened(_url(folder)) as database, database.work(1) as work:
        contact = await work.of(Responders).contact()
        publics = {RECOVERY: contact.recovery or "", OUTSIDE: contact.outside or "", reader(1): public}
        wraps = {name: sealing.wrap(secret, publics[name]) for name in (*readers, reader(1))}
        case = await work.of(Cases).add(new, wraps, new_id(), first)
        assert case is not None
        await work.of(Cases).write(case_id, new_id(), second)
    return case.name


def sql(folder: Path, query: str) -> list[tuple[object, ...]]:
    """Look into the database."""
    with closing(sqlite3.connect(folder / "data" / "mentorbot.db")) as conn:
        return conn.execute(query).fetchall()


def by_pyrage(folder: Path, recovery: str) -> list[bytes]:
    """Open an export as README.txt says, with a recovery key as it was printed."""
    own = pyrage.x25519.Identity.from_str(recovery.splitlines()[-1])
    (key_file,) = folder.glob("key-for-*.age")
    case = pyrage.x25519.Identity.from_str(pyrage.decrypt(key_file.read_bytes(), [own]).decode().strip())
    return [pyrage.decrypt(file.read_bytes(), [case]) for file in sorted(folder.glob("[0-9]*.age"))]


def by_age(folder: Path, recovery: str) -> list[bytes]:
    """Open it with age itself."""
    if shutil.which("age") is None:
        pytest.skip("age isn't installed here")
    (folder.parent / "recovery.txt").write_text(recovery)
    (key_file,) = folder.glob("key-for-*.age")
    subprocess.run(["age", "-d", "-i", "../recovery.txt", "-o", "key", key_file.name], cwd=folder, check=True)
    names = sorted(file.name for file in folder.glob("[0-9]*.age"))
    return [subprocess.check_output(["age", "-d", "-i", "key", name], cwd=folder) for name in names]


async def test_an_export_is_opened_with_the_recovery_key(folder: Path) -> None:
    """By any tool of age's, as README.txt says; what it gives is the report, word for word."""
    _, said = typed(folder, "keys", "--program", "one")
    recovery = _key_in(said)
    name = await report(folder, RECOVERY)
    code, said = typed(folder, "reports", "export", name, "--to", "out", "--program", "one")
    assert (0, True) == (code, f"out/{name} has the report" in said)
    for opens in (by_pyrage, by_age):
        entries = [json.loads(plain) for plain in opens(folder / "out" / name, recovery)]
        assert {"report": WORDS, "line": WORDS} == {it["form"]: it.get("what") or it["text"] for it in entries}
    readme = (folder / "out" / name / "README.txt").read_text()
    assert f"age -d -i KEY -o {name}.key key-for-recovery.age" in readme
    assert "2.age" in readme


def _key_in(said: str) -> str:
    return said[said.index("# mentorbot's recovery key") :].split("This is the recovery key", maxsplit=1)[0].strip()


async def test_an_export_gives_nothing_away(folder: Path) -> None:
    """Only the owner may look at its files, no word stands in them in clear, and the audit log tells who and which."""
    await made_key(folder)
    name = await report(folder, RECOVERY)
    there = await exported(folder, name.lower())
    files = contents(there)
    assert {"README.txt", "key-for-recovery.age", "1.age", "2.age"} == set(files)
    assert (0o700, {0o600}) == (mode(there), {mode(there / file) for file in files})
    assert [] == [file for file, content in files.items() if WORDS.encode() in content]
    noted = sql(folder, "SELECT actor, action, subject FROM audit")
    assert [("operator", "reports.recovery_key", ""), ("operator", "reports.export", name)] == noted
    assert {"data", name} == names(folder)


def contents(folder: Path) -> dict[str, bytes]:
    """Return the files of a folder."""
    return {file.name: file.read_bytes() for file in folder.iterdir()}


def names(folder: Path) -> set[str]:
    """Return what is in a folder."""
    return {file.name for file in folder.iterdir()}


def mode(file: Path) -> int:
    """Return who may do what with a file."""
    return S_IMODE(file.stat().st_mode)


async def test_the_outside_contact_opens_what_is_theirs(folder: Path) -> None:
    """A report that went to them is exported for their key."""
    secret, public = sealing.identity()
    async with opened(_url(folder)) as database, database.work(1) as work:
        await work.of(Responders).put_contact(outside=public)
    there = await exported(folder, await report(folder, OUTSIDE))
    assert 2 == len(by_pyrage(there, secret))
    assert b"the outside contact's key" in contents(there)["README.txt"]


async def test_what_cannot_be_exported_is_said(folder: Path) -> None:
    """In a line; nothing is written, and nothing noted."""
    name = await report(folder)
    for report_name, program, expected in (
        ("R-000000", "one", r"There is no report R-000000\."),
        (name, "one", "can be opened in the chat alone"),
        (name, "other", "There is no report"),
        (name, None, r"Please name one with --program: 'one', 'other'\."),
        (name, "third", r"There is no program 'third'\."),
    ):
        with pytest.raises(StorageError, match=expected):
            await exported(folder, report_name, program)
    assert ([], {"data"}) == (sql(folder, "SELECT * FROM audit"), names(folder))


async def test_nothing_is_written_over(folder: Path) -> None:
    """An export that is there stays as it is, and the second isn't noted either."""
    await made_key(folder)
    name = await report(folder, RECOVERY)
    before = contents(await exported(folder, name))
    with pytest.raises(StorageError, match="is there already"):
        await exported(folder, name)
    assert (2, before) == (len(sql(folder, "SELECT * FROM audit")), contents(folder / name))


async def test_the_recovery_key_is_kept_nowhere(folder: Path) -> None:
    """Only its public half is, in its own program; another one is made only if that is said."""
    secret = await made_key(folder)
    assert [(1, sealing.public_of(secret))] == sql(folder, "SELECT program_id, recovery FROM report_contact")
    assert secret.encode() not in b"".join(contents(folder / "data").values())
    with pytest.raises(StorageError, match="There is a recovery key already"):
        await made_key(folder)
    assert secret != await made_key(folder, replace=True)


async def test_without_a_database_none_is_made(tmp_path: Path) -> None:
    """It is said that there is none."""
    with pytest.raises(StorageError, match="There is no database"):
        await made_key(tmp_path)
    assert set() == names(tmp_path)
