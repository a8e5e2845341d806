"""A community event for the calendar of whoever comes."""

from datetime import datetime

from bot.events import unasked_wording
from bot.events.rules import is_on
from bot.invites import Entry, Method, written
from bot.views import File
from storage.events import Event

NAME = "event.ics"


def file(event: Event, guest: str, program: str, now: datetime) -> File:
    """Return the file for whoever comes; of an event that is called off, the one that takes it out again."""
    if is_on(event):
        content = written(Method.REQUEST, _entry(event, event.sequence, guest), "events", program, now)
        return File(NAME, content, unasked_wording.for_calendar())
    content = written(Method.CANCEL, _entry(event, event.sequence + 1, guest), "events", program, now)
    return File(NAME, content, unasked_wording.out_of_calendar())


def _entry(event: Event, sequence: int, guest: str) -> Entry:
    return Entry(event.uid, sequence, event.starts_at, event.ends_at, event.title, event.venue or None, guest)
