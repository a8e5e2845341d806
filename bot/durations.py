"""Spans of time as people write them in settings and policies: "90s", "20m", "24h", "4d", "1d 12h", "2w"."""

import re
from datetime import timedelta

UNITS = {
    "w": timedelta(weeks=1),
    "d": timedelta(days=1),
    "h": timedelta(hours=1),
    "m": timedelta(minutes=1),
    "s": timedelta(seconds=1),
}
# "2d" and "36h" say more to a reader than "1d 12h": a longer unit only when it goes in evenly.
SAID = {unit: size for unit, size in UNITS.items() if unit != "w"}
LONGEST = timedelta(days=3650)
RIGHT = 'a duration such as "90s", "20m", "24h", "4d", "2w" or "1d 12h"'

_PART = re.compile(r"([0-9]{1,9}) ?([wdhms])")
_WHOLE = re.compile(r"[0-9]{1,9} ?[wdhms]( ?[0-9]{1,9} ?[wdhms])*")


def parse(text: str) -> timedelta:
    """Return the length of `text`; each unit (w, d, h, m, s) may stand in it once.

    Raises ValueError, whose text says what would be right.
    """
    plain = text.strip().lower()
    parts = _PART.findall(plain) if _WHOLE.fullmatch(plain) else []
    units = [unit for _, unit in parts]
    if not parts or len(set(units)) < len(units):
        raise ValueError(f"should be {RIGHT}")
    length = _total(parts)
    if length > LONGEST:
        raise ValueError(f"is too long; it should be {RIGHT}")
    return length


def say(length: timedelta) -> str:
    """Return the shortest text with one unit that `parse` reads back: "36h", "4d", "90s".

    Raises ValueError for what `parse` can't give: a negative length, or a part of a second.
    """
    if length < timedelta(0) or length.microseconds:
        raise ValueError(f"{length!r} is not a whole number of seconds from 0 up")
    unit = next((unit for unit, size in SAID.items() if length and not length % size), "s")
    return f"{length // SAID[unit]}{unit}"


def _total(parts: list[tuple[str, str]]) -> timedelta:
    try:
        return sum((int(number) * UNITS[unit] for number, unit in parts), timedelta(0))
    except OverflowError:
        raise ValueError(f"is too long; it should be {RIGHT}") from None
