"""Coming a little later: whoever does may say so, and nobody else can."""

from collections.abc import Sequence

from bot.context import Asked, Context
from bot.feature import Part, number
from bot.people import EVERYONE
from bot.sessions import before_wording as wording
from bot.sessions import wording as sessions_wording
from bot.sessions.about import About
from bot.sessions.feature import feature
from bot.sessions.looking import locked, mine, of_rows
from bot.views import Message
from storage.outbox import NewRow, OutboxRow, Urgency
from storage.session_words import SessionWords
from storage.sessions import State

LATE = "sessions.late"
NEAR = 24 * 60  # minutes before it begins, from which on somebody can know that they will be late
SAID = (State.BOOKED, State.HELD, State.UNCLEAR, State.NOT_HELD)


def minutes(text: str) -> int:
    """Read a button's argument. Raises ValueError for what isn't offered."""
    return (0, *wording.LATE)[(0, *wording.LATE).index(number(text))]


def is_near(one: About) -> bool:
    """Tell whether somebody can know that they will be late, or were."""
    starts_at = one.session.starts_at
    if starts_at is None or one.session.state not in SAID:
        return False
    return (starts_at - one.now).total_seconds() <= NEAR * 60


@feature.button("sessions.late", number, who=EVERYONE)
async def late(asked: Asked, session_id: int) -> Message:
    """Ask how late somebody comes, or was."""
    one = await mine(asked, session_id)
    if not is_near(one):
        return sessions_wording.already(one)
    return wording.late_choices(one, await _noted(asked, one))


@feature.button("sessions.late_by", number, minutes, who=EVERYONE)
async def late_by(asked: Asked, session_id: int, later: int) -> Message:
    """Note how late somebody comes; before the end of the session the other is told at once."""
    one = await locked(asked, session_id)
    if not is_near(one):
        return sessions_wording.already(one)
    ahead = one.session.state is State.BOOKED and one.session.ends_at is not None and asked.now < one.session.ends_at
    if await _noted(asked, one) != (later or None):
        await asked.work.of(SessionWords).say(session_id, asked.member.id, late_minutes=later or None)
        if ahead:
            at = f"{asked.now.timestamp():.6f}"
            key = f"session-late:{session_id}:{one.other.id}:{at}:{later}"
            row = NewRow(key, LATE, (session_id, later), one.other.id, asked.now, urgency=Urgency.AT_ONCE)
            await asked.work.outbox.add([row])
    return wording.late_noted(one, later, told=ahead)


async def _noted(asked: Asked, one: About) -> int | None:
    return (await noted(asked, [one]))[one.session.id].get(asked.member.id)


async def noted(context: Context, shown: Sequence[About]) -> dict[int, dict[int, int]]:
    """Return how late each of the two said that they come, or came, to sessions, by session and member."""
    found = await context.work.of(SessionWords).get([one.session.id for one in shown])
    return {id_: {one.member_id: one.late_minutes for one in said if one.late_minutes} for id_, said in found.items()}


@feature.composer(LATE)
async def compose(context: Context, member_id: int, rows: Sequence[OutboxRow]) -> Part:
    """Tell somebody that the other comes a little later."""
    seen = await of_rows(context, rows, member_id)
    return Part.of({row.id: wording.comes_later(seen[row.args[0]], row.args[1]) for row in rows if row.args[0] in seen})
