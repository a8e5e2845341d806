"""When a program starts that was tried out: what people were only asked for nothing, and is still open, goes out."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from bot.context import Context
from bot.facts import ProgramChanged
from bot.people import Pairing
from bot.sessions import approval
from bot.sessions.feature import feature
from bot.sessions.keeping import News, propose, tell
from bot.sessions.meeting import ask, ask_coordinators
from bot.sessions.outcome import may_say, needs_decision
from storage.outbox import Urgency
from storage.pairings import Pairings
from storage.programs import State as ProgramState
from storage.session_words import SessionWords
from storage.sessions import LONGEST, Session, Sessions, State

UNSETTLED = (State.BOOKED, State.NOT_HELD, State.UNCLEAR)


@feature.on(ProgramChanged)
async def program_changed(context: Context, changed: ProgramChanged) -> None:
    """Ask anew, once all that was noted for nothing is taken back (bot/nudges/starting.py)."""
    before = changed.before
    if before.state is not ProgramState.SHADOW or context.program.state is before.state or before.since is None:
        return
    store = context.work.of(Sessions)
    waiting, coming = await store.every_open(), await store.every_coming()
    begun = await store.begun(UNSETTLED, before.since - LONGEST)
    pairings = await context.work.of(Pairings).get({one.pairing_id for one in (*waiting, *coming, *begun)})
    await _propose_again(context, waiting, pairings, before.since)
    for one in coming:
        if one.booked_at is not None and max(one.booked_at, one.moved_at or one.booked_at) >= before.since:
            await tell(context, one, News.BOOKED, pairings[one.pairing_id].sides)
    await _ask_again(context, [one for one in begun if may_say(one, context.now)], pairings, before.since)


async def _propose_again(
    context: Context, waiting: Sequence[Session], pairings: Mapping[int, Pairing], since: datetime
) -> None:
    for one in waiting:
        if one.state is State.APPROVAL:
            await approval.ask(context, one, pairings[one.pairing_id])
        elif one.asked_at is None or one.asked_at >= since:
            await context.work.of(Sessions).change(one.id, asked_at=None)
            await propose(context, replace(one, asked_at=None), pairings[one.pairing_id])


async def _ask_again(
    context: Context, begun: Sequence[Session], pairings: Mapping[int, Pairing], since: datetime
) -> None:
    """Ask about what was over while nobody could be asked: together, at hours that people like."""
    over = [one for one in begun if one.ends_at is not None and since <= one.ends_at <= context.now]
    await ask(context, over, urgency=Urgency.SOON)
    words = await context.work.of(SessionWords).get([one.id for one in over])
    for one in over:
        if needs_decision(one, words[one.id]):
            await ask_coordinators(context, one, pairings[one.pairing_id])
