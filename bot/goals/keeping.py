"""Keeping true what hangs on goals: when somebody is asked how one goes, and the messages that ask."""

from collections.abc import Collection
from datetime import UTC, datetime

from bot.calendar import Calendar, welcome
from bot.context import Context
from bot.goals.rules import due, elapsed, next_of_pairing
from bot.members.calendars import calendars
from bot.people import Pairing
from storage.due import Setting
from storage.goals import ALARM, Goals, Reminding
from storage.outbox import Move, State, Urgency
from storage.pairings import Pairings
from storage.rests import Rests

ASK = "goals.ask"
NEW = "goals.new"
DONE = "goals.done"
PARTY = "goals.party"
NEVER = datetime(9000, 1, 1, tzinfo=UTC)


def ask_key(goal_id: int, number: int) -> str:
    """Return the key under which one reminder of a goal is unique."""
    return f"goal-ask:{goal_id}:{number}"


def party_key(goal_id: int) -> str:
    """Return the key under which a goal is celebrated: once."""
    return f"goal-party:{goal_id}"


async def dues(context: Context, goals: Collection[Reminding]) -> dict[int, datetime | None]:
    """Return when somebody is to be asked how these goals go; None: not at all, or nobody knows yet."""
    found = await clocks(context, {one.pairing_id for one in goals})
    every, since = context.policy.goals.update_every, context.program.since
    return {
        one.goal_id: due(one, every, found[one.pairing_id][1], since) if one.pairing_id in found else None
        for one in goals
    }


async def clocks(context: Context, pairing_ids: Collection[int]) -> dict[int, tuple[Pairing, Calendar, Calendar]]:
    """Return each pairing that goes on, with the clock of its goals and the mentee's own calendar."""
    pairings = await context.work.of(Pairings).get(pairing_ids)
    going_on = {id_: pairing for id_, pairing in pairings.items() if pairing.ended_at is None}
    people = await calendars(context, {pairing.mentee_id for pairing in going_on.values()})
    breaks = await context.work.of(Rests).breaks(going_on)
    return {
        id_: (pairing, elapsed(people[pairing.mentee_id], breaks.get(id_, ())), people[pairing.mentee_id])
        for id_, pairing in going_on.items()
    }


async def settle(context: Context, pairing_ids: Collection[int]) -> None:
    """Set the alarms of pairings' goals, and move the reminders that wait to go out."""
    if not pairing_ids:
        return
    goals = await context.work.of(Goals).remindings(pairing_ids)
    found = await clocks(context, pairing_ids)
    await context.work.due.set(ALARM, [_alarm(context, id_, goals, found.get(id_)) for id_ in sorted(pairing_ids)])
    when = await dues(context, goals)
    moves = [_move(context, one, when[one.goal_id], ended=one.pairing_id not in found) for one in goals if one.pending]
    await context.work.outbox.move(moves)


def _alarm(
    context: Context, pairing_id: int, goals: Collection[Reminding], of: tuple[Pairing, Calendar, Calendar] | None
) -> Setting:
    if of is None:
        return Setting(pairing_id, None, None)
    pairing, clock, calendar = of
    mine = [one for one in goals if one.pairing_id == pairing_id]
    at = next_of_pairing(mine, context.policy.goals.update_every, clock, context.program.since)
    at = None if at is None else welcome(calendar, at)
    return Setting(pairing_id, pairing.mentee_id if at else None, at)


def _move(context: Context, one: Reminding, at: datetime | None, *, ended: bool) -> Move:
    key = ask_key(one.goal_id, one.reminder)
    if ended:
        return Move(key, context.now, Urgency.AT_ONCE)  # it is looked at once, and dropped
    return Move(key, at or NEVER, Urgency.PATIENT)


async def heard(context: Context, one: Reminding) -> None:
    """Go on after a sign of life of a goal: the question about it is edited, or dropped if it didn't go out yet."""
    rows = await context.work.outbox.by_keys([ask_key(one.goal_id, one.reminder)])
    instant = f"{context.now.timestamp():.6f}"
    await context.work.outbox.add([row.edit(f"{row.key}:{instant}", context.now) for row in rows if row.is_out])
    waiting = [row for row in rows if row.state is State.WAITING and row.delivery_id is None]
    await context.work.outbox.move([Move(row.key, context.now, Urgency.AT_ONCE) for row in waiting])
    await settle(context, [one.pairing_id])
