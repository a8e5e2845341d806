"""What a run stands on: a database that can be taken away for a while, and given back."""

import asyncio
import os
import shutil
import signal
import sqlite3
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, suppress
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import Protocol

from sqlalchemy import NullPool, make_url, text
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine

from tests.postgres import Postgres, cluster, stop

SAFE = {"synchronous_commit": "on"}  # what was committed is there after a crash of the server
CUT = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = :name"
_NUMBERS = count(1)


class Unavailable(Exception):
    """What is needed can't be had on this machine."""


class Ground(Protocol):
    """A database at `url`."""

    url: str

    async def take_away(self) -> None:
        """Let nobody use it."""
        ...

    async def give_back(self) -> None:
        """Let it be used again."""
        ...


@dataclass
class SqliteFile:
    """A file; it is taken away by somebody who holds it for longer than others wait."""

    url: str
    file: Path
    _holder: sqlite3.Connection | None = None

    async def take_away(self) -> None:
        """Hold the file."""
        self._holder = sqlite3.connect(self.file, timeout=30, check_same_thread=False, isolation_level=None)
        await asyncio.to_thread(self._holder.execute, "BEGIN EXCLUSIVE")

    async def give_back(self) -> None:
        """Let go of it."""
        if self._holder is not None:
            self._holder.close()


@dataclass
class PostgresServer:
    """A database of a server, which is taken away by a crash."""

    url: str
    place: Postgres
    server: "subprocess.Popen[bytes]"

    async def take_away(self) -> None:
        """Let the server crash: SIGQUIT is its "immediate", with no word to anybody."""
        self.server.send_signal(signal.SIGQUIT)
        await asyncio.to_thread(self.server.wait)

    async def give_back(self) -> None:
        """Start the server, unless it runs."""
        if self.server.poll() is not None:
            self.server = self.place.start()
        await asyncio.to_thread(self.place.wait_until_ready, self.server)


@dataclass
class Disk:
    """A database on a small disk, which is taken away by filling it up."""

    url: str
    folder: Path
    under: Ground

    async def take_away(self) -> None:
        """Fill the disk to the last byte."""
        with (self.folder / "ballast").open("wb", buffering=0) as ballast, suppress(OSError):
            while ballast.write(bytes(4096)):
                pass

    async def give_back(self) -> None:
        """Make room; a server that has given up meanwhile is started again."""
        (self.folder / "ballast").unlink()
        await self.under.give_back()


@dataclass
class Connections:
    """A database of a server that runs for everybody: it is taken away for a moment, by cutting all connections."""

    url: str
    maintenance: AsyncEngine

    async def take_away(self) -> None:
        """Cut the connections."""
        async with self.maintenance.connect() as conn:
            await conn.execute(text(CUT), {"name": make_url(self.url).database})

    async def give_back(self) -> None:
        """Do nothing: whoever connects again is welcome."""


@contextmanager
def sqlite(folder: Path) -> Iterator[SqliteFile]:
    """Make a file."""
    yield SqliteFile(f"sqlite+aiosqlite:///{folder}/mentorbot.db", folder / "mentorbot.db")


@contextmanager
def database_of(server: Postgres) -> Iterator[Connections]:
    """Make a database on a server that runs for everybody."""
    name = f"torture_{next(_NUMBERS)}"
    server.create(name)
    try:
        yield Connections(server.url(name), create_async_engine(server.url("postgres"), poolclass=NullPool))
    finally:
        server.drop(name)


@contextmanager
def postgres(data: Path | None = None) -> Iterator[PostgresServer]:
    """Make a server of its own."""
    with cluster(data, SAFE) as place:
        ground = PostgresServer(place.url("torture"), place, place.start())
        try:
            place.wait_until_ready(ground.server)
            place.create("torture")
            yield ground
        finally:
            stop(ground.server)


@contextmanager
def disk(megabytes: int) -> Iterator[Path]:
    """Mount a small disk."""
    folder = Path(tempfile.mkdtemp(prefix="mentorbot-disk-"))
    mount = ["mount", "-t", "tmpfs", "-o", f"size={megabytes}m", "tmpfs", str(folder)]
    if os.geteuid() != 0 or subprocess.run(mount, capture_output=True, check=False).returncode:
        folder.rmdir()
        raise Unavailable("mounting a small disk is not permitted here")
    try:
        folder.chmod(0o755)
        yield folder
    finally:
        subprocess.run(["umount", "--lazy", str(folder)], check=True)
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def on_disk(kind: str) -> Iterator[Disk]:
    """Make a database on a small disk."""
    with disk(8 if kind == "sqlite" else 160) as folder:
        data = folder / "data"
        data.mkdir()
        inner: AbstractContextManager[Ground] = sqlite(data) if kind == "sqlite" else postgres(data)
        with inner as under:
            yield Disk(under.url, folder, under)
