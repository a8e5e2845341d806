"""The bot no longer sees a conversation: whoever looks after the pairing is told, once each time."""

from collections.abc import Sequence

from bot.context import Context
from bot.facts import SpacesLost
from bot.feature import Part
from bot.pairings import wording
from bot.pairings.feature import feature
from bot.pairings.looking import coordinators, look_at, responsible
from storage.outbox import NewRow, OutboxRow, Urgency
from storage.pairings import Pairings

LOST = "pairings.lost"


@feature.on(SpacesLost)
async def spaces_lost(context: Context, fact: SpacesLost) -> None:
    """Tell whoever looks after each pairing."""
    rows: list[NewRow] = []
    for space in fact.spaces:
        told = await responsible(context, space.pairing) or await coordinators(context)
        key = f"lost:{space.id}:{context.now.timestamp():.6f}"
        args, urgency = (space.id,), Urgency.ASKED
        rows += [NewRow(f"{key}:{one.id}", LOST, args, one.id, context.now, urgency=urgency) for one in told]
    await context.work.outbox.add(rows)


@feature.composer(LOST)
async def tell(context: Context, member_id: int, rows: Sequence[OutboxRow]) -> Part:
    """Name the pairings whose conversations aren't seen by now; those that are seen again need no word."""
    found = await context.work.of(Pairings).get_spaces({row.args[0] for row in rows})
    lost = {id_: space for id_, space in found.items() if space.lost_at and space.pairing.ended_at is None}
    pairs = {pair.pairing.id: pair for pair in await look_at(context, [space.pairing for space in lost.values()])}
    blocks = [block for id_ in sorted(pairs) for block in wording.lost(pairs[id_])]
    return Part(tuple(blocks), frozenset(row.id for row in rows if row.args[0] in lost))
