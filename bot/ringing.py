"""Ringing alarms: many in one transaction, and one by one where that fails, so that none holds the others up."""

from collections.abc import Callable, Sequence
from contextlib import AbstractAsyncContextManager
from datetime import datetime, timedelta

import structlog

from bot.context import Context
from bot.feature import Feature
from storage.due import Alarm
from storage.engine import Database, is_trouble
from storage.programs import Program, State

log = structlog.get_logger(__name__)

TOGETHER = 500  # alarms that ring in one transaction
AFTER_A_FAULT = timedelta(hours=1)

AtWork = Callable[[Program], AbstractAsyncContextManager[Context]]


def is_databases_trouble(error: Exception) -> bool:
    """Tell whether it is the database's trouble that something failed, and not its own fault."""
    return isinstance(error, OSError) or is_trouble(error)


class Bell:
    """Hands each kind of alarm what is due of it."""

    def __init__(self, features: Sequence[Feature], database: Database, at_work: AtWork) -> None:
        """Ring what `features` answer; `at_work` begins a transaction of a program."""
        self._database = database
        self._at_work = at_work
        self._alarms = {kind: run for feature in features for kind, run in feature.alarms.items()}
        self._idles = {kind: idle for feature in features for kind, idle in feature.idles.items()}
        self._always = frozenset(kind for feature in features for kind in feature.rings)

    def kinds(self, program: Program) -> frozenset[str] | None:
        """Return which kinds of alarms ring in a program as it is; None: all."""
        return self._always if program.state is State.SET_UP else None

    async def next_at(self, context: Context) -> datetime | None:
        """Return when the next alarm of a program rings that may do something."""
        idle = [kind for kind, asked in self._idles.items() if await asked(context)]
        return await context.work.due.next_at(self.kinds(context.program), idle)

    async def ring(self, program: Program) -> int:
        """Ring every alarm of a program that is due; return how many rang."""
        rang = 0
        while True:
            count = await self._ring(program)
            rang += count
            if count < TOGETHER:
                return rang

    async def _ring(self, program: Program) -> int:
        try:
            return await self._database.unhindered(lambda: self._ring_together(program))
        except Exception as error:
            if is_databases_trouble(error):
                raise
            log.exception("alarms failed and are rung one by one", program=program.id)
            return await self._ring_one_by_one(program)

    async def _ring_together(self, program: Program) -> int:
        async with self._at_work(program) as context:
            alarms = await context.work.due.ring(TOGETHER, self.kinds(program))
            await self._run(context, alarms)
            return len(alarms)

    async def _ring_one_by_one(self, program: Program) -> int:
        async with self._at_work(program) as context:
            alarms = await context.work.due.ring(TOGETHER, self.kinds(program))
            await context.work.due.put_back(alarms)
        for alarm in alarms:
            try:
                async with self._at_work(program) as context:
                    if await context.work.due.take(alarm):
                        await self._run(context, [alarm])
            except Exception as error:
                if is_databases_trouble(error):
                    raise
                log.exception("an alarm failed and is put off", program=program.id, kind=alarm.kind)
                async with self._at_work(program) as context:
                    await context.work.due.put_back([alarm], context.now + AFTER_A_FAULT)
        return len(alarms)

    async def _run(self, context: Context, alarms: Sequence[Alarm]) -> None:
        by_kind: dict[str, list[Alarm]] = {}
        for alarm in alarms:
            by_kind.setdefault(alarm.kind, []).append(alarm)
        for kind, mine in by_kind.items():
            if kind in self._alarms:
                await self._alarms[kind](context, mine)
            else:
                log.warning("nobody answers these alarms", kind=kind, count=len(mine))
