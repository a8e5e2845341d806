"""/mentor sessions: what is booked, what waits, and one session with all that belongs to it."""

from bot.context import Asked
from bot.feature import number
from bot.feedback.stepping import open_steps
from bot.people import PAIRED
from bot.sessions import wording
from bot.sessions.before_wording import late_lines
from bot.sessions.composing import proposed_to
from bot.sessions.feature import feature
from bot.sessions.filling import my_pairings
from bot.sessions.lateness import noted
from bot.sessions.looking import look_at, mine, texts_of
from bot.sessions.rules import is_coming
from bot.views import Message
from storage.sessions import OPEN, Sessions, State

BOOKED = 5  # that are shown; more are counted
HELD = 3
OVER = frozenset({State.HELD, State.NOT_HELD, State.UNCLEAR})


@feature.command("sessions", "Your sessions: what is booked, what is proposed, and a new one", who=PAIRED)
async def sessions(asked: Asked) -> Message:
    """Show the sessions of whoever asks."""
    ids = [pairing.id for pairing in await my_pairings(asked)]
    store, me = asked.work.of(Sessions), asked.member.id
    booked = [one for one in await store.in_state(ids, {State.BOOKED}) if is_coming(one, asked.now)]
    shown = await look_at(asked, booked[:BOOKED], me)
    mine_ = [one for one in await look_at(asked, await store.in_state(ids, OPEN), me) if one.is_mine]
    held = await look_at(asked, await store.latest(ids, OVER, HELD), me)
    late = await noted(asked, held)
    last = [(one, late_lines(one, late[one.session.id])) for one in held]
    return wording.overview(shown, await proposed_to(asked), mine_[:BOOKED], last, len(booked) - len(shown))


@feature.button("sessions.details", number, who=PAIRED)
async def details(asked: Asked, session_id: int) -> Message:
    """Show one session with all that belongs to it."""
    one = await mine(asked, session_id)
    moves = await look_at(asked, await asked.work.of(Sessions).replacing(session_id), asked.member.id)
    late = late_lines(one, (await noted(asked, [one]))[session_id])
    said = wording.details(one, await texts_of(asked, one.session), moves, late)
    return Message((*said.blocks, *await open_steps(asked, one.pairing, asked.member)))
