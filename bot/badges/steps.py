"""What follows for somebody from how a badge stands: they earn it, are warned, or coordinators are asked.

None of it takes a badge away: only people do.
"""

from collections.abc import Sequence
from datetime import datetime
from enum import StrEnum

from bot.badges.rules import Standing, ahead, is_away
from bot.calendar import Pause
from bot.policy import BadgeFigures
from storage.awards import Award


class Step(StrEnum):
    """What is to be done."""

    EARN = "earned"
    WARN = "warned"
    FINE = "fine"
    PROPOSE = "proposed"


def next_step(award: Award | None, standing: Standing, now: datetime, figures: BadgeFigures) -> Step | None:
    """Return what is to be done about a badge that somebody has, or hasn't (None)."""
    if award is None:
        return Step.EARN if standing.met else None
    if award.by_hand:
        return None
    if not standing.missed:
        return None if award.warned_at is None else Step.FINE
    if is_away(standing.pauses, now) or (award.kept_until is not None and award.kept_until > now):
        return None
    if award.warned_at is None:
        return Step.WARN
    until = time_left(award, standing.pauses, figures)
    return Step.PROPOSE if award.proposed_at is None and until is not None and until <= now else None


def time_left(award: Award, pauses: Sequence[Pause], figures: BadgeFigures) -> datetime | None:
    """Return until when a member who was warned has time: their time away adds to it, and nothing takes of it.

    None: they haven't said until when they are away, or weren't warned.
    """
    if award.warned_at is None or award.warned_until is None:
        return None
    until = ahead(pauses, award.warned_at, figures.warned_for)
    return None if until is None else max(until, award.warned_until)
