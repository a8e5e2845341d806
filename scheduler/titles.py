"""Titles beside people's names: worn, or taken off, on each of a member's accounts.

Doing so again changes nothing, so a crash needs no care. What changed while it was done is done the other way round:
somebody else may have been quicker.
"""

from collections.abc import Mapping, Sequence
from contextlib import suppress

from bot.core import Core
from bot.errors import Gone
from bot.facts import Delivered
from bot.outgoing import whose
from bot.people import Account
from bot.ports import Platform
from scheduler import accounts
from scheduler.trying import in_each
from storage.members import Members
from storage.outbox import Effect, OutboxRow
from storage.programs import Program


class Titles:
    """Carries rows of the outbox that are for titles."""

    def __init__(self, core: Core, platforms: Mapping[str, Platform]) -> None:
        """Carry for `core` over `platforms`, by name."""
        self._core = core
        self._platforms = platforms

    async def carry(self, program: Program, rows: Sequence[OutboxRow]) -> None:
        """Do what rows ask for. Raises Busy, Gone and Refused."""
        for row in rows:
            await self._put(program, row)

    async def _put(self, program: Program, row: OutboxRow) -> None:
        async with self._core.at_work(program) as context:
            title = await self._core.outgoing.title(context, row)
            if title is None:
                await context.work.outbox.drop([row])
                return
            found = await accounts.reachable(self._platforms, context.work.of(Members), whose([row]))
        await self._on_each(found, title, on=row.effect is Effect.WEAR)
        if not await self._is_noted(program, row, title):
            await self._on_each(found, title, on=row.effect is not Effect.WEAR)
            async with self._core.at_work(program) as context:
                await context.work.outbox.release([row])  # it is looked at anew

    async def _is_noted(self, program: Program, row: OutboxRow, title: str) -> bool:
        """Note that a row is done, unless it is no longer to be so."""
        async with self._core.at_work(program) as context:
            if await self._core.outgoing.title(context, row) != title:
                return False
            await context.work.outbox.close([row])
            await context.tell(Delivered((row,)))
            return True

    async def _on_each(self, found: Sequence[Account], title: str, *, on: bool) -> None:
        """Put a title on every account. Raises Gone if it is to be worn, and none of them is there any more."""
        there: list[Account] = []

        async def put(account: Account) -> None:
            with suppress(Gone):
                await self._platforms[account.platform].wear(account, title, on=on)
                there.append(account)

        await in_each(found, put)
        if on and not there:
            raise Gone("the account is gone")
