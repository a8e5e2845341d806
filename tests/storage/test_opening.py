"""Opening a database: one bot to a file, tables as declared, and plain words for whatever is wrong."""

import asyncio
import os
import signal
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import Connection, inspect, text

from storage.engine import Database
from storage.opening import open_database
from storage.schema import metadata
from tests.storage import tables as registered
from tests.storage.bots import HOLD, another_bot, now, refusal, url_of

# SQLite's indexes over expressions can't be looked up; PostgreSQL's are compared.
NO_EXPRESSIONS = pytest.mark.filterwarnings("ignore:.*expression-based index")


async def test_a_second_bot_on_the_same_file_is_refused(tmp_path: Path) -> None:
    """It is told who is there, and what to do; the first one notices nothing."""
    url = url_of(tmp_path / "bot.db")
    with another_bot(url) as other:
        expected = (
            f"Another mentorbot (process {other.pid}) is using {tmp_path}/bot.db. "
            "Stop it first, or give this one its own database."
        )
        assert expected == await refusal(url)
        assert expected == await refusal(url)
        assert None is other.poll()


async def test_a_second_process_is_refused(tmp_path: Path) -> None:
    """The bot that came first keeps its database, whichever process asks."""
    url = url_of(tmp_path / "bot.db")
    database = await open_database(url, now)
    done = await asyncio.to_thread(
        subprocess.run, [sys.executable, "-c", HOLD, url], capture_output=True, text=True, check=True, input=""
    )
    assert f"Another mentorbot (process {os.getpid()}) is using" in done.stdout
    assert "" == done.stderr
    await database.close()


async def test_a_bot_that_was_killed_leaves_no_lock(tmp_path: Path) -> None:
    """After a crash the next one starts at once, on the same file."""
    url = url_of(tmp_path / "bot.db")
    with another_bot(url) as other:
        other.send_signal(signal.SIGKILL)
        other.wait()
        await (await open_database(url, now)).close()


async def test_a_database_that_was_closed_can_be_opened_again(empty_database_url: str) -> None:
    """Nothing is changed by opening twice."""
    first = await open_database(empty_database_url, now)
    before = await tables(first)
    await first.close()
    second = await open_database(empty_database_url, now)
    assert before == await tables(second)
    await second.close()


async def test_a_refused_start_leaves_no_lock(tmp_path: Path) -> None:
    """Once a file is put right it can be opened."""
    file = tmp_path / "bot.db"
    file.write_bytes(b"this is no database" * 100)
    assert "is damaged" in await refusal(url_of(file))
    file.unlink()
    await (await open_database(url_of(file), now)).close()


async def test_others_may_read_beside_the_bot(tmp_path: Path) -> None:
    """A backup, taken while the bot writes, holds what was committed."""
    file = tmp_path / "bot.db"
    database = await open_database(url_of(file), now)
    async with database.connect() as conn:
        await conn.execute(text("INSERT INTO program (name, policy) VALUES ('Riverside', 'default')"))
    with closing(sqlite3.connect(f"file:{file}?mode=ro", uri=True)) as reader:
        async with database.connect() as conn:
            await conn.execute(text("INSERT INTO program (name, policy) VALUES ('Hillside', 'default')"))
            assert [("Riverside",)] == reader.execute("SELECT name FROM program").fetchall()
    await database.close()


async def tables(database: Database) -> set[str]:
    """Return the names of all tables."""
    async with database.connect() as conn:
        return set(await conn.run_sync(lambda sync: inspect(sync).get_table_names()))


@NO_EXPRESSIONS
async def test_the_migrations_give_the_tables_that_are_declared(empty_database_url: str) -> None:
    """No table, column or index differs between the migrations and the stores."""
    assert registered.work.STORES
    database = await open_database(empty_database_url, now)

    def differences(sync: Connection) -> list[object]:
        return list(compare_metadata(MigrationContext.configure(sync, opts={"compare_type": True}), metadata))

    async with database.connect() as conn:
        assert [] == await conn.run_sync(differences)
    assert {*metadata.tables, "alembic_version"} == await tables(database)
    await database.close()


def keys(sync: Connection) -> list[tuple[object, ...]]:
    """Return what a comparison of migrations doesn't look at: primary and foreign keys, conditions of indexes."""
    look = inspect(sync)
    found: list[tuple[object, ...]] = []
    for name in sorted(metadata.tables):
        found += [(name, *key.items()) for key in look.get_foreign_keys(name)]
        found.append((name, *look.get_pk_constraint(name).items()))
        for index in look.get_indexes(name):
            conditions = {key: str(value) for key, value in index.get("dialect_options", {}).items()}
            found.append((name, index["name"], str(index["column_names"]), str(conditions)))
    return sorted(found, key=str)


@NO_EXPRESSIONS
async def test_the_keys_are_those_that_are_declared(empty_database_url: str) -> None:
    """Primary keys, foreign keys and conditions of indexes are as the stores declare them."""
    migrated = await open_database(empty_database_url, now)
    async with migrated.connect() as conn:
        expected = await conn.run_sync(keys)
        await conn.run_sync(metadata.drop_all)
        await conn.run_sync(metadata.create_all)
        assert expected == await conn.run_sync(keys)
    await migrated.close()


async def test_a_newer_database_is_refused(empty_database_url: str) -> None:
    """An older bot touches nothing that a newer one wrote."""
    database = await open_database(empty_database_url, now)
    async with database.connect() as conn:
        await conn.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    await database.close()
    assert (
        "This database was written by a newer mentorbot. Please start that version, or restore an older backup."
    ) == await refusal(empty_database_url)


async def test_a_folder_is_no_database(tmp_path: Path) -> None:
    """Neither is a folder that stands where the file should be."""
    (tmp_path / "bot.db").mkdir()
    assert "can't be reached" in await refusal(url_of(tmp_path / "bot.db"))


async def test_a_folder_that_is_missing_is_made(tmp_path: Path) -> None:
    """The first start needs no preparation."""
    await (await open_database(url_of(tmp_path / "new" / "deep" / "bot.db"), now)).close()
    assert (tmp_path / "new" / "deep" / "bot.db").exists()


async def test_a_folder_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    """A file in the way of the folder is told without a traceback."""
    (tmp_path / "data").write_text("a file")
    assert "can't be reached" in await refusal(url_of(tmp_path / "data" / "bot.db"))


async def test_a_link_to_the_file_is_the_same_database(tmp_path: Path) -> None:
    """Two names of one file don't make two bots."""
    database = await open_database(url_of(tmp_path / "bot.db"), now)
    (tmp_path / "link.db").symlink_to(tmp_path / "bot.db")
    try:
        assert "Another mentorbot" in await refusal(url_of(tmp_path / "link.db"))
    finally:
        await database.close()


@pytest.mark.parametrize("where", ["127.0.0.1:1", "nowhere.invalid:5432"])
async def test_an_unreachable_server_is_told_without_the_password(where: str) -> None:
    """The address is shown, its password is not."""
    told = await refusal(f"postgresql+asyncpg://ada:s3cret-word@{where}/mentorbot")
    assert f"The database postgresql+asyncpg://ada:***@{where}/mentorbot can't be reached: " in told
    assert "s3cret" not in told


async def test_an_unknown_database_is_told(empty_database_url: str) -> None:
    """A server that is there, without that database, is told in plain words as well."""
    if empty_database_url.startswith("sqlite"):
        return
    other = empty_database_url.replace("/test_", "/nothing_").replace("postgres@", "postgres:s3cret-word@")
    told = await refusal(other)
    assert "can't be reached" in told
    assert "s3cret" not in told


async def test_two_that_open_at_once_bring_it_up_to_date_once(empty_database_url: str) -> None:
    """Replicas that start together don't migrate twice; one SQLite file takes one of them."""
    opened = await asyncio.gather(*(open_database(empty_database_url, now) for _ in range(4)), return_exceptions=True)
    databases = [one for one in opened if isinstance(one, Database)]
    assert (1 if empty_database_url.startswith("sqlite") else 4) == len(databases)
    assert {*metadata.tables, "alembic_version"} == await tables(databases[0])
    async with databases[-1].connect() as conn:
        assert [(1,)] == [tuple(row) for row in await conn.execute(text("SELECT count(*) FROM alembic_version"))]
    for database in databases:
        await database.close()


async def test_two_processes_that_open_at_once(empty_database_url: str) -> None:
    """The same with processes of their own."""
    others = [
        await asyncio.create_subprocess_exec(
            sys.executable, "-c", HOLD, empty_database_url, stdin=subprocess.PIPE, stdout=subprocess.PIPE
        )
        for _ in range(2)
    ]
    told = [(await other.communicate(b""))[0].decode() for other in others]
    assert 1 <= told.count("open\n")
    assert [] == [line for line in told if line != "open\n" and not line.startswith("Another mentorbot")]
