"""What people meet at as a calendar takes it (RFC 5545, RFC 5546): new, changed and cancelled."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from icalendar import Calendar, Event, vCalAddress, vText, vUri

NOBODY = "invalid:nomail"  # the bot knows no addresses, and no calendar is to write to anybody
LINK = "https://"


class Method(StrEnum):
    """What a calendar does with a file: it takes it instead of any that came before, or takes all of them out."""

    REQUEST = "REQUEST"
    CANCEL = "CANCEL"


@dataclass(frozen=True, slots=True)
class Entry:
    """What stands in a calendar. `sequence` counts its changes; `guest` is who is there besides the program."""

    uid: str
    sequence: int
    starts_at: datetime | None
    ends_at: datetime | None
    summary: str
    where: str | None
    guest: str


def written(method: Method, entry: Entry, room: str, program: str, now: datetime) -> bytes:
    """Return the file with an entry, as a `room` of the bot writes it for a program."""
    calendar = Calendar()
    calendar.add("prodid", f"-//mentorbot//{room}//EN")
    calendar.add("version", "2.0")
    calendar.add("method", method.value)
    calendar.add_component(_event(method, entry, program, now))
    return bytes(calendar.to_ical())


def _event(method: Method, entry: Entry, program: str, now: datetime) -> Event:
    event = Event()
    event.add("uid", entry.uid)
    event.add("sequence", entry.sequence)
    event.add("dtstamp", now)
    event.add("dtstart", entry.starts_at)
    event.add("dtend", entry.ends_at)
    event.add("summary", entry.summary)
    event.add("status", "CANCELLED" if method is Method.CANCEL else "CONFIRMED")
    event.add("organizer", _address(program))
    event.add("attendee", _attendee(entry.guest))
    if entry.where is not None and method is not Method.CANCEL:
        event.add("location", entry.where)
        if entry.where.startswith(LINK) and not any(char.isspace() for char in entry.where):
            event.add("url", vUri(entry.where))
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
