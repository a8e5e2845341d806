"""A session as a calendar takes it (RFC 5545, RFC 5546): booked, changed and cancelled; nothing of what is written."""

from datetime import datetime

from icalendar import Calendar, Event, vCalAddress, vText, vUri

from bot.language import t
from storage.session_tables import Session

NAME = "session.ics"
NOBODY = "invalid:nomail"  # the bot knows no addresses, and no calendar is to write to anybody


def invite(session: Session, other: str, program: str, now: datetime) -> bytes:
    """Return the file for whoever meets `other`: a calendar takes it instead of any that came before it."""
    return _file("REQUEST", session, session.sequence, other, program, now)


def cancellation(session: Session, other: str, program: str, now: datetime) -> bytes:
    """Return the file that takes a session out of a calendar again."""
    return _file("CANCEL", session, session.sequence + 1, other, program, now)


def _file(method: str, session: Session, sequence: int, other: str, program: str, now: datetime) -> bytes:
    calendar = Calendar()
    calendar.add("prodid", "-//mentorbot//sessions//EN")
    calendar.add("version", "2.0")
    calendar.add("method", method)
    calendar.add_component(_event(method, session, sequence, other, program, now))
    return bytes(calendar.to_ical())


def _event(method: str, session: Session, sequence: int, other: str, program: str, now: datetime) -> Event:
    event = Event()
    event.add("uid", session.uid)
    event.add("sequence", sequence)
    event.add("dtstamp", now)
    event.add("dtstart", session.starts_at)
    event.add("dtend", session.ends_at)
    event.add("summary", t("Session with {name}", name=other))
    event.add("status", "CANCELLED" if method == "CANCEL" else "CONFIRMED")
    event.add("organizer", _address(program))
    event.add("attendee", _attendee(other))
    if session.link is not None and method != "CANCEL":
        event.add("location", session.link)
        event.add("url", vUri(session.link))
    return event


def _address(name: str) -> vCalAddress:
    address = vCalAddress(NOBODY)
    # What may stand between quotation marks (RFC 5545, 3.2).
    address.params["CN"] = vText("".join("'" if char == '"' else char for char in name if char.isprintable()))
    return address


def _attendee(name: str) -> vCalAddress:
    address = _address(name)
    address.params["PARTSTAT"] = vText("ACCEPTED")
    address.params["RSVP"] = vText("FALSE")
    return address
