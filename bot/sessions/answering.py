"""What is answered to a proposal: a time is accepted, none suits just now, or it is taken back."""

from bot.context import Asked
from bot.errors import UserError
from bot.feature import number
from bot.nudges import wording as nudges_wording
from bot.people import PAIRED
from bot.sessions import answering_wording, approval, wording
from bot.sessions.about import About
from bot.sessions.feature import feature
from bot.sessions.keeping import News, bring_up_to_date, end, go, settle, tell
from bot.sessions.looking import clash, locked, mine, texts_of
from bot.sessions.reminding import arrange
from bot.sessions.rules import COMING, is_coming
from bot.views import Message
from storage.members import Members
from storage.sessions import OPEN, Session, Sessions, State, Time


@feature.button("sessions.accept", number, who=PAIRED)
async def accept(asked: Asked, time_id: int) -> Message:
    """Take one of the proposed times; both are told, with a file for their calendars."""
    time = await asked.work.of(Sessions).time(time_id)
    if time is None:
        raise UserError(nudges_wording.NOT_FOR_YOU)
    one = await locked(asked, time.session_id)
    still = next((found for found in one.times if found.id == time_id), None)
    if one.session.state is State.DRAFT or one.is_mine:
        raise UserError(nudges_wording.NOT_FOR_YOU)
    if one.session.state is not State.PROPOSED or still is None:
        return wording.already(one)
    return await _accept(asked, one, still)


async def _accept(asked: Asked, one: About, time: Time) -> Message:
    if time.starts_at <= asked.now:
        return answering_wording.over(one, time)
    for member_id in sorted(one.pairing.sides):  # each may just be booked by another
        await asked.work.of(Members).lock(member_id)
    found = await clash(asked, one.pairing, one.me, time.starts_at, one.session.minutes, but={one.session.id})
    if found is not None:
        return answering_wording.not_free(wording.taken(found, one.me, one.other, asked.now), one)
    if one.session.replaces_id is not None:
        return await _move(asked, one, time)
    booked = await asked.work.of(Sessions).in_state([one.pairing.id], {State.BOOKED})
    if len([True for session in booked if is_coming(session, asked.now)]) >= COMING:
        return answering_wording.full(one)
    booked_at = {"starts_at": time.starts_at, "booked_at": asked.now, "answer_by": None}
    return await _booked(asked, one, await go(asked, one.session, State.BOOKED, **booked_at), News.BOOKED)


async def _move(asked: Asked, one: About, time: Time) -> Message:
    """Give a session that is booked the time that was agreed on, and all that was proposed with it."""
    store = asked.work.of(Sessions)
    target = await store.lock(one.session.replaces_id or 0)
    if target is None or not is_coming(target, asked.now):
        await end(asked, one.session, State.CANCELLED)
        return wording.already(await mine(asked, one.session.id if target is None else target.id))
    texts = await texts_of(asked, one.session)
    said = {"agenda": texts.agenda, "prepare": texts.prepare, "link": one.session.link, "minutes": one.session.minutes}
    moved = {"starts_at": time.starts_at, "sequence": target.sequence + 1, "moved_by_id": one.session.by_id}
    short = target.short_notice or one.session.short_notice
    await store.change(target.id, **said, **moved, moved_at=asked.now, short_notice=short)
    await store.set_goals(target.id, list(one.goals))
    await go(asked, one.session, State.AGREED, starts_at=time.starts_at, answer_by=None)
    return await _booked(asked, one, (await store.get([target.id]))[target.id], News.MOVED)


async def _booked(asked: Asked, one: About, session: Session, news: News) -> Message:
    """Tell both, and let clocks, reminders and messages follow."""
    settled = list((await asked.work.of(Sessions).get([one.session.id])).values())
    await settle(asked, settled)
    await bring_up_to_date(asked, settled)
    await arrange(asked, [session])
    await tell(asked, session, news, (one.me.id, one.other.id), now={one.me.id})
    await asked.work.audit.add(asked.member.key, f"sessions.{news.name.lower()}")
    return answering_wording.booked(await mine(asked, session.id))


@feature.button("sessions.decline", number, number, who=PAIRED)
async def decline(asked: Asked, session_id: int, round_: int) -> Message:
    """Say that no time suits just now."""
    one = await locked(asked, session_id)
    if one.session.state is not State.PROPOSED or one.session.round != round_ or one.is_mine:
        return wording.already(one)
    session = await end(asked, one.session, State.DECLINED, ended_by_id=asked.member.id)
    await tell(asked, session, News.DECLINED, [one.other.id])
    await asked.work.audit.add(asked.member.key, "sessions.decline")
    return answering_wording.declined(one)


@feature.button("sessions.withdraw", number, number, who=PAIRED)
async def withdraw(asked: Asked, session_id: int, round_: int) -> Message:
    """Take one's own proposal back."""
    one = await locked(asked, session_id)
    if one.session.state not in OPEN or one.session.round != round_ or not one.is_mine:
        return wording.already(one)
    session = await end(asked, one.session, State.CANCELLED, ended_by_id=asked.member.id)
    if one.session.state is State.APPROVAL:
        await approval.bring_up_to_date(asked, session, one.pairing)
    await asked.work.audit.add(asked.member.key, "sessions.withdraw")
    return answering_wording.withdrawn(one)
