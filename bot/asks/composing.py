"""What a request says when it goes out, when it is reminded of, and after things have changed."""

from collections.abc import Collection, Mapping, Sequence
from datetime import timedelta

from bot.asks import wording
from bot.asks.feature import feature
from bot.asks.keeping import ASK, TOLD, plans
from bot.asks.wording import Asker
from bot.context import Asked, Context
from bot.feature import Part
from bot.nudges.rules import RUNGS
from bot.views import Block
from storage.asks import Ask, Asks, Recipient
from storage.members import Members
from storage.outbox import OutboxRow, State

ASK_AGAIN = timedelta(days=1)
TOGETHER = 2  # requests that one message shows whole: with reminders beside them Discord has no room for more
LISTED = 8


@feature.composer(ASK)
async def compose_asks(context: Context, member_id: int, rows: Sequence[OutboxRow]) -> Part:
    """Ask, or remind of what was asked; in a message that is out, say what was answered since."""
    recipients = await context.work.of(Asks).recipients({row.args[0] for row in rows})
    found = await plans(context, [one for one in recipients.values() if one.waits])
    said, later = [], {}
    for row in rows:
        one = recipients.get(row.args[0])
        if one is None:
            continue
        if row.state is State.SENT:
            said.append(row)
        elif one.waits:
            schedule, _ = found[one.id]
            due = context.now if schedule is None else schedule.nudge
            if due is None or due > context.now:
                later[row.id] = due or context.now + ASK_AGAIN
            else:
                said.append(row)
    blocks = await _blocks(context, member_id, said, recipients)
    return Part(blocks, frozenset(row.id for row in said), later)


async def _blocks(
    context: Context, member_id: int, rows: Sequence[OutboxRow], recipients: Mapping[int, Recipient]
) -> tuple[Block, ...]:
    """Say each request once, however many rows there are of it."""
    newest = {row.args[0]: row.args[1] for row in sorted(rows, key=lambda row: row.args[1])}
    asks = await context.work.of(Asks).get({recipients[id_].ask_id for id_ in newest})
    names = await askers(context, asks.values())
    zone = (await context.work.of(Members).get([member_id]))[member_id].zone
    waiting = [recipients[id_] for id_ in newest if recipients[id_].waits]
    blocks: list[Block] = []
    for id_, rung in newest.items():
        one, ask = recipients[id_], asks[recipients[id_].ask_id]
        if not one.waits:
            blocks.append(wording.settled(one.answer, ask.text))
        elif one in waiting[:TOGETHER]:
            blocks += wording.request(one, ask, names[ask.id], context.now, zone, again=rung > 0)
    if len(waiting) > TOGETHER:
        blocks.append(wording.more(len(waiting) - TOGETHER))
    if waiting:
        rungs = [newest[one.id] for one in waiting]
        blocks.append(wording.note(again=min(rungs) > 0, last=min(rungs) >= RUNGS))
    return tuple(blocks)


async def askers(context: Context, asks: Collection[Ask]) -> dict[int, Asker]:
    """Return who asked, by request."""
    people = await context.work.of(Members).get({ask.by_id for ask in asks if ask.by_id is not None})
    names = {id_: member.name for id_, member in people.items()}
    return {ask.id: Asker(names.get(ask.by_id or 0), context.program.name) for ask in asks}


@feature.waiting
async def what_waits(asked: Asked) -> Sequence[Block]:
    """List what the team waits for."""
    recipients = await asked.work.of(Asks).of_member(asked.member.id, LISTED + 1, waiting=True)
    asks = await asked.work.of(Asks).get({one.ask_id for one in recipients})
    names = await askers(asked, asks.values())
    blocks: list[Block] = []
    for one in recipients[:LISTED]:
        ask = asks[one.ask_id]
        blocks += wording.request(one, ask, names[ask.id], asked.now, asked.member.zone, again=True)
    return wording.waiting(blocks, more=len(recipients) > LISTED)


@feature.composer(TOLD)
async def compose_told(context: Context, member_id: int, rows: Sequence[OutboxRow]) -> Part:
    """Tell whoever asked how many are silent; a request that needs nothing more is left out."""
    ids = {row.args[0] for row in rows}
    asks, counts = await context.work.of(Asks).get(ids), await context.work.of(Asks).counts(ids)
    needed = [row for row in rows if row.args[0] in asks and row.args[0] in counts]
    open_ = [
        row
        for row in needed
        if asks[row.args[0]].closed_at is None and counts[row.args[0]].answered < counts[row.args[0]].all
    ]
    kept = [row for row in needed if row.state is State.SENT or row in open_]
    blocks: list[Block] = []
    for ask_id in dict.fromkeys(row.args[0] for row in kept):
        blocks += wording.silent(asks[ask_id], counts[ask_id])
    return Part(tuple(blocks), frozenset(row.id for row in kept))
