"""Once a day: what is left of people who were forgotten goes from the database's file as well."""

import structlog

from storage.engine import Database
from storage.leaving import Leavings
from storage.programs import every_program

log = structlog.get_logger(__name__)


async def scrub(database: Database) -> None:
    """Scrub the file if anybody was forgotten since the last time; what fails is tried again the next day."""
    gone: dict[int, list[int]] = {}
    async with database.connect() as conn:
        programs = await every_program(conn)
    for program in programs:
        async with database.work(program.id) as work:
            gone[program.id] = await work.of(Leavings).forgotten()
    if not any(gone.values()):
        return
    try:
        clean = await database.scrub()
    except Exception:
        log.exception("the database's file could not be scrubbed, and is tomorrow")
        return
    for program_id, ids in gone.items() if clean else ():
        async with database.work(program_id) as work:
            await work.of(Leavings).clear(ids)
