"""Keeping true what hangs on turns: their alarms, their limits, and the messages that tell of them."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime

from bot.calendar import NEVER
from bot.context import Context
from bot.members.calendars import calendars, with_rests
from bot.nudges.rules import Schedule, judged_by, pace, schedule
from bot.people import Pairing
from storage.due import Setting
from storage.nudges import ALARM, NudgeRow, Nudges, Turn
from storage.outbox import Move, Urgency
from storage.pairings import Pairings
from storage.rests import Rests

NUDGE = "nudges.nudge"
TOLD = "nudges.told"


def nudge_key(turn_id: int, reopened: int, rung: int) -> str:
    """Return the key under which one nudge is unique: its turn, how often that was reopened, and its rung."""
    return f"nudge:{turn_id}:{reopened}:{rung}"


async def schedules(context: Context, turns: Collection[Turn]) -> dict[int, Schedule]:
    """Return the schedules of turns, by turn id."""
    pairings = await context.work.of(Pairings).get({turn.facts.pairing_id for turn in turns})
    nudges = await context.work.of(Nudges).of_turns([turn.id for turn in turns])
    return await _schedules(context, turns, pairings, nudges)


async def _schedules(
    context: Context,
    turns: Collection[Turn],
    pairings: Mapping[int, Pairing],
    nudges: Mapping[int, Sequence[NudgeRow]],
) -> dict[int, Schedule]:
    plans: dict[int, Schedule] = {}
    breaks = await context.work.of(Rests).breaks({turn.facts.pairing_id for turn in turns})
    for version, mine in _by_version(context, turns).items():
        judge = await context.by(version)
        people = await calendars(judge, {turn.facts.answerer_id for turn in mine})
        plans |= {
            turn.id: schedule(
                turn,
                pace(judge.policy.nudges, pairings[turn.facts.pairing_id]),
                with_rests(people[turn.facts.answerer_id], breaks.get(turn.facts.pairing_id, ())),
                nudges[turn.id],
                context.program.since,
            )
            for turn in mine
        }
    return plans


def _by_version(context: Context, turns: Collection[Turn]) -> dict[int, list[Turn]]:
    found: dict[int, list[Turn]] = {}
    for turn in turns:
        found.setdefault(judged_by(turn, context.program.version), []).append(turn)
    return found


async def locked(context: Context, turn_ids: Collection[int]) -> list[Turn]:
    """Return turns that nobody else changes until this transaction ends."""
    store = context.work.of(Nudges)
    pairings = {turn.facts.pairing_id for turn in (await store.get(turn_ids)).values()}
    await context.work.of(Pairings).lock(pairings)
    return list((await store.get(turn_ids)).values())


async def settle(
    context: Context, turns: Collection[Turn], pairings: Mapping[int, Pairing] | None = None
) -> Mapping[int, Sequence[NudgeRow]]:
    """Set the alarms and limits of turns, and move the nudges that wait to go out; return the nudges by turn id.

    `pairings` are those of the turns, if they are known already.
    """
    if not turns:
        return {}
    nudges = await context.work.of(Nudges).of_turns([turn.id for turn in turns])
    if pairings is None:
        pairings = await context.work.of(Pairings).get({turn.facts.pairing_id for turn in turns})
    plans = await _schedules(context, turns, pairings, nudges)
    # An alarm that leads to no message for them is nothing that their other messages should wait for.
    due = [
        Setting(turn.id, turn.facts.answerer_id if plans[turn.id].nudge else None, plans[turn.id].alarm)
        for turn in turns
    ]
    await context.work.due.set(ALARM, due)
    judged = [(turn, plans[turn.id].limit, judged_by(turn, context.program.version)) for turn in turns]
    new = {turn.id: (limit, version) for turn, limit, version in judged if _is_new(turn, limit, version)}
    await context.work.of(Nudges).set_limits(new)
    pending = [(turn, nudge) for turn in turns for nudge in nudges[turn.id] if nudge.pending]
    await context.work.outbox.move([_move(context.now, turn, plans[turn.id], nudge) for turn, nudge in pending])
    return nudges


def _is_new(turn: Turn, limit: datetime | None, version: int) -> bool:
    return limit != turn.limit_at or (limit is not None and version != turn.version)


def _move(now: datetime, turn: Turn, plan: Schedule, nudge: NudgeRow) -> Move:
    """Let a nudge that waits to go out go at the right time; one that is needless is looked at once, and dropped."""
    key = nudge_key(turn.id, nudge.reopened, nudge.rung)
    if turn.facts.closed_at is None and nudge.reopened == turn.facts.reopened:
        return Move(key, plan.nudge or NEVER, urgency(plan, nudge.rung))
    return Move(key, now, Urgency.AT_ONCE)


def urgency(plan: Schedule, rung: int) -> Urgency:
    """Let one that was asked for come when they said, and a second or third one wait a little."""
    if plan.asked_for:
        return Urgency.ASKED
    return Urgency.SOON if rung == 1 else Urgency.PATIENT


async def bring_up_to_date(context: Context, turns: Collection[Turn]) -> None:
    """Have the messages edited in which somebody was reminded of these turns."""
    if not turns:
        return
    nudges = await context.work.of(Nudges).keys([turn.id for turn in turns])
    await context.work.outbox.edit([nudge_key(*nudge) for nudge in nudges])
