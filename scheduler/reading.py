"""Reading what happened in a place while nobody looked: before a message goes out, and after a start."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

import structlog

from bot.calls import Deleted, Found, Lost, Posted
from bot.core import Core
from bot.errors import Busy, Gone, Refused
from bot.feature import About
from bot.people import Place
from bot.ports import Platform
from storage.messages import Messages
from storage.pairings import Pairings, Space
from storage.programs import Program

log = structlog.get_logger(__name__)

AT_ONCE = 200  # spaces that are looked up together
FIRST_LOOK = timedelta(days=7)  # how far back to read in a space in which nothing is known yet


class Reader:
    """Asks the platforms for their history and feeds it to the core."""

    def __init__(self, core: Core, platforms: Mapping[str, Platform]) -> None:
        """Read for `core` on `platforms`, by name."""
        self._core = core
        self._platforms = platforms
        self._ending = False

    def read_nothing_more(self) -> None:
        """Let the space that is being read be the last to be caught up with."""
        self._ending = True

    async def read(self, program: Program, about: Sequence[About]) -> set[int]:
        """Read the places that rows are about, each once; return the rows whose place is gone."""
        since: dict[Place, datetime] = {}
        for one in about:
            since[one.place] = min(one.since, since.get(one.place, one.since))
        gone = {place for place, start in since.items() if not await self._read(program, place, start)}
        return {one.row for one in about if one.needs and one.place in gone}

    async def catch_up(self) -> int:
        """Read every space from its newest known message on; return how many could be read."""
        count = 0
        for program in await self._core.programs():
            last = 0
            while page := await self._page(program, last):
                last = max(space.id for space in page)
                for space, since in page.items():
                    if self._ending:
                        return count
                    count += await self._caught_up(program, space.place, since)
        return count

    async def _page(self, program: Program, after: int) -> dict[Space, datetime]:
        """Return some spaces, and from when on to read each."""
        async with self._core.at_work(program) as context:
            spaces = await context.work.of(Pairings).spaces_after(after, AT_ONCE)
            known = await context.work.of(Messages).last_known([space.id for space in spaces])
            return {space: known.get(space.id, context.now - FIRST_LOOK) for space in spaces}

    async def _caught_up(self, program: Program, place: Place, since: datetime) -> bool:
        try:
            return await self._read(program, place, since)
        except Busy:
            log.warning("a space could not be caught up with for now", platform=place.platform)
        except Exception:
            log.exception("a space could not be caught up with", platform=place.platform)
        return False

    async def _read(self, program: Program, place: Place, since: datetime) -> bool:
        """Read one place; False if it is gone. What is known but no longer there has been deleted."""
        platform = self._platforms.get(place.platform)
        if platform is None:
            return True
        # First what is known, then the history: what comes in between the two must not look deleted.
        async with self._core.at_work(program) as context:
            space = (await context.work.of(Pairings).spaces_at([place])).get(place)
            known = await context.work.of(Messages).known_since(space.id, since) if space is not None else set()
            now = context.now
        try:
            found = await platform.history(place, since)
        except (Gone, Refused):
            await self._core.ingest([Lost(place, now)])
            return False
        there = {seen.message for seen in found if isinstance(seen, Posted)}
        gone = [Deleted(place, message, now) for message in known - there]
        again = [Found(place, now)] if space is not None and space.lost_at is not None else []
        await self._core.ingest([*again, *found, *gone])
        return True
