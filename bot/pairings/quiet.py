"""Pairs of whom nothing was heard for long: they may need help."""

from collections.abc import Sequence
from datetime import timedelta

from bot.context import Context
from bot.pairings.pair import Pair
from storage.sessions import Sessions, State
from storage.tails import Tails

LONG = timedelta(days=30)
ALIVE = frozenset({State.BOOKED, State.HELD})


async def quiet(context: Context, pairs: Sequence[Pair]) -> list[Pair]:
    """Return the pairs that haven't written for long, nor met, and have nothing booked; resting ones are left out."""
    ids, since = [pair.pairing.id for pair in pairs], context.now - LONG
    wrote = {id_: tail.at for id_, tail in (await context.work.of(Tails).get(ids)).items()}
    sessions = await context.work.of(Sessions).counts(ids, since)
    return [
        pair
        for pair in pairs
        if pair.rest is None
        and max(filter(None, (wrote.get(pair.pairing.id), pair.pairing.made_at)), default=since) <= since
        and not ALIVE & sessions[pair.pairing.id].keys()
    ]
