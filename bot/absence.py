"""Having been away: noticed at a start, and told to the features once what was missed has been read."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.core import Core
from bot.facts import CameBack
from storage.presence import Presence

NOTICED = timedelta(minutes=15)  # a restart takes a moment; nobody need hear of that


@dataclass(frozen=True, slots=True)
class Absence:
    """A time in which no process was at work, and what should have happened in it."""

    since: datetime
    until: datetime
    missed: frozenset[tuple[str, int]]


async def absences(core: Core) -> Mapping[int, Absence]:
    """Return in which programs nobody was at work for a while, by program id: asked at a start."""
    found: dict[int, Absence] = {}
    for program in await core.programs():
        async with core.at_work(program) as context:
            presence = context.work.of(Presence)
            last = await presence.alive_at()
            if last is not None and context.now - last > NOTICED:
                missed = await presence.missed(last, context.now)
                found[program.id] = Absence(last, context.now, missed)
    return found


async def came_back(core: Core, found: Mapping[int, Absence]) -> None:
    """Tell the features of each absence, once among all processes, now that what happened in it has been read."""
    for program in await core.programs():
        async with core.at_work(program) as context:
            presence = context.work.of(Presence)
            absence = found.get(program.id)
            if absence is None:
                await presence.note()
            elif await presence.take_over(absence.since):
                missed = absence.missed | await presence.missed(absence.since, absence.until)
                await context.tell(CameBack(absence.since, absence.until, len(missed)))


async def at_work(core: Core) -> None:
    """Note that the bot is at work."""
    for program in await core.programs():
        async with core.at_work(program) as context:
            await context.work.of(Presence).note()
