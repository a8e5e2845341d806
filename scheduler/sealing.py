"""Sealing the audit log: its chain is keyed outside the database, and its head is written where a thief can't reach."""

from pathlib import Path

import structlog

from bot.core import Core
from storage.audit import Unsealable
from storage.audit_files import Heads
from storage.keys import find_key
from storage.programs import Program

log = structlog.get_logger(__name__)


class Sealer:
    """Seals what was noted since the last time, and writes each chain's head to the log and beside the key."""

    def __init__(self, core: Core, key_file: Path) -> None:
        """Take the key from `key_file`."""
        self._core = core
        self._key_file = key_file
        self._heads = Heads.beside(key_file)
        self._key: bytes | None = None
        self._noted: dict[int, str] = {}

    async def prepare(self) -> None:
        """Read the key, or make one where nothing was sealed yet, and note each head that a crash left unnoted.

        Raises StorageError if the key is gone with which the log was sealed.
        """
        self._key = await find_key(self._core.database, self._key_file)
        self._noted = {program: noted.last for program, noted in self._heads.read_if_there().items()}
        for program in await self._core.programs():
            await self._note(program)

    async def seal(self) -> None:
        """Seal every program's log; one that doesn't fit the key stays as it is, and that is told."""
        if self._key is None:
            await self.prepare()
        for program in await self._core.programs():
            try:
                while await self._seal(program):
                    pass
            except Unsealable as error:
                log.error(str(error), program=program.id)  # noqa: TRY400 - it says what to do; where it came from is no news
            await self._note(program)

    async def _seal(self, program: Program) -> bool:
        async with self._core.at_work(program) as context:
            head = await context.work.audit.seal(self._key or b"")
        if head is not None:
            log.info("audit chain sealed", program=program.id, head=head)
        return head is not None

    async def _note(self, program: Program) -> None:
        """Write the newest head down if it isn't yet, whoever sealed it."""
        async with self._core.at_work(program) as context:
            head = await context.work.audit.head()
        if head is not None and head != self._noted.get(program.id):
            self._heads.add(program.id, head, context.now)
            self._noted[program.id] = head
