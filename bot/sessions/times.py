"""From "Thursday 6pm" to an instant: what people write of the beginning of a session.

Pure: what is read depends on the text, the time it is read at, and the zone of whoever wrote it.
"""

import re
import unicodedata
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from zoneinfo import ZoneInfo

from babel import Locale

from bot.errors import UserError
from bot.language import spoken
from bot.members import dates
from bot.members.dates import Order
from bot.members.words import plain
from bot.sessions import clocks
from bot.sessions import times_wording as wording

LONGEST = timedelta(days=366)
BACK_AT_MOST = timedelta(days=60)  # for a session that is noted afterwards
MOST = 4  # readings that are offered: each needs a button, and one says "none of these"
WEEK = 7
TEXT = 100  # characters

_ZONE = re.compile(r"\b(?:utc|gmt|cet|cest|bst|ist|eet|eest|wet|west|[ecmp][sd]t|et|pt)\b|\d\s*[zZ]$|\d\s?[+]\s?\d")
_LENGTH = (
    rf"(?P<number>\d{{1,3}}|an?|half an|media|{'|'.join(clocks.NUMBERS)})\s*"
    r"(?:(?P<hours>h|hrs?|hours?|horas?)|(?P<minutes>m|min|mins|minutes?|minutos?))"
)
_FROM_NOW = re.compile(rf"^(?:in|en|dentro de)\s+{_LENGTH}$")
_AGO = re.compile(rf"^(?=hace\s|.*\sago$)(?:hace\s+)?{_LENGTH}(?:\s+ago)?$")
_FILL = re.compile(
    r"^(?:on|at|the|el|la|this|este|esta|coming|para el)\s+|\s+(?:on|at|a las?|the|el)$|^[\s,;]+|[\s,;]+$"
)
_NEXT = re.compile(r"^(?:next)\s+")
_COMING = re.compile(r"^pr[oó]ximo\s+|\s+que viene$")
_LAST = re.compile(r"^(?:last)\s+|\s+pasado$")
_BY_YEAR = re.compile(r"\d{4}-(?P<month>\d\d?)-\d\d?")  # 2026-13-05 is no day in May
_NEXT_WEEK = re.compile(r"^next week(?: on)?\s+|\s+(?:of )?next week$|\s+de la (?:semana que viene|pr[oó]xima semana)$")
_YEAR = re.compile(r"\d{4}")
_SHORT = {"tues": 1, "weds": 2, "thur": 3, "thurs": 3}  # besides those that are known of each language
_WRITTEN = {  # otherwise than it can be read
    re.compile(r"\b(?:tmrw|tmr|tomo|2moro)\b"): "tomorrow",
    re.compile(r"\blast night\b"): "yesterday night",
    re.compile(r"\banoche\b"): "ayer por la noche",
}
_NO_DAY = re.compile(r"^\d*$|^\d{4}$|(?:week|month|year|semana|mes|año)$|^[ap]m$")


class NoSuchTime(UserError):
    """A time that clocks skip on that day; `near` are the last one before and the first one after."""

    def __init__(self, text: str, near: tuple[datetime, datetime]) -> None:
        """Keep what could be meant instead."""
        super().__init__(text)
        self.near = near


def read(text: str, now: datetime, zone: str, order: Order | None = None) -> list[datetime]:
    """Return the instants to come, within a year, that a text can mean: the likelier ones first, most often only one.

    With an `order` 5/3 is read in that order alone. Raises UserError, which says what would be right, for what it
    can't read, for the past and what is too far away, and NoSuchTime for a time that clocks skip.
    """
    return _read(text, now, zone, order, future=True)


def read_past(text: str, now: datetime, zone: str, order: Order | None = None) -> list[datetime]:
    """Return the instants that a text can mean of the last sixty days: for a session that is noted afterwards."""
    return _read(text, now, zone, order, future=False)


def nearest(wall: datetime, zone: str) -> tuple[datetime, datetime] | None:
    """Return the last minute before and the first one after a local time that clocks skip; None for one that exists."""
    place = ZoneInfo(zone)
    early, late = sorted(wall.replace(tzinfo=place, fold=fold).astimezone(UTC) for fold in (1, 0))
    if _local(early, place) == wall or _local(late, place) == wall:
        return None
    low, high = 0, int((late - early).total_seconds()) // 60
    while high - low > 1:
        middle = (low + high) // 2
        passed = _local(early + timedelta(minutes=middle), place) > wall
        low, high = (low, middle) if passed else (middle, high)
    return early + timedelta(minutes=low), early + timedelta(minutes=high)


def _read(text: str, now: datetime, zone: str, order: Order | None, *, future: bool) -> list[datetime]:
    said = _tidy(text)
    if (found := (_FROM_NOW if future else _AGO).match(said)) is not None:
        return [_within(_apart(now, found, future=future), now, zone, future=future)]
    if len(text) > TEXT or _ZONE.search(said):
        raise UserError(wording.own_zone(zone) if len(text) <= TEXT else wording.not_a_time(text, future=future))
    clock = clocks.read(said, zone)
    if not said or not clock.times:
        raise UserError(wording.no_clock(text, future=future) if said else wording.nothing(future=future))
    walls = list(dict.fromkeys(_walls(clock, text, now.astimezone(ZoneInfo(zone)), zone, order, future=future)))
    return _possible(walls, text, now, zone, future=future)


def _tidy(text: str) -> str:
    seen = unicodedata.normalize("NFKC", text[:TEXT]).replace("\u2019", "'").casefold()
    said = re.sub(r"(?<=\d)t(?=\d)", " ", " ".join(seen.split()))
    for written, meant in _WRITTEN.items():
        said = written.sub(meant, said)
    return said


def _apart(now: datetime, found: re.Match[str], *, future: bool) -> datetime:
    """Return the instant that is as far from now as a text says."""
    word = found["number"]
    half = word in {"half an", "media"}
    number = 1 if half or word in {"a", "an"} else int(clocks.NUMBERS.get(word, word))
    length = timedelta(hours=number) if found["hours"] else timedelta(minutes=number)
    length = length / 2 if half else length
    return (now + length if future else now - length).replace(second=0, microsecond=0)


def _walls(
    clock: clocks.Clock, text: str, local: datetime, zone: str, order: Order | None, *, future: bool
) -> Iterator[datetime]:
    """Yield the local times that a text can mean, without a zone."""
    rest = _bare(clock.rest)
    if not rest:
        yield from (_closest(at, local, future=future) for at in clock.times)
        return
    days = list(dict.fromkeys(_days(rest, text, local, zone, order, future=future)))
    for day in days:
        yield from (datetime.combine(day, at) for at in clock.times)
        if clock.midnight:
            yield datetime.combine(day + timedelta(days=1), time(0))


def _closest(at: time, local: datetime, *, future: bool) -> datetime:
    """Return the next local time of day, or the last one."""
    today = datetime.combine(local.date(), at)
    over = today <= local.replace(tzinfo=None)
    step = timedelta(days=1 if future else -1)
    return today + step if over is future else today


def _bare(rest: str) -> str:
    """Return a text without the words around a day."""
    while (shorter := _FILL.sub(" ", rest).strip()) != rest:
        rest = shorter
    return rest


def _days(rest: str, text: str, local: datetime, zone: str, order: Order | None, *, future: bool) -> Iterator[date]:
    """Yield the days that a text can mean."""
    if weekdays := list(_weekdays(rest, local.date(), future=future)):
        yield from weekdays
        return
    if _NO_DAY.search(rest) or plain(rest) in _months() or not _is_month(_BY_YEAR.search(rest)):
        raise UserError(wording.not_a_time(text, future=future))
    either = order is None and dates.EITHER_ORDER.search(rest)
    found = [
        _day(rest, local.date(), one, future=future)
        for one in (dates.orders(zone) if either else [order or dates.orders(zone)[0]])
    ]
    if not any(found):
        raise UserError(wording.not_a_time(text, future=future))
    yield from (_fitting(rest, day) for day in found if day)


def _is_month(found: re.Match[str] | None) -> bool:
    return found is None or 1 <= int(found["month"]) <= 12  # noqa: PLR2004 - months


def _day(rest: str, today: date, order: Order, *, future: bool) -> date | None:
    """Return the day that is named otherwise than by a weekday alone."""
    found = dates.read(rest, datetime.combine(today, time(0)), order, future=future)
    if found is None:
        return None
    again = (found.month, found.day) == (today.month, today.day) and not _YEAR.search(rest)
    return today if again else found.date()


def _weekdays(rest: str, today: date, *, future: bool) -> Iterator[date]:
    """Yield the days that are meant by the name of a weekday alone: `next Thursday` is this one for some."""
    following = _NEXT_WEEK.search(rest)
    name = rest
    for words in (_NEXT_WEEK, _NEXT, _COMING, _LAST):
        name = words.sub("", name)
    weekday = _names().get(plain(_bare(name)))
    if weekday is None:
        return
    ahead = (weekday - today.weekday()) % WEEK
    if following:
        yield today + timedelta(days=WEEK - today.weekday() + weekday)
    elif future and not _LAST.search(rest):
        yield from _coming(today, ahead, rest)
    else:
        yield from _gone(today, WEEK - ahead, rest)


def _coming(today: date, ahead: int, rest: str) -> Iterator[date]:
    if ahead or not (_NEXT.search(rest) or _COMING.search(rest)):
        yield today + timedelta(days=ahead)
    if not ahead or (_NEXT.search(rest) and today.weekday() + ahead < WEEK):
        yield today + timedelta(days=ahead + WEEK)


def _gone(today: date, back: int, rest: str) -> Iterator[date]:
    if back == WEEK and not _LAST.search(rest):
        yield today
    yield today - timedelta(days=back)


def _fitting(rest: str, day: date) -> date:
    """Return a day, unless the text names another weekday than it is."""
    named = {_names(wide=True).get(word) for word in plain(rest).replace(",", " ").split()} - {None}
    if named and day.weekday() not in named:
        raise UserError(wording.other_weekday(day))
    return day


@cache
def _names_in(language: str, *, wide: bool) -> dict[str, int]:
    widths = ("wide",) if wide else ("abbreviated", "wide")
    days = Locale.parse(language).days["format"]
    return {plain(name).rstrip("."): number for width in widths for number, name in days[width].items()}


def _names(*, wide: bool = False) -> dict[str, int]:
    """Return the weekdays by their names, in English and the language in use."""
    return _names_in("en", wide=wide) | _names_in(spoken(), wide=wide) | ({} if wide else _SHORT)


@cache
def _months_in(language: str) -> frozenset[str]:
    months = Locale.parse(language).months["format"]
    return frozenset(plain(name).rstrip(".") for width in ("abbreviated", "wide") for name in months[width].values())


def _months() -> frozenset[str]:
    """Return what months are called, in English and the language in use: alone they are no day."""
    return _months_in("en") | _months_in(spoken())


def _possible(walls: list[datetime], text: str, now: datetime, zone: str, *, future: bool) -> list[datetime]:
    """Return the instants of local times that can be meant; raise what is wrong with the likeliest if none can."""
    found: list[datetime] = []
    refused: list[UserError] = []
    for wall in walls:
        try:
            instants = _instants(wall, text, zone, future=future)
        except UserError as error:
            refused.append(error)
            continue
        for at in instants:  # of an hour that comes twice one may be over, and the other to come
            try:
                found.append(_within(at, now, zone, future=future))
            except UserError as error:
                refused.append(error)
    if not found:
        raise refused[0] if refused else UserError(wording.not_a_time(text, future=future))
    return list(dict.fromkeys(found))[:MOST]


def _instants(wall: datetime, text: str, zone: str, *, future: bool) -> list[datetime]:
    """Return the one instant at which clocks show this time, or both."""
    try:
        both = sorted({wall.replace(tzinfo=ZoneInfo(zone), fold=fold).astimezone(UTC) for fold in (0, 1)})
    except OverflowError:  # the first or last day of all
        raise UserError(wording.not_a_time(text, future=future)) from None
    if (near := nearest(wall, zone)) is not None:
        raise NoSuchTime(wording.skipped(wall, near, zone), near)
    return both


def _within(at: datetime, now: datetime, zone: str, *, future: bool) -> datetime:
    """Return an instant, unless it is over, or not yet, or too far away."""
    if future and at <= now:
        raise UserError(wording.in_the_past(at, now, zone))
    if future and at > now + LONGEST:
        raise UserError(wording.too_far(at, now, zone))
    if not future and at > now:
        raise UserError(wording.not_yet(at, now, zone))
    if not future and at < now - BACK_AT_MOST:
        raise UserError(wording.too_far_back(at, now, zone))
    return at


def _local(at: datetime, place: ZoneInfo) -> datetime:
    return at.astimezone(place).replace(tzinfo=None)
