"""What happens by itself: messages change, an alarm rings, a nudge goes out, a day ends."""

from collections.abc import Sequence
from datetime import timedelta

from bot.context import Context
from bot.facts import CalendarChanged, Delivered, MessagesChanged
from bot.nudges.feature import feature
from bot.nudges.keeping import ALARM, NUDGE, TOLD, bring_up_to_date, nudge_key, schedules, settle, work_out
from bot.people import Role
from storage.due import Alarm
from storage.members import Members
from storage.messages import Messages
from storage.nudges import Nudges, Turn
from storage.outbox import NewRow, Urgency
from storage.pairings import Pairings

RECENT = timedelta(days=8)  # a pause can be set back seven days


@feature.on(MessagesChanged)
async def messages_changed(context: Context, changed: MessagesChanged) -> None:
    """Work the turns out anew."""
    await work_out(context, changed)


@feature.on(CalendarChanged)
async def calendar_changed(context: Context, changed: CalendarChanged) -> None:
    """Move the clocks of everything that waits, or lately waited, for a member."""
    turns = await context.work.of(Nudges).of_answerer(changed.member_id, 10_000, since=context.now - RECENT)
    await settle(context, turns)


@feature.on(Delivered)
async def delivered(context: Context, fact: Delivered) -> None:
    """Note which nudges went out, and set the alarms for what comes after them."""
    keys = [(row.args[0], row.args[1], row.args[2]) for row in fact.rows if row.kind == NUDGE]
    store = context.work.of(Nudges)
    await store.mark_sent(keys, context.now)
    turns = list((await store.get({key[0] for key in keys})).values())
    await settle(context, turns)
    # What was answered while the reminder was on its way has to be said in it as well.
    await bring_up_to_date(context, [turn for turn in turns if turn.facts.closed_at is not None])


@feature.alarm(ALARM)
async def ring(context: Context, alarms: Sequence[Alarm]) -> None:
    """Send the nudges that are due on their way, or the line for a coordinator; set the rest of the alarms anew."""
    found = await context.work.of(Nudges).get([alarm.subject for alarm in alarms])
    turns = [turn for turn in found.values() if turn.facts.closed_at is None]
    plans = await schedules(context, turns)
    for turn in turns:
        plan = plans[turn.id]
        if not plan.pending and plan.nudge is not None and plan.nudge <= context.now:
            await _send(context, turn, plan.rung + 1)
        elif plan.nudge is None and plan.told is not None and plan.told <= context.now:
            await _tell_coordinators(context, turn)
    await settle(context, list((await context.work.of(Nudges).get([turn.id for turn in turns])).values()))


async def _send(context: Context, turn: Turn, rung: int) -> None:
    nudge = (turn.id, turn.facts.reopened, rung)
    if await context.work.of(Nudges).plan(*nudge):
        urgency = _urgency(turn, rung)
        row = NewRow(nudge_key(*nudge), NUDGE, nudge, turn.facts.answerer_id, context.now, urgency=urgency)
        await context.work.outbox.add([row])


def _urgency(turn: Turn, rung: int) -> Urgency:
    """Let one that was asked for come when they said, and a second or third one wait a little."""
    if turn.facts.remind_at is not None:
        return Urgency.AT_ONCE
    return Urgency.SOON if rung == 1 else Urgency.PATIENT


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
    asleep = {pairing: before for pairing, at in newest.items() if at < before}
    begins = await nudges.begin_of(dict.fromkeys(newest.keys() - asleep.keys(), before))
    cuts = asleep | {pairing: turn.facts.opened_at for pairing, turn in begins.items()}
    for pairing, cut in cuts.items():
        await context.work.due.drop(ALARM, await nudges.purge(pairing, cut))
        await messages.purge(pairing, cut)
