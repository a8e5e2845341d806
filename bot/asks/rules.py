"""Whom a request goes to, and when it is reminded of: pure functions."""

from collections.abc import Collection, Sequence
from datetime import datetime

from bot.calendar import Calendar
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
