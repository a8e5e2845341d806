"""What a reminder says when it goes out, and after things have changed."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta

from bot.context import Context
from bot.feature import About, Part
from bot.nudges import wording
from bot.nudges.feature import feature
from bot.nudges.keeping import NUDGE, TOLD, schedules
from bot.nudges.rules import RUNGS
from bot.people import Member, Place
from bot.views import Block
from storage.members import Members
from storage.nudges import Nudges, Turn
from storage.outbox import OutboxRow, State
from storage.pairings import Pairings

ASK_AGAIN = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Around:
    """What is needed to speak of some turns: their people and places."""

    people: Mapping[int, Member]
    places: Mapping[int, Place]


async def around(context: Context, turns: Collection[Turn]) -> Around:
    """Look up the people and places of turns."""
    ids = {id_ for turn in turns for id_ in (turn.facts.asker_id, turn.facts.answerer_id)}
    spaces = await context.work.of(Pairings).spaces_of({turn.facts.pairing_id for turn in turns})
    return Around(await context.work.of(Members).get(ids), {space.id: space.place for space in spaces})


async def about_turns(context: Context, rows: Sequence[OutboxRow]) -> list[About]:
    """Name the conversations that these rows are about, from the message that waits on."""
    turns = await context.work.of(Nudges).get({row.args[0] for row in rows})
    places = (await around(context, turns.values())).places
    mine = [(row.id, turns[row.args[0]].facts) for row in rows if row.args[0] in turns]
    needs = {row.id: row.kind == NUDGE for row in rows}
    return [About(id_, places[facts.space_id], facts.opened_at, needs[id_]) for id_, facts in mine]


@feature.composer(NUDGE, about=about_turns)
async def compose_nudges(context: Context, member_id: int, rows: Sequence[OutboxRow]) -> Part:
    """Remind of all messages at once; in a message that was sent already, say what has been settled since."""
    turns = await context.work.of(Nudges).get({row.args[0] for row in rows})
    plans = await schedules(context, list(turns.values()))
    said, later = [], {}
    for row in sorted(
        rows, key=lambda row: turns[row.args[0]].facts.waiting_since if row.args[0] in turns else context.now
    ):
        nudge = plans[row.args[0]].nudge if _waits(turns, row) else None
        if row.state is State.SENT:
            said.append(row)
        elif _waits(turns, row) and (nudge is None or nudge > context.now):
            later[row.id] = nudge or context.now + ASK_AGAIN
        elif _waits(turns, row):
            said.append(row)
    blocks = await _reminder(context, member_id, turns, [row for row in said if row.args[0] in turns])
    return Part(blocks, frozenset(row.id for row in said), later)


def _waits(turns: Mapping[int, Turn], row: OutboxRow) -> bool:
    turn = turns.get(row.args[0])
    return turn is not None and turn.facts.closed_at is None and turn.facts.reopened == row.args[1]


async def _reminder(
    context: Context, member_id: int, turns: Mapping[int, Turn], rows: Sequence[OutboxRow]
) -> tuple[Block, ...]:
    if not rows:
        return ()
    known = await around(context, turns.values())
    items: list[Block] = []
    for row in rows[: context.policy.nudges.together]:
        turn = turns[row.args[0]]
        name = known.people[turn.facts.asker_id].name
        if _waits(turns, row):
            zone = known.people[member_id].zone
            items += wording.item(turn, name, known.places[turn.facts.space_id], context.now, zone)
        else:
            items.append(wording.settled(turn.facts.outcome, name))
    if not any(_waits(turns, row) for row in rows):
        return tuple(items)
    waiting = [row for row in rows if _waits(turns, row)]
    others = [row for row in rows[context.policy.nudges.together :] if _waits(turns, row)]
    return wording.reminder(
        items,
        [known.people[turns[row.args[0]].facts.asker_id].name for row in others],
        wanted=any(wording.was_wanted(turns[row.args[0]]) for row in waiting),
        last=all(row.args[2] >= RUNGS for row in waiting),
    )


@feature.composer(TOLD, about=about_turns)
async def compose_told(context: Context, member_id: int, rows: Sequence[OutboxRow]) -> Part:
    """Tell a coordinator which pairs may need help; those that are back in touch are left out."""
    turns = await context.work.of(Nudges).get({row.args[0] for row in rows})
    needed = [row for row in rows if row.args[0] in turns and (row.state is State.SENT or _waits(turns, row))]
    known = await around(context, turns.values())
    zone = (await context.work.of(Members).get([member_id]))[member_id].zone
    lines: list[Block] = []
    for row in needed:
        facts = turns[row.args[0]].facts
        asker, answerer = known.people[facts.asker_id].name, known.people[facts.answerer_id].name
        lines += wording.silent_pair(asker, answerer, facts.waiting_since, zone)
    return Part(wording.silent_pairs(lines) if lines else (), frozenset(row.id for row in needed))
