"""What follows for messages that wait when a pairing's pace changes, when it rests, and when it ends."""

from collections.abc import Sequence

from bot.context import Asked, Context
from bot.facts import CalendarChanged, MessagesChanged, PaceChanged, PairingEnded
from bot.nudges import overview_wording
from bot.nudges.feature import feature
from bot.nudges.keeping import settle
from bot.people import Pairing
from storage.nudges import JUST_AFTER, Mark, MarkRow, Nudges, Turn
from storage.pairings import Pairings
from storage.tails import Tails


@feature.on(PaceChanged)
async def pace_changed(context: Context, changed: PaceChanged) -> None:
    """Move the clocks of what waits in a pairing."""
    await settle(context, await _open_turns(context, changed.pairing_id))


@feature.on(CalendarChanged)
async def asker_changed(context: Context, changed: CalendarChanged) -> None:
    """Look anew at what members wait for: nobody is reminded of a message whose writer has left."""
    turns = await context.work.of(Nudges).asked_by(changed.member_ids)
    pairings = await context.work.of(Pairings).lock({turn.facts.pairing_id for turn in turns})
    again = await context.work.of(Nudges).get([turn.id for turn in turns])
    await settle(context, [turn for turn in again.values() if turn.facts.closed_at is None], pairings)


@feature.on(PairingEnded)
async def pairing_ended(context: Context, ended: PairingEnded) -> None:
    """Let nothing wait any more: the mark that is kept says so for ever, whatever is worked out anew later."""
    turns = await _open_turns(context, ended.pairing_id)
    for turn in turns:
        facts = turn.facts
        mark = (facts.pairing_id, facts.space_id, facts.opener, facts.asker_id, Mark.ENDED, context.now)
        await context.work.of(Nudges).add_mark(MarkRow(*mark))
    if turns:
        since = min(turn.facts.opened_at for turn in turns)
        await context.tell(MessagesChanged({ended.pairing_id: since + JUST_AFTER}))


@feature.standing
async def last_message(asked: Asked, pairing: Pairing) -> Sequence[str]:
    """Say when the two last wrote to each other."""
    tail = (await asked.work.of(Tails).get([pairing.id])).get(pairing.id)
    return [overview_wording.last_message(tail.at if tail else None, asked.now, asked.member.zone)]


async def _open_turns(context: Context, pairing_id: int) -> list[Turn]:
    pairing = (await context.work.of(Pairings).lock([pairing_id])).get(pairing_id)
    if pairing is None:
        return []
    store = context.work.of(Nudges)
    turns = [turn for side in pairing.sides for turn in await store.open_turns(answerer_id=side)]
    return [turn for turn in turns if turn.facts.pairing_id == pairing_id]
