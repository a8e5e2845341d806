"""Nobody can tell who made a report without a name: not from the database, its WAL, a backup, the log, the figures."""

import io
import shutil
import sqlite3
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

import pytest

from tests.reports.observer import Base, Features, difference, features, likely_by_lot, told_apart
from tests.reports.twins import Left, lives, prepare

WRITERS = ("lena", "rosa")  # a mentee; and a coordinator who answers reports, too
PEOPLE = (*WRITERS, "Lena Vogt", "Rosa Delgado")
FEW, MANY = 20, 200  # pairs
UNLIKELY = 0.001

# What must not be: a row of whoever wrote, written or deleted, or only one that lies elsewhere than before.
LEAKS = {
    "the account's last use": "UPDATE account SET used_at = '2026-03-05 10:30:00' WHERE user = :user",
    "a call in the inbox": "INSERT INTO inbox VALUES (1, :user || '-writes-3', '2026-03-05 10:30:00')",
    "a message to them": "INSERT INTO outbox (program_id, key, kind, args, member_id, effect, urgency, due_at, "
    "not_before, state, attempts) SELECT 1, hex(randomblob(16)), 'responding.note', '[]', member_id, 'message', "
    "'asked', '2026-03-05 10:30:00', '2026-03-05 10:30:00', 'waiting', 0 FROM account WHERE user = :user",
    "an alarm of theirs": "INSERT INTO due (program_id, kind, subject, member_id, at) "
    "SELECT 1, 'reports.look', 1, member_id, '2026-03-05 10:30:00' FROM account WHERE user = :user",
    "a line in the audit log": "INSERT INTO audit (program_id, at, actor, action, subject) "
    "SELECT 1, '2026-03-05 10:30:00', key, 'reports.sent', '' FROM member JOIN account ON member_id = member.id "
    "WHERE user = :user",
    "a row that lies last": "REPLACE INTO account SELECT * FROM account WHERE user = :user",
    "a call that was deleted": "INSERT INTO inbox VALUES (1, :user, '2026'); DELETE FROM inbox WHERE call = :user",
}


async def seen(folder: Path, base: Base, pairs: int, log: io.StringIO) -> tuple[list[Features], list[list[Left]]]:
    """Let so many histories be lived twice; return what differs in each, and what is left of the first ones."""
    found: list[Features] = []
    kept: list[list[Left]] = []
    for seed in range(pairs):
        folders = [folder / f"{seed}-{writer}" for writer in WRITERS]
        both = [await lives(base.file, *to, seed, log) for to in zip(folders, WRITERS, strict=True)]
        one, other = ([features(left, base, PEOPLE) for left in lefts] for lefts in both)
        found.append(
            {f"{at} {name}": by for at in range(len(one)) for name, by in difference(one[at], other[at]).items()}
        )
        if seed < FEW:
            kept.append([lefts[0] for lefts in both])
        else:
            for there in folders:
                shutil.rmtree(there)
    return found, kept


def planted(left: Left, sql: str, writer: str) -> Left:
    """Return what would be left in the database if a bot had done this, too."""
    work, there = (left.folder.with_name(f"{left.folder.name}-{name}") for name in ("work", "planted"))
    for folder in (work, there):
        folder.mkdir(exist_ok=True)
    for file in left.folder.glob("mentorbot.db*"):
        shutil.copy(file, work)
    with closing(sqlite3.connect(work / "mentorbot.db", isolation_level=None)) as conn:
        conn.execute("PRAGMA wal_autocheckpoint = 0")
        for statement in sql.split("; "):
            conn.execute(statement, {"user": writer})
        for file in work.glob("mentorbot.db*"):  # while it is open, so that the WAL is there
            shutil.copy(file, there)
    return Left(there)


def with_leak(kept: Sequence[list[Left]], base: Base, sql: str) -> list[Features]:
    """Return what would differ."""
    found: list[Features] = []
    for lefts in kept:
        both = [planted(left, sql, writer) for left, writer in zip(lefts, WRITERS, strict=True)]
        found.append(difference(*(features(left, base, PEOPLE) for left in both)))
    return found


@pytest.mark.only_on("playground")  # it is about what stands behind every platform
async def test_who_wrote_cannot_be_told(tmp_path: Path, log: io.StringIO, *, often: bool) -> None:
    """An observer who learns from half of the pairs is as often right about the others as a coin; a leak is found."""
    base = Base(tmp_path / "before.db")
    await prepare(base.file)
    found, kept = await seen(tmp_path, base, MANY if often else FEW, log)
    right, of, by = told_apart(found)
    assert likely_by_lot(right, of) > UNLIKELY, f"{right} of {of}, by {by}"
    for name, sql in LEAKS.items():
        right, of, by = told_apart(with_leak(kept, base, sql))
        assert likely_by_lot(right, of) <= UNLIKELY, f"{name} isn't found: {right} of {of}, by {by}"
