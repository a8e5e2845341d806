"""Once a day: what is left of people who were forgotten goes from the database's file as well."""

from typing import TYPE_CHECKING

import structlog

from storage.leaving import Leavings

if TYPE_CHECKING:
    from bot.core import Core

log = structlog.get_logger(__name__)


async def scrub(core: "Core") -> None:
    """Scrub the file if anybody was forgotten since the last time; what fails is tried again the next day."""
    gone: dict[int, list[int]] = {}
    for program in await core.programs():
        async with core.database.work(program.id) as work:
            gone[program.id] = await work.of(Leavings).forgotten()
    if not any(gone.values()):
        return
    try:
        clean = await core.database.scrub()
    except Exception:
        log.exception("the database's file could not be scrubbed, and is tomorrow")
        return
    for program_id, ids in gone.items() if clean else ():
        async with core.database.work(program_id) as work:
            await work.of(Leavings).clear(ids)
