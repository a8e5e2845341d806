"""Keeping true what hangs on goals: when somebody is asked how one goes, and the messages that ask."""

from collections.abc import Collection
from datetime import datetime

from bot.calendar import NEVER, Calendar, welcome
from bot.context import Context
from bot.facts import CountsChanged
from bot.goals.rules import due, elapsed, next_of_pairing
from bot.members.calendars import calendars, with_rests
from bot.people import Pairing
from storage.due import Setting
from storage.goals import ALARM, Goals, Reminding
from storage.outbox import Move, Urgency
from storage.pairings import Pairings
from storage.rests import Rests

ASK = "goals.ask"
NEW = "goals.new"
DONE = "goals.done"
PARTY = "goals.party"


def ask_key(goal_id: int, number: int) -> str:
    """Return the key under which one reminder of a goal is unique."""
    return f"goal-ask:{goal_id}:{number}"


def party_key(goal_id: int) -> str:
    """Return the key under which a goal is celebrated: once."""
    return f"goal-party:{goal_id}"


async def dues(context: Context, goals: Collection[Reminding]) -> dict[int, datetime | None]:
    """Return when somebody is to be asked how these goals go, now at the earliest, and never in a pause.

    None: not at all, or nobody knows yet.
    """
    found = await calendars_of(context, {one.pairing_id for one in goals})
    return {one.goal_id: _due(context, one, *found.get(one.pairing_id, (None, None))) for one in goals}


def _due(context: Context, one: Reminding, pairing: Pairing | None, calendar: Calendar | None) -> datetime | None:
    if pairing is None or calendar is None:
        return None
    clock = elapsed(calendar)
    at = due(one, context.policy.goals.update_every, clock, context.program.since)
    return None if at is None else welcome(clock, max(at, context.now))


async def calendars_of(context: Context, pairing_ids: Collection[int]) -> dict[int, tuple[Pairing, Calendar]]:
    """Return each pairing that goes on, with the mentee's calendar, in which its rests are pauses."""
    pairings = await context.work.of(Pairings).get(pairing_ids)
    going_on = {id_: pairing for id_, pairing in pairings.items() if pairing.ended_at is None}
    people = await calendars(context, {pairing.mentee_id for pairing in going_on.values()})
    breaks = await context.work.of(Rests).breaks(going_on)
    return {
        id_: (pairing, with_rests(people[pairing.mentee_id], breaks.get(id_, ()))) for id_, pairing in going_on.items()
    }


async def settle(context: Context, pairing_ids: Collection[int]) -> None:
    """Set the alarms of pairings' goals, and move the reminders that wait to go out."""
    if not pairing_ids:
        return
    goals = await context.work.of(Goals).remindings(pairing_ids)
    found = await calendars_of(context, pairing_ids)
    of_pairing: dict[int, list[Reminding]] = {id_: [] for id_ in pairing_ids}
    for one in goals:
        of_pairing[one.pairing_id].append(one)
    alarms = [_alarm(context, id_, of_pairing[id_], found.get(id_)) for id_ in sorted(of_pairing)]
    await context.work.due.set(ALARM, alarms)
    when = await dues(context, goals)
    moves = [_move(context, one, when[one.goal_id], ended=one.pairing_id not in found) for one in goals if one.pending]
    await context.work.outbox.move(moves)


def _alarm(
    context: Context, pairing_id: int, goals: Collection[Reminding], of: tuple[Pairing, Calendar] | None
) -> Setting:
    if of is None:
        return Setting(pairing_id, None, None)
    pairing, calendar = of
    at = next_of_pairing(goals, context.policy.goals.update_every, elapsed(calendar), context.program.since)
    at = None if at is None else welcome(calendar, max(at, context.now))  # not earlier: it would ring for nothing
    return Setting(pairing_id, pairing.mentee_id if at else None, at)


def _move(context: Context, one: Reminding, at: datetime | None, *, ended: bool) -> Move:
    key = ask_key(one.goal_id, one.reminder)
    if ended:
        return Move(key, context.now, Urgency.AT_ONCE)  # it is looked at once, and dropped
    return Move(key, at or NEVER, Urgency.PATIENT)


async def heard(context: Context, one: Reminding) -> None:
    """Go on after a sign of life of a goal: the question about it is edited, or dropped if it didn't go out yet."""
    keys = [ask_key(one.goal_id, one.reminder)]
    await context.work.outbox.edit(keys)
    await context.work.outbox.let_go(keys)
    await settle(context, [one.pairing_id])
    await count(context, one.pairing_id)


async def count(context: Context, pairing_id: int) -> None:
    """Tell the other features that something about a pairing's goals counts from now on, or no longer does."""
    pairing = (await context.work.of(Pairings).get([pairing_id]))[pairing_id]
    await context.tell(CountsChanged(pairing.sides))
