"""A session that is booked is called off, or gets another link; how it is moved is in drafting.py and sending.py."""

from collections.abc import Mapping

from bot.context import Asked
from bot.errors import UserError
from bot.feature import Answer, number
from bot.people import PAIRED
from bot.sessions import answering_wording, form_wording, links, wording
from bot.sessions.about import About
from bot.sessions.feature import feature
from bot.sessions.keeping import News, end, tell
from bot.sessions.looking import locked, mine
from bot.sessions.rules import WORDS, has_begun, is_coming, is_short
from bot.settings.reading import length
from bot.texts import readable
from bot.views import Errors, Form, Message
from storage.sessions import Sessions, State


@feature.button("sessions.cancel", number, who=PAIRED, answer=Answer.FORM)
async def cancel(asked: Asked, session_id: int) -> Form | Message:
    """Open the form in which a session is called off."""
    one = await mine(asked, session_id)
    if not _can_be_called_off(asked, one):
        return wording.already(one)
    notice = asked.policy.sessions.notice
    short = is_short(one.session, asked.now, notice)
    return answering_wording.cancel_form(one, notice=length(notice) if short else None)


@feature.form("sessions.cancelled", number, who=PAIRED)
async def cancelled(asked: Asked, session_id: int, values: Mapping[str, str]) -> Message | Errors:
    """Call a session off, and tell the other."""
    one, words = await locked(asked, session_id), readable(values.get("words", ""))
    if not _can_be_called_off(asked, one):
        return wording.already(one)
    if len(words) > WORDS:
        return Errors({"words": form_wording.too_long(len(words), WORDS)})
    short = is_short(one.session, asked.now, asked.policy.sessions.notice)
    said = {"ended_by_id": asked.member.id, "ended_words": words, "short_notice": short}
    session = await end(asked, one.session, State.CANCELLED, **said)
    await tell(asked, session, News.CANCELLED, (one.me.id, one.other.id), now={one.me.id})
    await asked.work.audit.add(asked.member.key, "sessions.cancel")
    return answering_wording.cancelled(one)


def _can_be_called_off(asked: Asked, one: About) -> bool:
    return one.session.state is State.BOOKED and not has_begun(one.session, asked.now)


@feature.button("sessions.link", number, who=PAIRED, answer=Answer.FORM)
async def link(asked: Asked, session_id: int) -> Form | Message:
    """Open the form for the link to meet at."""
    one = await mine(asked, session_id)
    return answering_wording.link_form(one) if is_coming(one.session, asked.now) else wording.already(one)


@feature.form("sessions.linked", number, who=PAIRED)
async def linked(asked: Asked, session_id: int, values: Mapping[str, str]) -> Message | Errors:
    """Take another link; both calendars get it."""
    one, text = await locked(asked, session_id), values.get("link", "").strip()
    if not is_coming(one.session, asked.now):
        return wording.already(one)
    try:
        new = links.read(text, asked.policy.sessions.hosts) if text else None
    except UserError as error:
        return Errors({"link": str(error)})
    if new == one.session.link:
        return answering_wording.same_link()
    await asked.work.of(Sessions).change(session_id, link=new, sequence=one.session.sequence + 1)
    now = await mine(asked, session_id)
    await tell(asked, now.session, News.LINK, (one.me.id, one.other.id), now={one.me.id})
    await asked.work.audit.add(asked.member.key, "sessions.link")
    return answering_wording.linked(now)
