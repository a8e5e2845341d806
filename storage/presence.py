"""When the bot was last at work in a program, and what it missed while it was not."""

from datetime import datetime
from typing import Any

from sqlalchemy import func, or_, select, update

from storage.due import due
from storage.effects import WAITING, Effect, outbox
from storage.messages import messages
from storage.programs import programs
from storage.store import Store


class Presence(Store):
    """The bot's presence in one program, all of its processes together."""

    async def alive_at(self) -> datetime | None:
        """Return when a process was last at work; None if none has noted it yet."""
        at: datetime | None = await self.conn.scalar(select(programs.c.alive_at).where(programs.c.id == self.program))
        return at

    async def note(self) -> None:
        """Note that a process is at work."""
        earlier = or_(programs.c.alive_at.is_(None), programs.c.alive_at < self.now)
        mine = update(programs).where(programs.c.id == self.program, earlier)
        await self.conn.execute(mine.values(alive_at=self.now))

    async def take_over(self, last: datetime) -> bool:
        """Note that a process is at work again that last was at an instant; False if another one was first."""
        mine = (programs.c.id == self.program, programs.c.alive_at == last)
        return (await self.conn.execute(update(programs).where(*mine).values(alive_at=self.now))).rowcount == 1

    async def missed(self, begin: datetime, end: datetime) -> frozenset[tuple[str, int]]:
        """Return which alarms of members should have rung, and which messages to them gone out, in that time."""
        rang = select(due.c.id).where(
            due.c.program_id == self.program, due.c.member_id.is_not(None), due.c.at >= begin, due.c.at < end
        )
        went = select(outbox.c.id).where(
            outbox.c.program_id == self.program,
            WAITING,
            outbox.c.effect == Effect.SEND,
            outbox.c.not_before >= begin,
            outbox.c.not_before < end,
        )
        alarms = {("due", row.id) for row in await self.conn.execute(rang)}
        return frozenset(alarms | {("outbox", row.id) for row in await self.conn.execute(went)})

    async def messages(self, begin: datetime, end: datetime) -> int:
        """Count the messages of people in that time that are known by now."""
        then = (messages.c.program_id == self.program, messages.c.at >= begin, messages.c.at < end)
        return await self.conn.scalar(select(func.count()).where(*then, messages.c.author_id.is_not(None))) or 0

    async def of(self, member_id: int) -> dict[str, list[dict[str, Any]]]:
        """Return nothing: it is nobody's own."""
        return {}

    async def forget(self, member_id: int) -> None:
        """Delete nothing."""
