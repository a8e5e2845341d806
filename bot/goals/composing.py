"""What is said of goals unasked: a new one, one that is done, the question how one goes, and a celebration."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime, timedelta

from bot.context import Context
from bot.feature import Part
from bot.goals import unasked_wording, wording
from bot.goals.feature import feature
from bot.goals.keeping import ASK, DONE, NEW, PARTY, dues
from bot.views import Block, Message, message
from storage.goals import Goal, Goals, Reminding
from storage.goals import State as GoalState
from storage.members import Members
from storage.outbox import OutboxRow, State
from storage.pairings import Pairings
from storage.programs import State as ProgramState
from storage.rests import Rests

AGAIN = timedelta(days=1)  # whether a pairing that rests goes on
TOGETHER = 3  # goals that one message asks about: each has a row of buttons


@feature.composer(ASK)
async def compose_asks(context: Context, member_id: int, rows: Sequence[OutboxRow]) -> Part:
    """Ask how goals go; in a message that is out, say what is settled since."""
    store, ids = context.work.of(Goals), {row.args[0] for row in rows}
    goals, remindings = await store.get(ids), await store.reminding(ids)
    when, going_on = await dues(context, remindings.values()), await _going_on(context, goals.values())
    out = [row for row in rows if row.args[0] in goals and row.state is State.SENT]
    waiting = [row for row in rows if row.args[0] in going_on and _waits(row, goals, remindings)]
    times = {row.id: when[row.args[0]] or context.now + AGAIN for row in waiting}
    later = {id_: at for id_, at in times.items() if at > context.now}
    said = [row for row in rows if row in out or (row in waiting and row.id not in later)]
    blocks = await _blocks(context, member_id, said, goals, remindings)
    return Part(blocks, frozenset(row.id for row in said), later)


def _waits(row: OutboxRow, goals: Mapping[int, Goal], remindings: Mapping[int, Reminding]) -> bool:
    """Tell whether a question that didn't go out yet is the newest one, and nobody has said anything since."""
    goal, one = goals[row.args[0]], remindings[row.args[0]]
    newest = one.pending and one.reminder == row.args[1]
    return row.state is not State.SENT and goal.state is GoalState.ACTIVE and newest


async def _going_on(context: Context, goals: Collection[Goal]) -> set[int]:
    """Return the ids of the goals whose pairings go on."""
    pairings = await context.work.of(Pairings).get({one.pairing_id for one in goals})
    return {one.id for one in goals if pairings[one.pairing_id].ended_at is None}


async def _blocks(
    context: Context,
    member_id: int,
    rows: Sequence[OutboxRow],
    goals: Mapping[int, Goal],
    remindings: Mapping[int, Reminding],
) -> tuple[Block, ...]:
    people = await _others(context, member_id, goals.values())
    zone = (await context.work.of(Members).get([member_id]))[member_id].zone
    asked, blocks, more = 0, list[Block](), 0
    for row in rows:
        one = goals[row.args[0]]
        if row.state is State.SENT and not _open(row, one, remindings[one.id]):
            blocks.append(unasked_wording.settled(one))
        elif asked < TOGETHER:
            asked += 1
            blocks += unasked_wording.ask(one, people[one.pairing_id], zone, context.now)
        else:
            more += 1
    blocks += [unasked_wording.more(more)] if more else []
    blocks += [unasked_wording.note(context.policy.goals.update_every)] if asked else []
    return tuple(blocks)


def _open(row: OutboxRow, goal: Goal, one: Reminding) -> bool:
    """Tell whether a question that is out still stands."""
    return goal.state is GoalState.ACTIVE and one.reminder == row.args[1] and one.in_vain > 0


async def _others(context: Context, member_id: int, goals: Collection[Goal]) -> dict[int, str]:
    """Return the name of the other side of each goal's pairing."""
    pairings = await context.work.of(Pairings).get({one.pairing_id for one in goals})
    others = {id_: pairing.other(member_id) or 0 for id_, pairing in pairings.items()}
    people = await context.work.of(Members).get(set(others.values()))
    return {id_: people[other].name for id_, other in others.items() if other in people}


def _teller(kind: str, state: GoalState) -> None:
    """Declare what one side is told of a goal, as long as it stands as it did."""
    say = {NEW: unasked_wording.told_new, DONE: unasked_wording.told_done}[kind]

    @feature.composer(kind)
    async def compose(context: Context, member_id: int, rows: Sequence[OutboxRow]) -> Part:
        goals = await context.work.of(Goals).get({row.args[0] for row in rows})
        names = await _others(context, member_id, goals.values())
        rest = await _rests(context, goals.values())
        stands = [row for row in rows if row.args[0] in goals and _still(row, goals, state)]
        later = {row.id: rest[goals[row.args[0]].pairing_id] for row in stands if _not_yet(row, goals, rest)}
        said = [row for row in stands if row.id not in later]
        found = [goals[id_] for id_ in dict.fromkeys(row.args[0] for row in said)]
        blocks = say([(one, names[one.pairing_id]) for one in found]) if found else ()
        return Part(blocks, frozenset(row.id for row in said), later)


def _still(row: OutboxRow, goals: Mapping[int, Goal], state: GoalState) -> bool:
    return row.state is State.SENT or goals[row.args[0]].state is state


def _not_yet(row: OutboxRow, goals: Mapping[int, Goal], rest: Mapping[int, datetime]) -> bool:
    return row.state is not State.SENT and goals[row.args[0]].pairing_id in rest


async def _rests(context: Context, goals: Collection[Goal]) -> dict[int, datetime]:
    """Return when pairings are to be looked at again that rest now."""
    found = await context.work.of(Rests).going_on({one.pairing_id for one in goals})
    return {id_: rest.until or context.now + AGAIN for id_, rest in found.items()}


_teller(NEW, GoalState.ACTIVE)
_teller(DONE, GoalState.DONE)


@feature.poster(PARTY)
async def celebrate(context: Context, row: OutboxRow) -> Message | None:
    """Say that a goal was reached, if it still is."""
    goal = (await context.work.of(Goals).get([row.args[0]])).get(row.args[0])
    if goal is None or goal.state is not GoalState.DONE or context.program.state is not ProgramState.RUNNING:
        return None
    pairing = (await context.work.of(Pairings).get([goal.pairing_id]))[goal.pairing_id]
    return None if pairing.ended_at is not None else message(wording.party())
