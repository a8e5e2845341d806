"""From "5pm-9pm" to two times of day."""

import re
from dataclasses import dataclass
from datetime import time

from bot.errors import UserError
from bot.members import reading_wording as wording
from bot.members.words import plain

Hours = tuple[time, time]

DAYTIME: Hours = (time(9), time(17, 30))
EVENINGS: Hours = (time(17), time(21))
ANY_TIME: Hours = (time(9), time(21, 30))
OFFERED: dict[str, Hours | None] = {"daytime": DAYTIME, "evenings": EVENINGS, "any": ANY_TIME, "program": None}
SHORTEST = 30  # minutes: reminders must be able to come in them

_WORDS = {
    **dict.fromkeys(("daytime", "day", "in the daytime", "during the day", "de dia", "durante el dia"), DAYTIME),
    **dict.fromkeys(("evening", "evenings", "in the evening", "tardes", "por la tarde", "noches"), EVENINGS),
    **dict.fromkeys(("any time", "anytime", "any", "always", "cualquier hora", "a cualquier hora"), ANY_TIME),
}
_TIME = r"(?:las? )?(\d{1,2})(?:[:.h](\d{2}))?\s?h?\s?([ap]\.?\s?m\.?)?"
_FROM_TO = re.compile(
    rf"(?:from |between |de |desde |entre )?{_TIME}\s?(?:[-~]| to | until | till | and | a | hasta | y )\s?{_TIME}"
)
_NAMED = {"noon": "12:00pm", "midday": "12:00pm", "midnight": "00:00", "mediodia": "12:00pm", "medianoche": "00:00"}
_NAME = re.compile(rf"\b({'|'.join(_NAMED)})\b")
_DASHES = str.maketrans(dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2212", "-"))
WHOLE_DAY = "24"  # the hour at which 0:00-24:00 ends
_NOON = 12
_MIDNIGHT = 24


@dataclass(frozen=True, slots=True)
class _Read:
    """One of the two times; `open` if it may as well be twelve hours later: nothing says which half of the day."""

    minutes: int
    open: bool


def parse(text: str) -> Hours:
    """Read hours as people write them: `17:00-21:00`, `5pm-9pm`, `9-5`, `22:00-02:00`, `evenings`.

    Raises UserError, which says what would be right.
    """
    words = plain(text.translate(_DASHES))
    if words in _WORDS:
        return _WORDS[words]
    found = _FROM_TO.fullmatch(_NAME.sub(lambda name: _NAMED[name[1]], words))
    if found is None:
        raise UserError(wording.not_hours(text))
    opens, closes = _both(_one(*found.groups()[:3]), _one(*found.groups()[3:]), found[6])
    length = (closes - opens) % (24 * 60)
    if opens == closes and found[4] != WHOLE_DAY:
        raise UserError(wording.same_hours())
    if 0 < length < SHORTEST:
        raise UserError(wording.short_hours(SHORTEST))
    return _time(opens), _time(closes)


def offered(choice: str) -> str:
    """Read a button's argument. Raises ValueError for what was never offered."""
    if choice not in OFFERED:
        raise ValueError
    return choice


def _one(hour: str, minute: str | None, half: str | None) -> _Read:
    hours, minutes = int(hour), int(minute or 0)
    written = f"{hour}:{minute}" if minute else hour
    if minutes > 59 or hours * 60 + minutes > _MIDNIGHT * 60 or (half and not 1 <= hours <= _NOON):  # noqa: PLR2004
        raise UserError(wording.not_a_time(f"{written} {half}" if half else written))
    if half:
        return _Read((hours % _NOON + (_NOON if half.startswith("p") else 0)) * 60 + minutes, open=False)
    return _Read(hours * 60 + minutes, open=1 <= hours <= _NOON and not hour.startswith("0"))


def _both(opens: _Read, closes: _Read, half: str | None) -> tuple[int, int]:
    """Read `5-9pm` as the evening and `9-5` as the day: what people mean who write so."""
    begin, end, later = opens.minutes, closes.minutes, _NOON * 60
    if opens.open and half is not None and half.startswith("p") and begin % later + later < end:
        begin = begin % later + later
    elif closes.open and end < begin < end % later + later:
        end = end % later + later
    return begin % (24 * 60), end % (24 * 60)


def _time(minutes: int) -> time:
    return time(*divmod(minutes, 60))
