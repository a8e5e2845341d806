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
from storage.engine import is_trouble
from storage.messages import Messages
from storage.pairings import Pairings, Space
from storage.programs import Program

log = structlog.get_logger(__name__)

AT_ONCE = 200  # spaces that are looked up together
FIRST_LOOK = timedelta(days=7)  # how far back to read in a space in which nothing is known yet
# What was told as soon as the connection stood again may be newer than what was missed: it says nothing about that.
LATELY = timedelta(hours=1)


class Reader:
    """Asks the platforms for their history and feeds it to the core."""

    def __init__(self, core: Core, platforms: Mapping[str, Platform]) -> None:
        """Read for `core` on `platforms`, by name."""
        self._core = core
        self._platforms = platforms
        self._owed: dict[tuple[int, Place], tuple[Program, datetime]] = {}  # what couldn't be read, and from when on
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
        """Read every space from the newest message on that was known before; return how many could be read."""
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

    async def catch_up_rest(self) -> int:
        """Read the spaces that couldn't be read when it was their turn; return how many could be read now."""
        count = 0
        for (_, place), (program, since) in [*self._owed.items()]:
            if self._ending or not await self._caught_up(program, place, since):
                return count
            count += 1
        return count

    async def _page(self, program: Program, after: int) -> dict[Space, datetime]:
        """Return some spaces, and from when on to read each."""
        async with self._core.at_work(program) as context:
            spaces = await context.work.of(Pairings).spaces_after(after, AT_ONCE)
            known = await context.work.of(Messages).last_known([space.id for space in spaces], context.now - LATELY)
            return {space: known.get(space.id, context.now - FIRST_LOOK) for space in spaces}

    async def _caught_up(self, program: Program, place: Place, since: datetime) -> bool:
        """Read one place; False if it couldn't be read, which is done later if that may help."""
        _, owed = self._owed.pop((program.id, place), (program, since))
        since = min(since, owed)
        try:
            return await self._read(program, place, since)
        except Busy:
            log.warning("a space could not be caught up with for now", platform=place.platform)
            self._owed[program.id, place] = program, since
        except Exception as error:
            log.exception("a space could not be caught up with", platform=place.platform)
            if is_trouble(error):
                self._owed[program.id, place] = program, since
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
