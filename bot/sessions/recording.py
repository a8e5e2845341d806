"""Whether a session may be recorded: only if both said yes, and only as long as both do."""

from collections.abc import Sequence

from bot.context import Asked, Context
from bot.feature import Part, number
from bot.members.calendars import calendars
from bot.people import EVERYONE
from bot.sessions import recording_wording as wording
from bot.sessions.about import About
from bot.sessions.feature import feature
from bot.sessions.keeping import urgency_of
from bot.sessions.looking import locked, mine, of_rows
from bot.sessions.rules import is_coming
from bot.views import Block, Message
from storage.outbox import NewRow, OutboxRow
from storage.outbox import State as RowState
from storage.sessions import Sessions

RECORDING = "sessions.recording"
YES, NO = 1, 0


def column(one: About) -> str:
    """Return which column says whether the reader agrees."""
    return "recording_mentor_at" if one.me.id == one.pairing.mentor_id else "recording_mentee_at"


def choice(text: str) -> int:
    """Read a button's argument. Raises ValueError for what is neither yes nor no."""
    return (NO, YES).index(number(text))


@feature.button("sessions.recording", number, who=EVERYONE)
async def recording(asked: Asked, session_id: int) -> Message:
    """Show whether a session may be recorded, and ask whoever reads it."""
    one = await mine(asked, session_id)
    if not is_coming(one.session, asked.now):
        return wording.over(one)
    return Message(wording.stands(one))


@feature.button("sessions.record", number, choice, who=EVERYONE)
async def record(asked: Asked, session_id: int, said: int) -> Message:
    """Take whether somebody agrees to a recording; the other is told."""
    one = await locked(asked, session_id)
    if not is_coming(one.session, asked.now):
        return wording.over(one)
    before, other = getattr(one.session, column(one)), wording.agrees(one, mine=False)
    if (before is not None) != bool(said):
        await asked.work.of(Sessions).change(session_id, **{column(one): asked.now if said else None})
    if (before is not None) != bool(said) or (not said and other):
        await _tell(asked, one, said)
    fresh = await mine(asked, session_id)
    return wording.noted(fresh)


async def _tell(asked: Asked, one: About, said: int) -> None:
    at = f"{asked.now.timestamp():.6f}"
    key = f"session-recording:{one.session.id}:{one.other.id}:{at}:{said}"
    urgency = urgency_of(asked, one.session, (await calendars(asked, [one.other.id]))[one.other.id])
    row = NewRow(key, RECORDING, (one.session.id,), one.other.id, asked.now, urgency=urgency)
    await asked.work.outbox.add([row])


@feature.composer(RECORDING)
async def compose(context: Context, member_id: int, rows: Sequence[OutboxRow]) -> Part:
    """Tell somebody whether the other agrees to a recording, and ask them if they haven't said so themselves."""
    seen = await of_rows(context, rows, member_id)
    needed = [row for row in rows if row.args[0] in seen and _is_needed(seen[row.args[0]], row)]
    blocks: list[Block] = []
    for session_id in dict.fromkeys(row.args[0] for row in needed):
        blocks += wording.stands(seen[session_id])
    return Part(tuple(blocks), frozenset(row.id for row in needed))


def _is_needed(one: About, row: OutboxRow) -> bool:
    return row.state is RowState.SENT or (is_coming(one.session, one.now) and one.pairing.ended_at is None)
