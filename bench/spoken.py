"""Processes with which one speaks in lines: what is measured in each doesn't take time from the others' Python."""

import asyncio
import sys
from asyncio.subprocess import PIPE, Process
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

PATIENCE = 240.0


class Spoken:
    """A process that answers each line with a line."""

    def __init__(self, process: Process) -> None:
        """Speak with a process."""
        self._process = process

    async def heard(self) -> str:
        """Wait for a line."""
        if self._process.stdout is None:
            raise RuntimeError
        line = await asyncio.wait_for(self._process.stdout.readline(), PATIENCE)
        if not line:
            raise RuntimeError("a process has ended")
        return line.decode().strip()

    async def asked(self, line: str) -> str:
        """Say a line, and wait for the answer."""
        if self._process.stdin is None:
            raise RuntimeError
        self._process.stdin.write(f"{line}\n".encode())
        return await self.heard()


@asynccontextmanager
async def started(*arguments: str) -> AsyncIterator[Spoken]:
    """Start a module; it ends with its input."""
    process = await asyncio.create_subprocess_exec(sys.executable, "-m", *arguments, stdin=PIPE, stdout=PIPE)
    try:
        yield Spoken(process)
    finally:
        await process.communicate(b"")  # the end of its input is the end of its work
