"""When a program begins, is tried out, or stops: nobody is reminded all at once of what waited before."""

from datetime import datetime

from bot.context import Context
from bot.facts import ProgramChanged
from bot.nudges.feature import feature
from bot.nudges.keeping import NUDGE, TOLD, locked, settle
from storage.nudges import Nudges
from storage.programs import State
from storage.shadow import Shadow


@feature.on(ProgramChanged)
async def program_changed(context: Context, changed: ProgramChanged) -> None:
    """Take back what was only tried out, and let the clocks of what waits begin anew."""
    before, state = changed.before, context.program.state
    if before.state is state:
        return
    tried_since = before.since if before.state is State.SHADOW else None
    if tried_since is None and state is State.SET_UP:
        return
    ids = await context.work.of(Shadow).turns(tried_since)
    await locked(context, ids)
    if tried_since is not None:
        await _take_back(context, tried_since)
    await settle(context, list((await context.work.of(Nudges).get(ids)).values()))


async def _take_back(context: Context, since: datetime) -> None:
    shadow = context.work.of(Shadow)
    rows = await shadow.take_back(since, (NUDGE, TOLD))
    await shadow.take_back_nudges([args for kind, args in rows if kind == NUDGE], since)
