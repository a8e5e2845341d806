"""The time of day in what people write: `6pm`, `18:00`, `a las seis de la tarde`, `noon`."""

import re
from dataclasses import dataclass
from datetime import time

from bot.members.dates import habits

DAY_BEGINS = 7  # whoever writes "at 6" likely means the evening, and whoever writes "at 9" the morning
HALF = 12
NIGHT = 4  # nobody says at night of two in the afternoon

_ENGLISH = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
_SPANISH = ("una", "dos", "tres", "cuatro", "cinco", "seis", "siete", "ocho", "nueve", "diez", "once", "doce")
NUMBERS = {word: str(number) for words in (_ENGLISH, _SPANISH) for number, word in enumerate(words, 1)}
_WORDS = "|".join(NUMBERS)

_IN_WORDS = re.compile(rf"\b(at|a las?)\s+({_WORDS})\b")
_PART = r"(?:\s*(?:(?P<am>a\.?\s?m\b\.?)|(?P<pm>p\.?\s?m\b\.?)))?"
_SIGN = r"(?:\s?(?:h|hs|hrs?|horas|o'clock)\b\.?)"
_AT = r"(?:\bat\s|@\s?|\ba\slas?\s)"
_DOT = r"\.(?=(?:00|1[3-9]|[2-5]\d)(?![\d.]))"  # 18.30 is a time, and 12.12 a day
_BY_CLOCK = re.compile(
    rf"(?<![\d:/.+]){_AT}?\s*(?P<hour>\d{{1,2}})(?::|h|{_DOT})(?P<minute>\d\d)(?![\d:/]|\.\d){_SIGN}?{_PART}"
)
_WITH_SIGN = re.compile(rf"(?<![\d:/.+-]){_AT}?\s*(?P<hour>\d{{1,2}})(?:{_SIGN}|(?=\s*[ap]\.?\s?m\b)){_PART}")
_AFTER_AT = re.compile(
    rf"{_AT}\s*(?P<hour>\d{{1,2}})(?![\d:/]|[.-]\d|st\b|nd\b|rd\b|th\b)(?P<half>\s+y\s+media\b)?{_PART}"
)
_NOON = re.compile(r"(?:\bat\s+|\bal?\s+)?\b(?:noon|midday|mediodía)\b")
_MIDNIGHT = re.compile(r"(?:\bat\s+|\ba\s+)?\b(?:midnight|medianoche)\b")
_PARTS = {
    "am": re.compile(r"\b(?:this morning|esta mañana|(?:in the )?morning|(?:de|por) la mañana|de la madrugada)\b"),
    "pm": re.compile(
        r"\b(?:this (?:afternoon|evening)|(?:in the )?(?:afternoon|evening)|(?:de|por|esta) (?:la )?tarde)\b"
    ),
    "night": re.compile(r"\b(?:tonight|(?:at )?night|(?:de|por|esta) (?:la )?noche)\b"),
}
_BY_NUMBERS = re.compile(r"\d{4}-\d\d-\d\d")  # whoever writes a day so, writes 18:00
_TODAY = re.compile(r"^(?:this|esta|tonight)\b")


@dataclass(frozen=True, slots=True)
class Clock:
    """What a text says of the time of day, and the rest of it, which says the day.

    `times` are all that it can mean, the likelier one first; none if it says nothing, or more than one time.
    `midnight`: it may be the one with which the day begins, or with which it ends.
    """

    times: tuple[time, ...]
    rest: str
    midnight: bool = False


def read(text: str, zone: str) -> Clock:
    """Take the time of day out of a text in small letters."""
    text, part = _part_of_day(_IN_WORDS.sub(lambda found: f"{found[1]} {NUMBERS[found[2]]}", text))
    for word, at in ((_NOON, time(12)), (_MIDNIGHT, time(0))):
        if (found := word.search(text)) is not None:
            rest = _without(text, found)
            return Clock(() if _first(rest) else (at,), rest, midnight=at == time(0))
    found = _first(text)
    if found is None:
        return Clock((), text)
    rest = _without(text, found)
    return Clock(() if _first(rest) else _times(found, part, zone), rest)


def _part_of_day(text: str) -> tuple[str, str]:
    """Take out which part of the day is meant: `this evening` says that it is today's."""
    for part, words in _PARTS.items():
        if (found := words.search(text)) is not None:
            today = " today" if _TODAY.search(found[0]) else ""
            return _without(text, found) + today, part
    return text, ""


def _first(text: str) -> re.Match[str] | None:
    found = (pattern.search(text) for pattern in (_BY_CLOCK, _WITH_SIGN, _AFTER_AT))
    return next((one for one in found if one is not None), None)


def _without(text: str, found: re.Match[str]) -> str:
    return f"{text[: found.start()]} {text[found.end() :]}".strip()


def _times(found: re.Match[str], part: str, zone: str) -> tuple[time, ...]:
    said = found.groupdict()
    hour = int(said["hour"])
    minute = 30 if said.get("half") else int(said.get("minute") or 0)
    part = "am" if said["am"] else "pm" if said["pm"] else part
    hours = _by_part(hour, part) if part else _by_itself(hour, found, zone)
    return tuple(time(one, minute) for one in hours if one < 2 * HALF and minute < 60)  # noqa: PLR2004 - minutes


def _by_part(hour: int, part: str) -> tuple[int, ...]:
    """Return the hour that is meant in a part of the day: `18 pm` is 18; `18 am` and `12 at night` are nothing."""
    if part == "night" and (hour <= NIGHT or hour == HALF):
        return ()
    if hour > HALF:
        return () if part == "am" else (hour,)
    return (hour % HALF + (0 if part == "am" else HALF),)


def _by_itself(hour: int, found: re.Match[str], zone: str) -> tuple[int, ...]:
    """Return both hours that `at 6` can mean; `06:30` and `18h` mean one, and `6:30` where nobody says am and pm."""
    sign = found.re is _WITH_SIGN and "clock" not in found[0]
    by_clock = found["hour"].startswith("0") or _BY_NUMBERS.search(found.string) or not _says_halves(zone)
    exact = found.re is _BY_CLOCK and by_clock
    if not 0 < hour < HALF or exact or sign:
        return (hour,)
    both = (hour, hour + HALF)
    return both if hour >= DAY_BEGINS else both[::-1]


def _says_halves(zone: str) -> bool:
    """Tell whether people say am and pm where a zone is."""
    place = habits(zone)
    return place is not None and "a" in place.time_formats["short"].format
