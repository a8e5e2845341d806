"""What came of a run, in lines that two runs share if they agree: names instead of numbers, sorted."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from tests.torture.look import Look, Row
from tests.torture.pretended import Accepted, Pretended
from tests.torture.shared_clock import EPOCH

# Tables by what is compared in them: plain columns, @instants, and numbers of rows in other tables as names.
COLUMNS = {
    "message": "space external author @at addressed deleted",
    "reaction": "space external member reaction @at",
    "turn": "space opener asker answerer @opened_at @waiting_since @closed_at outcome @put_off_at @remind_at reopened"
    " wanted fresh @limit_at @told_at",
    "mark": "space external member kind @at @until",
    "nudge": "turn reopened rung @sent_at @failed_at",
    "pause": "member @since @until",
    "due": "kind turn @at",
    "delivery": "member day budgeted @sent_at",
    "audit": "@at actor action subject",
}
# How often the bot was away is what the runs differ in: what coordinators are told of that is not compared.
AWAY, SAYS_SO = "setup.absence", "I was away"
TIMELESS = ("message", "reaction", "turn", "mark", "pause", "audit")


class Names:
    """What the numbers of rows stand for."""

    def __init__(self, rows: Mapping[str, Sequence[Row]]) -> None:
        """Read them off the tables."""
        self._of = {
            "member": {row["id"]: row["name"] for row in rows["member"]},
            "space": {row["id"]: row["channel"] for row in rows["space"]},
            "actor": {row["key"]: row["name"] for row in rows["member"]},
        }
        self._of |= dict.fromkeys(("author", "asker", "answerer"), self._of["member"])
        spaces = self._of["space"]
        self._of["turn"] = {row["id"]: (spaces[row["space_id"]], row["opener"]) for row in rows["turn"]}

    def turn(self, number: int) -> tuple[str, str]:
        """Return channel and first message of a turn."""
        found: tuple[str, str] = self._of["turn"].get(number, ("?", "?"))
        return found

    def value(self, row: Row, column: str) -> object:
        """Return one column of a row as it is compared."""
        if column.startswith("@"):
            return instant(row[column[1:]])
        if column in self._of:
            number = row.get(f"{column}_id", row.get("subject" if column == "turn" else column))
            return self._of[column].get(number, number)
        return bool(row[column]) if column in ("addressed", "deleted", "wanted", "fresh", "budgeted") else row[column]


@dataclass(slots=True)
class Result:
    """Lines by what they tell of, and what callers were told; `rows` are the tables as they are."""

    lines: Mapping[str, list[str]]
    replies: Mapping[str, str]
    rows: Mapping[str, Sequence[Row]]
    names: Names


async def read(look: Look, platform: Pretended, replies: Mapping[str, str]) -> Result:
    """Read what came of a run from its database and from the platform."""
    found = await stored(look)
    came = [one for one in platform.once() if not one.first.text.startswith(SAYS_SO)]
    received = sorted(_told(one, lambda one: one.first.text) for one in came)
    in_the_end = sorted(_told(one, lambda one: one.now.text) for one in came)
    return replace(found, lines={**found.lines, "received": received, "in the end": in_the_end}, replies=replies)


async def stored(look: Look) -> Result:
    """Read what came of a run from its database alone."""
    tables = (*COLUMNS, "member", "space", "outbox", "seal")
    rows = {name: await look.table(name) for name in tables}
    rows["turn"] = [row for row in rows["turn"] if not _never_was(row, rows["nudge"])]
    rows["due"] = [row for row in rows["due"] if row["at"] is not None]
    names = Names(rows)
    aside = {row["delivery_id"] for row in rows["outbox"] if row["kind"] == AWAY}
    rows["outbox"] = [row for row in rows["outbox"] if row["kind"] != AWAY]
    compared = rows | {"delivery": [row for row in rows["delivery"] if row["id"] not in aside]}
    lines = {table: sorted(_line(row, columns, names) for row in compared[table]) for table, columns in COLUMNS.items()}
    lines["outbox"] = sorted(_to_send(row, names) for row in rows["outbox"] if row["effect"] == "send")
    return Result(lines, {}, rows, names)


def _never_was(turn: Row, nudges: Iterable[Row]) -> bool:
    """Tell whether a turn was there only until an earlier message came in: the order within a step is free."""
    return turn["outcome"] == "withdrawn" and all(nudge["turn_id"] != turn["id"] for nudge in nudges)


def _line(row: Row, columns: str, names: Names) -> str:
    return " ".join(f"{column.lstrip('@')}={names.value(row, column)}" for column in columns.split())


def _to_send(row: Row, names: Names) -> str:
    turn, *more = map(int, row["args"].split(":"))
    when = f" at {instant(row['not_before'])}" if row["state"] == "waiting" else ""
    return f"{row['kind']} of {names.turn(turn)} {more} is {row['state']}{when} {row['reason'] or ''}"


def _told(one: Accepted, text: Callable[[Accepted], str]) -> str:
    return f"{one.at:%m-%d %H:%M} {one.user}: " + re.sub(r"\s+", " ", text(one))


def instant(micros: int | None) -> str:
    """Return an instant of the database's as people read it, exactly."""
    return "-" if micros is None else (EPOCH + timedelta(microseconds=micros)).isoformat(" ")


def moment(micros: int) -> datetime:
    """Return an instant of the database's."""
    return EPOCH + timedelta(microseconds=micros)


def differences(expected: Result, got: Result) -> list[str]:
    """Return the lines that only one of two results has, with a sign. A reply that was cut off differs from none."""
    found = _differ(expected, got, expected.lines)
    for call in expected.replies.keys() & got.replies.keys():
        if expected.replies[call] != got.replies[call]:
            found += [f"- reply to {call}: {expected.replies[call]}", f"+ reply to {call}: {got.replies[call]}"]
    return found


def disagreements(expected: Result, got: Result) -> list[str]:
    """Return what differs of what may not, although reminders may have come at other times."""
    return _differ(_timeless(expected), _timeless(got), TIMELESS)


def _timeless(result: Result) -> Result:
    """Leave out of turns what depends on when somebody was reminded, and when the bot noticed a deletion."""
    turns = [re.sub(r" limit_at=.*", "", line) for line in result.lines["turn"]]
    turns = sorted(re.sub(r" closed_at=\S+ \S+ outcome=withdrawn", " outcome=withdrawn", line) for line in turns)
    return replace(result, lines={**result.lines, "turn": turns})


def _differ(expected: Result, got: Result, what: Iterable[str]) -> list[str]:
    found: list[str] = []
    for name in what:
        found += [f"- {name}: {line}" for line in _more(expected.lines[name], got.lines[name])]
        found += [f"+ {name}: {line}" for line in _more(got.lines[name], expected.lines[name])]
    return found


def _more(these: Sequence[str], those: Sequence[str]) -> list[str]:
    """Return the lines that stand here more often than there."""
    left = list(those)
    more: list[str] = []
    for line in these:
        if line in left:
            left.remove(line)
        else:
            more.append(line)
    return more
