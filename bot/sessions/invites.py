"""A session for a calendar: booked, changed and cancelled; nothing of what is written."""

from datetime import datetime

from bot.invites import Entry, Method, written
from bot.language import t
from storage.session_tables import Session

NAME = "session.ics"


def invite(session: Session, other: str, program: str, now: datetime) -> bytes:
    """Return the file for whoever meets `other`: a calendar takes it instead of any that came before it."""
    return written(Method.REQUEST, _entry(session, session.sequence, other), "sessions", program, now)


def cancellation(session: Session, other: str, program: str, now: datetime) -> bytes:
    """Return the file that takes a session out of a calendar again."""
    return written(Method.CANCEL, _entry(session, session.sequence + 1, other), "sessions", program, now)


def _entry(session: Session, sequence: int, other: str) -> Entry:
    summary = t("Session with {name}", name=other)
    return Entry(session.uid, sequence, session.starts_at, session.ends_at, summary, session.link, other)
