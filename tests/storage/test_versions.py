"""Versions of the tables: several processes, old and new ones, never meet tables that are not theirs."""

import asyncio
import subprocess
import sys
from pathlib import Path

import pytest
from alembic.script import ScriptDirectory
from sqlalchemy import text

from storage.engine import Database
from storage.errors import Outdated, StorageError
from storage.opening import look_into, open_database
from storage.versions import MIGRATIONS, known, newest
from tests.storage.bots import now
from tests.storage.migrations import NEXT, also, next_version
from tests.storage.programs import two_programs
from tests.storage.tables import every_row

START = """
import asyncio, sys
from storage.opening import open_database

async def start():
    await (await open_database(sys.argv[1], lambda: datetime.now(UTC))).close()

asyncio.run(start())
print("alembic" in sys.modules)
"""
OLDER_RUNS = (
    "An older mentorbot is still running on this database, or a backup of it is being taken. "
    "Wait for that or stop it, then start this one."
)
OUTDATED = (
    "The database was brought up to date by a newer mentorbot, so this one has to end. Please start the new version."
)


@pytest.fixture
def scripts(tmp_path: Path) -> Path:
    """Return the migrations of the next version."""
    return next_version(tmp_path, newest())


async def version(database: Database) -> str:
    """Return the version of a database's tables."""
    async with database.connect() as conn:
        return str(await conn.scalar(text("SELECT version_num FROM alembic_version")))


async def cut_off(url: str) -> None:
    """Close all connections to a database, as a restart of the server does."""
    database = await open_database(url, now)
    others = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database()"
    async with database.connect() as conn:
        await conn.execute(text(f"{others} AND pid != pg_backend_pid()"))
    await database.close()


def test_the_known_versions_are_those_of_the_migrations() -> None:
    """Reading the files' names gives what Alembic knows, in its order: it needn't be asked at a start."""
    scripts = ScriptDirectory(str(MIGRATIONS))
    assert [script.revision for script in scripts.walk_revisions()][::-1] == known()
    assert scripts.get_current_head() == newest()


async def test_an_older_database_is_brought_up_to_date(database_url: str, scripts: Path) -> None:
    """Nothing that is in it is lost, also where tables are made anew that others point at."""
    async with two_programs(database_url) as two:
        before = await every_row(two.database, noted=True)
    database = await open_database(database_url, now, scripts)
    assert before == await every_row(database, noted=True)
    assert NEXT == await version(database)
    async with database.connect() as conn:
        mottos = await conn.execute(text("SELECT motto FROM program"))
        assert ["onwards", "onwards"] == [motto for (motto,) in mottos]
    await database.close()


async def test_a_migration_that_fails_changes_nothing(database_url: str, scripts: Path) -> None:
    """The next start begins where this one did."""
    async with two_programs(database_url) as two:
        before = await every_row(two.database, noted=True)
    also(scripts, "DELETE FROM nowhere")
    with pytest.raises(StorageError, match="nowhere"):
        await open_database(database_url, now, scripts)
    database = await open_database(database_url, now)
    assert before == await every_row(database, noted=True)
    await database.close()


async def test_rows_that_point_at_nothing_stop_a_migration(tmp_path: Path, scripts: Path) -> None:
    """SQLite doesn't look while tables are made anew, so it is looked afterwards."""
    url = f"sqlite+aiosqlite:///{tmp_path}/bot.db"
    await (await open_database(url, now)).close()
    also(scripts, "INSERT INTO workspace VALUES ('slack', 'one', 7)")
    with pytest.raises(StorageError, match="'workspace' has rows that point at nothing"):
        await open_database(url, now, scripts)


@pytest.mark.parametrize("older", [True, False], ids=["older", "empty"])
async def test_two_new_ones_at_once(shared_url: str, scripts: Path, *, older: bool) -> None:
    """One of them changes the tables, the others wait for that and go on."""
    if older:
        await (await open_database(shared_url, now)).close()
    databases = await asyncio.gather(*(open_database(shared_url, now, scripts) for _ in range(4)))
    assert [NEXT] * 4 == [await version(database) for database in databases]
    for database in databases:
        await database.close()


async def test_an_older_one_that_is_running_is_told_of(shared_url: str, scripts: Path) -> None:
    """Nothing is changed under its feet; once it has ended the new one starts."""
    old = await open_database(shared_url, now)
    with pytest.raises(StorageError) as caught:
        await open_database(shared_url, now, scripts, patience=0.5)
    assert OLDER_RUNS == str(caught.value)
    assert newest() == await version(old)
    starting = asyncio.create_task(open_database(shared_url, now, scripts))
    await asyncio.sleep(0.5)
    assert not starting.done()
    await old.close()
    new = await starting
    assert NEXT == await version(new)
    await new.close()


async def test_an_older_one_that_was_cut_off_meanwhile_ends(shared_url: str, scripts: Path) -> None:
    """Its next transaction says why, instead of working on tables that it doesn't know."""
    old = await open_database(shared_url, now)
    await cut_off(shared_url)
    new = await open_database(shared_url, now, scripts)
    for _ in range(2):
        with pytest.raises(Outdated) as caught:
            await version(old)
        assert OUTDATED == str(caught.value)
    assert NEXT == await version(new)
    await old.close()
    await new.close()


async def test_one_that_was_cut_off_goes_on(shared_url: str) -> None:
    """Where nothing was changed meanwhile, a restart of the server is a matter of connecting again."""
    database = await open_database(shared_url, now)
    await cut_off(shared_url)
    assert newest() == await database.unhindered(lambda: version(database))
    await database.close()


async def test_an_older_one_cannot_connect_while_tables_change(shared_url: str, scripts: Path) -> None:
    """It waits until they are changed, and then it is refused."""
    old = await open_database(shared_url, now)
    await cut_off(shared_url)
    also(scripts, "SELECT pg_sleep(1)")
    starting = asyncio.create_task(open_database(shared_url, now, scripts))
    await asyncio.sleep(0.5)
    with pytest.raises(Outdated):
        await version(old)
    await (await starting).close()
    await old.close()


async def test_a_process_that_hangs_loses_its_locks(shared_url: str) -> None:
    """The server ends a transaction in which nothing happens; no statement is waited for without end."""
    database = await open_database(shared_url, now)
    async with database.connect() as conn:
        assert "1min" == await conn.scalar(text("SHOW idle_in_transaction_session_timeout"))
        raw = await conn.get_raw_connection()
        assert raw.driver_connection is not None
        assert 60 == raw.driver_connection._config.command_timeout  # noqa: SLF001 - it can't be asked otherwise
    await database.close()


async def test_tables_do_not_change_while_one_looks(shared_url: str, scripts: Path) -> None:
    """A backup that takes long goes to its end."""
    await (await open_database(shared_url, now)).close()
    async with look_into(shared_url, now) as database, database.connect() as conn:
        await conn.execute(text("SELECT 1"))
        with pytest.raises(StorageError, match="or a backup of it is being taken"):
            await open_database(shared_url, now, scripts, patience=0.3)


async def test_an_older_database_is_not_looked_into(database_url: str, scripts: Path) -> None:
    """Whoever only looks changes no table, and says what to do."""
    await (await open_database(database_url, now)).close()
    with pytest.raises(StorageError, match="older than this mentorbot"):
        async with look_into(database_url, now, scripts):
            pass


def test_alembic_is_not_imported_without_need(tmp_path: Path) -> None:
    """A start on tables that are current doesn't wait for it."""
    url = f"sqlite+aiosqlite:///{tmp_path}/bot.db"
    imported = [subprocess.check_output([sys.executable, "-c", START, url], text=True).strip() for _ in range(2)]
    assert ["True", "False"] == imported
