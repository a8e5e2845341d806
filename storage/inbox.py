"""Which calls have come in already: a click that is delivered twice has one effect."""

from datetime import datetime
from typing import Any

from sqlalchemy import Column, ForeignKey, String, Table

from storage.schema import Instant, metadata
from storage.store import Store

inbox = Table(
    "inbox",
    metadata,
    Column("program_id", ForeignKey("program.id"), primary_key=True),
    Column("call", String, primary_key=True),
    Column("at", Instant, nullable=False),
)


class Inbox(Store):
    """The calls of one program. They are kept without whose they were."""

    async def take(self, call: str) -> bool:
        """Note a call; False if it was here before."""
        row = {"program_id": self.program, "call": call, "at": self.now}
        return await self.add_new(inbox, [row]) == 1

    async def purge(self, before: datetime) -> None:
        """Forget the calls that came before an instant: no platform repeats itself that late."""
        await self.delete(inbox, inbox.c.at < before)

    async def of(self, member_id: int) -> dict[str, list[dict[str, Any]]]:
        """Return nothing: no row tells whose call it was."""
        return {}

    async def forget(self, member_id: int) -> None:
        """Delete nothing, for the same reason."""
