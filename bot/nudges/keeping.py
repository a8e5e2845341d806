"""Keeping turns true: worked out anew when messages change, with the alarms, limits and messages that hang on them."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import Protocol, TypeVar

from bot.context import Context
from bot.facts import MessagesChanged
from bot.members.calendars import calendars
from bot.nudges.rules import Schedule, pace, schedule
from bot.nudges.turns import fold
from storage.due import Setting
from storage.messages import Messages
from storage.nudges import ALARM, Nudges, Outcome, Turn, TurnFacts
from storage.outbox import Effect, NewRow, OutboxRow, State, Urgency
from storage.pairings import Pairings

NUDGE = "nudges.nudge"
TOLD = "nudges.told"
BEGINNING = datetime(1970, 1, 1, tzinfo=UTC)
NEVER = datetime(9000, 1, 1, tzinfo=UTC)


def nudge_key(turn_id: int, reopened: int, rung: int) -> str:
    """Return the key under which one nudge is unique: its turn, how often that was reopened, and its rung."""
    return f"nudge:{turn_id}:{reopened}:{rung}"


async def work_out(context: Context, changed: MessagesChanged) -> None:
    """Fold the tails of the pairings whose messages changed, and keep what follows from it."""
    store = context.work.of(Nudges)
    await context.work.of(Pairings).lock(changed.since.keys())
    begins = await store.begin_of(await store.marked_from(changed.since))
    starts = {id_: begins[id_].facts.opened_at if id_ in begins else BEGINNING for id_ in changed.since}
    before = {_opener(turn.facts): turn for turn in await store.since(starts)}
    now_there = {_opener(facts): facts for facts in await _fold(context, starts, begins)}
    gone = [_withdrawn(turn.facts, context.now) for key, turn in before.items() if key not in now_there]
    new = [facts for key, facts in now_there.items() if key not in before or before[key].facts != facts]
    await store.save([*new, *gone])
    keys = {_opener(facts) for facts in (*new, *gone)}
    turns = [turn for turn in await store.since(starts) if _opener(turn.facts) in keys] if keys else []
    await settle(context, turns)
    await bring_up_to_date(context, [turn for turn in turns if _says_otherwise(before, turn.facts)])


def _says_otherwise(before: Mapping[tuple[int, str], Turn], facts: TurnFacts) -> bool:
    """Tell whether what a reminder said of a turn is no longer true."""
    known = before.get(_opener(facts))
    return known is not None and _said(known.facts) != _said(facts)


def _said(facts: TurnFacts) -> tuple[Outcome, int]:
    return facts.outcome, facts.reopened


def _opener(facts: TurnFacts) -> tuple[int, str]:
    return facts.space_id, facts.opener


def _withdrawn(facts: TurnFacts, now: datetime) -> TurnFacts:
    return replace(facts, outcome=Outcome.WITHDRAWN, closed_at=facts.closed_at or now)


async def _fold(context: Context, starts: Mapping[int, datetime], begins: Mapping[int, Turn]) -> list[TurnFacts]:
    store = context.work.of(Messages)
    messages = _by_pairing(await store.since(starts))
    reactions = _by_pairing(await store.reactions_since(starts))
    marks = _by_pairing(await context.work.of(Nudges).marks_since(starts))
    folded: list[TurnFacts] = []
    for id_, pairing in (await context.work.of(Pairings).get(starts.keys())).items():
        tail = (messages.get(id_, ()), reactions.get(id_, ()), marks.get(id_, ()))
        begun = begins[id_].facts if id_ in begins else None
        folded += fold(pairing, context.policy.nudges, *tail, begun=begun)
    return folded


class _OfPairing(Protocol):
    @property
    def pairing_id(self) -> int: ...


T = TypeVar("T", bound=_OfPairing)


def _by_pairing(rows: Sequence[T]) -> dict[int, list[T]]:
    found: dict[int, list[T]] = {}
    for row in rows:
        found.setdefault(row.pairing_id, []).append(row)
    return found


async def schedules(context: Context, turns: Collection[Turn]) -> dict[int, Schedule]:
    """Return the schedules of turns, by turn id."""
    pairings = await context.work.of(Pairings).get({turn.facts.pairing_id for turn in turns})
    people = await calendars(context, {turn.facts.answerer_id for turn in turns})
    nudges = await context.work.of(Nudges).of_turns([turn.id for turn in turns])
    return {
        turn.id: schedule(
            turn,
            pace(context.policy.nudges, pairings[turn.facts.pairing_id]),
            people[turn.facts.answerer_id],
            nudges[turn.id],
        )
        for turn in turns
    }


async def locked(context: Context, turn_ids: Collection[int]) -> list[Turn]:
    """Return turns that nobody else changes until this transaction ends."""
    store = context.work.of(Nudges)
    pairings = {turn.facts.pairing_id for turn in (await store.get(turn_ids)).values()}
    await context.work.of(Pairings).lock(pairings)
    return list((await store.get(turn_ids)).values())


async def settle(context: Context, turns: Collection[Turn]) -> None:
    """Set the alarms and limits of turns, and move the nudges that wait to go out."""
    if not turns:
        return
    plans = await schedules(context, turns)
    # An alarm that leads to no message for them is nothing that their other messages should wait for.
    due = [
        Setting(turn.id, turn.facts.answerer_id if plans[turn.id].nudge else None, plans[turn.id].alarm)
        for turn in turns
    ]
    await context.work.due.set(ALARM, due)
    limits = {turn.id: plans[turn.id].limit for turn in turns if plans[turn.id].limit != turn.limit_at}
    await context.work.of(Nudges).set_limits(limits)
    await _move_pending(context, turns, plans)


async def _move_pending(context: Context, turns: Collection[Turn], plans: Mapping[int, Schedule]) -> None:
    """Let nudges that wait to go out go at the right time; what is needless by now is looked at once, and dropped."""
    nudges = await context.work.of(Nudges).of_turns([turn.id for turn in turns])
    for turn in turns:
        plan = plans[turn.id]
        for nudge in nudges[turn.id]:
            if not nudge.pending:
                continue
            waits = turn.facts.closed_at is None and nudge.reopened == turn.facts.reopened
            at, how = (plan.nudge or NEVER, urgency(plan, nudge.rung)) if waits else (context.now, Urgency.AT_ONCE)
            await context.work.outbox.move(nudge_key(turn.id, nudge.reopened, nudge.rung), at, how)


def urgency(plan: Schedule, rung: int) -> Urgency:
    """Let one that was asked for come when they said, and a second or third one wait a little."""
    if plan.asked_for:
        return Urgency.ASKED
    return Urgency.SOON if rung == 1 else Urgency.PATIENT


async def bring_up_to_date(context: Context, turns: Collection[Turn]) -> None:
    """Have the messages edited in which somebody was reminded of these turns."""
    by_id = {turn.id: turn for turn in turns}
    nudges = await context.work.of(Nudges).keys(by_id)
    rows = await context.work.outbox.by_keys([nudge_key(*nudge) for nudge in nudges])
    sent = [row for row in rows if row.state is State.SENT and row.delivery_id is not None]
    await context.work.outbox.add([_edit(context, by_id[row.args[0]].facts, row) for row in sent])


def _edit(context: Context, facts: TurnFacts, row: OutboxRow) -> NewRow:
    state = f"{facts.outcome}:{facts.reopened}:{context.now.timestamp():.6f}"
    return NewRow(
        key=f"edit:{row.delivery_id}:{row.args[0]}:{state}",
        kind=NUDGE,
        args=row.args,
        member_id=row.member_id,
        due_at=context.now,
        effect=Effect.EDIT,
        urgency=Urgency.AT_ONCE,
        delivery_id=row.delivery_id,
    )
