"""Keeping true what hangs on sheets: their alarms, their limits, and the messages that ask for them."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from bot.calendar import NEVER
from bot.context import Context
from bot.feedback.rules import pace, plan
from bot.forms.keeping import definitions
from bot.members.calendars import calendars, with_rests
from bot.nudges.limits import new_limits, version_of
from bot.nudges.rules import Pace, Schedule
from storage.due import Setting
from storage.outbox import Move, Urgency
from storage.rests import Rests
from storage.sheets import ALARM, Reminder, Sheet, Sheets

ASK = "feedback.ask"


@dataclass(frozen=True, slots=True)
class Planned:
    """What is to happen around a sheet (None: somebody has yet to be asked), at which pace, after which reminders."""

    schedule: Schedule | None
    pace: Pace
    reminders: list[Reminder]

    @property
    def next_rung(self) -> int:
        """Which reminder the next one is."""
        return max((one.rung for one in self.reminders), default=0) + 1


def row_key(sheet_id: int, rung: int) -> str:
    """Return the key under which it is unique that somebody is asked for a sheet, or reminded of it."""
    return f"sheet:{sheet_id}:{rung}" if rung else f"sheet:{sheet_id}"


async def plans(context: Context, sheets: Collection[Sheet]) -> dict[int, Planned]:
    """Return what is to happen around sheets, by id."""
    reminders = await context.work.of(Sheets).reminders([one.id for one in sheets])
    breaks = await context.work.of(Rests).breaks({one.pairing_id for one in sheets})
    forms = await definitions(context, {one.form_id for one in sheets})
    found: dict[int, Planned] = {}
    for version in {version_of(context, one) for one in sheets}:
        judge = await context.by(version)
        mine = [one for one in sheets if version_of(context, one) == version]
        people = await calendars(judge, {one.member_id for one in mine})
        for one in mine:
            at = pace(judge.policy.notes, forms[one.form_id].within)
            calendar = with_rests(people[one.member_id], breaks.get(one.pairing_id, ()))
            schedule = plan(one, at, calendar, reminders[one.id], context.program.since)
            found[one.id] = Planned(schedule, at, reminders[one.id])
    return found


async def settle(context: Context, sheets: Collection[Sheet]) -> None:
    """Set the alarms and limits of sheets, and move the reminders that wait to go out."""
    if not sheets:
        return
    found = await plans(context, sheets)
    settings, moves = [], []
    for one in sheets:
        schedule = found[one.id].schedule
        at = None if schedule is None or schedule.pending or not one.waits else schedule.nudge
        settings.append(Setting(one.id, one.member_id if at else None, at))
        moves += [_move(context.now, one, schedule, row) for row in found[one.id].reminders if _is_to_move(one, row)]
    await context.work.due.set(ALARM, settings)
    await context.work.outbox.move(moves)
    for version, limits in new_limits(context, {one: found[one.id].schedule for one in sheets}):
        await context.work.of(Sheets).set_limits(limits, version)


def _is_to_move(one: Sheet, row: Reminder) -> bool:
    """Tell whether a reminder waits to go out; one that a coordinator asked for stays where it is."""
    return row.pending and (row.by_id is None or not one.waits)


def _move(now: datetime, one: Sheet, schedule: Schedule | None, row: Reminder) -> Move:
    if one.waits:
        at = None if schedule is None else schedule.nudge
        return Move(row_key(one.id, row.rung), at or NEVER, urgency(schedule))
    return Move(row_key(one.id, row.rung), now, Urgency.AT_ONCE)  # it is looked at once, and dropped


def urgency(schedule: Schedule | None) -> Urgency:
    """Let a reminder that somebody asked for come when they said, and others within the budget."""
    return Urgency.ASKED if schedule is not None and schedule.asked_for else Urgency.SOON


async def bring_up_to_date(context: Context, sheets: Collection[Sheet]) -> None:
    """Have the messages edited in which people were asked, and let go what still waits to go out needlessly."""
    reminders = await context.work.of(Sheets).reminders([one.id for one in sheets])
    of = {row_key(one.id, rung): one for one in sheets for rung in (0, *(r.rung for r in reminders[one.id]))}
    await context.work.outbox.edit(of)
    await context.work.outbox.let_go([key for key, one in of.items() if not one.waits])


async def again(context: Context, ids: Collection[int]) -> list[Sheet]:
    """Return sheets as they are now, with all that hangs on them brought up to date."""
    sheets = list((await context.work.of(Sheets).get(ids)).values())
    await settle(context, sheets)
    await bring_up_to_date(context, sheets)
    return sheets
