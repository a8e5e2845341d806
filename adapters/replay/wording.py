"""What a replay says, in the terminal and on the page."""

from collections.abc import Mapping, Sequence
from datetime import timedelta

from adapters.replay.report import Report, Summary

TITLE = "What the bot would have done"
REACTIONS = "Reactions carry no time in an export, so they count as given at once: {} in all."
DAYS = (
    "Nobody in a history can be asked when they like to be reminded. The policy's days were taken for all; "
    "for who wrote at least 20 messages, also other days on which they wrote at least one in ten of them."
)
HELP = "{} of the messages that waited for an answer never got one: these people may need help."
KIND = "People have good reasons to be slow. These figures show where help may be welcome, not who is to blame."
COLUMNS = ("Name", "Waiting", "Answered", "Reminders", "In time", "Usual time")
AS_TABLE = "The same as a table"
TIMES = "Times to answer"
NONE = "-"
TOO_FEW = "too few"
QUIET = "Nothing waited for {}: {}."

# Each unit, and from which length on it is used: "36 hours" says more than "2 days".
_UNITS = (
    ("day", timedelta(days=1), timedelta(days=2)),
    ("hour", timedelta(hours=1), timedelta(hours=1)),
    ("minute", timedelta(minutes=1), timedelta(minutes=1)),
)


def quiet(names: Sequence[str]) -> str:
    """Say for whom nothing waited."""
    people = "1 person" if len(names) == 1 else f"{len(names)} people"
    return QUIET.format(people, ", ".join(names))


def span(length: timedelta | None) -> str:
    """Return a rough length such as "3 hours", a dash for none."""
    if length is None:
        return NONE
    for name, unit, begins in _UNITS:
        if length >= begins:
            count = round(length / unit)
            return f"{count} {name}{'' if count == 1 else 's'}"
    return "under a minute"


def share(rate: float | None) -> str:
    """Return a rate such as "95 %"."""
    return TOO_FEW if rate is None else f"{100 * rate:.0f} %"


def counts(reasons: Mapping[str, int]) -> str:
    """Return "220 channel_join, 3 from a bot", the most first; "none" if there are none."""
    listed = sorted(reasons.items(), key=lambda item: (-item[1], item[0]))
    return ", ".join(f"{count} {reason}" for reason, count in listed) or "none"


def per_week(weeks: int) -> str:
    """Return the title of the chart of reminders."""
    return "Reminders per week" if weeks == 1 else f"Reminders per {weeks} weeks"


def about_weeks(total: int, weeks: int) -> str:
    """Say what the chart of reminders shows."""
    unit = "a week" if weeks == 1 else f"{weeks} weeks"
    return f"{total} reminders; each bar is {unit}, from its Monday on (UTC)."


def about_times(total: int) -> str:
    """Say what the chart of answers shows."""
    return f"How long {total} messages waited, each bar up to the time below it, nights and rest days included."


def lines(summary: Summary) -> list[tuple[str, str]]:
    """Return the figures of a replay with their names, in the order in which they are read."""
    changed = ", ".join(f"{name} = {value}" for name, value in summary.changes.items())
    return [
        ("Period", _period(summary)),
        ("Policy", f"{summary.policy}{f' with {changed}' if changed else ''}"),
        ("Conversations", f"{summary.conversations}"),
        ("Messages", f"{summary.messages}"),
        ("Waited for an answer", f"{summary.turns}"),
        ("… and were answered", f"{summary.answered}"),
        ("… and led to a reminder", f"{summary.nudged_turns}"),
        ("Reminders in all", f"{summary.nudges}"),
        ("Half of the answers came within", span(summary.median)),
        ("Nine in ten came within", span(summary.ninth)),
        ("Conversations left out", counts(summary.conversations_skipped)),
        ("Messages left out", counts(summary.messages_skipped)),
    ]


def remarks(report: Report) -> list[str]:
    """Return the sentences below the figures."""
    summary = report.summary
    waiting = summary.turns - summary.answered
    return [
        *([HELP.format(waiting)] if waiting else []),
        *([REACTIONS.format(summary.reactions_without_time)] if summary.reactions_without_time else []),
        *([DAYS] if summary.days_from_activity else []),
        KIND,
    ]


def _period(summary: Summary) -> str:
    if summary.begins is None or summary.ends is None:
        return NONE
    return f"{summary.begins:%d %B %Y} to {summary.ends:%d %B %Y}"
