"""Whom a request goes to, when it is reminded of, and what can be kept of a text: pure functions."""

import unicodedata
from collections.abc import Collection, Sequence
from datetime import datetime

from bot.blank import is_blank
from bot.calendar import Calendar
from bot.members.finding import called, fold
from bot.nudges.judging import turn_of
from bot.nudges.rules import Schedule, pace, schedule
from bot.people import Member, Pairing, Role
from bot.policy_sections import NudgeFigures
from storage.asks import Ask, Audience, Recipient
from storage.nudges import NudgeRow

LONGEST = 1000  # characters of a request or an answer
_UNPAIRED = Pairing(0, 0, 0)  # the policy's own pace
_ROLES = {Audience.MENTORS: Role.MENTOR, Audience.MENTEES: Role.MENTEE}


def reached(ask: Ask, people: Collection[Member]) -> list[Member]:
    """Return whom a request goes to: whoever is active just now, but never the one who asks."""
    return [one for one in people if one.active and one.id != ask.by_id and _is_meant(ask, one)]


def _is_meant(ask: Ask, member: Member) -> bool:
    if ask.audience is Audience.ONE:
        return member.id == ask.to_id
    return ask.audience is Audience.EVERYBODY or _ROLES[ask.audience] in member.roles


def plan(
    recipient: Recipient, figures: NudgeFigures, calendar: Calendar, reminders: Sequence[NudgeRow]
) -> Schedule | None:
    """Return what is to happen around a request to somebody: as around a message that waits for them.

    None before it has reached them.
    """
    if recipient.delivered_at is None:
        return None
    return schedule(turn_of(recipient), pace(figures, _UNPAIRED), calendar, reminders)


def in_vain(recipient: Recipient, plan: Schedule | None, reminders: Sequence[NudgeRow]) -> datetime | None:
    """Return from when on nothing more is to be hoped for from reminders; None if that isn't known yet."""
    failed = [row.failed_at for row in reminders if row.failed_at is not None]
    if recipient.told_at is not None or not recipient.waits:
        return None
    if recipient.failed_at is not None or failed:
        return recipient.failed_at or failed[-1]
    return None if plan is None else plan.told


def readable(text: str) -> str:
    """Return a text as it can be kept: without the characters that no database takes, and space around it.

    It is empty if there is nothing in it that can be seen.
    """
    kept = (c for c in text.replace("\r\n", "\n") if c in "\n\t" or unicodedata.category(c) not in ("Cc", "Cs"))
    text = "".join(kept).strip()
    return "" if is_blank(text) else text


def found(people: Collection[Member], words: str) -> list[Member]:
    """Return who is meant by a name: whoever is called so, or else all of whose name it is a part."""
    wanted = fold(words.removeprefix("@"))
    return called(people, wanted) or [one for one in people if wanted and f" {wanted} " in f" {fold(one.name)} "]


def excerpt(text: str, length: int) -> str:
    """Return the beginning of a text on one line, `length` characters at most."""
    line = " ".join(text.split())
    return line if len(line) <= length else line[: length - 1].rstrip() + "…"
