"""What is only noticed: worked out and committed at once, or noted first and worked out in the next lull."""

import asyncio
from collections.abc import Callable, Sequence
from contextlib import AbstractAsyncContextManager, suppress

import structlog

from bot import journal
from bot.calls import Observation
from bot.context import Context
from bot.intake import AT_ONCE, Intake, Workspace
from bot.lull import Lull
from bot.observing import observe
from bot.people import Place
from bot.ringing import is_databases_trouble
from bot.telemetry import Telemetry
from storage.engine import Database
from storage.journal import ADD, Journal, Page, noted
from storage.pairings import Pairings
from storage.programs import Program

log = structlog.get_logger(__name__)

PATIENCE = 1.0  # seconds; platforms wait three for an answer
PAGES = 100  # that are worked out in one transaction, if there is little on them

AtWork = Callable[[Program], AbstractAsyncContextManager[Context]]
AtWorkIn = Callable[[str, str], AbstractAsyncContextManager[Context | None]]


class Lookout:
    """Takes observations in; what is in no pairing's space leaves no trace."""

    def __init__(self, database: Database, telemetry: Telemetry, at_work: AtWork, at_work_in: AtWorkIn) -> None:
        """Work with a database; `at_work` begins a transaction of a program, `at_work_in` of a workspace's."""
        self._database = database
        self._telemetry = telemetry
        self._at_work = at_work
        self._at_work_in = at_work_in
        self._at_once = Intake(self._take_in)
        self._noted = Intake(self._note)
        self._lull = Lull(self.work_off)
        self._one_at_a_time = asyncio.Lock()
        self._spaces: set[Place] = set()  # that are known to be some pairing's

    async def ingest(self, batch: Sequence[Observation]) -> None:
        """Return when all that follows from a batch is committed, and before it from what was noted earlier."""
        await self._lull.hurry()
        for workspace, mine in _by_workspace(batch):
            await self._at_once.take(workspace, mine)

    async def note(self, batch: Sequence[Observation]) -> None:
        """Return when a batch is committed; it is worked out afterwards."""
        for workspace, mine in _by_workspace(batch):
            await self._noted.take(workspace, mine)

    async def settled(self) -> None:
        """Wait until everything is worked out."""
        await self._at_once.settled()
        await self._noted.settled()
        await self._lull.hurry()

    async def hurry(self) -> None:
        """Work out what was noted by now, or as much of it as can be waited for by whoever wants an answer."""
        with suppress(TimeoutError):
            async with asyncio.timeout(PATIENCE):
                await self._lull.hurry()

    async def _note(self, workspace: Workspace, batch: Sequence[Observation]) -> None:
        mine = await self._in_spaces(workspace, batch)
        if written := [text for seen in mine if (text := self._written(seen))]:
            platform, id_ = workspace
            page = {"platform": platform, "workspace": id_, "seen": journal.page(written)}
            await self._database.unhindered(lambda: self._database.jot(ADD, page))
            self._lull.tell()

    async def _in_spaces(self, workspace: Workspace, batch: Sequence[Observation]) -> list[Observation]:
        unknown = {seen.place for seen in batch} - self._spaces
        if unknown:
            async with self._at_work_in(*workspace) as context:
                found = {} if context is None else await context.work.of(Pairings).spaces_at(unknown)
            self._spaces |= set(found)
        return [seen for seen in batch if seen.place in self._spaces]

    def _written(self, seen: Observation) -> str | None:
        try:
            return journal.write(seen)
        except (TypeError, ValueError) as error:
            self._set_aside(seen, error)
            return None

    async def work_off(self) -> None:
        """Work out all that was noted by now, by whichever process; what is noted meanwhile has to wait."""
        async with self._one_at_a_time:
            async with self._database.connect() as conn:
                there = await noted(conn)
            for program, last in there.items():
                while await self._work_off(program, last):
                    pass

    async def _work_off(self, program: Program, last: int) -> bool:
        """Work out some pages; False if there were none."""
        try:
            return await self._database.unhindered(lambda: self._work_out(program, last))
        except Exception as error:
            if is_databases_trouble(error) or not await self._database.answers():
                raise
            return await self._work_out_singly(program, last)

    async def _work_out(self, program: Program, last: int) -> bool:
        async with self._at_work(program) as context:
            pages, seen = _first(await context.work.of(Journal).oldest(PAGES, last))
            for _, batch in _by_workspace(seen):
                with self._telemetry.taking_in(batch):
                    await observe(context, batch)
            await context.work.of(Journal).strike(pages)
            return bool(pages)

    async def _work_out_singly(self, program: Program, last: int) -> bool:
        """Work out one page in as many transactions as it needs: what is worked out twice is so once."""
        async with self._at_work(program) as context:
            pages = await context.work.of(Journal).oldest(1, last)
        for page in pages:
            await self._take_in((page.platform, page.workspace), _read(page))
        async with self._at_work(program) as context:
            await context.work.of(Journal).strike(pages)
        return bool(pages)

    async def _take_in(self, workspace: Workspace, batch: Sequence[Observation]) -> None:
        try:
            with self._telemetry.taking_in(batch):
                await self._database.unhindered(lambda: self._observe(workspace, batch))
        except Exception as error:
            if is_databases_trouble(error) or not await self._database.answers():
                raise
            if len(batch) == 1:
                self._set_aside(batch[0], error)
                return
            half = len(batch) // 2
            await self._take_in(workspace, batch[:half])
            await self._take_in(workspace, batch[half:])

    def _set_aside(self, seen: Observation, error: Exception) -> None:
        self._telemetry.set_aside()
        kind = type(seen).__name__
        log.error("an observation was set aside", platform=seen.place.platform, kind=kind, exc_info=error)

    async def _observe(self, workspace: Workspace, batch: Sequence[Observation]) -> None:
        async with self._at_work_in(*workspace) as context:
            if context is not None:
                await observe(context, batch)


def _by_workspace(batch: Sequence[Observation]) -> list[tuple[Workspace, list[Observation]]]:
    """Return what was seen in each workspace, in its order."""
    found: dict[Workspace, list[Observation]] = {}
    for seen in batch:
        found.setdefault((seen.place.platform, seen.place.workspace), []).append(seen)
    return list(found.items())


def _first(pages: Sequence[Page]) -> tuple[list[Page], list[Observation]]:
    """Return as many of the pages as one transaction should work out, and what stands on them."""
    taken: list[Page] = []
    seen: list[Observation] = []
    for page in pages:
        if len(seen) < AT_ONCE:
            taken.append(page)
            seen += _read(page)
    return taken, seen


def _read(page: Page) -> list[Observation]:
    return journal.read(page.platform, page.workspace, page.seen)
