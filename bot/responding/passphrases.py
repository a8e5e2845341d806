"""Which passphrases are good enough, and how long to wait after wrong ones: pure functions."""

import unicodedata
from datetime import timedelta
from enum import Enum, auto

LEAST = 12  # characters
DIFFERENT = 6  # of them, at least
LONGEST = 200

TRIES = 5  # wrong ones, one after the other, before one has to wait
FIRST_WAIT = timedelta(minutes=15)
LONGEST_WAIT = timedelta(days=1)


class Fault(Enum):
    """What is wrong with a passphrase that somebody chose."""

    SHORT = auto()
    PLAIN = auto()
    OTHER = auto()  # it was typed differently the second time


def fault(typed: str, again: str) -> Fault | None:
    """Return what is wrong with a passphrase, typed twice; None if it will do."""
    first, second = (unicodedata.normalize("NFKC", one).strip() for one in (typed, again))
    if len(first) < LEAST:
        return Fault.SHORT
    if len(set(first.casefold())) < DIFFERENT:
        return Fault.PLAIN
    return None if first == second else Fault.OTHER


def wait_after(wrong: int) -> timedelta | None:
    """Return how long to wait after so many wrong ones, one after the other; None: not at all.

    Each one after the fifth doubles it, up to a day.
    """
    if wrong < TRIES:
        return None
    return min(FIRST_WAIT * (1 << min(wrong - TRIES, 10)), LONGEST_WAIT)
