"""What becomes of rows that could not be delivered: they wait, are tried again, or end with the reason."""

from collections.abc import Sequence
from datetime import timedelta

import structlog

from bot.core import Core
from bot.deliveries.reasons import FAILED
from bot.facts import Undelivered
from storage.outbox import OutboxRow
from storage.programs import Program

log = structlog.get_logger(__name__)

ATTEMPTS = 10
FIRST_WAIT = timedelta(minutes=1)


class Setbacks:
    """Gives rows back, or ends them."""

    def __init__(self, core: Core) -> None:
        """Work for `core`."""
        self._core = core

    async def release(self, program: Program, rows: Sequence[OutboxRow], wait: timedelta) -> None:
        """Give rows back, to be taken again after a while."""
        async with self._core.at_work(program) as context:
            await context.work.outbox.release(rows, context.now + wait)

    async def kill(self, program: Program, rows: Sequence[OutboxRow], reason: str) -> None:
        """End rows that can't be delivered, and tell of it."""
        log.warning("a delivery can't be done", program=program.id, rows=[row.id for row in rows], reason=reason)
        async with self._core.at_work(program) as context:
            ended = await context.work.outbox.kill(rows, reason)
            await context.tell(Undelivered(tuple(ended), dead=True, reason=reason))

    async def after_fault(self, program: Program, rows: Sequence[OutboxRow], error: Exception) -> None:
        """Let rows be tried again, each time later; at last they end."""
        attempts = max(row.attempts for row in rows) + 1
        if attempts >= ATTEMPTS:
            await self.kill(program, rows, f"{FAILED} {attempts} times: {type(error).__name__}")
        else:
            async with self._core.at_work(program) as context:
                await context.work.outbox.retry(rows, context.now + FIRST_WAIT * 2**attempts)
