"""Keeping true what hangs on sessions: where they stand, when a proposal lapses, the messages that tell of them."""

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from enum import IntEnum

from bot.calendar import NEVER, Calendar, after, welcome
from bot.context import Context
from bot.facts import CountsChanged
from bot.members.calendars import calendars, with_rests
from bot.people import Pairing
from bot.sessions.reminding import arrange
from bot.sessions.rules import may
from storage.due import Setting
from storage.outbox import NewRow, Urgency
from storage.pairings import Pairings
from storage.rests import Rests
from storage.sessions import ANSWER_ALARM, OPEN, Session, Sessions, State

PROPOSED = "sessions.proposed"
TOLD = "sessions.told"
APPROVAL = "sessions.approval"
MEETINGS = frozenset({State.BOOKED, State.HELD, State.NOT_HELD, State.UNCLEAR})
SOON = timedelta(days=1)  # whose session begins within that is told at any hour


class News(IntEnum):
    """What somebody is told of a session."""

    BOOKED = 1
    MOVED = 2
    DECLINED = 3
    EXPIRED = 4
    CANCELLED = 5
    LINK = 6
    PAIRING_ENDED = 7
    GOES_ON = 8
    SOMEBODY_LEFT = 9


WITH_INVITE = frozenset({News.BOOKED, News.MOVED, News.LINK, News.CANCELLED, News.PAIRING_ENDED, News.SOMEBODY_LEFT})


async def go(context: Context, session: Session, state: State, **values: object) -> Session:
    """Let a session, which is locked, take a step; return it as it is then. Raises ValueError if there is no such."""
    if not may(session.state, state):
        msg = f"a session can't go from {session.state} to {state}"
        raise ValueError(msg)
    await context.work.of(Sessions).change(session.id, state=state, **values)
    if {session.state, state} & MEETINGS:
        pairing = (await context.work.of(Pairings).get([session.pairing_id]))[session.pairing_id]
        await context.tell(CountsChanged(pairing.sides))
    return (await context.work.of(Sessions).get([session.id]))[session.id]


def proposed_key(session: Session, number: int) -> str:
    """Return the key under which a message with proposed times is unique: one for each round."""
    return f"session-proposed:{session.id}:{number}"


async def propose(context: Context, session: Session, pairing: Pairing) -> Urgency:
    """Ask the other side about the times that are proposed; from now on, they have their time to answer.

    Return how it stands to their hours: whoever is asked to move a session hears of it before it begins.
    """
    await context.work.of(Sessions).change(session.id, sent_at=context.now)
    session = replace(session, sent_at=context.now)
    asked = pairing.other(session.by_id)
    moved = (await context.work.of(Sessions).get([session.replaces_id or 0])).get(session.replaces_id or 0)
    people = await calendars(context, [] if asked is None else [asked])
    urgency = Urgency.ASKED if moved is None or asked is None else urgency_of(context, moved, people[asked])
    row = (proposed_key(session, session.round), PROPOSED, (session.id, session.round), asked, context.now)
    await context.work.outbox.add([NewRow(*row, urgency=urgency)])
    await settle(context, [session])
    return urgency


async def tell(
    context: Context,
    session: Session,
    news: News,
    member_ids: Collection[int],
    *,
    now: Collection[int] = (),
    urgency: Urgency | None = None,
) -> None:
    """Tell people of a session; whoever is in `now` at once, as they have just done it themselves."""
    at = f"{context.now.timestamp():.6f}"
    people = await calendars(context, member_ids)
    args = (session.id, int(news), session.sequence)
    rows = [
        NewRow(
            f"session-told:{session.id}:{int(news)}:{id_}:{at}",
            TOLD,
            args,
            id_,
            context.now,
            urgency=Urgency.AT_ONCE if id_ in now else urgency or urgency_of(context, session, people[id_]),
        )
        for id_ in member_ids
    ]
    await context.work.outbox.add(rows)


def urgency_of(context: Context, session: Session, calendar: Calendar) -> Urgency:
    """Let somebody be told at hours that they like, unless none of those lies a day before the session."""
    if session.starts_at is None:
        return Urgency.ASKED
    at = welcome(calendar, context.now)
    return Urgency.AT_ONCE if at is None or session.starts_at < at + SOON else Urgency.ASKED


async def settle(context: Context, sessions: Sequence[Session]) -> None:
    """Set until when each proposal can be answered, and its alarm; one that no longer waits keeps silent."""
    until = await ends(context, [one for one in sessions if one.state in OPEN])
    for one in sessions:
        if one.id in until and until[one.id] != one.answer_by:
            await context.work.of(Sessions).change(one.id, answer_by=until[one.id])
    settings = [Setting(one.id, None, until.get(one.id)) for one in sessions]
    await context.work.due.set(ANSWER_ALARM, settings)


async def ends(context: Context, waiting: Sequence[Session]) -> dict[int, datetime | None]:
    """Return when proposals expire: the time to answer is over, or all times are."""
    pairings = await context.work.of(Pairings).get({one.pairing_id for one in waiting})
    asked = {one.id: pairings[one.pairing_id].other(one.by_id) or 0 for one in waiting}
    people, breaks = await calendars(context, set(asked.values())), await context.work.of(Rests).breaks(set(pairings))
    times = await context.work.of(Sessions).times([one.id for one in waiting])
    found: dict[int, datetime | None] = {}
    for one in waiting:
        calendar = with_rests(people[asked[one.id]], breaks.get(one.pairing_id, ()))
        begins = _begins(context, one, calendar)
        limit = after(calendar, begins, context.policy.sessions.answer_within) if one.state is State.PROPOSED else None
        last = max((time.starts_at for time in times[one.id]), default=NEVER)
        found[one.id] = min(limit or NEVER, last)
    return await _with_targets(context, waiting, found)


async def _with_targets(
    context: Context, waiting: Sequence[Session], until: dict[int, datetime | None]
) -> dict[int, datetime | None]:
    """Let what would move a session expire when that session is over at the latest."""
    targets = await context.work.of(Sessions).get({one.replaces_id for one in waiting if one.replaces_id is not None})
    over = {one.id: targets[one.replaces_id].ends_at for one in waiting if one.replaces_id in targets}
    return {id_: min([at for at in (until[id_], over.get(id_)) if at is not None], default=None) for id_ in until}


def _begins(context: Context, session: Session, calendar: Calendar) -> datetime:
    """Return since when a proposal can be answered: it goes out once the program runs, at an hour that is welcome."""
    at = session.asked_at or session.sent_at or context.now
    begins = max(at, context.program.since or at)
    return begins if session.asked_at is not None else welcome(calendar, begins) or begins


async def bring_up_to_date(context: Context, sessions: Sequence[Session]) -> None:
    """Have the messages edited in which times were proposed, and let go what still waits to go out."""
    keys = [proposed_key(one, number) for one in sessions for number in range(1, one.round + 1)]
    await context.work.outbox.edit(keys)
    await context.work.outbox.let_go(keys)


async def end(context: Context, session: Session, state: State, **values: object) -> Session:
    """Let a proposal or a booked session end; its clock and its messages follow."""
    ended = await go(context, session, state, ended_at=context.now, answer_by=None, **values)
    await settle(context, [ended])
    await bring_up_to_date(context, [ended])
    if session.state is State.BOOKED:
        await arrange(context, [ended])
    for one in await context.work.of(Sessions).replacing(session.id):  # there is nothing to be moved any more
        await end(context, one, State.CANCELLED)
    return ended
