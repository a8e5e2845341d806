"""What somebody can say of a session that has begun: whether they met, why not, and how late they were themselves."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from bot.context import Asked, Context
from bot.errors import UserError
from bot.facts import CalendarChanged, PaceChanged
from bot.feature import Part, number, word
from bot.members import wording as members_wording
from bot.people import EVERYONE
from bot.sessions import meeting_wording as wording
from bot.sessions.about import About
from bot.sessions.feature import feature
from bot.sessions.looking import locked, look_at, mine, of_rows
from bot.sessions.meeting import MET, Question, ask, make_up, move_questions, once_more_at
from bot.sessions.outcome import may_say
from bot.sessions.reminding import AFTER_ALARM, version
from bot.views import Block, Message
from storage.due import Alarm
from storage.outbox import OutboxRow
from storage.outbox import State as RowState
from storage.pairings import Pairings
from storage.session_words import Answer, Reason, SessionWords, Word
from storage.sessions import Session, Sessions, State

SAID = (State.BOOKED, State.HELD, State.NOT_HELD, State.UNCLEAR)
LISTED = 5


def answer(text: str) -> Answer:
    """Read a button's argument. Raises ValueError."""
    return Answer(word(text))


def reason(text: str) -> Reason:
    """Read a button's argument. Raises ValueError."""
    return Reason(word(text))


@feature.alarm(AFTER_ALARM)
async def ring(context: Context, alarms: Sequence[Alarm]) -> None:
    """Ask about the sessions that are over."""
    sessions = await context.work.of(Sessions).get([alarm.subject for alarm in alarms])
    await ask(context, [one for one in sessions.values() if one.state in SAID and may_say(one, context.now)])


@feature.composer(MET)
async def compose(context: Context, member_id: int, rows: Sequence[OutboxRow]) -> Part:
    """Ask whether two met; in a message that is out, say how it was answered."""
    seen = await of_rows(context, rows, member_id)
    words = await context.work.of(SessionWords).get(list(seen))
    of = {id_: (one, _mine(words[id_], member_id)) for id_, one in seen.items()}
    asking = {row: of[row.args[0]] for row in rows if row.args[0] in of}
    later = {row.id: at for row, (one, said) in asking.items() if (at := await _later(context, one, said, row))}
    asked = Part.of({row.id: _question(*about, row) for row, about in asking.items() if row.id not in later})
    return replace(asked, later=later)


async def _later(context: Context, one: About, said: Word | None, row: OutboxRow) -> datetime | None:
    """Return when somebody is asked once more, if that isn't yet."""
    once_more = row.args[2] and row.state is not RowState.SENT
    if not once_more or row.member_id is None or _is_settled(one, row) or not _is_open(one, said, row):
        return None
    at = await once_more_at(context, Question(one.session, row.member_id, 1))
    return at if at > context.now else None


def _question(one: About, said: Word | None, row: OutboxRow) -> Sequence[Block]:
    sent = row.state is RowState.SENT
    if not sent and _is_settled(one, row):
        return ()
    if _is_open(one, said, row):
        return wording.question(one)
    return wording.answered(one, said, may_change=may_say(one.session, one.now)) if sent else ()


def _mine(words: Sequence[Word], member_id: int) -> Word | None:
    return next((word for word in words if word.member_id == member_id and word.answer is not None), None)


def _is_open(one: About, said: Word | None, row: OutboxRow) -> bool:
    """Tell whether an answer is still to come, in a pairing that goes on, about the time that it was asked about."""
    if said is not None or one.pairing.ended_at is not None or version(one.session) != row.args[1]:
        return False
    return may_say(one.session, one.now)


def _is_settled(one: About, row: OutboxRow) -> bool:
    """Tell whether nobody needs to be asked once more: the other has said that they met."""
    return row.args[2] > 0 and one.session.state is State.HELD


@feature.button("sessions.met", number, answer, who=EVERYONE)
async def met(asked: Asked, session_id: int, said: Answer) -> Message:
    """Take what somebody says of a session that is over."""
    one = await locked(asked, session_id)
    if one.session.state is State.BOOKED and not may_say(one.session, asked.now):
        raise UserError(wording.not_yet(one))
    if not may_say(one.session, asked.now):
        return wording.too_late(one)
    words = asked.work.of(SessionWords)
    before = _mine((await words.get([session_id]))[session_id], asked.member.id)
    if before is None or before.answer is not said:
        await words.say(session_id, asked.member.id, answer=said, reason=None)
        await make_up(asked, one.session, one.pairing)
    return {Answer.YES: wording.thanks, Answer.MOVED: wording.moved, Answer.NO: wording.why}[said](one)


@feature.button("sessions.met_again", number, who=EVERYONE)
async def met_again(asked: Asked, session_id: int) -> Message:
    """Ask once more, for whoever wants to answer otherwise."""
    one = await mine(asked, session_id)
    return wording.again(one) if may_say(one.session, asked.now) else wording.too_late(one)


@feature.button("sessions.why", number, reason, who=EVERYONE)
async def why(asked: Asked, session_id: int, said: Reason) -> Message:
    """Note why somebody says that they didn't meet."""
    one = await locked(asked, session_id)
    words = asked.work.of(SessionWords)
    before = _mine((await words.get([session_id]))[session_id], asked.member.id)
    if before is None or before.answer is not Answer.NO:
        raise UserError(members_wording.OLD_BUTTON)
    if not may_say(one.session, asked.now):
        return wording.too_late(one)
    if before.reason is not said:
        await words.say(session_id, asked.member.id, reason=said)
        await make_up(asked, one.session, one.pairing)
    return wording.reason_noted(one)


@feature.button("sessions.we_see", number, who=EVERYONE)
async def we_see(asked: Asked, session_id: int) -> Message:
    """Leave it open when two meet."""
    return wording.we_see((await mine(asked, session_id)).name)


@feature.on(CalendarChanged)
async def calendar_changed(context: Context, changed: CalendarChanged) -> None:
    """Ask people when they are back."""
    pairings = {pairing.id for pairing in await context.work.of(Pairings).going_on_of(changed.member_ids)}
    await move_questions(context, await _lately(context, pairings))


@feature.on(PaceChanged)
async def pace_changed(context: Context, changed: PaceChanged) -> None:
    """Ask nothing while a pairing rests, and go on afterwards."""
    await move_questions(context, await _lately(context, {changed.pairing_id}))


async def _lately(context: Context, pairing_ids: set[int]) -> list[Session]:
    """Return the sessions of pairings about which somebody may still be asked."""
    found = await context.work.of(Sessions).latest(pairing_ids, SAID, 3 * LISTED * max(1, len(pairing_ids)))
    return [one for one in found if may_say(one, context.now)]


@feature.waiting
async def what_waits(asked: Asked) -> Sequence[Block]:
    """List the sessions of which somebody hasn't said whether they took place."""
    pairings = {pairing.id for pairing in await asked.work.of(Pairings).going_on(asked.member.id)}
    sessions = [one for one in await _lately(asked, pairings) if one.ends_at is not None and one.ends_at <= asked.now]
    words = await asked.work.of(SessionWords).get([one.id for one in sessions])
    silent = [one for one in sessions if _mine(words[one.id], asked.member.id) is None]
    blocks: list[Block] = []
    for one in (await look_at(asked, silent, asked.member.id))[:LISTED]:
        blocks += wording.again(one).blocks
    return wording.waiting(blocks)
