"""What is to become of badges, worked out anew from the raw rows, simply: it knows none of the bot's own rules.

Everything happens on whole hours, so time that counts is counted hour by hour. A row is a mapping of its columns.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
NEWEST, TOO_FEW, FORGIVING_UNDER, FORGIVEN = 4, 2, 4, 1  # how a rate is worked out in these tests
TIME_LEFT, PEACE = 5 * DAY, 7 * DAY
OUT = {"not_needed", "elsewhere", "no_hurry", "withdrawn", "ended"}

Row = Mapping[str, Any]
Tables = Mapping[str, Sequence[Row]]
Criterion = tuple[str, int, timedelta | None]
Badge = tuple[str, tuple[Criterion, ...]]  # whom it is for, and what it needs


@dataclass
class Had:
    """A badge that somebody has."""

    warned_at: datetime | None = None
    until: datetime | None = None
    proposed: bool = False
    kept_until: datetime | None = None


def is_away(tables: Tables, member: int, at: datetime) -> bool:
    """Tell whether somebody was away at an hour, or leaves that day out."""
    (zone,) = (row["zone"] for row in tables["member"] if row["id"] == member)
    day = at.astimezone(ZoneInfo(zone)).date()
    left_out = {date.fromisoformat(row["day"]) for row in tables["badge_day"] if row["member_id"] == member}
    mine = [row for row in tables["pause"] if row["member_id"] == member and not row["lighter"]]
    return day in left_out or any(row["since"] <= at and (not row["until"] or at < row["until"]) for row in mine)


def hours(tables: Tables, member: int, begin: datetime, end: datetime) -> timedelta:
    """Count the hours in which somebody wasn't away."""
    passed = timedelta(0)
    while begin < end:
        passed += timedelta(0) if is_away(tables, member, begin) else HOUR
        begin += HOUR
    return passed


def time_until(tables: Tables, member: int, begin: datetime, span: timedelta) -> datetime:
    """Return the last hour until which no more than a span of time that counts has passed."""
    while hours(tables, member, begin, begin + HOUR) <= span:
        span -= hours(tables, member, begin, begin + HOUR)
        begin += HOUR
    return begin


def verdict(tables: Tables, member: int, whom: str, criterion: Criterion, at: datetime, anew: datetime | None) -> str:
    """Return whether a criterion of a badge for mentors, mentees or both was met at an instant, missed, or neutral."""
    measure, needed, within = criterion
    sides = {"mentor_id", "mentee_id"} if whom == "both" else {f"{whom}_id"}
    pairs = {row["id"] for row in tables["pairing"] if member in {row[side] for side in sides}}
    if measure in ("response_rate", "forms_on_time"):
        return _rate(_answers(tables, member, pairs, measure, at), needed, anew)

    def lies_within(moment: datetime) -> bool:
        too_old = within is not None and hours(tables, member, moment, at) > within
        return moment <= at and not too_old and not (anew is not None and moment < anew and measure != "goals_active")

    if sum(map(lies_within, _moments(tables, member, pairs, measure, at))) >= needed:
        return "met"
    return "missed" if measure != "events_attended" or any(map(lies_within, _held(tables, member, at))) else "neutral"


def _held(tables: Tables, member: int, at: datetime) -> list[datetime]:
    """Return when community events began at which somebody could have been, and can no longer say so."""
    over = [row for row in tables["event"] if row["starts_at"] + timedelta(minutes=row["minutes"]) + DAY <= at]
    in_time = [row for row in over if row["starts_at"] - row["announced_at"] >= 3 * DAY]
    begun = [row["starts_at"] for row in in_time if row["state"] == "announced"]
    return [moment for moment in begun if not is_away(tables, member, moment)]


def _rate(answers: list[tuple[datetime, bool]], needed: int, anew: datetime | None) -> str:
    judged = [in_time for moment, in_time in answers if anew is None or moment >= anew][:NEWEST]
    if len(judged) < TOO_FEW:
        return "neutral"
    good = sum(judged)
    if len(judged) < FORGIVING_UNDER and good < len(judged):
        good += FORGIVEN
    return "met" if good >= needed * len(judged) / 100 else "missed"


def _answers(tables: Tables, member: int, pairs: set[int], measure: str, at: datetime) -> list[tuple[datetime, bool]]:
    """Return what somebody answered, in time or late, by when it was asked: the newest first."""
    if measure == "response_rate":
        turns = [row for row in tables["turn"] if row["pairing_id"] in pairs]
        mine = [row for row in turns if row["answerer_id"] == member and row["outcome"] not in OUT]
        left = [row for row in mine if not _taken_out(tables, row["id"])]
        found = [(row["opened_at"], row["id"], row["closed_at"], row["limit_at"]) for row in left]
    else:
        mine = _sheets(tables, member, pairs)
        found = [(row["made_at"], row["id"], row["done_at"], row["limit_at"]) for row in mine]
    judged = []
    for asked, _, answered, limit in sorted(found, reverse=True):
        settled = answered is not None and answered <= at
        if asked <= at and (settled or limit < at):
            judged.append((asked, settled and answered <= limit))
    return judged


def _taken_out(tables: Tables, turn: int) -> bool:
    return any(row["turn_id"] == turn and row["taken_out"] for row in tables["dispute"])


def _sheets(tables: Tables, member: int, pairs: set[int]) -> list[Row]:
    return [row for row in tables["sheet"] if row["member_id"] == member and row["pairing_id"] in pairs]


def _moments(tables: Tables, member: int, pairs: set[int], measure: str, at: datetime) -> list[datetime]:
    """Return when what is counted happened."""
    if measure == "events_attended":
        return _visited(tables, member, at)
    return _in_pairs(tables, member, pairs, measure, at)


def _in_pairs(tables: Tables, member: int, pairs: set[int], measure: str, at: datetime) -> list[datetime]:
    """Return when that happened of what is counted in pairings."""
    goals = [row for row in tables["goal"] if row["pairing_id"] in pairs and row["made_at"] <= at]
    sessions = [row for row in tables["session"] if row["pairing_id"] in pairs]
    there = [row for row in sessions if row["state"] in ("booked", "held", "unclear")]
    match measure:
        case "goals_active":
            return [row["made_at"] for row in goals if row["closed_at"] is None or row["closed_at"] > at]
        case "goal_updates":
            theirs = {row["id"] for row in tables["goal"] if row["pairing_id"] in pairs}
            return [row["at"] for row in tables["goal_update"] if row["goal_id"] in theirs]
        case "sessions_booked":
            return [row["booked_at"] for row in there if row["booked_at"]]
        case "sessions_attended":
            said = {row["session_id"]: row["answer"] for row in tables["session_word"] if row["member_id"] == member}
            held = [row for row in sessions if row["state"] == "held"]
            return [row["starts_at"] for row in held if said.get(row["id"]) not in ("no", "moved")]
        case "feedback_given":
            mine = [row for row in _sheets(tables, member, pairs) if not row["empty"]]
            done = [row for row in mine if row["done_at"] is not None]
            each = {row["session_id"] for row in done}
            return [min(row["done_at"] for row in done if row["session_id"] == one) for one in each]
    about: dict[int, list[datetime]] = {}
    kept = {row["id"] for row in goals if row["state"] != "dropped" or row["closed_at"] > at}
    for link in tables["session_goal"]:
        for row in there:
            moment = row["booked_at"] or row["starts_at"]
            if row["id"] == link["session_id"] and link["goal_id"] in kept and moment <= at:
                about.setdefault(link["goal_id"], []).append(moment)
    return [max(moments) for moments in about.values()]


def _visited(tables: Tables, member: int, at: datetime) -> list[datetime]:
    """Return when the community events began at which somebody was, as far as that was noted."""
    mine = [row for row in tables["event_guest"] if row["member_id"] == member and row["attended_at"]]
    noted = {row["event_id"] for row in mine if row["attended_at"] <= at}
    return [row["starts_at"] for row in tables["event"] if row["id"] in noted and row["state"] == "announced"]


def step(
    tables: Tables, member: int, badge: Badge, at: datetime, had: Had | None, anew: datetime | None, *, past: bool
) -> Had | None:
    """Return what somebody has after a day's look at a badge; at one that is over it is only earned."""
    said = [verdict(tables, member, badge[0], one, at, anew) for one in badge[1]]
    if had is None:
        goes_on = ["goals_active" == measure and anew is not None for measure, *_ in badge[1]]
        earned = any(one == "met" and not on for one, on in zip(said, goes_on, strict=True))
        return Had() if "missed" not in said and earned else None
    if past:
        return had
    if "missed" not in said:
        return Had(kept_until=had.kept_until)
    if is_away(tables, member, at) or (had.kept_until is not None and had.kept_until > at):
        return had
    if had.warned_at is None:
        return Had(at, time_until(tables, member, at, TIME_LEFT), kept_until=had.kept_until)
    until = time_until(tables, member, had.warned_at, TIME_LEFT)
    over = max(had.until or until, until) <= at
    return Had(had.warned_at, had.until, had.proposed or over, had.kept_until)
