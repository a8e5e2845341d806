"""When a program's figures change: what waits follows them, and what is over stays as it was judged."""

from collections.abc import Sequence
from datetime import timedelta

from bot.context import Context
from bot.facts import ProgramChanged
from bot.nudges.feature import feature
from bot.nudges.keeping import locked, settle
from storage.due import Alarm, Setting
from storage.nudges import Nudges

ALARM = "nudges.figures"  # its subject is the program
AT_ONCE = 500  # turns that are settled together
SOON = timedelta(minutes=1)


@feature.on(ProgramChanged)
async def program_changed(context: Context, changed: ProgramChanged) -> None:
    """Plan all that waits anew, by the new figures; and once more soon after.

    Somebody who was at work meanwhile, in another process, may still have planned by the figures of before.
    """
    now, before = context.program, changed.before
    if (now.version, now.policy) != (before.version, before.policy):
        await _settle_all(context)
        await context.work.due.set(ALARM, [Setting(context.program.id, None, context.now + SOON)])


@feature.alarm(ALARM)
async def look_again(context: Context, _alarms: Sequence[Alarm]) -> None:
    """Plan all that waits anew."""
    await _settle_all(context)


async def _settle_all(context: Context) -> None:
    last = 0
    while ids := await context.work.of(Nudges).open_after(last, AT_ONCE):
        await settle(context, await locked(context, ids))
        last = ids[-1]
    await context.work.outbox.wake()
