"""When what can be done around an event, and its code: pure functions."""

import secrets
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from enum import Enum, auto

from storage.codes import plain
from storage.events import Event, Guest, State

TITLE, ABOUT, PLACE, WORDS = 100, 600, 300, 300  # characters
SHORTEST, LONGEST = 10, 12 * 60  # minutes

# Whoever was there types the code when they get home, also if that is far away; a day later the code has got around.
CODE_FOR = timedelta(hours=24)
ALPHABET = "ACFHJKMRWXY234679"  # none that looks like another one, or sounds like it when it is read out
LENGTH = 5
TRIES = 10  # wrong codes of one member for one event: of 1.4 million codes nobody finds the right one so
PAGE = 25  # people to tick, as many as a field of a form has choices

# An event that is announced later can't be taken as one to which everybody could have come.
NOTICE = timedelta(days=3)


class CodeTime(Enum):
    """Whether a code can be typed."""

    EARLY = auto()
    NOW = auto()
    LATE = auto()


def is_on(event: Event) -> bool:
    """Tell whether an event is announced, and not called off."""
    return event.state is State.ANNOUNCED


def has_begun(event: Event, now: datetime) -> bool:
    """Tell whether an event begins now, or began earlier."""
    return event.starts_at is not None and event.starts_at <= now


def is_over(event: Event, now: datetime) -> bool:
    """Tell whether an event has ended."""
    return event.ends_at is not None and event.ends_at <= now


def is_coming(event: Event, now: datetime) -> bool:
    """Tell whether an event takes place, and hasn't begun."""
    return is_on(event) and not has_begun(event, now)


def for_everybody(events: Iterable[Event]) -> list[datetime]:
    """Return when those began that were announced in time for everybody."""
    return [
        one.starts_at
        for one in events
        if one.starts_at and one.announced_at and one.announced_at <= one.starts_at - NOTICE
    ]


def code_time(event: Event, now: datetime) -> CodeTime:
    """Tell whether an event's code can be typed: from its beginning until a day after its end."""
    if event.starts_at is None or event.ends_at is None or now < event.starts_at:
        return CodeTime.EARLY
    return CodeTime.NOW if now < event.ends_at + CODE_FOR else CodeTime.LATE


def new_code() -> str:
    """Make a code that is read out at an event."""
    return "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))


def is_right(typed: str, event: Event) -> bool:
    """Tell whether this is an event's code, however it was typed."""
    return bool(event.code) and plain(typed) == event.code


def reminded_at(event: Event, before: timedelta, now: datetime) -> datetime | None:
    """Return when whoever comes is reminded; None if that is over, or there is nothing to remind of."""
    if not is_on(event) or event.starts_at is None or event.starts_at - before <= now:
        return None
    return event.starts_at - before


def to_tick(guests: Sequence[Guest], opened: datetime, after: int) -> list[Guest]:
    """Return whose boxes a form shows that was opened at an instant: who came to be known later isn't among them.

    They are in the order of their ids, and only those behind one of them.
    """
    return [one for one in guests if one.member_id > after and one.made_at <= opened][:PAGE]


def unticked(shown: Sequence[Guest], ticked: set[int], opened: datetime) -> list[int]:
    """Return who is to be taken out: noted when the form was opened, and not ticked in it any more."""
    noted = [one for one in shown if one.attended_at is not None and one.attended_at <= opened]
    return [one.member_id for one in noted if one.member_id not in ticked]
