"""The result of a replay: figures for each person and for the whole, and the JSON that programs read."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from statistics import median

from adapters.replay.export import Export
from bot.nudges.telling import Story


@dataclass(frozen=True, slots=True)
class Used:
    """With which figures it was replayed. `days_from_activity`: see activity.py."""

    policy: str
    changes: Mapping[str, str]
    days_from_activity: bool


@dataclass(frozen=True, slots=True)
class MemberLine:
    """One person: how many turns waited for them, how many they answered, how many reminders they had got.

    `rate` is the share answered within the policy's limit, from 0 to 1, as the core has it; None if there are
    too few turns. `median` is the elapsed time of their answers, nights and rest days included.
    """

    id: str
    name: str
    turns: int
    answered: int
    nudges: int
    rate: float | None
    median: timedelta | None


@dataclass(frozen=True, slots=True)
class Summary:
    """The whole. `median` and `ninth` (nine answers in ten came within it) are elapsed times."""

    policy: str
    changes: Mapping[str, str]
    days_from_activity: bool
    begins: datetime | None
    ends: datetime | None
    conversations: int
    messages: int
    turns: int
    answered: int
    nudged_turns: int
    nudges: int
    median: timedelta | None
    ninth: timedelta | None
    reactions_without_time: int
    conversations_skipped: Mapping[str, int]
    messages_skipped: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Report:
    """Turns in the order in which they were opened, members by name."""

    turns: tuple[Story, ...]
    members: tuple[MemberLine, ...]
    summary: Summary


def build(export: Export, turns: Sequence[Story], rates: Mapping[str, float | None], used: Used) -> Report:
    """Put a report together; `rates` holds the core's response rate by Slack user id."""
    ordered = tuple(sorted(turns, key=lambda turn: (turn.opened, turn.channel)))
    return Report(ordered, _members(export, ordered, rates), _summary(export, ordered, used))


def _members(export: Export, turns: Sequence[Story], rates: Mapping[str, float | None]) -> tuple[MemberLine, ...]:
    theirs: defaultdict[str, list[Story]] = defaultdict(list)
    for turn in turns:
        theirs[turn.answerer].append(turn)
    people = [(person.accounts[0].user, person.name) for person in export.roster.people]
    lines = (_member(id_, name, theirs[id_], rates.get(id_)) for id_, name in people)
    return tuple(sorted(lines, key=lambda line: (line.name.casefold(), line.id)))


def _member(id_: str, name: str, turns: Sequence[Story], rate: float | None) -> MemberLine:
    times = _times(turns)
    nudges = sum(len(turn.nudges) for turn in turns)
    return MemberLine(id_, name, len(turns), len(times), nudges, rate, _median(times))


def _summary(export: Export, turns: Sequence[Story], used: Used) -> Summary:
    times, seen, notes = _times(turns), export.observations, export.notes
    return Summary(
        policy=used.policy,
        changes=used.changes,
        days_from_activity=used.days_from_activity,
        begins=seen[0].at if seen else None,
        ends=seen[-1].at if seen else None,
        conversations=sum(len(pairing.spaces) for pairing in export.roster.pairings),
        messages=sum(1 for _ in export.posts),
        turns=len(turns),
        answered=len(times),
        nudged_turns=sum(bool(turn.nudges) for turn in turns),
        nudges=sum(len(turn.nudges) for turn in turns),
        median=_median(times),
        ninth=_ninth(times),
        reactions_without_time=notes.reactions_without_time,
        conversations_skipped=notes.conversations_skipped,
        messages_skipped=notes.messages_skipped,
    )


def _times(turns: Sequence[Story]) -> list[timedelta]:
    return sorted(turn.took for turn in turns if turn.took is not None)


def _median(times: Sequence[timedelta]) -> timedelta | None:
    return timedelta(seconds=median(time.total_seconds() for time in times)) if times else None


def _ninth(times: Sequence[timedelta]) -> timedelta | None:
    """Return the shortest time within which nine in ten of the (sorted) answers came."""
    return times[-(-9 * len(times) // 10) - 1] if times else None


def as_json(report: Report) -> dict[str, object]:
    """Return what `--json` writes: Slack's own ids, instants in seconds since 1970, lengths in seconds."""
    return {
        "turns": [_turn_json(turn) for turn in report.turns],
        "members": [_member_json(line) for line in report.members],
        "summary": _summary_json(report.summary),
    }


def _turn_json(turn: Story) -> dict[str, object]:
    return {
        "channel": turn.channel,
        "author": turn.asker,
        "waiting_for": turn.answerer,
        "opened": turn.opened.timestamp(),
        "answered": _seconds(turn.answered),
        "nudges": [at.timestamp() for at in turn.nudges],
    }


def _member_json(line: MemberLine) -> dict[str, object]:
    return {
        "id": line.id,
        "name": line.name,
        "turns": line.turns,
        "answered": line.answered,
        "nudges": line.nudges,
        "response_rate": line.rate,
        "median_time_to_answer": _length(line.median),
    }


def _summary_json(summary: Summary) -> dict[str, object]:
    return {
        "policy": summary.policy,
        "changes": dict(summary.changes),
        "days_from_activity": summary.days_from_activity,
        "from": _seconds(summary.begins),
        "to": _seconds(summary.ends),
        "conversations": summary.conversations,
        "messages": summary.messages,
        "turns": summary.turns,
        "answered": summary.answered,
        "nudged_turns": summary.nudged_turns,
        "nudges": summary.nudges,
        "median_time_to_answer": _length(summary.median),
        "ninetieth_percentile_time_to_answer": _length(summary.ninth),
        "reactions_without_time": summary.reactions_without_time,
        "conversations_skipped": dict(summary.conversations_skipped),
        "messages_skipped": dict(summary.messages_skipped),
    }


def _seconds(instant: datetime | None) -> float | None:
    return None if instant is None else instant.timestamp()


def _length(length: timedelta | None) -> float | None:
    return None if length is None else length.total_seconds()
