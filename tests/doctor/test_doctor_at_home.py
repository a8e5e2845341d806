"""`mentorbot doctor` on what needs no platform: settings, the database, the playground."""

import os
import shutil
import subprocess
import sys
from collections.abc import Mapping
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from sqlalchemy import make_url, text

from adapters.slack import doctor as slack_doctor
from bot import config, doctor
from tests.doctor.practice import APP_TOKEN, BOT_TOKEN, Practice, real_time, variables
from tests.storage.bots import another_bot, files_in, opened, overwrite, url_of

ROOT = Path(__file__).parents[2]
AS_NOBODY = """
import asyncio, os, sys
from datetime import UTC, datetime
from pathlib import Path
import aiosqlite, sqlalchemy.dialects.sqlite.aiosqlite
from bot import config, doctor
os.setgid(65534)
os.setuid(65534)
load = lambda: config.load(None, {"MENTORBOT_STORAGE__URL": sys.argv[1]}, Path("/"))
for line in doctor.lines(asyncio.run(doctor.examine(load, lambda: datetime.now(UTC), ()))):
    print(line)
"""
MIGRATED = "✓ Database: It opens, its tables are up to date, and it can be written to."
NOTHING_ELSE = "○ Not looked at before what is wrong above is mended: everything else"


async def looks(url: str, folder: Path, more: Mapping[str, str]) -> list[str]:
    """Return what the doctor says with a database and some variables."""
    load = partial(config.load, None, variables(url, more), folder)
    return list(doctor.lines(await doctor.examine(load, real_time, (slack_doctor.examiner,))))


async def test_without_a_token_there_is_the_playground(database_url: str, tmp_path: Path) -> None:
    """That is nothing wrong."""
    lines = await looks(database_url, tmp_path, {})
    assert ["✓ Settings: They can be read.", MIGRATED] == lines[:-1]
    assert lines[-1].startswith("✓ Platform: No token is given, so mentorbot runs the playground")


async def test_without_a_platform_it_does_not_start(sqlite_url: str, tmp_path: Path) -> None:
    """What `run` would refuse is told."""
    lines = await looks(sqlite_url, tmp_path, {"MENTORBOT_PLAYGROUND__ENABLED": "no"})
    assert lines[-1].startswith("✗ Platform: No token is given, and the playground is switched off.")


async def test_each_wrong_setting_has_its_line(sqlite_url: str, tmp_path: Path) -> None:
    """All at once; nothing else is looked at, and what may be a secret isn't repeated."""
    (tmp_path / "config.toml").write_text(f'[slack]\ntoken = "{BOT_TOKEN}"\n[playground]\nport = 99999\n')
    (tmp_path / ".env").write_text(f"SLACK_BOT_TOKN={APP_TOKEN}\n")
    first, second, third, last = await looks(sqlite_url, tmp_path, {})
    assert "✗ Settings: " in first
    assert "as SLACK_BOT_TOKEN" in first
    assert second.endswith(", SLACK_BOT_TOKN: there is no such secret. Did you mean SLACK_BOT_TOKEN?")
    assert "should be a whole number from 0" in third
    assert NOTHING_ELSE == last
    assert BOT_TOKEN not in first
    assert APP_TOKEN not in second


async def test_a_people_file_is_read_too(sqlite_url: str, tmp_path: Path) -> None:
    """Whatever is wrong in it stands in one line."""
    file = tmp_path / "people.toml"
    file.write_text("policy = 7\n")
    line, *_ = await looks(sqlite_url, tmp_path, {"MENTORBOT_PROGRAM__FILE": str(file)})
    assert line.startswith(f"✗ Settings: {file} can't be used yet: ")


async def test_a_database_that_is_not_there_stays_so(tmp_path: Path) -> None:
    """Before the first start it is said who makes it; the doctor doesn't."""
    _, line, _ = await looks(url_of(tmp_path / "data" / "new.db"), tmp_path, {})
    assert f"✗ Database: There is no database {tmp_path}/data/new.db. It is made when mentorbot is started." == line
    assert [] == files_in(tmp_path)


async def test_a_database_without_tables(empty_postgres_url: str, tmp_path: Path) -> None:
    """It is made ready by a start."""
    _, line, _ = await looks(empty_postgres_url, tmp_path, {})
    assert "✗ Database: This database is older than this mentorbot. Please start mentorbot on it once." == line


async def test_a_server_that_is_not_there(tmp_path: Path) -> None:
    """It is named without its password."""
    _, line, _ = await looks("postgresql+asyncpg://me:hunter2@127.0.0.1:9/none", tmp_path, {})
    assert line.startswith("✗ Database: The database postgresql+asyncpg://me:***@127.0.0.1:9/none can't be reached: ")
    assert "hunter2" not in line


async def test_a_server_that_takes_no_changes(postgres_url: str, tmp_path: Path) -> None:
    """Such as one that only copies another."""
    async with opened(postgres_url) as database, database.connect() as conn:
        name = await conn.scalar(text("SELECT current_database()"))
        await conn.execute(text(f'ALTER DATABASE "{name}" SET default_transaction_read_only = on'))
    _, line, _ = await looks(postgres_url, tmp_path, {})
    assert line.startswith("✗ Database: This PostgreSQL server takes no changes just now")


async def test_a_damaged_file(sqlite_url: str, tmp_path: Path) -> None:
    """It is told what to do, and nothing is done."""
    overwrite(tmp_path / "mentorbot.db", 0, 4096)
    _, line, _ = await looks(sqlite_url, tmp_path, {})
    assert line.startswith("✗ Database: The database ")
    assert "mentorbot restore FILE" in line


async def test_lost_changes_stay_noticed(sqlite_url: str, tmp_path: Path) -> None:
    """A look makes no empty file in the place of the one with the newest changes: a start would take it for that."""
    with another_bot(sqlite_url):
        pass  # it is killed
    (tmp_path / "mentorbot.db-wal").unlink()
    _, line, _ = await looks(sqlite_url, tmp_path, {})
    assert "✗ Database: mentorbot was cut off the last time" in line
    assert "mentorbot.db-wal" not in files_in(tmp_path)


async def test_it_works_while_mentorbot_does(healthy: Practice) -> None:
    """Also in the midst of a change; and mentorbot goes on."""
    with another_bot(healthy.url) as other:
        assert [] == [line for line in await healthy.looks() if line[0] != "✓"]
        assert other.poll() is None


async def test_a_change_that_goes_on_is_not_waited_for(healthy: Practice) -> None:
    """It is seen as it was before."""
    async with healthy.opened() as database, database.connect() as conn:
        await conn.execute(text("UPDATE program SET name = 'Hillside'"))
        assert "✓ State of the program: Riverside is running." == (await healthy.looks())[-1]


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can look as somebody else")
@pytest.mark.parametrize(
    ("folder", "file", "expected"),
    [
        (0o755, 0o644, "The user who asks may not change {folder}. Ask as the user as which mentorbot runs"),
        (0o777, 0o644, "The user who asks may not change {folder}/mentorbot.db. Ask as the user as which mentorbot"),
        (0o777, 0o600, "The user who asks may not change {folder}/mentorbot.db. Ask as the user as which mentorbot"),
        (0o700, 0o600, "The user who asks may not change {folder}. Ask as the user as which mentorbot runs"),
    ],
)
def test_somebody_elses_database(sqlite_url: str, tmp_path: Path, folder: int, file: int, expected: str) -> None:
    """Whoever may not change it is told so, and nothing fails."""
    with TemporaryDirectory() as place:  # one of pytest's own can be reached by its user alone
        Path(place).chmod(0o755)
        there = Path(place) / "data"
        there.mkdir()
        there.chmod(folder)
        shutil.copy(tmp_path / "mentorbot.db", there)
        (there / "mentorbot.db").chmod(file)
        command = (sys.executable, "-c", AS_NOBODY, f"sqlite:///{there}/mentorbot.db")
        done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
        _, line, _ = done.stdout.splitlines()
        assert line.startswith(f"✗ Database: {expected.format(folder=there)}")


async def test_a_user_who_may_only_read(postgres_url: str, tmp_path: Path) -> None:
    """On PostgreSQL it is the user in the address."""
    async with opened(postgres_url) as database, database.connect() as conn:
        await conn.execute(text("CREATE ROLE onlooker LOGIN"))
        await conn.execute(text("GRANT SELECT ON ALL TABLES IN SCHEMA public TO onlooker"))
    url = make_url(postgres_url).set(username="onlooker").render_as_string(hide_password=False)
    try:
        _, line, _ = await looks(url, tmp_path, {})
        assert line.startswith("✗ Database: This user of PostgreSQL may not change mentorbot's tables.")
    finally:
        async with opened(postgres_url) as database, database.connect() as conn:
            await conn.execute(text("DROP OWNED BY onlooker"))
            await conn.execute(text("DROP ROLE onlooker"))
