"""Where a session can go from where it stands, and what keeps it from being booked: pure functions."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from storage.session_tables import Session, State

SHORTEST, LONGEST = 10, 8 * 60  # minutes
TIMES = 3  # that are proposed at once
PROPOSALS = 3  # of one pairing that wait
COMING = 20  # sessions of one pairing
AGENDA, PREPARE, WORDS = 2000, 1000, 300  # characters

# A draft that isn't wanted is deleted. A booked session that is moved stays booked; the proposal to move it is agreed.
STEPS: dict[State, frozenset[State]] = {
    State.DRAFT: frozenset({State.APPROVAL, State.PROPOSED, State.HELD}),  # held at once: it was never booked
    State.APPROVAL: frozenset({State.PROPOSED, State.CANCELLED, State.EXPIRED}),
    State.PROPOSED: frozenset({State.BOOKED, State.AGREED, State.DECLINED, State.EXPIRED, State.CANCELLED}),
    State.AGREED: frozenset(),
    State.BOOKED: frozenset({State.CANCELLED, State.HELD, State.NOT_HELD, State.UNCLEAR}),
    State.DECLINED: frozenset(),
    State.EXPIRED: frozenset(),
    State.CANCELLED: frozenset(),
    State.HELD: frozenset({State.UNCLEAR, State.NOT_HELD}),
    State.NOT_HELD: frozenset({State.UNCLEAR, State.HELD}),
    State.UNCLEAR: frozenset({State.HELD, State.NOT_HELD}),
}


def may(before: State, after: State) -> bool:
    """Tell whether a session can go from one state to another."""
    return after in STEPS[before]


def overlap(starts_at: datetime, length: timedelta, booked: Iterable[Session]) -> Session | None:
    """Return the first session that takes up a part of a span; None if the time is free."""
    for one in booked:
        if one.starts_at is not None and one.starts_at < starts_at + length and starts_at < one.starts_at + one.length:
            return one
    return None


def is_short(session: Session, now: datetime, notice: timedelta) -> bool:
    """Tell whether a booked session begins so soon that calling it off now is noted."""
    return session.starts_at is not None and now > session.starts_at - notice


def is_coming(session: Session, now: datetime) -> bool:
    """Tell whether a booked session is not over yet."""
    return session.state is State.BOOKED and session.ends_at is not None and session.ends_at > now


def has_begun(session: Session, now: datetime) -> bool:
    """Tell whether a session that has a time begins now, or began earlier."""
    return session.starts_at is not None and session.starts_at <= now
