"""What becomes of a session from what the two say of it: pure functions. Nobody is taken to have missed it lightly."""

from collections.abc import Collection, Iterable
from datetime import datetime

from storage.session_tables import Answer, Reason, Session, State, Word


def state_of(session: Session, words: Iterable[Word]) -> State:
    """Return how a session stands that has begun: as a coordinator decided, or else by what the two say."""
    if session.decided_at is not None:
        return session.state
    answers = {word.answer for word in words if word.answer is not None}
    if answers == {Answer.YES}:
        return State.HELD
    if Answer.YES in answers:
        return State.UNCLEAR
    return State.NOT_HELD if answers else session.state


def needs_decision(session: Session, words: Collection[Word]) -> bool:
    """Tell whether a coordinator is asked: the two say different things, or only that one waited."""
    if session.decided_at is not None:
        return False
    reasons = {word.reason for word in words}
    waited = session.state is State.NOT_HELD and Reason.WAITED in reasons and Reason.COULDNT not in reasons
    moved = any(word.answer is Answer.MOVED for word in words)
    return session.state is State.UNCLEAR or (waited and not moved)


def missed_by(session: Session, words: Collection[Word], sides: tuple[int, int]) -> set[int]:
    """Return who missed a session without notice: who says so, or for whom the other waited as a coordinator sees it.

    Nobody, if it was moved; nobody either if both say that they waited.
    """
    if session.state is not State.NOT_HELD or any(word.answer is Answer.MOVED for word in words):
        return set()
    missed = {word.member_id for word in words if word.reason is Reason.COULDNT}
    waited = {word.member_id for word in words if word.reason is Reason.WAITED}
    if session.decided_at is not None and not missed and waited:
        missed = set(sides) - waited
    return missed


def may_say(session: Session, now: datetime) -> bool:
    """Tell whether the two can say how a session went: it has begun, and no coordinator has decided."""
    said = session.state in {State.BOOKED, State.HELD, State.NOT_HELD, State.UNCLEAR}
    return said and session.starts_at is not None and session.starts_at <= now and session.decided_at is None
