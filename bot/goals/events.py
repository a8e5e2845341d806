"""What happens by itself around goals: an alarm rings, a question goes out, somebody is away, a pairing ends."""

from collections.abc import Sequence

from bot.context import Context
from bot.facts import CalendarChanged, Delivered, PaceChanged, PairingEnded, ProgramChanged, TriedAgain, Undelivered
from bot.goals.feature import feature
from bot.goals.keeping import ASK, ask_key, dues, settle
from storage.due import Alarm
from storage.goals import ALARM, Goals
from storage.outbox import Effect, NewRow, OutboxRow, Urgency
from storage.pairings import Pairings


@feature.alarm(ALARM)
async def ring(context: Context, alarms: Sequence[Alarm]) -> None:
    """Send the questions on their way that are due."""
    ids = [alarm.subject for alarm in alarms]
    pairings = await context.work.of(Pairings).lock(ids)
    store = context.work.of(Goals)
    when = await dues(context, [one for one in await store.remindings(ids) if not one.pending])
    planned = await store.plan([id_ for id_, at in when.items() if at is not None and at <= context.now])
    rows = [
        NewRow(
            ask_key(one.goal_id, one.reminder),
            ASK,
            (one.goal_id, one.reminder),
            pairings[one.pairing_id].mentee_id,
            context.now,
            urgency=Urgency.PATIENT,
        )
        for one in planned
    ]
    await context.work.outbox.add(rows)
    await settle(context, ids)


@feature.on(Delivered)
async def delivered(context: Context, fact: Delivered) -> None:
    """Note which questions went out: from then on the next period runs."""
    reminders = _mine(fact.rows)
    await context.work.of(Goals).mark_reminded(reminders)
    await _settle(context, reminders)


@feature.on(Undelivered)
async def undelivered(context: Context, fact: Undelivered) -> None:
    """Take back questions that were needless; after one that can't be delivered the next period runs all the same."""
    reminders = _mine(fact.rows)
    store = context.work.of(Goals)
    await (store.mark_reminded if fact.dead else store.unplan)(reminders)
    await _settle(context, reminders)


@feature.on(TriedAgain)
async def tried_again(context: Context, fact: TriedAgain) -> None:
    """Take questions that couldn't be delivered as on their way again."""
    reminders = _mine(fact.rows)
    await context.work.of(Goals).try_again(reminders)
    await _settle(context, reminders)


def _mine(rows: Sequence[OutboxRow]) -> list[tuple[int, int]]:
    return [(row.args[0], row.args[1]) for row in rows if row.kind == ASK and row.effect is Effect.SEND]


async def _settle(context: Context, reminders: Sequence[tuple[int, int]]) -> None:
    if reminders:
        goals = await context.work.of(Goals).get({goal_id for goal_id, _ in reminders})
        await settle(context, {goal.pairing_id for goal in goals.values()})


@feature.on(CalendarChanged)
async def calendar_changed(context: Context, changed: CalendarChanged) -> None:
    """Move the clocks of members' goals."""
    await settle(context, await context.work.of(Goals).with_active(changed.member_ids))


@feature.on(PaceChanged)
async def pace_changed(context: Context, changed: PaceChanged) -> None:
    """Let the clocks stand still in a pairing that rests, and run again when it goes on."""
    await settle(context, [changed.pairing_id])


@feature.on(PairingEnded)
async def pairing_ended(context: Context, ended: PairingEnded) -> None:
    """Ask nothing any more."""
    await settle(context, [ended.pairing_id])


@feature.on(ProgramChanged)
async def program_changed(context: Context, changed: ProgramChanged) -> None:
    """Go by the figures of now; in another state all periods begin anew."""
    store = context.work.of(Goals)
    ids = await store.with_active()
    if changed.before.state is not context.program.state:
        await store.begin_anew(ids)
    await settle(context, ids)
