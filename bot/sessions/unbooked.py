"""Two who met without booking note it afterwards; and who moved a session proposes the new time."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.context import Asked
from bot.errors import UserError
from bot.feature import Answer as AnswerAs
from bot.feature import number
from bot.people import PAIRED, Pairing
from bot.sessions import form_wording, unbooked_wording
from bot.sessions.feature import feature
from bot.sessions.filling import choices, filled, form, my_pairings
from bot.sessions.keeping import go
from bot.sessions.lengths import read as read_length
from bot.sessions.looking import mine
from bot.sessions.meeting import ask, tell_the_house
from bot.sessions.rules import LONGEST, SHORTEST, overlap
from bot.sessions.times import read_past
from bot.views import Errors, Form, Message, action, chosen
from storage.goals import Goals
from storage.pairings import Pairings
from storage.session_words import Answer, SessionWords
from storage.sessions import NewSession, Session, Sessions, State

TAKEN = (State.BOOKED, State.HELD, State.NOT_HELD, State.UNCLEAR)
NEAR = 200  # sessions of a pairing that are looked at: of sixty days


@dataclass(frozen=True, slots=True)
class Noted:
    """A session as it was noted."""

    pairing: Pairing
    starts_at: datetime
    minutes: int
    goals: tuple[int, ...]


@feature.button("sessions.unbooked", who=PAIRED, answer=AnswerAs.FORM)
async def unbooked(asked: Asked) -> Form:
    """Open the form for a session that was never booked."""
    people, goals = await choices(asked, await my_pairings(asked))
    return unbooked_wording.form(people, goals)


@feature.form("sessions.noted", who=PAIRED)
async def noted(asked: Asked, values: Mapping[str, str]) -> Message | Errors:
    """Keep a session that was never booked as held; the other can say that it wasn't."""
    pairings = {str(pairing.id): pairing for pairing in await my_pairings(asked)}
    found = await _read(asked, pairings, values)
    if isinstance(found, dict):
        return Errors(found)
    await asked.work.of(Pairings).lock([found.pairing.id])
    if await _same_time(asked, found) is not None:
        return Errors({"when": unbooked_wording.there_already()})
    session = await _keep(asked, found)
    return unbooked_wording.noted(await mine(asked, session.id))


async def _keep(asked: Asked, found: Noted) -> Session:
    store = asked.work.of(Sessions)
    session_id = await store.draft(NewSession(found.pairing.id, asked.member.id, found.minutes))
    await store.set_goals(session_id, found.goals)
    draft = (await store.get([session_id]))[session_id]
    values = {"starts_at": found.starts_at, "held_at": asked.now, "sent_at": asked.now, "logged": True}
    session = await go(asked, draft, State.HELD, **values)
    await asked.work.of(SessionWords).say(session_id, asked.member.id, answer=Answer.YES)
    await tell_the_house(asked, State.DRAFT, session)
    await ask(asked, [session], but=asked.member.id)
    await asked.work.audit.add(asked.member.key, "sessions.noted")
    return session


async def _read(asked: Asked, pairings: Mapping[str, Pairing], values: Mapping[str, str]) -> Noted | dict[str, str]:
    """Return what was noted, or all that is wrong with it, by field."""
    wrong: dict[str, str] = {}
    whose = next(iter(pairings)) if len(pairings) == 1 else values.get("with", "")
    if whose not in pairings:
        return {"with": form_wording.with_whom()}
    minutes = read_length(values.get("minutes", ""))
    if minutes is None or not SHORTEST <= minutes <= LONGEST:
        wrong["minutes"] = form_wording.not_a_length() if minutes is None else form_wording.not_so_long(minutes)
    starts_at = _begin(asked, values.get("when", ""), minutes or 0, wrong)
    known = {str(goal.id): goal.id for goal in await asked.work.of(Goals).of_pairing(pairings[whose].id)}
    taken = chosen(values.get("goals", ""))
    if not set(taken) <= set(known):
        wrong["goals"] = form_wording.other_goals()
    if wrong or starts_at is None or minutes is None:
        return wrong
    return Noted(pairings[whose], starts_at, minutes, tuple(sorted({known[one] for one in taken})))


def _begin(asked: Asked, text: str, minutes: int, wrong: dict[str, str]) -> datetime | None:
    try:
        readings = read_past(text, asked.now, asked.member.zone)
    except UserError as error:
        wrong["when"] = str(error)
        return None
    if len(readings) > 1:
        wrong["when"] = unbooked_wording.which(readings, asked.now, asked.member.zone)
        return None
    if readings[0] + timedelta(minutes=minutes) > asked.now:
        wrong["when"] = unbooked_wording.goes_on()
    return readings[0]


async def _same_time(asked: Asked, found: Noted) -> Session | None:
    """Return a session that the two have at that time already."""
    near: Sequence[Session] = await asked.work.of(Sessions).latest([found.pairing.id], TAKEN, NEAR)
    return overlap(found.starts_at, timedelta(minutes=found.minutes), near)


@feature.button("sessions.again", number, who=PAIRED, answer=AnswerAs.FORM)
async def again(asked: Asked, session_id: int) -> Form:
    """Open the form of a proposal, filled in with what a session had that was moved."""
    one = await mine(asked, session_id)
    made = action("sessions.made", one.pairing.id, 0)
    return await form(asked, [one.pairing], made, form_wording.new_title(), await filled(asked, one.session))
