"""From the form of an event to what is planned, or what is wrong with it, and back: pure functions."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from bot.errors import UserError
from bot.events import form_wording as wording
from bot.events.rules import ABOUT, LONGEST, PLACE, SHORTEST, TITLE
from bot.sessions import times_wording
from bot.sessions.lengths import read as read_length
from bot.sessions.reading import TYPED, read_times
from bot.texts import one_line, readable
from storage.events import Event, Kind, Plan

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def read(values: Mapping[str, str], now: datetime, zone: str) -> tuple[Plan, dict[str, str]]:
    """Return what is planned and all that is wrong with it, by field. A time that isn't clear is left open."""
    wrong: dict[str, str] = {}
    kind = _kind(values, wrong)
    title = _text(values, "title", TITLE, wrong)
    if not title:
        wrong["title"] = wording.no_title()
    typed, starts_at = _time(values, now, zone, wrong)
    minutes = _minutes(values, wrong)
    venue, about = _text(values, "venue", PLACE, wrong), readable(values.get("about", ""))
    if len(about) > ABOUT:
        wrong["about"] = wording.too_long(len(about), ABOUT)
    return Plan(kind, title, about, venue, typed, starts_at, minutes), wrong


def _kind(values: Mapping[str, str], wrong: dict[str, str]) -> Kind:
    try:
        return Kind(values.get("kind", ""))
    except ValueError:
        wrong["kind"] = wording.choose()
        return Kind.OTHER


def _text(values: Mapping[str, str], name: str, longest: int, wrong: dict[str, str]) -> str:
    text = one_line(values.get(name, ""))
    if len(text) > longest:
        wrong[name] = wording.too_long(len(text), longest)
    return text


def _time(values: Mapping[str, str], now: datetime, zone: str, wrong: dict[str, str]) -> tuple[str, datetime | None]:
    typed = readable(values.get("time", ""))
    try:
        found = read_times(typed, now, zone) if typed else []
    except UserError as error:
        wrong["time"] = str(error)
        return typed[:TYPED], None
    if not found:
        wrong["time"] = times_wording.nothing()
    return typed[:TYPED], found[0] if len(found) == 1 else None


def _minutes(values: Mapping[str, str], wrong: dict[str, str]) -> int:
    found = read_length(values.get("minutes", ""))
    if found is None:
        wrong["minutes"] = wording.not_a_length()
    elif not SHORTEST <= found <= LONGEST:
        wrong["minutes"] = wording.not_so_long(found)
    return found or 0


def readings(typed: str, at: datetime, zone: str) -> list[datetime]:
    """Return all that a time can mean that was typed at an instant, as often as it is asked."""
    try:
        return read_times(typed, at, zone)
    except UserError:  # whoever typed it is in another zone by now
        return []


def seconds(at: datetime) -> int:
    """Return an instant as a button carries it."""
    return (at - _EPOCH) // timedelta(seconds=1)


def filled(event: Event, zone: str, *, as_typed: bool) -> dict[str, str]:
    """Return how the form is filled in; the time as it was typed, or in a way that is read alike at any time."""
    exact = f"{event.starts_at.astimezone(ZoneInfo(zone)):%Y-%m-%d %H:%M}" if event.starts_at else ""
    time = event.typed if as_typed else exact
    where = {"venue": event.venue, "about": event.about}
    return {"title": event.title, "kind": event.kind.value, "time": time, "minutes": str(event.minutes), **where}
