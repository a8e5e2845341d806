"""When badges are judged: every day, so many members at a time; and at once, who something that counts is about.

The day's judging is a chain of alarms, each of which is due when that day's is, however late it rings: a day on which
the bot was away is made up for as of then, so that nothing is missed that would have been earned.
"""

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta

from bot.badges.feature import feature
from bot.badges.judging import judge
from bot.context import Context
from bot.facts import CalendarChanged, CountsChanged
from storage.badge_tables import LOOK
from storage.due import Alarm, Setting
from storage.evidence import Evidence
from storage.members import Members
from storage.programs import State

PAGE = "badges.page"  # the kind of the alarms whose subject is the member with whom a page begins
MEMBERS = 200  # in a page: on SQLite, others who write wait for it
DAY = timedelta(days=1)


def is_on(context: Context) -> bool:
    """Tell whether badges are earned in a program."""
    return context.policy.badges.on and context.program.state is State.RUNNING


@feature.daily
async def begin(context: Context) -> None:
    """Begin the chain, if it doesn't go on."""
    if is_on(context):
        await _go_on(context, context.now)


async def _go_on(context: Context, at: datetime) -> None:
    """Have the chain begin at an instant, if it doesn't go on."""
    if await context.work.due.next_at([PAGE]) is None:
        await _set_first(context, at)


@feature.alarm(PAGE)
async def ring(context: Context, alarms: Sequence[Alarm]) -> None:
    """Judge a page of members, and set when the next one is judged; where badges are off, the chain ends."""
    for alarm in alarms:
        if is_on(context):
            await _judge(context, alarm)


async def _judge(context: Context, alarm: Alarm) -> None:
    people = await context.work.of(Evidence).people(alarm.subject, MEMBERS + 1)
    missed = context.now - alarm.at >= DAY
    since = context.program.since or alarm.at
    await judge(context, people[:MEMBERS], max(alarm.at, since) if missed else None)
    if len(people) > MEMBERS:
        await _set(context, people[MEMBERS].id, alarm.at)
    else:
        await _set_first(context, max(alarm.at + DAY, since))


async def _set_first(context: Context, at: datetime) -> None:
    for first in await context.work.of(Evidence).people(0, 1):
        await _set(context, first.id, at)


async def _set(context: Context, member_id: int, at: datetime) -> None:
    await context.work.due.set(PAGE, [Setting(member_id, None, at)])


@feature.on(CountsChanged)
async def counts_changed(context: Context, changed: CountsChanged) -> None:
    """Look at whom something counts for."""
    await _look_soon(context, changed.member_ids)


@feature.on(CalendarChanged)
async def calendar_changed(context: Context, changed: CalendarChanged) -> None:
    """Look at those for whom other days count."""
    await _look_soon(context, changed.member_ids)


async def _look_soon(context: Context, member_ids: Collection[int]) -> None:
    """Have members looked at in a transaction of its own."""
    if is_on(context):
        await context.work.due.set(LOOK, [Setting(one, one, context.now) for one in sorted(set(member_ids))])


@feature.alarm(LOOK)
async def look(context: Context, alarms: Sequence[Alarm]) -> None:
    """Judge the members about whom something changed."""
    if is_on(context):
        people = await context.work.of(Members).get([alarm.subject for alarm in alarms])
        await judge(context, list(people.values()))
        await _go_on(context, context.now + DAY)  # where the clock leaps, the day's first call may be long in coming
