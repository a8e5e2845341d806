"""The bot as a process of its own: how it is ended, and when it ends by itself."""

import asyncio
import os
import re
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import aiohttp
import pytest
from sqlalchemy import text
from sqlalchemy.ext.asyncio import create_async_engine

READY, ENOUGH = 60, 10  # seconds: a slow machine's for a start; what whoever stops a service waits for its end


@asynccontextmanager
async def running(url: str, folder: Path) -> AsyncIterator[tuple[asyncio.subprocess.Process, str]]:
    """Run mentorbot on a database; give the process and the address of its page."""
    settings = {
        "STORAGE__URL": url.replace("+aiosqlite", "").replace("+asyncpg", ""),
        "PLAYGROUND__PORT": "0",
        "PLAYGROUND__OPEN_BROWSER": "false",
        "PLAYGROUND__STATE": str(folder / "playground.json"),
        "AUDIT__KEY_FILE": str(folder / "audit.key"),
        "SCHEDULER__EVERY": "1s",
    }
    environment = {**os.environ, **{f"MENTORBOT_{name}": value for name, value in settings.items()}}
    pipes = {"stdout": asyncio.subprocess.PIPE, "stderr": asyncio.subprocess.PIPE}
    command = (sys.executable, "-m", "bot", "run")
    process = await asyncio.create_subprocess_exec(*command, **pipes, env=environment)  # type: ignore[arg-type]
    try:
        assert process.stdout is not None
        line = await asyncio.wait_for(process.stdout.readline(), READY)
        found = re.search(r"http://\S+", line.decode())
        assert found, line + (await process.communicate())[1]
        yield process, found[0]
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()


async def test_whoever_ends_it_waits_a_moment(database_url: str, tmp_path: Path) -> None:
    """SIGTERM ends it in time and without an error, also while somebody looks at the page; nothing is held."""
    async with (
        running(database_url, tmp_path) as (process, address),
        aiohttp.ClientSession() as session,
        session.ws_connect(address.replace("http", "ws") + "ws") as page,
    ):
        assert not page.closed
        process.terminate()
        _, errors = await asyncio.wait_for(process.communicate(), ENOUGH)
    assert (0, b"") == (process.returncode, b"".join(re.findall(rb".*(?:rror|Traceback).*", errors)))
    engine = create_async_engine(database_url)
    async with engine.connect() as conn:
        assert 0 == await conn.scalar(text("SELECT count(*) FROM outbox WHERE held_by IS NOT NULL"))
    await engine.dispose()


@pytest.mark.parametrize("database_url", ["postgres"], indirect=True)
async def test_tables_that_are_newer_than_it_end_it(database_url: str, tmp_path: Path) -> None:
    """A bot whose connections were cut, and whose tables were changed meanwhile, says so plainly and ends."""
    engine = create_async_engine(database_url)
    async with running(database_url, tmp_path) as (process, _):
        async with engine.begin() as conn:
            await conn.execute(text("UPDATE alembic_version SET version_num = '9999'"))
            others = "SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
            await conn.execute(text(f"SELECT pg_terminate_backend(pid) FROM ({others}) AS others"))  # noqa: S608
        _, errors = await asyncio.wait_for(process.communicate(), READY)
    assert 1 == process.returncode
    assert "brought up to date by a newer mentorbot" in errors.decode().splitlines()[-1]
    await engine.dispose()
