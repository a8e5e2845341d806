"""What happens by itself around requests: one goes out, an alarm rings, somebody's calendar changes, a day ends."""

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta

from bot.asks.feature import feature
from bot.asks.keeping import ASK, TOLD, bring_up_to_date, plans, row_key, settle
from bot.asks.rules import in_vain
from bot.context import Context
from bot.facts import CalendarChanged, Delivered, ProgramChanged, TriedAgain, Undelivered
from bot.members.coordinators import nearest_of
from bot.nudges.events import RECENT
from bot.nudges.keeping import urgency
from bot.nudges.rules import Schedule
from bot.people import Role
from storage.asks import ASK_ALARM, RECIPIENT_ALARM, Asks, Recipient
from storage.due import Alarm, Setting
from storage.members import Members
from storage.nudges import NudgeRow
from storage.outbox import Effect, NewRow, OutboxRow

SOON = timedelta(days=7)  # whoever is still reminded within that is waited for: one line says it all


@feature.on(CalendarChanged)
async def calendar_changed(context: Context, changed: CalendarChanged) -> None:
    """Move the clocks of what waits, or lately waited, for members."""
    theirs = await context.work.of(Asks).lately_with(changed.member_ids, context.now - RECENT)
    await settle(context, theirs)


@feature.on(ProgramChanged)
async def program_changed(context: Context, changed: ProgramChanged) -> None:
    """Let what waits go by the figures of now."""
    await settle(context, await context.work.of(Asks).every_waiting())


@feature.on(Delivered)
async def delivered(context: Context, fact: Delivered) -> None:
    """Note what has reached people: from then on their clock runs."""
    asks, rows = context.work.of(Asks), _mine(fact.rows)
    await asks.mark_delivered([one for one, rung in rows if not rung])
    await asks.mark_reminders([row for row in rows if row[1]], sent=True)
    recipients = (await asks.recipients({one for one, _ in rows})).values()
    await settle(context, recipients)
    # What was answered while the message was on its way has to be said in it as well.
    await bring_up_to_date(context, [one for one in recipients if not one.waits])


@feature.on(Undelivered)
async def undelivered(context: Context, fact: Undelivered) -> None:
    """Take back reminders that were needless; where one can't be delivered, whoever asked is told instead."""
    asks, rows = context.work.of(Asks), _mine(fact.rows)
    if fact.dead:
        await asks.mark_failed([one for one, rung in rows if not rung])
        await asks.mark_reminders([row for row in rows if row[1]], sent=False)
    else:
        await asks.unplan([row for row in rows if row[1]])
    await settle(context, (await asks.recipients({one for one, _ in rows})).values())


@feature.on(TriedAgain)
async def tried_again(context: Context, fact: TriedAgain) -> None:
    """Take what couldn't be delivered as on its way again."""
    asks, rows = context.work.of(Asks), _mine(fact.rows)
    await asks.try_again(rows)
    await settle(context, (await asks.recipients({one for one, _ in rows})).values())


def _mine(rows: Sequence[OutboxRow]) -> list[tuple[int, int]]:
    return [(row.args[0], row.args[1]) for row in rows if row.kind == ASK and row.effect is Effect.SEND]


@feature.alarm(RECIPIENT_ALARM)
async def ring(context: Context, alarms: Sequence[Alarm]) -> None:
    """Send the reminders that are due on their way."""
    asks = context.work.of(Asks)
    recipients = (await asks.recipients([alarm.subject for alarm in alarms])).values()
    found = await plans(context, [one for one in recipients if one.waits])
    due = {}
    for one in recipients:
        schedule, _ = found.get(one.id, (None, []))
        if schedule and not schedule.pending and schedule.nudge is not None and schedule.nudge <= context.now:
            due[one.id, schedule.rung + 1] = (one, urgency(schedule, schedule.rung + 1))
    rows = [
        NewRow(row_key(due[key][0], key[1]), ASK, key, due[key][0].member_id, context.now, urgency=due[key][1])
        for key in sorted(await asks.plan(due))
    ]
    await context.work.outbox.add(rows)
    await settle(context, recipients)


@feature.alarm(ASK_ALARM)
async def ring_for_asker(context: Context, alarms: Sequence[Alarm]) -> None:
    """Tell whoever asked that some are silent."""
    for alarm in sorted(alarms, key=lambda alarm: alarm.subject):
        await _tell(context, alarm.subject)


async def _tell(context: Context, ask_id: int) -> None:
    asks = context.work.of(Asks)
    ask = await asks.lock(ask_id)
    if ask is None or ask.closed_at is not None:
        return
    waiting = await _still_here(context, await asks.waiting(ask_id))
    found = await plans(context, waiting)
    ends = {one.id: in_vain(one, *found[one.id]) for one in waiting}
    silent = [id_ for id_, at in ends.items() if at is not None and at <= context.now]
    soon = [at for at in map(_still_reminded, found.values()) if at is not None and at <= context.now + SOON]
    to_come = [at for at in ends.values() if at is not None and at > context.now]
    # That somebody can't be reached is said at once.
    told = [one.id for one in waiting if one.id in silent and (not soon or one.failed_at is not None)]
    if told:
        await asks.told(ask_id, told)
        await _add_lines(context, ask_id, await _askers(context, ask.by_id))
    if len(told) < len(silent):
        to_come.append(max([context.now, *soon]) + context.policy.nudges.told_after)
    if to_come:
        again = await asks.tell_at(ask_id, max(to_come))
        await context.work.due.set(ASK_ALARM, [Setting(ask_id, None, again)])


async def _still_here(context: Context, recipients: Sequence[Recipient]) -> list[Recipient]:
    """Leave out who is no longer in the program: nobody waits for them."""
    people = await context.work.of(Members).get({one.member_id for one in recipients})
    return [one for one in recipients if people[one.member_id].active]


def _still_reminded(found: tuple[Schedule | None, Sequence[NudgeRow]]) -> datetime | None:
    """Return when somebody who hasn't answered is reminded next."""
    schedule, _ = found
    return None if schedule is None else schedule.nudge


async def _askers(context: Context, by_id: int | None) -> Collection[int]:
    """Return whoever asked; all coordinators if that one no longer is one."""
    every = [member.id for member in await context.work.of(Members).with_role(Role.COORDINATOR)]
    return nearest_of(every, by_id)


async def _add_lines(context: Context, ask_id: int, member_ids: Collection[int]) -> None:
    at = f"{context.now.timestamp():.0f}"
    rows = [NewRow(f"ask-told:{ask_id}:{id_}:{at}", TOLD, (ask_id,), id_, context.now) for id_ in member_ids if id_]
    await context.work.outbox.add(rows)


@feature.daily
async def tidy(context: Context) -> None:
    """Delete what is older than the policy keeps."""
    await context.work.of(Asks).purge(context.now - context.policy.kept.turns)
