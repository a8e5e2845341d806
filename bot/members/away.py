"""From "until Monday" to an instant."""

from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.errors import UserError
from bot.members import wording
from bot.members.dates import EITHER_ORDER, Order, orders, read

LONGEST = timedelta(days=366)
BACK_AT_MOST = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Typed:
    """What somebody wrote of a time away: the day they're back, the first day to come, the first day that was.

    Empty where they said nothing.
    """

    until: str = ""
    start: str = ""
    since: str = ""


@dataclass(frozen=True, slots=True)
class Span:
    """A time away: `until` is None while they haven't said, `since` is None from now on."""

    since: datetime | None
    until: datetime | None


def readings(typed: Typed, now: datetime, zone: str) -> list[Span]:
    """Return the time away that was typed; a second one where it can be read in two ways, the likelier one first.

    Raises UserError for what can't be read in any way.
    """
    found: list[Span] = []
    refused: list[UserError] = []
    either = any(EITHER_ORDER.search(text) for text in (typed.until, typed.start, typed.since))
    for order in orders(zone)[: 2 if either else 1]:
        try:
            found.append(_span(typed, now, zone, order))
        except UserError as error:
            refused.append(error)
    if not found:
        raise refused[0]
    return list(dict.fromkeys(found))


def _span(typed: Typed, now: datetime, zone: str, order: Order) -> Span:
    begin = None
    if typed.start.strip() or typed.since.strip():
        begin = start(typed.start, now, zone, order) if typed.start.strip() else since(typed.since, now, zone, order)
    end = until(typed.until, max(begin or now, now), zone, order) if typed.until.strip() else None
    return Span(begin, end)


def until(text: str, now: datetime, zone: str, order: Order | None = None) -> datetime:
    """Return the beginning, in a zone, of the day that `text` names: the first day on which somebody is back.

    Takes days and lengths as people write them (`Monday`, `two weeks`, `5 March`, `2026-03-05`), in English and the
    language in use. Raises UserError, which says what would be right, for what it can't read, for the past, and for
    more than a year.
    """
    begin = _begin(text, now, zone, order, future=True)
    if begin <= now:
        raise UserError(wording.in_the_past(begin, zone))
    if begin > now + LONGEST:
        raise UserError(wording.too_far(begin, zone))
    return begin


def since(text: str, now: datetime, zone: str, order: Order | None = None) -> datetime:
    """Return the beginning of the day, at most seven days back, from which somebody has been away."""
    begin = _begin(text, now, zone, order, future=False)
    earliest = _midnight((now.astimezone(ZoneInfo(zone)) - BACK_AT_MOST).replace(tzinfo=None), zone)
    if begin < earliest:
        raise UserError(wording.too_far_back(begin, zone))
    if begin > now:
        raise UserError(wording.not_begun(begin, zone))
    return begin


def start(text: str, now: datetime, zone: str, order: Order | None = None) -> datetime:
    """Return the beginning of the day to come, within a year, from which somebody will be away."""
    begin = _begin(text, now, zone, order, future=True)
    if begin > now + LONGEST:
        raise UserError(wording.too_far(begin, zone))
    return max(begin, since(text, now, zone, order)) if begin <= now else begin


def _begin(text: str, now: datetime, zone: str, order: Order | None, *, future: bool) -> datetime:
    found = read(text, now.astimezone(ZoneInfo(zone)), order or orders(zone)[0], future=future)
    if found is None:
        raise UserError(wording.not_a_day(text))
    try:
        return _midnight(found, zone)
    except OverflowError:  # the first or last day of all, in another zone
        raise UserError(wording.not_a_day(text)) from None


def _midnight(naive: datetime, zone: str) -> datetime:
    return datetime.combine(naive.date(), time(0), ZoneInfo(zone)).astimezone(UTC)
