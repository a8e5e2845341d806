"""Keeping true what hangs on requests: their alarms, their limits, and the messages that tell of them."""

from collections.abc import Collection
from datetime import datetime

from bot.asks.rules import in_vain, plan
from bot.calendar import NEVER
from bot.context import Context
from bot.members.calendars import calendars
from bot.nudges.keeping import urgency
from bot.nudges.limits import new_limits, version_of
from bot.nudges.rules import Schedule
from storage.asks import ASK_ALARM, RECIPIENT_ALARM, Asks, Recipient
from storage.due import Setting
from storage.nudges import NudgeRow
from storage.outbox import Move, Urgency

ASK = "asks.ask"
TOLD = "asks.told"
RUNGS = range(4)  # the request itself, and the reminders of it


def row_key(recipient: Recipient, rung: int) -> str:
    """Return the key under which a request to somebody is unique, or one reminder of it."""
    key = f"ask:{recipient.ask_id}:{recipient.member_id}"
    return f"{key}:{rung}" if rung else key


async def plans(
    context: Context, recipients: Collection[Recipient]
) -> dict[int, tuple[Schedule | None, list[NudgeRow]]]:
    """Return what is to happen around requests, and the reminders that there are, by recipient id."""
    reminders = await context.work.of(Asks).reminders([one.id for one in recipients])
    people = await calendars(context, {one.member_id for one in recipients})
    versions = {version_of(context, one) for one in recipients}
    figures = {version: (await context.by(version)).policy.nudges for version in versions}
    return {
        one.id: (
            plan(one, figures[version_of(context, one)], people[one.member_id], reminders[one.id]),
            reminders[one.id],
        )
        for one in recipients
    }


async def settle(context: Context, recipients: Collection[Recipient]) -> None:
    """Set the alarms and limits of requests to people, and move the reminders that wait to go out."""
    if not recipients:
        return
    found = await plans(context, recipients)
    settings, moves = [], []
    for one in recipients:
        schedule, reminders = found[one.id]
        at = None if schedule is None or schedule.pending else schedule.nudge
        settings.append(Setting(one.id, one.member_id if at else None, at))
        moves += [_move(context.now, one, schedule, row) for row in reminders if row.pending and schedule]
    await context.work.due.set(RECIPIENT_ALARM, settings)
    await context.work.outbox.move(moves)
    for version, limits in new_limits(context, {one: found[one.id][0] for one in recipients}):
        await context.work.of(Asks).set_limits(limits, version)
    await _set_lines(context, {one: in_vain(one, *found[one.id]) for one in recipients})


def _move(now: datetime, one: Recipient, schedule: Schedule, row: NudgeRow) -> Move:
    if one.waits:
        return Move(row_key(one, row.rung), schedule.nudge or NEVER, urgency(schedule, row.rung))
    return Move(row_key(one, row.rung), now, Urgency.AT_ONCE)  # it is looked at once, and dropped


async def _set_lines(context: Context, ends: dict[Recipient, datetime | None]) -> None:
    """Let whoever asked be told once the last of those who are silent by now has had their time."""
    latest: dict[int, datetime] = {}
    for one, at in ends.items():
        if at is not None:
            latest[one.ask_id] = max(at, latest.get(one.ask_id, at))
    for ask_id, at in sorted(latest.items()):
        tell_at = await context.work.of(Asks).tell_at(ask_id, at)
        await context.work.due.set(ASK_ALARM, [Setting(ask_id, None, tell_at)])


async def bring_up_to_date(context: Context, recipients: Collection[Recipient]) -> None:
    """Have the messages edited in which people were asked, and let go what still waits to go out to them."""
    keys = [row_key(one, rung) for one in recipients for rung in RUNGS]
    await context.work.outbox.edit(keys)
    await context.work.outbox.let_go(keys)
