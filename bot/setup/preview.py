"""While a program is tried out: every morning each coordinator is told what would have been sent."""

from collections.abc import Collection, Sequence
from datetime import datetime

from bot.budget import next_day
from bot.calendar import welcome
from bot.context import Context
from bot.facts import CalendarChanged, ProgramChanged
from bot.feature import Part
from bot.members.calendars import calendars
from bot.people import Role
from bot.setup import telling
from bot.setup.feature import feature
from bot.views import Message
from storage.due import Alarm, Setting
from storage.members import Members
from storage.outbox import Delivery, Effect, NewRow, OutboxRow, State, Urgency
from storage.programs import State as ProgramState
from storage.schema import from_micros, micros
from storage.shadow import Shadow

PREVIEW = "setup.preview"
SHOWN = 10  # messages; more are counted
LINES = 2  # of each


@feature.on(ProgramChanged)
async def program_changed(context: Context, changed: ProgramChanged) -> None:
    """Begin to tell, or end it."""
    if changed.before.state is context.program.state:
        return
    if context.program.state is ProgramState.SHADOW:
        await _set(context, await _coordinators(context))
    elif changed.before.state is ProgramState.SHADOW:
        await context.work.due.set(PREVIEW, [Setting(id_, id_, None) for id_ in await _coordinators(context)])


@feature.on(CalendarChanged)
async def calendar_changed(context: Context, changed: CalendarChanged) -> None:
    """Tell at other hours who chose others, or is back."""
    if context.program.state is ProgramState.SHADOW:
        await _set(context, set(changed.member_ids) & set(await _coordinators(context)))


async def _coordinators(context: Context) -> list[int]:
    return [member.id for member in await context.work.of(Members).with_role(Role.COORDINATOR)]


async def _set(context: Context, member_ids: Collection[int]) -> None:
    """Set the alarm of each at their first welcome hour of tomorrow."""
    theirs = await calendars(context, member_ids)
    mornings = [
        Setting(id_, id_, welcome(calendar, next_day(calendar, context.now))) for id_, calendar in theirs.items()
    ]
    await context.work.due.set(PREVIEW, mornings)


@feature.alarm(PREVIEW)
async def ring(context: Context, alarms: Sequence[Alarm]) -> None:
    """Tell whose morning it is what would have been sent since they were told last; also take new coordinators in."""
    if context.program.state is not ProgramState.SHADOW:
        return
    coordinators = set(await _coordinators(context))
    told = [alarm.subject for alarm in alarms if alarm.subject in coordinators]
    rows = [await _row(context, member_id) for member_id in told]
    await context.work.outbox.add(rows)
    await _set(context, coordinators - await context.work.of(Shadow).alarms(PREVIEW))


async def _row(context: Context, member_id: int) -> NewRow:
    begin = context.program.since or context.now
    last = await context.work.of(Shadow).newest(PREVIEW, member_id)
    since = micros(begin) if last is None else max(micros(begin), last[1])
    until = micros(context.now)
    key = f"preview:{member_id}:{until}"
    return NewRow(key, PREVIEW, (since, until), member_id, context.now, urgency=Urgency.AT_ONCE)


@feature.composer(PREVIEW, always=True)
async def compose(context: Context, member_id: int, rows: Sequence[OutboxRow]) -> Part:
    """Tell to whom what would have been sent and when; nothing is told of a program that is no longer tried out."""
    if context.program.state is not ProgramState.SHADOW:
        return Part((), frozenset())
    since = from_micros(min(row.args[0] for row in rows))
    until = from_micros(max(row.args[1] for row in rows))
    noted = await context.work.of(Shadow).noted(max(since, context.program.since or since), until)
    zone = (await context.work.of(Members).get([member_id]))[member_id].zone
    shown = [await _told(context, delivery, zone) for delivery in noted[:SHOWN]]
    return Part(telling.preview(shown, len(noted), since, zone), frozenset(row.id for row in rows))


async def _told(context: Context, delivery: Delivery, zone: str) -> telling.Noted:
    rows = [row for row in await context.work.outbox.carried(delivery.id) if _went(row)]
    people = await context.work.of(Members).get([delivery.member_id])
    text = await context.house.recall(context, delivery.member_id, rows)
    return telling.Noted(people[delivery.member_id].name, _at(delivery), _first_lines(text))


def _went(row: OutboxRow) -> bool:
    return row.effect is Effect.SEND and row.state is State.SENT


def _at(delivery: Delivery) -> datetime:
    if delivery.sent_at is None:
        raise ValueError("a delivery that was noted has its time")
    return delivery.sent_at


def _first_lines(text: Message) -> tuple[str, ...]:
    return tuple(text.plain.split("\n")[:LINES]) if text.blocks else ()
