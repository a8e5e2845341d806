"""What happens by itself: messages change, an alarm rings, a nudge goes out, a day ends."""

from collections.abc import Sequence
from datetime import timedelta

from bot.context import Context
from bot.facts import CalendarChanged, Delivered, MessagesChanged, Undelivered
from bot.nudges.feature import feature
from bot.nudges.keeping import (
    NUDGE,
    TOLD,
    bring_up_to_date,
    locked,
    nudge_key,
    schedules,
    settle,
    urgency,
    work_out,
)
from bot.nudges.rules import Schedule
from bot.people import Role
from storage.due import Alarm
from storage.members import Members
from storage.messages import Messages
from storage.nudges import ALARM, Nudges, Turn
from storage.outbox import Effect, NewRow, OutboxRow
from storage.pairings import Pairings

RECENT = timedelta(days=8)  # a pause can be set back seven days
MANY = 10_000  # turns of one member: a bound, not a limit


@feature.on(MessagesChanged)
async def messages_changed(context: Context, changed: MessagesChanged) -> None:
    """Work the turns out anew."""
    await work_out(context, changed)


@feature.on(CalendarChanged)
async def calendar_changed(context: Context, changed: CalendarChanged) -> None:
    """Move the clocks of everything that waits, or lately waited, for a member."""
    turns = await context.work.of(Nudges).of_answerer(changed.member_id, MANY, since=context.now - RECENT)
    await settle(context, await locked(context, [turn.id for turn in turns]))


@feature.on(Delivered)
async def delivered(context: Context, fact: Delivered) -> None:
    """Note which nudges went out, and set the alarms for what comes after them."""
    keys = _keys(fact.rows)
    turns = await locked(context, {key[0] for key in keys})
    await context.work.of(Nudges).mark_sent(keys, context.now)
    await settle(context, turns)
    # What was answered while the reminder was on its way has to be said in it as well.
    await bring_up_to_date(context, [turn for turn in turns if turn.facts.closed_at is not None])


@feature.on(Undelivered)
async def undelivered(context: Context, fact: Undelivered) -> None:
    """Take back nudges that were needless; where one can't be delivered, coordinators are told instead."""
    keys = _keys(fact.rows)
    turns = await locked(context, {key[0] for key in keys})
    if fact.dead:
        await context.work.of(Nudges).mark_failed(keys, context.now)
        for turn in turns:
            if turn.facts.closed_at is None:
                await _tell_coordinators(context, turn)
    else:
        await context.work.of(Nudges).unplan(keys)
    await settle(context, turns)


def _keys(rows: Sequence[OutboxRow]) -> list[tuple[int, int, int]]:
    return [(row.args[0], row.args[1], row.args[2]) for row in rows if row.kind == NUDGE and row.effect is Effect.SEND]


@feature.alarm(ALARM)
async def ring(context: Context, alarms: Sequence[Alarm]) -> None:
    """Send the nudges that are due on their way, or the line for a coordinator; set the rest of the alarms anew."""
    found = await locked(context, [alarm.subject for alarm in alarms])
    turns = [turn for turn in found if turn.facts.closed_at is None]
    plans = await schedules(context, turns)
    for turn in turns:
        plan = plans[turn.id]
        if not plan.pending and plan.nudge is not None and plan.nudge <= context.now:
            await _send(context, turn, plan)
        elif plan.nudge is None and plan.told is not None and plan.told <= context.now:
            await _tell_coordinators(context, turn)
    await settle(context, list((await context.work.of(Nudges).get([turn.id for turn in turns])).values()))


async def _send(context: Context, turn: Turn, plan: Schedule) -> None:
    nudge = (turn.id, turn.facts.reopened, plan.rung + 1)
    if await context.work.of(Nudges).plan(*nudge):
        how = urgency(plan, plan.rung + 1)
        row = NewRow(nudge_key(*nudge), NUDGE, nudge, turn.facts.answerer_id, context.now, urgency=how)
        await context.work.outbox.add([row])


async def _tell_coordinators(context: Context, turn: Turn) -> None:
    """Tell the pairing's coordinator, or all of them if it has none."""
    pairing = (await context.work.of(Pairings).get([turn.facts.pairing_id]))[turn.facts.pairing_id]
    coordinators = [member.id for member in await context.work.of(Members).with_role(Role.COORDINATOR)]
    told = [pairing.coordinator_id] if pairing.coordinator_id is not None else coordinators
    args = (turn.id, turn.facts.reopened)
    rows = [NewRow(f"told:{turn.id}:{turn.facts.reopened}:{id_}", TOLD, args, id_, context.now) for id_ in told]
    await context.work.outbox.add(rows)
    await context.work.of(Nudges).set_told([turn.id])


@feature.daily
async def tidy(context: Context) -> None:
    """Delete what is older than the policy keeps, exchange by exchange: half of one would look like a beginning."""
    before = context.now - context.policy.kept.turns
    messages, nudges = context.work.of(Messages), context.work.of(Nudges)
    newest = await messages.newest()
    begins = await nudges.begin_of({pairing: before for pairing, at in newest.items() if at >= before})
    for pairing, at in newest.items():
        if at < before:
            await nudges.purge(pairing, before)
            await messages.purge(pairing, before)
        elif pairing in begins:
            facts = begins[pairing].facts
            await nudges.purge(pairing, facts.opened_at)
            # Of a turn that has waited so long its own row is enough: the fold goes on with it.
            await messages.purge(pairing, before if facts.closed_at is None else facts.opened_at)
