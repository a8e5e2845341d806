"""From the rows that are stored of a member to what they can read: pure functions."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from bot.language import t
from bot.mydata import labels
from storage.describing import inner, members_in

Row = Mapping[str, Any]

# What the bot needs for itself: how it finds a row again, and who is at work on it.
HIDDEN = frozenset(
    {"key", "args", "subject", "held_by", "lease_until", "attempts", "urgency", "budgeted", "public", "told"}
)
# What shows how the other side of a message arranged their own time.
THEIRS = frozenset({"limit_at", "remind_at", "put_off_at"})


@dataclass(frozen=True, slots=True)
class Known:
    """What is needed to name things: people by id, the other side of each pairing, and who asks, with their zone."""

    me: int
    zone: str
    people: Mapping[int, str]
    others: Mapping[int, str]


def people_in(stored: Mapping[str, Sequence[Row]]) -> set[int]:
    """Return the ids of everybody who stands in some rows."""
    found = {row.get(column) for table, rows in stored.items() for row in rows for column in members_in(table)}
    return {id_ for id_ in found if id_ is not None}


def entries(table: str, rows: Collection[Row], known: Known) -> list[dict[str, Any]]:
    """Return the rows of a table as they can be read: plain words, names and local times instead of ids."""
    return [_entry(table, row, known) for row in rows]


def _entry(table: str, row: Row, known: Known) -> dict[str, Any]:
    shown: dict[str, Any] = {}
    if row.get("pairing_id") in known.others:
        shown[t(labels.WITH)] = known.others[row["pairing_id"]]
    for column, value in row.items():
        if value is not None and not _is_hidden(table, column, row, known):
            shown[labels.label(column)] = _named(table, column, row, known)
    return shown


def _is_hidden(table: str, column: str, row: Row, known: Known) -> bool:
    if column in inner(table) or (column in HIDDEN and table != "member") or isinstance(row[column], bytes):
        return True
    if table == "report_case" and column == "state":  # a number that says nothing to anybody
        return True
    return table == "turn" and column in THEIRS and row["answerer_id"] != known.me


def _named(table: str, column: str, row: Row, known: Known) -> object:
    value = row[column]
    if column in members_in(table):
        return known.people.get(value, "")
    return local(value, known.zone) if isinstance(value, datetime) else value


def local(at: datetime, zone: str) -> str:
    """Return an instant in ISO 8601, with the offset of a zone."""
    return at.astimezone(ZoneInfo(zone)).isoformat(timespec="seconds")
