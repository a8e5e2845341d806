"""When somebody is asked how a goal goes, and how far it is: pure functions."""

from collections.abc import Collection
from dataclasses import replace
from datetime import datetime, time, timedelta

from bot.calendar import Calendar, after
from storage.goals import Reminding

MOST = 10  # active goals of a pairing
LONGEST = 300  # characters of a goal, of each of its parts, and of a line about it
STEP = 10  # percent
IN_VAIN = 3  # reminders without a sign of life, and then silence
APART = timedelta(days=7)  # reminders of one pairing's goals: what is due meanwhile comes with the next

EVERY_DAY = frozenset(range(7))


def elapsed(calendar: Calendar) -> Calendar:
    """Return the calendar of a clock that runs on all days and only stands still in pauses."""
    return replace(calendar, days=EVERY_DAY, opens=time(0), closes=time(0), country=None)


def due(one: Reminding, every: timedelta, clock: Calendar, since: datetime | None) -> datetime | None:
    """Return when somebody is to be asked how a goal goes; None if not any more, or not as long as a pause is open.

    `since`: when the program came into its state. A reminder that is on its way is due when it was before it was sent.
    """
    if one.in_vain >= IN_VAIN:
        return None
    begins = max(at for at in (one.heard_at, one.reminded_at, since) if at is not None)
    return after(clock, begins, every)


def next_of_pairing(
    goals: Collection[Reminding], every: timedelta, clock: Calendar, since: datetime | None
) -> datetime | None:
    """Return when a pairing's goals are to be looked at next; those of which a reminder is on its way don't count."""
    found = [due(one, every, clock, since) for one in goals if not one.pending]
    first = min((at for at in found if at is not None), default=None)
    last = max((one.reminded_at for one in goals if one.reminded_at is not None), default=None)
    return first if first is None or last is None else max(first, last + APART)


def read_percent(text: str) -> int | None:
    """Return a share out of a form; None if it is none of those that are offered."""
    return int(text) if text in {str(percent) for percent in range(0, 101, STEP)} else None


def bar(percent: int) -> str:
    """Return a share as a line of ten squares."""
    full = percent // STEP
    return "■" * full + "□" * (100 // STEP - full)
