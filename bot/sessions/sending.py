"""A draft goes out: as a proposal, as other times for one that waits, or to move a session that is booked."""

from collections.abc import Sequence

from bot.context import Asked
from bot.feature import number
from bot.people import PAIRED
from bot.sessions import approval, proposing_wording
from bot.sessions.about import About
from bot.sessions.drafting import draft_of, echo, in_the_way
from bot.sessions.feature import feature
from bot.sessions.keeping import bring_up_to_date, end, go, propose, settle
from bot.sessions.looking import look_at, texts_of
from bot.sessions.rules import COMING, PROPOSALS, is_coming, is_short
from bot.views import Message
from storage.outbox import Urgency
from storage.pairings import Pairings
from storage.programs import State as Running
from storage.sessions import OPEN, NewTime, Session, Sessions, State


@feature.button("sessions.send", number, who=PAIRED)
async def send(asked: Asked, session_id: int) -> Message:
    """Let a draft go out, if nothing is in its way by now; else say what, and keep it."""
    one = await _locked_draft(asked, session_id)
    places = {time.place for time in one.times}
    if len(places) != len(one.times) or await in_the_way(asked, one):
        return await echo(asked, session_id)
    if one.target is None:
        return await _send_new(asked, one)
    target = await asked.work.of(Sessions).lock(one.target.id)
    if target is not None and target.state is State.PROPOSED and target.by_id != asked.member.id:
        return await _answer_with(asked, one, target)
    if target is not None and is_coming(target, asked.now):
        return await _send_move(asked, one, target)
    return await _too_late(asked, one, target)


async def _locked_draft(asked: Asked, session_id: int) -> About:
    """Return a draft in whose pairing nobody else changes anything now."""
    one = await draft_of(asked, session_id)
    await asked.work.of(Pairings).lock([one.pairing.id])
    return await draft_of(asked, session_id)


async def _send_new(asked: Asked, one: About) -> Message:
    store = asked.work.of(Sessions)
    if len(await store.in_state([one.pairing.id], OPEN, PROPOSALS)) >= PROPOSALS:
        return await echo(asked, one.session.id, [proposing_wording.too_many_proposals(one.name)])
    booked = await store.in_state([one.pairing.id], {State.BOOKED})
    if len([True for session in booked if is_coming(session, asked.now)]) >= COMING:
        return await echo(asked, one.session.id, [proposing_wording.too_many_sessions(one.name)])
    if await approval.needed(asked, one.pairing):
        return await _ask_coordinators(asked, one)
    return await _out(asked, one)


async def _out(asked: Asked, one: About) -> Message:
    urgency = await propose(asked, await go(asked, one.session, State.PROPOSED), one.pairing)
    await asked.work.audit.add(asked.member.key, "sessions.propose")
    return _sent(asked, one, urgency)


def _sent(asked: Asked, one: About, urgency: Urgency) -> Message:
    running = asked.program.state is Running.RUNNING
    return proposing_wording.sent(one, running=running, at_once=urgency is Urgency.AT_ONCE)


async def _ask_coordinators(asked: Asked, one: About) -> Message:
    """Let whoever looks after the pairing say yes first."""
    session = await go(asked, one.session, State.APPROVAL, sent_at=asked.now)
    await settle(asked, [session])
    await approval.ask(asked, session, one.pairing)
    await asked.work.audit.add(asked.member.key, "sessions.propose")
    return proposing_wording.looked_at(one.name)


async def _answer_with(asked: Asked, one: About, target: Session) -> Message:
    """Put one's own times, and all that was typed with them, in the place of those that the other proposed."""
    store, draft = asked.work.of(Sessions), one.session
    await bring_up_to_date(asked, [target])
    await _take_over(asked, one, target)
    await store.change(target.id, by_id=asked.member.id, round=target.round + 1, asked_at=None)
    await store.propose(target.id, [NewTime(time.place, time.starts_at, time.typed) for time in one.times])
    await store.drop(draft.id)
    urgency = await propose(asked, (await store.get([target.id]))[target.id], one.pairing)
    await asked.work.audit.add(asked.member.key, "sessions.other_times")
    return _sent(asked, one, urgency)


async def _take_over(asked: Asked, one: About, target: Session) -> None:
    store, draft = asked.work.of(Sessions), one.session
    texts = await texts_of(asked, draft)
    said = {"agenda": texts.agenda, "prepare": texts.prepare, "link": draft.link, "minutes": draft.minutes}
    await store.change(target.id, **said)
    await store.set_goals(target.id, list(one.goals))


async def _send_move(asked: Asked, one: About, target: Session) -> Message:
    """Ask for another time of a session that is booked; its time stands until the other agrees."""
    waiting = await asked.work.of(Sessions).replacing(target.id)
    if any(move.by_id != asked.member.id for move in waiting):
        return await echo(asked, one.session.id, [proposing_wording.moved_meanwhile(one)])
    for move in waiting:  # one's own earlier wish
        await end(asked, move, State.CANCELLED, ended_by_id=asked.member.id)
    if is_short(target, asked.now, asked.policy.sessions.notice):
        await asked.work.of(Sessions).change(one.session.id, short_notice=True)
    return await _out(asked, one)


async def _too_late(asked: Asked, one: About, target: Session | None) -> Message:
    """Keep what was typed as a proposal of its own, and say how stands what it was meant for."""
    await asked.work.of(Sessions).change(one.session.id, replaces_id=None)
    told: Sequence[About] = await look_at(asked, [target] if target is not None else [], asked.member.id)
    return await echo(asked, one.session.id, notes=[proposing_wording.meanwhile(stood) for stood in told])
