"""Observations as text that can be kept, and back: each is a list of ids and words, its instant in microseconds."""

import json
from collections.abc import Sequence
from typing import Any

from bot.calls import Deleted, Found, Lost, Observation, Posted, Reacted
from bot.people import Place
from storage.schema import from_micros, micros


def write(seen: Observation) -> str:
    """Return an observation as text. Raises TypeError or ValueError for one that is wrong in itself."""
    return json.dumps(_row(seen), separators=(",", ":"))


def page(written: Sequence[str]) -> str:
    """Put texts of one workspace together."""
    return f"[{','.join(written)}]"


def read(platform: str, workspace: str, page: str) -> list[Observation]:
    """Return the observations of a page."""
    return [_seen(platform, workspace, row) for row in json.loads(page)]


def _row(seen: Observation) -> tuple[Any, ...]:
    begin = (type(seen).__name__, seen.place.channel, micros(seen.at))
    match seen:
        case Posted():
            return (*begin, seen.message, seen.author, sorted(seen.addresses))
        case Reacted():
            return (*begin, seen.message, seen.author, seen.reaction, seen.taken_away)
        case Deleted():
            return (*begin, seen.message)
    return begin


def _seen(platform: str, workspace: str, row: list[Any]) -> Observation:
    kind, channel, at, *rest = row
    place, when = Place(platform, workspace, channel), from_micros(at)
    match kind:
        case "Posted":
            message, author, addresses = rest
            return Posted(place, message, author, when, frozenset(addresses))
        case "Reacted":
            message, author, reaction, taken_away = rest
            return Reacted(place, message, author, reaction, when, taken_away)
        case "Deleted":
            return Deleted(place, rest[0], when)
        case "Lost":
            return Lost(place, when)
    return Found(place, when)
