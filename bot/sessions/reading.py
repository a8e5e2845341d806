"""From the form of a proposal to what is proposed, or what is wrong with it: pure functions."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.errors import UserError
from bot.sessions import form_wording as wording
from bot.sessions import links, times_wording
from bot.sessions.lengths import read as read_length
from bot.sessions.rules import AGENDA, LONGEST, PREPARE, SHORTEST, TIMES
from bot.sessions.times import NoSuchTime
from bot.sessions.times import read as read_time
from bot.texts import readable
from bot.views import chosen
from storage.sessions import NewTime

TYPED = 100  # characters of a time that are kept to be shown again


@dataclass(frozen=True, slots=True)
class Ground:
    """What a form is read by: `pairings` whom one can meet, by pairing id; `goals` whose pairing's, by goal id."""

    now: datetime
    zone: str
    hosts: Sequence[str]
    pairings: Collection[int]
    goals: Mapping[int, int]
    goals_needed: bool


@dataclass(frozen=True, slots=True)
class Typed:
    """What was proposed in a form. A time that can be read in several ways is there several times."""

    pairing_id: int
    minutes: int
    link: str | None
    agenda: str
    prepare: str
    goals: tuple[int, ...]
    times: tuple[NewTime, ...]


def read(values: Mapping[str, str], ground: Ground, pairing_id: int = 0) -> tuple[Typed | None, dict[str, str]]:
    """Return what is proposed, with the pairing that is known or else chosen; or all that is wrong, by field."""
    wrong: dict[str, str] = {}
    whose = pairing_id or _pairing(values, ground, wrong)
    minutes, link = _minutes(values, wrong), _link(values, ground, wrong)
    agenda, prepare = _text(values, "agenda", AGENDA, wrong), _text(values, "prepare", PREPARE, wrong)
    goals, times = _goals(values, ground, whose, wrong), _times(values, ground, wrong)
    return None if wrong else Typed(whose, minutes, link, agenda, prepare, goals, times), wrong


def _pairing(values: Mapping[str, str], ground: Ground, wrong: dict[str, str]) -> int:
    if len(ground.pairings) == 1:
        return next(iter(ground.pairings))
    found = {str(one): one for one in ground.pairings}.get(values.get("with", ""))
    if found is None:
        wrong["with"] = wording.with_whom()
    return found or 0


def _minutes(values: Mapping[str, str], wrong: dict[str, str]) -> int:
    found = read_length(values.get("minutes", ""))
    if found is None:
        wrong["minutes"] = wording.not_a_length()
    elif not SHORTEST <= found <= LONGEST:
        wrong["minutes"] = wording.not_so_long(found)
    return found or 0


def _link(values: Mapping[str, str], ground: Ground, wrong: dict[str, str]) -> str | None:
    if not values.get("link", "").strip():
        return None
    try:
        return links.read(values["link"], ground.hosts)
    except UserError as error:
        wrong["link"] = str(error)
    return None


def _text(values: Mapping[str, str], name: str, longest: int, wrong: dict[str, str]) -> str:
    text = readable(values.get(name, ""))
    if len(text) > longest:
        wrong[name] = wording.too_long(len(text), longest)
    return text


def _goals(values: Mapping[str, str], ground: Ground, pairing_id: int, wrong: dict[str, str]) -> tuple[int, ...]:
    known = {str(id_): id_ for id_, of in ground.goals.items() if of == pairing_id}
    taken = chosen(values.get("goals", ""))
    if not set(taken) <= set(known) and pairing_id:
        wrong["goals"] = wording.other_goals()
    elif ground.goals_needed and not taken and pairing_id:
        wrong["goals"] = wording.goals_needed() if known else wording.no_goals()
    return tuple(sorted({known[one] for one in taken if one in known}))


def _times(values: Mapping[str, str], ground: Ground, wrong: dict[str, str]) -> tuple[NewTime, ...]:
    found: dict[int, list[datetime]] = {}
    for place in range(1, TIMES + 1):
        text = _typed(values, place)
        try:
            readings = read_times(text, ground.now, ground.zone) if text else []
        except UserError as error:
            wrong[f"time{place}"] = str(error)
            continue
        if readings and readings not in found.values():  # the same one twice is one
            found[place] = readings
    if not found and not any(name.startswith("time") for name in wrong):
        wrong["time1"] = times_wording.nothing()
    return tuple(NewTime(place, at, _typed(values, place)[:TYPED]) for place, ats in found.items() for at in ats)


def _typed(values: Mapping[str, str], place: int) -> str:
    return readable(values.get(f"time{place}", ""))


def read_times(text: str, now: datetime, zone: str) -> list[datetime]:
    """Return what a text can mean; for a time that clocks skip those around it. Raises UserError."""
    try:
        return read_time(text, now, zone)
    except NoSuchTime as error:
        return [at for at in error.near if at > now] or [error.near[1]]
