"""What happens by itself: messages change, an alarm rings, a nudge goes out, a day ends."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from bot.context import Context
from bot.facts import CalendarChanged, Delivered, MessagesChanged, TriedAgain, Undelivered
from bot.members.coordinators import nearest_of
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
)
from bot.nudges.rules import Schedule
from bot.nudges.working_out import work_out
from bot.people import Role
from storage.due import Alarm
from storage.members import Members
from storage.messages import Messages
from storage.nudges import ALARM, Nudges, Turn
from storage.outbox import Effect, NewRow, OutboxRow
from storage.pairings import Pairings
from storage.reactions import Reactions

RECENT = timedelta(days=8)  # a pause can be set back seven days
AT_ONCE = 500  # pairings that are tidied together


@feature.on(MessagesChanged)
async def messages_changed(context: Context, changed: MessagesChanged) -> None:
    """Work the turns out anew."""
    await work_out(context, changed)


@feature.on(CalendarChanged)
async def calendar_changed(context: Context, changed: CalendarChanged) -> None:
    """Move the clocks of everything that waits, or lately waited, for members."""
    turns = await context.work.of(Nudges).lately_with(changed.member_ids, context.now - RECENT)
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
        await _tell_coordinators(context, [turn for turn in turns if turn.facts.closed_at is None])
    else:
        await context.work.of(Nudges).unplan(keys)
    await settle(context, turns)


@feature.on(TriedAgain)
async def tried_again(context: Context, fact: TriedAgain) -> None:
    """Take nudges that couldn't be delivered as on their way again."""
    keys = _keys(fact.rows)
    turns = await locked(context, {key[0] for key in keys})
    await context.work.of(Nudges).mark_failed(keys, None)
    await settle(context, turns)


def _keys(rows: Sequence[OutboxRow]) -> list[tuple[int, int, int]]:
    return [(row.args[0], row.args[1], row.args[2]) for row in rows if row.kind == NUDGE and row.effect is Effect.SEND]


@feature.alarm(ALARM)
async def ring(context: Context, alarms: Sequence[Alarm]) -> None:
    """Send the nudges that are due on their way, or the line for a coordinator; set the rest of the alarms anew."""
    found = await locked(context, [alarm.subject for alarm in alarms])
    turns = [turn for turn in found if turn.facts.closed_at is None]
    plans = await schedules(context, turns)
    due = [turn for turn in turns if _is_due(plans[turn.id], context.now)]
    await _send(context, {turn: plans[turn.id] for turn in due})
    in_vain = [turn for turn in turns if _was_in_vain(plans[turn.id], context.now)]
    await _tell_coordinators(context, in_vain)
    told = {turn.id: replace(turn, told_at=context.now) for turn in in_vain}
    await settle(context, [told.get(turn.id, turn) for turn in turns])


def _is_due(plan: Schedule, now: datetime) -> bool:
    return not plan.pending and plan.nudge is not None and plan.nudge <= now


def _was_in_vain(plan: Schedule, now: datetime) -> bool:
    return plan.nudge is None and plan.told is not None and plan.told <= now


async def _send(context: Context, plans: Mapping[Turn, Schedule]) -> None:
    """Send the next nudge of turns on its way."""
    planned = {(turn.id, turn.facts.reopened, plan.rung + 1): turn for turn, plan in plans.items()}
    new = await context.work.of(Nudges).plan(planned)
    rows = [
        NewRow(
            key=nudge_key(*nudge),
            kind=NUDGE,
            args=nudge,
            member_id=planned[nudge].facts.answerer_id,
            due_at=context.now,
            urgency=urgency(plans[planned[nudge]], nudge[2]),
        )
        for nudge in sorted(new)
    ]
    await context.work.outbox.add(rows)


async def _tell_coordinators(context: Context, turns: Sequence[Turn]) -> None:
    """Tell each pairing's coordinator, or all of them if it has none, or one who no longer is."""
    if not turns:
        return
    pairings = await context.work.of(Pairings).get({turn.facts.pairing_id for turn in turns})
    everyone = [member.id for member in await context.work.of(Members).with_role(Role.COORDINATOR)]
    rows: list[NewRow] = []
    for turn in turns:
        coordinator = pairings[turn.facts.pairing_id].coordinator_id
        args = (turn.id, turn.facts.reopened)
        told = nearest_of(everyone, coordinator)
        rows += [NewRow(f"told:{turn.id}:{turn.facts.reopened}:{id_}", TOLD, args, id_, context.now) for id_ in told]
    await context.work.outbox.add(rows)
    await context.work.of(Nudges).set_told([turn.id for turn in turns])


@feature.daily
async def tidy(context: Context) -> None:
    """Delete what is older than the policy keeps, some pairings at a time."""
    before = context.now - context.policy.kept.turns
    last = 0
    while newest := await context.work.of(Messages).older(before, after=last, limit=AT_ONCE):
        await _tidy(context, before, newest)
        last = max(newest)


async def _tidy(context: Context, before: datetime, newest: Mapping[int, datetime]) -> None:
    """Delete exchange by exchange: half of one would look like a beginning."""
    nudges = context.work.of(Nudges)
    begins = await nudges.begin_of({pairing: before for pairing, at in newest.items() if at >= before})
    for pairing, at in newest.items():
        if at < before:
            await nudges.purge(pairing, before)
            await _purge(context, pairing, before)
        elif pairing in begins:
            facts = begins[pairing].facts
            await nudges.purge(pairing, facts.opened_at)
            # Of a turn that has waited so long its own row is enough: the fold goes on with it.
            await _purge(context, pairing, before if facts.closed_at is None else facts.opened_at)


async def _purge(context: Context, pairing: int, before: datetime) -> None:
    await context.work.of(Messages).purge(pairing, before)
    await context.work.of(Reactions).purge(pairing, before)
