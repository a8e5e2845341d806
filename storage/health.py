"""How much is still to be done, over all programs: numbers alone, nobody's rows."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.due import due
from storage.effects import WAITING, State, outbox
from storage.programs import programs

NOTHING = timedelta(0)


@dataclass(frozen=True, slots=True)
class Backlog:
    """Rows of the outbox that wait, that could go out by now, and that can't be done; alarms that could ring by now.

    `oldest`: for how long the first of the rows that could go out has been able to.
    """

    waiting: int
    due: int
    dead: int
    alarms: int
    oldest: timedelta


async def backlog(conn: AsyncConnection, now: datetime) -> Backlog:
    """Count what is to be done at `now`, the bot's time.

    A row that a process holds counts as long as it isn't done; one that waits for somebody's hours isn't due.
    """
    could_go = func.count().filter(outbox.c.not_before <= now)
    waits = select(func.count(), could_go, func.min(outbox.c.not_before)).where(WAITING)
    waiting, ready, first = (await conn.execute(waits)).one()
    dead = (await conn.execute(select(func.count()).where(outbox.c.state == State.DEAD))).scalar_one()
    # Program by program, as the index has it: all alarms that are set would be many more.
    rings = select(func.count()).where(due.c.program_id == programs.c.id, due.c.at <= now).scalar_subquery()
    alarms = await conn.scalar(select(func.sum(rings)).select_from(programs)) or 0
    return Backlog(waiting, ready, dead, int(alarms), max(NOTHING, now - (first or now)))
