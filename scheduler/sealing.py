"""Sealing the audit log: its chain is keyed outside the database, and its head is written where a thief can't reach."""

import secrets
from pathlib import Path

import structlog

from bot.core import Core

log = structlog.get_logger(__name__)


class Sealer:
    """Seals what was noted since the last time, and writes each chain's head to the log and beside the key."""

    def __init__(self, core: Core, key_file: Path) -> None:
        """Take the key from `key_file`, which is made if it isn't there."""
        self._core = core
        self._key = _read_or_make(key_file)
        self._heads = key_file.with_suffix(".heads")

    async def seal(self) -> None:
        """Seal every program's log."""
        for program in await self._core.programs():
            async with self._core.at_work(program) as context:
                head = await context.work.audit.seal(self._key)
            if head is not None:
                log.info("audit chain sealed", program=program.id, head=head)
                with self._heads.open("a") as file:
                    file.write(f"{program.id} {head}\n")


def _read_or_make(file: Path) -> bytes:
    if file.exists():
        return file.read_bytes()
    file.parent.mkdir(parents=True, exist_ok=True)
    key = secrets.token_bytes(32)
    file.touch(mode=0o600)
    file.write_bytes(key)
    return key
